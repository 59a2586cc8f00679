from typing import Any

from django.contrib import admin
from django.forms import TextInput
from django.http import HttpRequest

from championship.admin.base import SOURCE, JoinedFilter, OfficialAdmin, Rows
from championship.models import Invitation, RaceClass, RaceClassAlias, Title


class OfClass(JoinedFilter):
    """Titles carry the name of their class, which carries its season's."""

    join = "race_class__season"


class RaceClassAliasInline(Rows, admin.TabularInline):
    model = RaceClassAlias
    fields = ("name",)
    extra = 1
    verbose_name_plural = "other names of the class (in timing files)"


@admin.register(RaceClass)
class RaceClassAdmin(OfficialAdmin):
    list_display = ("name", "season", "position", "for_overall_victory")
    list_filter = ("season",)
    search_fields = ("name", "slug", "season__label")
    ordering = ("-season__slug", "position")
    autocomplete_fields = ("season",)
    prepopulated_fields = {"slug": ("name",)}
    joined = ("season",)
    fixed = ("season", "slug")
    parts = ("aliases",)
    inlines = (RaceClassAliasInline,)
    view_on_site = False
    fieldsets = (
        (None, {"fields": ("season", ("name", "slug"), "position", "for_overall_victory")}),
        (
            "Colours",
            {
                "fields": (("plate_colour", "plate_ink", "accent_on_dark"),),
                "description": "As on the number plates of the cars. The public pages take them from here.",
            },
        ),
        SOURCE,
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("plate_colour", "plate_ink", "accent_on_dark"):
            kwargs["widget"] = TextInput(attrs={"type": "color"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Title)
class TitleAdmin(OfficialAdmin):
    list_display = ("__str__", "contender", "group")
    list_filter = ("race_class__season", "contender")
    search_fields = ("race_class__name", "race_class__season__label", "group", "contender")
    autocomplete_fields = ("race_class",)
    joined = ("race_class__season",)
    fixed = ("race_class",)
    fieldsets = (
        (None, {"fields": ("race_class", "contender", "group")}),
        SOURCE,
    )


@admin.register(Invitation)
class InvitationAdmin(OfficialAdmin):
    list_display = ("race", "year", "kind", "title")
    list_filter = ("title__race_class__season", "kind")
    search_fields = ("race", "title__race_class__name", "title__race_class__season__label")
    autocomplete_fields = ("title",)
    joined = ("title__race_class__season",)
    fixed = ("title",)
    fieldsets = (
        (None, {"fields": ("title", "kind", ("race", "year"))}),
        SOURCE,
    )
