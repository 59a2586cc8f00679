"""What the titles of a season bring."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors.invitations import invitations_page


@require_safe
def invitations(request: HttpRequest, season: str) -> HttpResponse:
    page = invitations_page(season)
    if page is None:
        raise Http404
    crumbs = [
        ("Home", reverse("home")),
        (f"Season {page.season_label}", reverse("season", args=[season])),
        ("Invitations", ""),
    ]
    return render(request, "championship/invitations/invitations.html", {"page": page, "crumbs": crumbs})
