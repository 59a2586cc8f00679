from django.contrib import admin

from championship.admin.base import JoinedFilter, OfficialAdmin
from championship.models import PolePosition


@admin.register(PolePosition)
class PolePositionAdmin(OfficialAdmin):
    list_display = ("__str__", "event_entry", "driver", "set_by")
    list_filter = (("round__event", JoinedFilter), "set_by")
    joined = ("round__race_session__event__season", "race_class", "event_entry__entry", "driver")
    autocomplete_fields = ("event_entry", "driver")
