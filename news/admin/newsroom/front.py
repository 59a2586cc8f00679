"""What an editor sees first, and “still right” with one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from news import rights
from news.admin.newsroom.base import attempt, newsroom_page, require, story_to_write
from news.admin.newsroom.conflicts import again_page
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
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen_version"] if form.is_valid() else 0
    refusal, stale = attempt(lambda: stories.mark_looked(row, by=request.user, seen_version=seen))
    if stale is not None:
        return again_page(request, row, form, label="Still right, as it is now")
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, format_html("“{}” still holds: you looked at what changed.", row.headline))
    return HttpResponseRedirect(reverse("admin:newsroom"))
