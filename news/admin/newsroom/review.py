"""Sending a story to review, and out of it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from news.admin.newsroom.base import attempt, newsroom_url, story_to_write
from news.admin.newsroom.conflicts import again_page
from news.admin.newsroom.forms import ReturnForm, SeenForm
from news.services import stories


@require_POST
def newsroom_submit(request: HttpRequest, story: int) -> HttpResponse:
    """Ask a chief editor to publish it."""
    row = story_to_write(request, story)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen_version"] if form.is_valid() else 0
    refusal, stale = attempt(lambda: stories.submit(row, by=request.user, seen_version=seen))
    if stale is not None:
        return again_page(request, row, form, label="Send it to review as it is now")
    if refusal:
        messages.error(request, refusal)
        return HttpResponseRedirect(newsroom_url("publish", row))
    messages.success(request, format_html("“{}” waits for review.", row.headline))
    return HttpResponseRedirect(reverse("admin:newsroom"))


@require_POST
def newsroom_return(request: HttpRequest, story: int) -> HttpResponse:
    """Out of review: the writer goes on, or whoever publishes says what is to be done first."""
    row = story_to_write(request, story)
    form = ReturnForm(request.POST)
    is_valid = form.is_valid()
    seen = form.cleaned_data.get("seen_version", 0)
    if not is_valid and "reason" in form.errors:
        messages.error(request, f"Not done: {' '.join(form.errors['reason'])}")
        return HttpResponseRedirect(newsroom_url("publish", row))
    typed = form.cleaned_data["reason"]
    reason = f"Sent back: {typed}" if typed else ""
    refusal, stale = attempt(lambda: stories.take_back(row, by=request.user, seen_version=seen, reason=reason))
    if stale is not None:
        return again_page(request, row, form, label="Take it out of review all the same")
    if refusal:
        messages.error(request, refusal)
        return HttpResponseRedirect(newsroom_url("publish", row))
    messages.success(request, format_html("“{}” is a draft again.", row.headline))
    return HttpResponseRedirect(reverse("admin:newsroom"))
