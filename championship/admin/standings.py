"""What officials decide about tables: who scores, and what is taken from whom. The tables themselves are computed."""

from django.contrib import admin
from django.db.models.functions import Length

from championship.admin.base import SOURCE, OfficialAdmin
from championship.admin.choices import SeasonChoices
from championship.models import Adjustment, EligibilityOverride

AT_ONCE = "Saving brings the points and tables of the season up to date at once."


@admin.register(EligibilityOverride)
class EligibilityOverrideAdmin(SeasonChoices, OfficialAdmin):
    list_display = ("entry", "scores_points", "from_round", "reason")
    list_filter = ("entry__season", "scores_points")
    search_fields = ("=entry__car_number", "entry__team__name", "reason")
    search_help_text = "Car number, team or reason"
    ordering = ("-entry__season__slug", Length("entry__car_number"), "entry__car_number")
    autocomplete_fields = ("entry",)
    joined = ("entry__season", "entry__team", "from_round__race_session__event")
    fixed = ("entry",)
    fieldsets = (
        (
            None,
            {
                "fields": ("entry", "scores_points", "from_round", "reason"),
                "description": "Only for a car that is treated otherwise than the points settings treat a car that "
                f"joins later. {AT_ONCE}",
            },
        ),
        SOURCE,
    )


@admin.register(Adjustment)
class AdjustmentAdmin(SeasonChoices, OfficialAdmin):
    list_display = ("title", "contender", "kind", "points", "from_round", "reason")
    list_filter = ("title__race_class__season", "kind")
    search_fields = ("=entry__car_number", "entry__team__name", "driver__family_name", "reason")
    search_help_text = "Car number, team, driver or reason"
    ordering = ("-title__race_class__season__slug", "title__race_class__position", "round__number", "pk")
    autocomplete_fields = ("title", "entry", "driver")
    joined = ("title__race_class__season", "entry__season", "entry__team", "driver", "round__race_session__event")
    radio_fields = {"kind": admin.HORIZONTAL}
    fixed = ("title",)
    fieldsets = (
        (
            None,
            {
                "fields": ("title", ("entry", "driver"), "kind", "points", "round", "reason"),
                "description": f"Readers see the reason beside the table. {AT_ONCE}",
            },
        ),
        SOURCE,
    )

    @admin.display(description="contender")
    def contender(self, adjustment: Adjustment) -> str:
        return str(adjustment.entry or adjustment.driver)

    @admin.display(description="from round", ordering="round__number")
    def from_round(self, adjustment: Adjustment) -> int:
        return adjustment.round.number
