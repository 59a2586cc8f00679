from django.contrib import admin

from championship.admin.base import JoinedFilter, OfficialAdmin, Rows
from championship.models import Decision, DecisionEffect


class EffectInline(Rows, admin.StackedInline):
    model = DecisionEffect


@admin.register(Decision)
class DecisionAdmin(OfficialAdmin):
    list_display = ("car_number", "session", "number", "fact", "status", "order")
    list_filter = (("session__event", JoinedFilter), "status")
    search_fields = ("=number", "=event_entry__entry__car_number", "fact", "offence")
    joined = ("session__event__season", "event_entry__entry")
    autocomplete_fields = ("event_entry",)
    fixed = ("session", "slug")
    parts = ("effects",)
    inlines = (EffectInline,)

    @admin.display(description="car", ordering="event_entry__entry__car_number")
    def car_number(self, decision: Decision) -> str:
        return decision.event_entry.entry.car_number
