"""What the site offers to programs."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import classification_files, document_files, entry_list_files, standing_files
from championship.selectors.data import data_page


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    context = {"page": data_page(), "crumbs": [("Home", reverse("home")), ("Data", "")]}
    return render(request, "championship/data/data.html", context)


@require_safe
def entry_list_schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of `entries.json`, which changes only when the site does."""
    return _schema(entry_list_files.schema())


@require_safe
def classification_schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of the file of a session, `race-1.json`."""
    return _schema(classification_files.schema())


@require_safe
def standings_schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of the table of a title."""
    return _schema(standing_files.schema())


@require_safe
def documents_schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of the notice board of an event, `documents.json`."""
    return _schema(document_files.schema())


def _schema(schema: dict[str, Any]) -> HttpResponse:
    body = msgspec.json.format(msgspec.json.encode(schema), indent=2)
    return HttpResponse(body, content_type="application/schema+json")
