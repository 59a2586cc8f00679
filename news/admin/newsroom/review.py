"""Sending a story to review, and out of it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from news.admin.newsroom.base import newsroom_url, story_to_write
from news.admin.newsroom.conflicts import press
from news.admin.newsroom.forms import ReturnForm, SeenForm
from news.services import stories


@require_POST
def newsroom_submit(request: HttpRequest, story: int) -> HttpResponse:
    """Ask a chief editor to publish it."""
    row = story_to_write(request, story)
    return press(
        request,
        row,
        SeenForm(request.POST),
        lambda seen: stories.submit(row, by=request.user, seen_version=seen),
        label="Send it to review as it is now",
        done=lambda: format_html("“{}” waits for review.", row.headline),
        back=newsroom_url("publish", row),
    )


@require_POST
def newsroom_return(request: HttpRequest, story: int) -> HttpResponse:
    """Out of review: the writer goes on, or whoever publishes says what is to be done first."""
    row = story_to_write(request, story)
    form = ReturnForm(request.POST)
    if "reason" in form.errors:
        messages.error(request, f"Not done: {' '.join(form.errors['reason'])}")
        return HttpResponseRedirect(newsroom_url("publish", row))
    typed = form.cleaned_data["reason"]
    reason = f"Sent back: {typed}" if typed else ""
    return press(
        request,
        row,
        form,
        lambda seen: stories.take_back(row, by=request.user, seen_version=seen, reason=reason),
        label="Take it out of review all the same",
        done=lambda: format_html("“{}” is a draft again.", row.headline),
        back=newsroom_url("publish", row),
    )
