from typing import Any

from django import forms
from django.contrib import admin
from django.db.models.functions import Length
from django.http import HttpRequest

from championship.admin.base import SOURCE, JoinedFilter, OfficialAdmin
from championship.admin.crews import SeasonCrewInline
from championship.admin.forms import VersionedForm
from championship.admin.resources import EntryImportExport
from championship.models import Entry, EventEntry, RaceClass

WITHDRAWAL = (
    "Withdrawal",
    {
        "fields": (("withdrawn_on", "withdrawal_reason"),),
        "description": "Only together with the status “Withdrawn”.",
    },
)
# 7, 007, 11: by length first, since car numbers are text.
BY_CAR_NUMBER = (Length("car_number"), "car_number")


class EntryForm(VersionedForm):
    """Offers the classes of the entry's season, once it is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = self.fields.get("race_class")
        if classes is None:
            return
        season = self.instance.season_id or self.data.get("season") or self.initial.get("season")
        rows = RaceClass.objects.select_related("season").order_by("-season__slug", "position")
        classes.queryset = rows.filter(season=season) if str(season or "").isdigit() else rows


@admin.register(Entry)
class EntryAdmin(EntryImportExport, OfficialAdmin):
    form = EntryForm
    list_display = ("car_number", "class_name", "team", "car_model", "status", "season")
    list_display_links = ("car_number", "team")
    list_filter = ("season", ("race_class", JoinedFilter), "status")
    search_fields = ("=car_number", "team__name", "team__aliases__name", "car_model__name", "crew__driver__family_name")
    search_help_text = "Car number, team, car or driver"
    ordering = ("-season__slug", "race_class__position", *BY_CAR_NUMBER)
    autocomplete_fields = ("season", "team", "car_model")
    joined = ("season", "race_class__season", "team", "car_model")
    radio_fields = {"status": admin.HORIZONTAL}
    fixed = ("season",)
    parts = ("crew",)
    inlines = (SeasonCrewInline,)
    fieldsets = (
        (None, {"fields": ("season", ("car_number", "race_class"), "team", "car_model", "status", "livery")}),
        WITHDRAWAL,
        SOURCE,
    )

    @admin.display(description="class", ordering="race_class__position")
    def class_name(self, entry: Entry) -> str:
        return entry.race_class.name

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "race_class":
            kwargs["queryset"] = RaceClass.objects.select_related("season")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def object_tools(self, request: HttpRequest, obj: Entry) -> list[tuple[str, str]]:
        return [
            *super().object_tools(request, obj),
            ("At the events", self.list_url(EventEntry, entry__id__exact=obj.pk)),
        ]
