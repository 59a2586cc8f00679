"""What the files of `data/news/` say, as dataclasses. The README there describes the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

DrawingKind = Literal["outlines", "plates", "entry_list", "invitations", "chart"]
DRAWING_KINDS: tuple[DrawingKind, ...] = get_args(DrawingKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A lead picture that the site draws. `of` names what is drawn, in the form that its kind asks for.

    `after` is the round up to which a chart goes, None for the newest; `heading` stands above plates.
    """

    title: str
    alt: str
    kind: DrawingKind
    of: tuple[str, ...]
    after: int | None
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words of a story that state facts, and where the record holds these."""

    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    """A story as it is to be published at `published_at` (UTC). Links are `2023-24/sepang` and the like."""

    slug: str
    headline: str
    neutral_headline: str
    standfirst: str
    body: str
    topic: str
    byline: str
    published_at: datetime
    seasons: tuple[str, ...]
    events: tuple[str, ...]
    sessions: tuple[str, ...]
    entries: tuple[str, ...]
    teams: tuple[str, ...]
    drivers: tuple[str, ...]
    related: tuple[str, ...]
    picture: Drawing | None
    claims: tuple[Claim, ...]

    @property
    def file(self) -> str:
        """The file that it was read from, by its relative name."""
        return f"stories/{self.slug}.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page of the site as it is to be published at `published_at` (UTC); `footer_place` is None for none."""

    slug: str
    headline: str
    standfirst: str
    body: str
    footer_place: int | None
    published_at: datetime

    @property
    def file(self) -> str:
        """The file that it was read from, by its relative name."""
        return f"pages/{self.slug}.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsRecord:
    """Topics and pages by slug, stories in the order in which they appear."""

    topics: tuple[TopicRecord, ...]
    stories: tuple[StoryRecord, ...]
    pages: tuple[PageRecord, ...] = ()
