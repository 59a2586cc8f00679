"""Somebody was faster: who, what differs, and the same thing once more."""

from django.http import HttpRequest, HttpResponse

from news.admin.newsroom.base import CONFLICT, conflict_of, find_story, newsroom_page
from news.admin.newsroom.forms import SeenForm, seen_of
from news.models import Story


def again_page(request: HttpRequest, story: Story, form: SeenForm, *, label: str) -> HttpResponse:
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
