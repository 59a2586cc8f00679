"""Published entry lists, to look at. Publishing makes them; nothing changes or deletes them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from championship.admin.base import JoinedFilter, PlainPages
from championship.models import EntryList, EntryListLine


class ReadOnly(PlainPages):
    """No way to add, change or delete, whoever asks."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LineInline(ReadOnly, admin.TabularInline):
    model = EntryListLine
    verbose_name_plural = "cars"
    fields = ("car_number", "race_class_name", "team_name", "car_model_name", "crew_names", "status")
    readonly_fields = ("crew_names",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("crew")

    @admin.display(description="crew")
    def crew_names(self, line: EntryListLine) -> str:
        return ", ".join(str(seat) for seat in line.crew.all())


@admin.register(EntryList)
class EntryListAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("__str__", "status", "published_at", "note")
    list_filter = ("season", ("event", JoinedFilter), "status")
    search_fields = ("season__label", "event__name", "note")
    ordering = ("-published_at", "-revision")
    joined = ("season", "event__season", "published_by")
    inlines = (LineInline,)
    fieldsets = (
        (
            None,
            {
                "fields": ("season", "event", "revision", "status", "published_at", "published_precision"),
                "description": "A published revision stays as it is. To correct it, publish the next one.",
            },
        ),
        (None, {"fields": ("note", "published_by", "source")}),
    )
