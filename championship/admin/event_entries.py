from typing import Any

from django.contrib import admin
from django.db.models.functions import Length
from django.http import HttpRequest
from django.urls import reverse

from championship.admin.base import SOURCE, JoinedFilter, OfficialAdmin
from championship.admin.crews import EventCrewInline
from championship.admin.entries import WITHDRAWAL
from championship.admin.forms import VersionedForm
from championship.admin.resources import EventEntryImportExport
from championship.models import EventEntry


class EventEntryForm(VersionedForm):
    """The car is that of the season's entry unless the official says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["car_model"].required = False
            self.fields["car_model"].help_text = "Leave empty for the car of the season’s entry."

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("car_model") and cleaned.get("entry") and "car_model" not in self.errors:
            cleaned["car_model"] = cleaned["entry"].car_model
        return cleaned


@admin.register(EventEntry)
class EventEntryAdmin(EventEntryImportExport, OfficialAdmin):
    form = EventEntryForm
    list_display = ("car_number", "class_name", "team_name", "car_model", "status", "event")
    list_display_links = ("car_number", "team_name")
    list_filter = (("event", JoinedFilter), ("entry__race_class", JoinedFilter), "status")
    search_fields = (
        "=entry__car_number",
        "entry__team__name",
        "entry__team__aliases__name",
        "listed_name",
        "car_model__name",
        "crew__driver__family_name",
    )
    search_help_text = "Car number, team, car or driver"
    ordering = ("-event__starts_on", "entry__race_class__position", Length("entry__car_number"), "entry__car_number")
    autocomplete_fields = ("event", "entry", "car_model")
    joined = ("event__season", "entry__season", "entry__race_class", "entry__team", "car_model")
    radio_fields = {"status": admin.HORIZONTAL}
    fixed = ("event", "entry")
    parts = ("crew",)
    inlines = (EventCrewInline,)
    fieldsets = (
        (None, {"fields": ("event", "entry", "car_model", "status")}),
        WITHDRAWAL,
        (
            "Listed differently at this event",
            {"fields": (("listed_name", "listed_country"),), "classes": ("collapse",)},
        ),
        SOURCE,
    )

    @admin.display(description="number", ordering="entry__car_number")
    def car_number(self, event_entry: EventEntry) -> str:
        return event_entry.entry.car_number

    @admin.display(description="class", ordering="entry__race_class__position")
    def class_name(self, event_entry: EventEntry) -> str:
        return event_entry.entry.race_class.name

    @admin.display(description="team", ordering="entry__team__name")
    def team_name(self, event_entry: EventEntry) -> str:
        return event_entry.team_name

    def view_on_site(self, event_entry: EventEntry) -> str:
        """Where a reader finds the car: the entry list of its event."""
        return reverse("event_entry_list", args=[event_entry.event.season.slug, event_entry.event.slug])

    def object_tools(self, request: HttpRequest, obj: EventEntry) -> list[tuple[str, str]]:
        name = f"{self.admin_site.name}:championship"
        return [
            *super().object_tools(request, obj),
            ("The event", reverse(f"{name}_event_change", args=[obj.event_id])),
            ("The season’s entry", reverse(f"{name}_entry_change", args=[obj.entry_id])),
        ]
