"""A race weekend."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors.events import event_page


@require_safe
def event(request: HttpRequest, season: str, event: str) -> HttpResponse:
    page = event_page(season, event)
    if page is None:
        raise Http404
    crumbs = [
        ("Home", reverse("home")),
        (f"Season {page.season_label}", reverse("season", args=[season])),
        ("Calendar", reverse("season_calendar", args=[season])),
        (page.card.name, ""),
    ]
    return render(request, "championship/events/event.html", {"page": page, "crumbs": crumbs})
