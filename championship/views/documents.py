"""The notice board of an event, its documents, and their files."""

import csv
import io

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from championship.selectors import document_files
from championship.selectors import documents as selectors
from championship.selectors.documents import BoardPage, BoardScope

Crumbs = list[tuple[str, str]]

# Whatever somebody uploaded stays a file: nothing in it runs, is embedded, or learns where it came from.
FILE_POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Its address has its hash, so it can never mean another file.
FILE_CACHE_CONTROL = "public, max-age=31536000, immutable"


@require_safe
def documents(request: HttpRequest, season: str, event: str) -> HttpResponse:
    page = _page(request, season, event)
    context = {"page": page, "crumbs": _crumbs(page.scope)}
    return render(request, "championship/documents/documents.html", context)


@require_safe
def documents_csv(request: HttpRequest, season: str, event: str) -> HttpResponse:
    """The board as a table: UTF-8 without a byte order mark, which would stick to the first column."""
    page = _page(request, season, event)
    if page.filters.problems:
        text = "\n".join(page.filters.problems) + "\n"
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(document_files.COLUMNS)
    writer.writerows(document_files.csv_rows(page))
    headers = {"Content-Disposition": f'attachment; filename="{season}-{event}-documents.csv"'}
    return HttpResponse(table.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def documents_json(request: HttpRequest, season: str, event: str) -> HttpResponse:
    """The board as the document of the published schema."""
    page = _page(request, season, event)
    if page.filters.problems:
        problems = msgspec.json.encode({"problems": page.filters.problems})
        return HttpResponse(problems, status=400, content_type="application/json")
    body = msgspec.json.encode(document_files.document(page))
    headers = {"Link": f'<{reverse("documents_schema")}>; rel="describedby"'}
    return HttpResponse(body, content_type="application/json", headers=headers)


@require_safe
def document(request: HttpRequest, season: str, event: str, address: str) -> HttpResponse:
    page = selectors.document_page(season=season, event=event, address=address)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": _crumbs(page.scope, page.line.label)}
    return render(request, "championship/documents/document.html", context)


@require_safe
def document_file(request: HttpRequest, season: str, event: str, address: str, digest: str) -> HttpResponse:
    """The file itself, to be kept and opened by the reader's own program."""
    file = selectors.document_file(season=season, event=event, address=address, digest=digest)
    if file is None:
        raise Http404
    name = f"{season}-{event}-document-{address}.pdf"
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Content-Security-Policy": FILE_POLICY,
        "Cache-Control": FILE_CACHE_CONTROL,
    }
    return HttpResponse(bytes(file.content), content_type=file.content_type, headers=headers)


def _page(request: HttpRequest, season: str, event: str) -> BoardPage:
    page = selectors.board_page(season=season, event=event, data=request.GET)
    if page is None:
        raise Http404
    return page


def _crumbs(scope: BoardScope, last: str = "") -> Crumbs:
    crumbs = [
        ("Home", reverse("home")),
        (scope.season_label, reverse("season", args=[scope.season])),
        (scope.event_name, scope.event_url),
    ]
    if last:
        return [*crumbs, ("Documents", scope.board_url), (last, "")]
    return [*crumbs, ("Documents", "")]
