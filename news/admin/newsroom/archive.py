"""Taking a story down, or a scheduled one back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from championship.admin.step_up import confirmed
from news.admin.newsroom.base import CONFLICT, attempt, conflict_of, newsroom_page, newsroom_url, story_to_publish
from news.admin.newsroom.forms import ReasonForm, seen_of
from news.admin.newsroom.states import story_state
from news.services import publishing


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def newsroom_archive(request: HttpRequest, story: int) -> HttpResponse:
    row = story_to_publish(request, story)
    if row.live is None or row.archived_at is not None:
        messages.info(request, "Readers do not see it, and nothing is scheduled: there is nothing to take down.")
        return HttpResponseRedirect(newsroom_url("publish", row))
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm(initial=seen_of(row))
    was_public, refusal, is_stale = row.is_public, "", False
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        refusal, stale = attempt(
            lambda: publishing.archive(row, by=request.user, seen_version=typed["seen_version"], reason=typed["reason"])
        )
        if not refusal and stale is None:
            text = "“{}” is taken down." if was_public else "“{}” is a draft again, and appears no more by itself."
            messages.success(request, format_html(text, row.headline))
            return HttpResponseRedirect(reverse("admin:newsroom"))
    row = story_to_publish(request, story)
    if form.is_bound:
        is_stale = form.cleaned_data.get("seen_version", row.version) != row.version
        form.stand_for(row)
    context = {
        "form": form,
        "refusal": refusal,
        "conflict": conflict_of(row, form.cleaned_data.get("seen_edition")) if is_stale else None,
        "state": story_state(row, request.user),
        "is_public": row.is_public,
    }
    title = f"{'Take down' if row.is_public else 'Take back'}: {row.headline}"
    return newsroom_page(request, "archive", title, context, story=row, status=CONFLICT if is_stale else 200)
