from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from championship.admin.base import SOURCE, JoinedFilter, OfficialAdmin
from championship.admin.choices import SeasonChoices
from championship.admin.durations import in_words
from championship.admin.forms import VersionedForm
from championship.models import PolePosition


class PoleForm(VersionedForm):
    """The class is that of the car."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if car := cleaned.get("event_entry"):
            self.instance.race_class = car.entry.race_class
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # Set above, so that a second pole of the class is refused in the form.
        exclude = super()._get_validation_exclusions()
        return exclude - {"race_class"} if self.instance.race_class_id else exclude


@admin.register(PolePosition)
class PolePositionAdmin(SeasonChoices, OfficialAdmin):
    form = PoleForm
    list_display = ("round", "class_name", "car_number", "driver", "time", "set_by")
    list_display_links = ("round", "car_number")
    list_filter = (("round__event", JoinedFilter), ("race_class", JoinedFilter))
    search_fields = ("=event_entry__entry__car_number", "driver__family_name", "round__event__name")
    search_help_text = "Car number, driver or event"
    ordering = ("-round__season__slug", "round__number", "race_class__position")
    joined = (
        "round__season",
        "round__race_session__event",
        "race_class__season",
        "event_entry__entry__team",
        "event_entry__event",
        "driver",
    )
    autocomplete_fields = ("event_entry", "driver")
    radio_fields = {"set_by": admin.HORIZONTAL}
    fixed = ("round",)
    view_on_site = False

    def get_fieldsets(self, request: HttpRequest, obj: PolePosition | None = None) -> Any:
        time = "lap_time" if obj is None or self.has_change_permission(request, obj) else "time"
        said = "Saving brings the points and tables of the season up to date at once."
        return (
            (None, {"fields": ("round", "event_entry", "driver", ("set_by", time)), "description": said}),
            SOURCE,
        )

    @admin.display(description="class", ordering="race_class__position")
    def class_name(self, pole: PolePosition) -> str:
        return pole.race_class.name

    @admin.display(description="car", ordering="event_entry__entry__car_number")
    def car_number(self, pole: PolePosition) -> str:
        return pole.event_entry.entry.car_number

    @admin.display(description="lap time", ordering="lap_time")
    def time(self, pole: PolePosition) -> str:
        return in_words(pole.lap_time)
