"""Who has won the titles of a season, who can still win them, and what the leaders need."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors.title_fights import title_fight_page


@require_safe
def title_fight(request: HttpRequest, season: str) -> HttpResponse:
    """The fights after the newest round, or as they were after an earlier one (`?after=4`)."""
    page = title_fight_page(season, request.GET)
    if page is None:
        raise Http404
    crumbs = [
        ("Home", reverse("home")),
        (page.season_label, reverse("season", args=[season])),
        ("Standings", reverse("season_standings", args=[season])),
        ("Title fight", ""),
    ]
    return render(request, "championship/title_fights/title_fight.html", {"page": page, "crumbs": crumbs})
