"""Entry lists. Every view serves the season's list and, with `event`, that of the event (URL names with `event_`)."""

import csv
import io

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import entry_list_files
from championship.selectors import entry_lists as selectors
from championship.selectors.entry_lists import EntryListPage
from championship.selectors.revisions import ListScope

Crumbs = list[tuple[str, str]]


@require_safe
def entry_list(request: HttpRequest, season: str, event: str | None = None) -> HttpResponse:
    """The newest published revision, filtered by the address."""
    page = selectors.entry_list_page(season=season, event=event, data=request.GET)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": _crumbs(page.scope)}
    return render(request, "championship/entry_lists/entry_list.html", context)


@require_safe
def entry_list_revision(request: HttpRequest, season: str, revision: int, event: str | None = None) -> HttpResponse:
    """Exactly that revision; its address never shows anything else."""
    page = selectors.entry_list_revision_page(season=season, event=event, revision=revision)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": _crumbs(page.scope, f"r{revision}")}
    return render(request, "championship/entry_lists/entry_list_revision.html", context)


@require_safe
def entry_list_changes(request: HttpRequest, season: str, event: str | None = None) -> HttpResponse:
    """What changed, revision by revision."""
    page = selectors.entry_list_changes_page(season=season, event=event)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": _crumbs(page.scope, "Changes")}
    return render(request, "championship/entry_lists/entry_list_changes.html", context)


@require_safe
def entry_list_csv(request: HttpRequest, season: str, event: str | None = None) -> HttpResponse:
    """The newest revision as a table: UTF-8 without a byte order mark, which would stick to the first column."""
    page = _published_page(request, season, event)
    if page.filters.problems:
        text = "\n".join(page.filters.problems) + "\n"
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(entry_list_files.csv_columns(page))
    writer.writerows(entry_list_files.csv_rows(page))
    name = "-".join(part for part in (season, event, "entries.csv") if part)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(table.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def entry_list_json(request: HttpRequest, season: str, event: str | None = None) -> HttpResponse:
    """The newest revision as the document of the published schema."""
    page = _published_page(request, season, event)
    if page.filters.problems:
        problems = msgspec.json.encode({"problems": page.filters.problems})
        return HttpResponse(problems, status=400, content_type="application/json")
    body = msgspec.json.encode(entry_list_files.document(page))
    headers = {"Link": f'<{reverse("entry_list_schema")}>; rel="describedby"'}
    return HttpResponse(body, content_type="application/json", headers=headers)


def _published_page(request: HttpRequest, season: str, event: str | None) -> EntryListPage:
    page = selectors.entry_list_page(season=season, event=event, data=request.GET)
    if page is None or page.revision is None:
        raise Http404
    return page


def _crumbs(scope: ListScope, last: str = "") -> Crumbs:
    crumbs = [("Home", reverse("home")), (scope.season_label, reverse("season", args=[scope.season]))]
    if scope.event:
        crumbs.append((scope.event_name, reverse("event", args=[scope.season, scope.event])))
    if last:
        return [*crumbs, ("Entries", scope.url("entry_list")), (last, "")]
    return [*crumbs, ("Entries", "")]
