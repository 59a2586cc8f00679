"""Tables of points: all titles of a season, and one title as page, CSV and JSON."""

import csv
import io

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.models import Season
from championship.selectors import standing_files
from championship.selectors import standings as selectors
from championship.selectors.standings import TitleStandingsPage


@require_safe
def current_standings(request: HttpRequest) -> HttpResponse:
    current = Season.objects.current()
    if current is None:
        return render(request, "championship/standings/current_standings.html", status=404)
    return redirect("season_standings", current.slug)


@require_safe
def season_standings(request: HttpRequest, season: str) -> HttpResponse:
    """All titles of the season in short."""
    page = selectors.season_standings_page(season)
    if page is None:
        raise Http404
    crumbs = [("Home", reverse("home")), (page.season_label, reverse("season", args=[season])), ("Standings", "")]
    return render(request, "championship/standings/season_standings.html", {"page": page, "crumbs": crumbs})


@require_safe
def title_standings(request: HttpRequest, season: str, title: str) -> HttpResponse:
    """One title, round by round, with what every number is made of."""
    page = selectors.title_standings_page(season=season, title=title, data=request.GET)
    if page is None:
        raise Http404
    crumbs = [
        ("Home", reverse("home")),
        (page.season_label, reverse("season", args=[season])),
        ("Standings", reverse("season_standings", args=[season])),
        (page.title.name, ""),
    ]
    return render(request, "championship/standings/title_standings.html", {"page": page, "crumbs": crumbs})


@require_safe
def title_standings_csv(request: HttpRequest, season: str, title: str) -> HttpResponse:
    """The table as CSV: UTF-8 without a byte order mark, which would stick to the first column."""
    page = _published_page(request, season, title)
    if page.choice.problems:
        text = "\n".join(page.choice.problems) + "\n"
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(standing_files.csv_columns(page))
    writer.writerows(standing_files.csv_rows(page))
    headers = {"Content-Disposition": f'attachment; filename="{season}-{title}.csv"'}
    return HttpResponse(table.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def title_standings_json(request: HttpRequest, season: str, title: str) -> HttpResponse:
    """The table as the document of the published schema."""
    page = _published_page(request, season, title)
    if page.choice.problems:
        problems = msgspec.json.encode({"problems": page.choice.problems})
        return HttpResponse(problems, status=400, content_type="application/json")
    body = msgspec.json.encode(standing_files.document(page))
    headers = {"Link": f'<{reverse("standings_schema")}>; rel="describedby"'}
    return HttpResponse(body, content_type="application/json", headers=headers)


def _published_page(request: HttpRequest, season: str, title: str) -> TitleStandingsPage:
    page = selectors.title_standings_page(season=season, title=title, data=request.GET)
    if page is None or page.table is None:
        raise Http404
    return page
