"""What the newsroom has before it: what waits for somebody, what comes next, and what was published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from news.models import Story, StoryEdition
from news.models.stories import StoryQuerySet
from news.selectors.needs_a_look import NeedsALook, needs_a_look

# How a state looks: the pills of templates/components/state_pill.html.
PILLS = {
    Story.State.DRAFT: "to-be-confirmed",
    Story.State.IN_REVIEW: "provisional",
    Story.State.SCHEDULED: "neutral",
    Story.State.LIVE: "official",
    Story.State.LIVE_WITH_DRAFT: "official",
    Story.State.ARCHIVED: "withdrawn",
}
DRAFTS = 20
SHORT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story or page in the newsroom's lists. `at` is what the list is sorted by, `who` wrote on it last.

    `note` is why, of a draft: the reason of the last save, or what is to be done after it was sent back.
    """

    pk: int
    is_page: bool
    is_draft: bool
    headline: str
    writing_url: str
    url: str
    pill: str
    state_label: str
    at: datetime | None
    who: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomPage:
    """`more_drafts` counts those that are too old for the list."""

    to_review: tuple[StoryRow, ...]
    to_look_at: tuple[NeedsALook, ...]
    scheduled: tuple[StoryRow, ...]
    mine: tuple[StoryRow, ...]
    others: tuple[StoryRow, ...]
    more_drafts: int
    published: tuple[StoryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomWork:
    """The same as figures. `next` is the story that becomes public next, None without one."""

    to_review: int
    to_look_at: int
    next: StoryRow | None


def newsroom_page(person: int, kinds: Sequence[str]) -> NewsroomPage:
    """What the person with this key sees first, of these kinds (`Story.Kind`); the same queries for one and many."""
    known = _known(kinds)
    drafts = list(_drafts(known).annotate(is_mine=_mine(person), last_reason=_last_reason())[: DRAFTS + 1])
    return NewsroomPage(
        to_review=_rows(_in_review(known), "submitted_at"),
        to_look_at=needs_a_look(),
        scheduled=_rows(known.scheduled()[:SHORT], "public_from"),
        mine=_rows((story for story in drafts[:DRAFTS] if story.is_mine), "edited_at"),
        others=_rows((story for story in drafts[:DRAFTS] if not story.is_mine), "edited_at"),
        more_drafts=_drafts(known).count() - DRAFTS if len(drafts) > DRAFTS else 0,
        published=_rows(known.published()[:SHORT], "public_from"),
    )


def newsroom_work(kinds: Sequence[str]) -> NewsroomWork:
    """For the first page of the officials' side."""
    known = _known(kinds)
    scheduled = _rows(known.scheduled()[:1], "public_from")
    return NewsroomWork(
        to_review=_in_review(known).count(), to_look_at=len(needs_a_look()), next=scheduled[0] if scheduled else None
    )


def writing_url(story: Story) -> str:
    """Where it is written."""
    return reverse(f"admin:news_{story.kind}_change", args=[story.pk])


def story_row(story: Story, at: str) -> StoryRow:
    state = story.state
    return StoryRow(
        pk=story.pk,
        is_page=story.kind == Story.Kind.PAGE,
        is_draft=state == Story.State.DRAFT,
        writing_url=writing_url(story),
        headline=story.headline,
        url=story.get_absolute_url() if story.is_public else "",
        pill=PILLS[state],
        state_label=state.label,
        at=getattr(story, at),
        who=str(story.edited_by or ""),
        note=getattr(story, "last_reason", "") or "",
    )


def _rows(stories: Iterable[Story], at: str) -> tuple[StoryRow, ...]:
    return tuple(story_row(story, at) for story in stories)


def _known(kinds: Sequence[str]) -> StoryQuerySet:
    return Story.everything.filter(kind__in=kinds).select_related("live", "edited_by")


def _in_review(known: StoryQuerySet) -> StoryQuerySet:
    """The one that waits longest first."""
    return known.filter(submitted_at__isnull=False).order_by("submitted_at")


def _drafts(known: StoryQuerySet) -> StoryQuerySet:
    """Everything that somebody writes on and nobody was asked to publish, newer drafts of public stories too."""
    newer = Q(live__isnull=True) | Q(has_unsaved=True) | ~Q(live__number=F("editions_saved"))
    return known.filter(newer, submitted_at__isnull=True, archived_at__isnull=True).order_by("-edited_at", "-pk")


def _last_reason() -> Subquery:
    records = Story.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
    return Subquery(records.values("history_change_reason")[:1])


def _mine(person: int) -> Q:
    return Q(edited_by=person) | Q(Exists(StoryEdition.objects.filter(story=OuterRef("pk"), saved_by=person)))
