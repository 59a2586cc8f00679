"""The classification of a session: its newest version, any version, what changed, and all of it as files."""

import csv
import io

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import classification_files
from championship.selectors import classifications as selectors
from championship.selectors.classification_changes import classification_changes_page
from championship.selectors.classification_heads import SessionScope
from championship.selectors.classifications import ClassificationPage

Crumbs = list[tuple[str, str]]


@require_safe
def classification(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    """The newest version that stands, or what the session is while there is none."""
    page = selectors.classification_page(season=season, event=event, session=session, data=request.GET)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": crumbs_of(page.scope)}
    return render(request, "championship/classifications/classification.html", context)


@require_safe
def classification_version(request: HttpRequest, season: str, event: str, session: str, version: int) -> HttpResponse:
    """Exactly that version. A recalled one stays a page that gives the reason and leads to what stands.

    It answers 200 and not 410: people follow links to it from stories and messages, and have to find the reason;
    `noindex` keeps it out of search engines. Its files are gone, since programs read no reasons.
    """
    page = selectors.classification_version_page(
        season=season, event=event, session=session, version=version, data=request.GET
    )
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": crumbs_of(page.scope, f"v{version}")}
    return render(request, "championship/classifications/classification_version.html", context)


@require_safe
def classification_changes(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    """What changed, version by version."""
    page = classification_changes_page(season=season, event=event, session=session)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": crumbs_of(page.scope, "Changes")}
    return render(request, "championship/classifications/classification_changes.html", context)


@require_safe
def classification_csv(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    """The newest version that stands, as a table."""
    return _csv(selectors.classification_page(season=season, event=event, session=session, data=request.GET))


@require_safe
def classification_json(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    """The newest version that stands, as the document of the published schema."""
    return _json(selectors.classification_page(season=season, event=event, session=session, data=request.GET))


@require_safe
def classification_version_csv(
    request: HttpRequest, season: str, event: str, session: str, version: int
) -> HttpResponse:
    return _csv(
        selectors.classification_version_page(
            season=season, event=event, session=session, version=version, data=request.GET
        )
    )


@require_safe
def classification_version_json(
    request: HttpRequest, season: str, event: str, session: str, version: int
) -> HttpResponse:
    return _json(
        selectors.classification_version_page(
            season=season, event=event, session=session, version=version, data=request.GET
        )
    )


def crumbs_of(scope: SessionScope, last: str = "") -> Crumbs:
    """The way down to the page of a session, or to `last` below it."""
    crumbs = [
        ("Home", reverse("home")),
        (scope.season_label, reverse("season", args=[scope.season])),
        ("Results", scope.results_url),
        (scope.event_name, scope.event_url),
    ]
    if last:
        return [*crumbs, (scope.session_name, scope.session_url), (last, "")]
    return [*crumbs, (scope.session_name, "")]


def _csv(page: ClassificationPage | None) -> HttpResponse:
    """UTF-8 without a byte order mark, which would stick to the first column."""
    if page is None or page.version is None:
        raise Http404
    problems = _problems(page)
    if problems:
        text = "\n".join(problems) + "\n"
        return HttpResponse(text, status=_status(page), content_type="text/plain; charset=utf-8")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(classification_files.csv_columns(page))
    writer.writerows(classification_files.csv_rows(page))
    scope = page.scope
    version = f"v{page.version.number}" if page.by_version else ""
    name = "-".join(part for part in (scope.season, scope.event, scope.session, version) if part)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(table.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _json(page: ClassificationPage | None) -> HttpResponse:
    if page is None or page.version is None:
        raise Http404
    problems = _problems(page)
    if problems:
        body = msgspec.json.encode({"problems": problems})
        return HttpResponse(body, status=_status(page), content_type="application/json")
    body = msgspec.json.encode(classification_files.document(page))
    headers = {"Link": f'<{reverse("classification_schema")}>; rel="describedby"'}
    return HttpResponse(body, content_type="application/json", headers=headers)


def _problems(page: ClassificationPage) -> list[str]:
    """Why there is no file: the version was recalled, or nobody knows the class that is asked for."""
    if page.version is not None and page.version.is_recalled:
        head = page.version
        return [f"Version {head.number} was recalled on {head.recalled_text}: {head.recall_reason}"]
    return list(page.problems)


def _status(page: ClassificationPage) -> int:
    return 410 if page.version is not None and page.version.is_recalled else 400
