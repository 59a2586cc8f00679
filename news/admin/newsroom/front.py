"""What an editor sees first, and “still right” with one press."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from news import rights
from news.admin.newsroom.base import newsroom_page, require, story_to_write
from news.admin.newsroom.conflicts import press
from news.admin.newsroom.forms import SeenForm
from news.models import Story
from news.selectors import newsroom as selectors
from news.services import stories


@require_safe
def newsroom(request: HttpRequest) -> HttpResponse:
    kinds = rights.kinds_seen(request.user)
    require(bool(kinds))
    context = {
        "page": selectors.newsroom_page(request.user.pk, kinds),
        "may_write": rights.may_write(request.user),
        "sees_pages": Story.Kind.PAGE in kinds,
    }
    return newsroom_page(request, "newsroom", "Newsroom", context)


@require_POST
def newsroom_looked(request: HttpRequest, story: int) -> HttpResponse:
    """The facts of a public story changed, and it still holds."""
    row = story_to_write(request, story)
    return press(
        request,
        row,
        SeenForm(request.POST),
        lambda seen: stories.mark_looked(row, by=request.user, seen_version=seen),
        label="Still right, as it is now",
        done=lambda: format_html("“{}” still holds: you looked at what changed.", row.headline),
    )
