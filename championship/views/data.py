"""What the site offers to programs."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import standing_files
from championship.selectors.data import data_page
from championship.selectors.entry_list_files import schema


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    context = {"page": data_page(), "crumbs": [("Home", reverse("home")), ("Data", "")]}
    return render(request, "championship/data/data.html", context)


@require_safe
def entry_list_schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of `entries.json`, which changes only when the site does."""
    body = msgspec.json.format(msgspec.json.encode(schema()), indent=2)
    return HttpResponse(body, content_type="application/schema+json")


@require_safe
def standings_schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of the table of a title."""
    body = msgspec.json.format(msgspec.json.encode(standing_files.schema()), indent=2)
    return HttpResponse(body, content_type="application/schema+json")
