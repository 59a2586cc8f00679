"""The picture that other sites show beside a link to a story."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from news.drawing.marks import Plate
from news.drawing.share import EDITION, ShareCard, draw
from news.models import Story, StoryLink
from news.selectors.links import cars_of, public_links


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePicture:
    """A PNG; `is_current` says that the address that was asked for is that of exactly this content."""

    content: bytes
    is_current: bool


def share_picture(slug: str, digest: str) -> SharePicture | None:
    """The picture of the public story at this slug; under an old digest, its present one. Two queries."""
    story = Story.objects.published().filter(live__slug=slug).first()
    if story is None:
        return None
    card = share_card(story, public_links([story.live_id]))
    return SharePicture(content=draw(card), is_current=digest == digest_of(card))


def share_address(story: Story, links: Iterable[StoryLink]) -> str:
    """Where the picture of a public story is; the address changes with what it says."""
    return reverse("story_share", args=[story.live.slug, digest_of(share_card(story, links))])


def share_card(story: Story, links: Iterable[StoryLink]) -> ShareCard:
    edition = story.live
    day = story.public_from
    return ShareCard(
        headline=edition.headline,
        label=edition.topic.name if edition.topic else "",
        day=f"{day.day} {day:%B %Y}",
        plates=tuple(
            Plate(car.car_number, car.race_class.name, car.race_class.plate_colour, car.race_class.plate_ink)
            for car in cars_of(links)
        ),
    )


def digest_of(card: ShareCard) -> str:
    return hashlib.sha256(f"{EDITION} {card}".encode()).hexdigest()[:16]
