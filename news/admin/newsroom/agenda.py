"""What becomes public when."""

from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from news import rights
from news.admin.newsroom.base import newsroom_page, require
from news.selectors.agenda import agenda
from news.selectors.zones import zone_choices


@require_safe
def newsroom_agenda(request: HttpRequest) -> HttpResponse:
    """On the clocks of the first track, or of the zone that `?zone=` names."""
    kinds = rights.kinds_seen(request.user)
    require(bool(kinds))
    zones = zone_choices()
    asked = request.GET.get("zone", "")
    zone = ZoneInfo(asked) if asked in available_timezones() else zones[0].zone
    context = {"agenda": agenda(zone, kinds), "zones": zones, "chosen": zone.key}
    return newsroom_page(request, "agenda", "Agenda", context)
