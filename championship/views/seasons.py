"""A season, and the short addresses that lead to the current one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.models import Season
from championship.selectors.seasons import season_page


@require_safe
def season(request: HttpRequest, season: str) -> HttpResponse:
    page = season_page(season)
    if page is None:
        raise Http404
    crumbs = [("Home", reverse("home")), (f"Season {page.label}", "")]
    return render(request, "championship/seasons/season.html", {"page": page, "crumbs": crumbs})


@require_safe
def current_calendar(request: HttpRequest) -> HttpResponse:
    current = Season.objects.current()
    if current is None:
        return render(request, "championship/seasons/current_calendar.html", status=404)
    return redirect("season_calendar", current.slug)


@require_safe
def current_entries(request: HttpRequest) -> HttpResponse:
    current = Season.objects.current()
    if current is None:
        return render(request, "championship/seasons/current_entries.html", status=404)
    return redirect("entry_list", current.slug)
