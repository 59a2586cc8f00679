"""The results of a season, and the short address that leads to those of the current one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.models import Season
from championship.selectors.results_index import results_page


@require_safe
def season_results(request: HttpRequest, season: str) -> HttpResponse:
    page = results_page(season)
    if page is None:
        raise Http404
    crumbs = [
        ("Home", reverse("home")),
        (f"Season {page.season_label}", reverse("season", args=[season])),
        ("Results", ""),
    ]
    return render(request, "championship/results/season_results.html", {"page": page, "crumbs": crumbs})


@require_safe
def current_results(request: HttpRequest) -> HttpResponse:
    current = Season.objects.current()
    if current is None:
        return render(request, "championship/results/current_results.html", status=404)
    return redirect("season_results", current.slug)
