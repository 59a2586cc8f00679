"""The calendar of a season, as a page and as files to subscribe to."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors.calendar import KINDS, CalendarFeed, calendar_page, event_feed, season_feed, session_feed
from championship.views.calendar_file import calendar_file

# How much of a wrong value is repeated to whoever typed it.
REPEATED = 40


@require_safe
def season_calendar(request: HttpRequest, season: str) -> HttpResponse:
    page = calendar_page(season)
    if page is None:
        raise Http404
    # Calendar programs subscribe to addresses that begin with webcal:.
    feed = "webcal:" + settings.SITE_URL.partition(":")[2] + reverse("season_ics", args=[season])
    crumbs = [
        ("Home", reverse("home")),
        (f"Season {page.season_label}", reverse("season", args=[season])),
        ("Calendar", ""),
    ]
    return render(
        request, "championship/calendar/season_calendar.html", {"page": page, "webcal": feed, "crumbs": crumbs}
    )


@require_safe
def season_ics(request: HttpRequest, season: str) -> HttpResponse:
    """`?sessions=race,qualifying` leaves out the others; a kind that does not exist is answered with 400 and why."""
    asked = ",".join(request.GET.getlist("sessions")).lower().split(",")
    kinds = [kind.strip() for kind in asked if kind.strip()]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        return HttpResponse(
            f"“{unknown[0][:REPEATED]}” is not a kind of session. Use {', '.join(KINDS[:-1])} or {KINDS[-1]}, "
            "several with commas between them.\n",
            status=400,
            content_type="text/plain; charset=utf-8",
        )
    return _file(season_feed(season, kinds or KINDS))


@require_safe
def event_ics(request: HttpRequest, season: str, event: str) -> HttpResponse:
    return _file(event_feed(season, event))


@require_safe
def session_ics(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    return _file(session_feed(season, event, session))


def _file(feed: CalendarFeed | None) -> HttpResponse:
    if feed is None:
        raise Http404
    return calendar_file(feed)
