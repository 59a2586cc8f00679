"""What the editor asks the server about data blocks: what there is to choose from, and how a block is called."""

from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from news import rights
from news.selectors.block_choices import block_words, picture_choices, season_choices

# A text has no more blocks than that.
LONGEST_QUESTION = 20_000


@require_safe
def block_choices(request: HttpRequest) -> HttpResponse:
    """Seasons, and what the one that `?season=` names offers, or the current one."""
    return _answer(request, season_choices(request.GET.get("season", "")))


@require_safe
def block_pictures(request: HttpRequest) -> HttpResponse:
    """Pictures of the library by the words of `?q=`."""
    return _answer(request, picture_choices(request.GET.get("q", "").replace("\x00", "")))


@require_safe
def block_names(request: HttpRequest) -> HttpResponse:
    """How the blocks in the HTML of `?blocks=` are called."""
    return _answer(request, block_words(request.GET.get("blocks", "")[:LONGEST_QUESTION]))


def _answer(request: HttpRequest, found: Any) -> HttpResponse:
    if not rights.may_write(request.user):
        raise PermissionDenied
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")
