"""Links for people without an account: make one, see which work, revoke one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from news.admin.newsroom.base import attempt, newsroom_page, newsroom_url, story_to_write
from news.admin.newsroom.states import story_state
from news.selectors.previews import preview_rows
from news.services import publishing


@require_http_methods(["GET", "HEAD", "POST"])
def newsroom_previews(request: HttpRequest, story: int) -> HttpResponse:
    """A POST makes a link, and its answer is the only page that ever shows it."""
    row = story_to_write(request, story)
    address = refusal = ""
    if request.method == "POST":
        made: list[str] = []
        refusal, _ = attempt(lambda: made.append(publishing.make_preview(row, by=request.user)[1]))
        if made:
            address = request.build_absolute_uri(reverse("story_preview", args=made))
    context = {
        "state": story_state(row, request.user),
        "address": address,
        "refusal": refusal,
        "previews": preview_rows(row),
        "days": publishing.PREVIEW_DAYS,
    }
    return newsroom_page(request, "previews", f"Previews: {row.headline}", context, story=row)


@require_POST
def newsroom_revoke(request: HttpRequest, story: int, preview: int) -> HttpResponse:
    """The link stops working at once."""
    row = story_to_write(request, story)
    found = row.previews.filter(pk=preview).first()
    if found is None:
        raise Http404
    refusal, _ = attempt(lambda: publishing.revoke_preview(found))
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, "The link works no more.")
    return HttpResponseRedirect(newsroom_url("previews", row))
