from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from championship.admin.base import SOURCE, OfficialAdmin, Rows
from championship.admin.forms import RowFormSet
from championship.models import PointsScaleLine, PointsSettings

# As many scoring positions as a new season is offered to fill in.
USUAL_SCALE = 10


class ScaleFormSet(RowFormSet):
    unique_among_rows = "position"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial_extra = [{"position": position} for position in range(1, USUAL_SCALE + 1)]


class ScaleInline(Rows, admin.TabularInline):
    model = PointsScaleLine
    formset = ScaleFormSet
    fields = ("position", "points")

    def get_extra(self, request: HttpRequest, obj: PointsSettings | None = None, **kwargs: Any) -> int:
        return USUAL_SCALE if obj is None else 1


@admin.register(PointsSettings)
class PointsSettingsAdmin(OfficialAdmin):
    list_display = ("season", "pole_points", "classified_share", "count_back", "late_joiners_score")
    search_fields = ("season__label",)
    autocomplete_fields = ("season",)
    joined = ("season",)
    fixed = ("season",)
    parts = ("scale",)
    inlines = (ScaleInline,)
    fieldsets = (
        (
            None,
            {
                "fields": ("season", "pole_points", "classified_share", "late_joiners_score"),
                "description": "Saving brings the points and tables of the season up to date at once.",
            },
        ),
        ("Totals and equal points", {"fields": ("dropped_scores", "count_back")}),
        (
            "Shortened races",
            {
                "fields": (("short_race_share", "short_race_factor"),),
                "description": "How much of its distance a race covered is entered with its round, on the event.",
            },
        ),
        SOURCE,
    )
