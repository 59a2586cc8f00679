"""What a button answers; where somebody was faster: who, what differs, and the same thing once more."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from news.admin.newsroom.base import CONFLICT, attempt, conflict_of, find_story, newsroom_page
from news.admin.newsroom.forms import SeenForm, seen_of
from news.models import Story


def _again_page(request: HttpRequest, story: Story, form: SeenForm, *, label: str) -> HttpResponse:
    """The page after a verb that met a story that had moved on: nothing is done; the button does it all the same.

    It sends what was typed again, with the version that stands now.
    """
    current = find_story(request, story.pk)
    typed = [(name, form.data.get(name, "")) for name in form.fields if name not in SeenForm.base_fields]
    fields = [*typed, *seen_of(current).items()]
    seen = form.cleaned_data.get("seen_edition") if form.is_bound else None
    context = {"conflict": conflict_of(current, seen), "fields": fields, "label": label, "action": request.path}
    return newsroom_page(
        request, "conflict", f"Look again: {current.headline}", context, story=current, status=CONFLICT
    )


def press(
    request: HttpRequest,
    story: Story,
    form: SeenForm,
    verb: Callable[[int], object],
    *,
    label: str,
    done: Callable[[], str],
    back: str = "",
    onward: str = "",
) -> HttpResponse:
    """The answer to a button: `verb` is done to the version that was seen, and `done()` says so at `onward`.

    Refused, the person is told at `back`; both are the newsroom where they are left out. Where somebody was faster,
    `label` stands on the page that asks once more.
    """
    form.is_valid()
    seen = form.cleaned_data.get("seen_version", 0)
    refusal, stale = attempt(lambda: verb(seen))
    if stale is not None:
        return _again_page(request, story, form, label=label)
    newsroom = reverse("admin:newsroom")
    if refusal:
        messages.error(request, refusal)
        return HttpResponseRedirect(back or newsroom)
    messages.success(request, done())
    return HttpResponseRedirect(onward or newsroom)
