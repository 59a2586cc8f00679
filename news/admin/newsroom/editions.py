"""The editions of a story: what was saved and published, what differs, and the way back to one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from news import rights
from news.admin.newsroom.base import attempt, find_story, newsroom_page, newsroom_url, story_to_write
from news.admin.newsroom.conflicts import press
from news.admin.newsroom.forms import MilestoneForm, SeenForm, seen_of
from news.admin.newsroom.states import story_state
from news.models import Story, StoryEdition
from news.selectors.editions import DRAFT, Said, compare, draft_said, edition_rows, edition_said
from news.selectors.newsroom import writing_url
from news.selectors.story import draft_page
from news.services import stories

DIGITS = 9


@require_safe
def newsroom_editions(request: HttpRequest, story: int) -> HttpResponse:
    row = find_story(request, story)
    context = {"state": story_state(row, request.user), "editions": edition_rows(row)}
    return newsroom_page(request, "editions", f"Editions: {row.headline}", context, story=row)


@require_safe
def newsroom_edition(request: HttpRequest, story: int, number: int) -> HttpResponse:
    row = find_story(request, story)
    edition = _edition(row, number)
    context = {
        "edition": next(found for found in edition_rows(row) if found.number == number),
        "page": draft_page(edition),
        "links": edition_said(edition).links,
        "may_write": rights.may_write(request.user, row),
        "is_newest": number == row.editions_saved and not row.has_unsaved,
        "seen": SeenForm(initial=seen_of(row), auto_id="seen-%s"),
        "milestone": MilestoneForm(initial={"name": _milestone(edition)}),
        "before": number - 1,
    }
    return newsroom_page(request, "edition", f"Edition {number}: {row.headline}", context, story=row)


@require_safe
def newsroom_compare(request: HttpRequest, story: int) -> HttpResponse:
    """From the edition `?from=` to `?to=`; 0 is the working copy. At first from what readers see to what is written."""
    row = find_story(request, story)
    first = row.live.number if row.live else max(row.editions_saved - 1, 1)
    older, newer = (_asked(request, name, number) for name, number in (("from", first), ("to", DRAFT)))
    context = {
        "comparison": compare(_said(row, older), _said(row, newer)),
        "editions": edition_rows(row),
        "older": older,
        "newer": newer,
    }
    return newsroom_page(request, "compare", f"Compare: {row.headline}", context, story=row)


@require_POST
def newsroom_restore(request: HttpRequest, story: int, number: int) -> HttpResponse:
    """An edition becomes the working copy."""
    row = story_to_write(request, story)
    edition = _edition(row, number)
    text = (
        "Edition {} is the working copy again, as edition {}. Nothing is lost: what stood there is an edition, too. "
        'Readers see nothing of it before you publish. <a href="{}">Write on</a>.'
    )
    return press(
        request,
        row,
        SeenForm(request.POST),
        lambda seen: stories.restore(row, edition, by=request.user, seen_version=seen),
        label=f"Bring edition {number} back all the same",
        done=lambda: format_html(text, number, row.editions_saved, writing_url(row)),
        back=newsroom_url("edition", row, number),
        onward=newsroom_url("editions", row),
    )


@require_POST
def newsroom_milestone(request: HttpRequest, story: int, number: int) -> HttpResponse:
    """Name an edition."""
    row = story_to_write(request, story)
    edition = _edition(row, number)
    form = MilestoneForm(request.POST)
    refusal = "" if form.is_valid() else " ".join(form.errors.get("name", []))
    if not refusal:
        name = form.cleaned_data["name"]
        refusal, _ = attempt(lambda: stories.name_milestone(edition, name=name, by=request.user))
    if refusal:
        messages.error(request, f"The name is not saved: {refusal}")
    else:
        said = f"Edition {number} is called “{name}”." if name else f"Edition {number} has no name any more."
        messages.success(request, said)
    return HttpResponseRedirect(newsroom_url("edition", row, number))


def _edition(story: Story, number: int) -> StoryEdition:
    """Raises Http404 when the story has no such edition."""
    rows = story.editions.select_related("topic", "lead_picture", "saved_by", "milestone")
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _milestone(edition: StoryEdition) -> str:
    return edition.milestone.name if hasattr(edition, "milestone") else ""


def _asked(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else otherwise


def _said(story: Story, number: int) -> Said:
    return draft_said(story) if number == DRAFT else edition_said(_edition(story, number))
