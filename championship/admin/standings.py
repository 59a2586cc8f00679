from django.contrib import admin

from championship.admin.base import OfficialAdmin
from championship.models import Adjustment, EligibilityOverride


@admin.register(EligibilityOverride)
class EligibilityOverrideAdmin(OfficialAdmin):
    list_display = ("entry", "scores_points", "from_round", "reason")
    autocomplete_fields = ("entry",)


@admin.register(Adjustment)
class AdjustmentAdmin(OfficialAdmin):
    list_display = ("title", "kind", "points", "reason")
    autocomplete_fields = ("entry", "driver")
