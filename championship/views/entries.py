"""One car of a season."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import entries as selectors


@require_safe
def entry(request: HttpRequest, season: str, car_number: str) -> HttpResponse:
    page = selectors.entry_page(season=season, car_number=car_number.upper())
    if page is None:
        raise Http404
    if car_number != page.line.car_number:
        return redirect("entry", season, page.line.car_number, permanent=True)
    crumbs = [
        ("Home", reverse("home")),
        (page.season_label, reverse("season", args=[season])),
        ("Entries", reverse("entry_list", args=[season])),
        (f"Car {car_number}", ""),
    ]
    return render(request, "championship/entries/entry.html", {"page": page, "crumbs": crumbs})
