"""Teams and what they entered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import teams as selectors


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    context = {"teams": selectors.team_items(), "crumbs": [("Home", reverse("home")), ("Teams", "")]}
    return render(request, "championship/teams/teams.html", context)


@require_safe
def team(request: HttpRequest, slug: str) -> HttpResponse:
    page = selectors.team_page(slug)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": [("Home", reverse("home")), ("Teams", reverse("teams")), (page.name, "")]}
    return render(request, "championship/teams/team.html", context)
