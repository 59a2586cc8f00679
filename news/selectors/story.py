"""One story: its page, and the same for somebody who has a preview of its working copy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, When
from django.urls import reverse

from championship import clock
from championship.models import Picture
from championship.models.base import Precision
from championship.rules.pictures import PictureFile
from championship.selectors.pictures import LEAD, Address, ShownPicture, office_address, picture_bytes, shown_picture
from championship.selectors.text import published_words
from news.markup import words_of
from news.models import Story, StoryAddress, StoryEdition, StoryLink, StoryPreview
from news.selectors.blocks import Part, parts_of
from news.selectors.links import Subject, Tile, public_links, subjects, tile
from news.selectors.share import share_address
from news.selectors.stories import StoryLine, story_line, with_next_moment

RELATED = 3
# By which shared links stories are related; a season alone makes nearly all of them so.
RELATING = ("event", "session", "team", "driver", "entry")
DESCRIPTION = 155


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """All that the page of a story says.

    Moments are as `published_words` writes them: for people, and for `<time>`; those of an update are "" without one.
    A preview has no dates, and no related stories.
    """

    headline: str
    neutral_headline: str
    standfirst: str
    parts: tuple[Part, ...]
    byline: str
    topic_name: str
    topic_url: str
    published_text: str
    published_machine: str
    updated_text: str
    updated_machine: str
    update_note: str
    picture: ShownPicture | None
    tile: Tile
    subjects: tuple[Subject, ...]
    related: tuple[StoryLine, ...]
    url: str
    share_url: str
    description: str
    valid_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """A working copy as somebody with its secret sees it; both moments are aware. `kind` is a `Story.Kind`.

    `is_live` where readers have exactly this.
    """

    kind: str
    is_live: bool
    story: StoryPage
    as_of: datetime
    expires_at: datetime


def story_page(slug: str) -> StoryPage | None:
    """The public page at this slug, or None. Nine queries at most, whatever its blocks show."""
    story = with_next_moment(Story.objects.published().filter(live__slug=slug)).first()
    if story is None:
        return None
    edition = story.live
    links = list(public_links([edition.pk]))
    text, machine = published_words(story.public_from, Precision.MINUTE)
    is_updated = edition.public_from > story.public_from
    updated, updated_machine = published_words(edition.public_from, Precision.MINUTE) if is_updated else ("", "")
    topic = edition.topic
    return StoryPage(
        headline=edition.headline,
        neutral_headline=edition.neutral_headline,
        standfirst=edition.standfirst,
        parts=parts_of(edition.body, links, since=max(edition.public_from, story.public_from)),
        byline=edition.byline,
        topic_name=topic.name if topic else "",
        topic_url=topic.get_absolute_url() if topic else "",
        published_text=text.removeprefix("Published "),
        published_machine=machine,
        updated_text=updated.removeprefix("Published "),
        updated_machine=updated_machine,
        update_note=edition.update_note,
        picture=shown_picture(edition.lead_picture, LEAD),
        tile=tile(links, topic.name if topic else ""),
        subjects=subjects(links),
        related=_related(story, links),
        url=reverse("story", args=[edition.slug]),
        share_url=share_address(story, links),
        description=description_of(edition),
        valid_until=story.next_moment,
    )


def present_address(slug: str) -> str:
    """Where the public story is now that was once at this slug; "" when there is none."""
    known = StoryAddress.objects.filter(slug=slug).values("story")
    story = Story.objects.published().filter(pk__in=known).first()
    return reverse("story", args=[story.live.slug]) if story else ""


def preview_page(secret_hash: str, *, picture_address: Address) -> PreviewPage | None:
    """The working copy that an open preview with this hash of its secret shows, with notes about missing blocks."""
    preview = (
        StoryPreview.objects.open()
        .filter(secret_hash=secret_hash)
        .select_related("story__topic", "story__lead_picture", "story__live")
        .first()
    )
    if preview is None:
        return None
    return PreviewPage(
        kind=preview.story.kind,
        is_live=preview.story.state == Story.State.LIVE,
        story=draft_page(preview.story, picture_address=picture_address),
        as_of=clock.now(),
        expires_at=preview.expires_at,
    )


def preview_picture(secret_hash: str, file: PictureFile) -> bytes | None:
    """What a file holds of a picture that the working copy of an open preview shows; None otherwise. One query."""
    shown = StoryPreview.objects.open().filter(secret_hash=secret_hash)
    lead, inside = shown.values("story__lead_picture"), shown.values("story__pictures")
    return picture_bytes(file, among=Picture.objects.filter(Q(pk__in=lead) | Q(pk__in=inside)))


def draft_page(text: Story | StoryEdition, *, picture_address: Address = office_address) -> StoryPage:
    """What a working copy or an edition says, as a page that is not public: with notes about missing blocks.

    What a working copy is about is what its newest edition is about: links change with a save alone.
    """
    topic = text.topic
    edition = text if isinstance(text, StoryEdition) else text.editions.order_by("-number").first()
    links = list(public_links([edition.pk])) if edition else []
    return StoryPage(
        headline=text.headline,
        neutral_headline=text.neutral_headline,
        standfirst=text.standfirst,
        parts=parts_of(text.body, links, notes=True, picture_address=picture_address),
        byline=text.byline,
        topic_name=topic.name if topic else "",
        topic_url="",
        published_text="",
        published_machine="",
        updated_text="",
        updated_machine="",
        update_note="",
        picture=shown_picture(text.lead_picture, LEAD, address=picture_address),
        tile=tile(links, topic.name if topic else ""),
        subjects=subjects(links),
        related=(),
        url="",
        share_url="",
        description="",
        valid_until=None,
    )


def description_of(edition: StoryEdition) -> str:
    """The beginning of what an edition says, whole words, for search engines."""
    text = edition.standfirst or words_of(edition.body)
    if len(text) <= DESCRIPTION:
        return text
    return f"{text[:DESCRIPTION].rpartition(' ')[0]} …"


def _related(story: Story, links: Sequence[StoryLink]) -> tuple[StoryLine, ...]:
    """What the editor chose, then the newest that share a link; one query."""
    chosen = [link.related_id for link in links if link.related_id]
    others = Story.objects.published().exclude(pk=story.pk)
    shared = Q(pk__in=[])
    for name in RELATING:
        shared |= Q(**{f"{name}__in": _keys(links, name)})
    near = Exists(StoryLink.objects.filter(shared, edition=OuterRef("live")))
    by_choice = Case(When(pk__in=chosen, then=0), default=1)
    found = others.filter(Q(pk__in=chosen) | near).order_by(by_choice, "-publish_at", "-pk")
    return tuple(story_line(row, ()) for row in found[:RELATED])


def _keys(links: Iterable[StoryLink], name: str) -> list[int]:
    return [key for link in links if (key := getattr(link, f"{name}_id"))]
