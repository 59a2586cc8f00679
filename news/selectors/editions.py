"""The editions of a story: their list, and what differs between two of them or the working copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from news.markup import Line, Run, compare_texts, compare_words
from news.models import Story, StoryEdition
from news.models.editions import LINKS

DRAFT = 0
# What the names of linked rows are made of.
NAMED_BY = {"event": ("season",), "session": ("event",), "entry": ("team", "season")}
LABELS = {
    "headline": "Headline",
    "neutral_headline": "Neutral headline",
    "standfirst": "Standfirst",
    "byline": "Byline",
    "topic": "Topic",
    "slug": "Address",
    "lead_picture": "Lead picture",
    "footer_place": "Place in the footer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """One edition in the list. `seen` says in words when readers saw it, "" for a save that was never public."""

    number: int
    saved_at: datetime
    who: str
    reason: str
    milestone: str
    seen: str
    is_live: bool
    update_note: str
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an edition or the working copy says; `number` is `DRAFT` for the working copy, `name` is for people."""

    number: int
    name: str
    texts: dict[str, str]
    body: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """From `older` to `newer`. `lines` is the whole text; `only_markup` says that its words are the same."""

    older: Said
    newer: Said
    fields: tuple[FieldChange, ...]
    lines: tuple[Line, ...]
    links_gone: tuple[str, ...]
    links_new: tuple[str, ...]
    only_markup: bool

    @property
    def is_same(self) -> bool:
        return not (self.fields or self.links_gone or self.links_new or self.only_markup or self.has_text)

    @property
    def has_text(self) -> bool:
        """Whether words of the text differ."""
        return any(line.is_changed for line in self.lines)

    @property
    def changed_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_changed)


def edition_rows(story: Story) -> tuple[EditionRow, ...]:
    """All editions, the newest first; one query."""
    rows = story.editions.select_related("saved_by", "milestone").defer("body", "standfirst")
    editions = list(rows.order_by("-number"))
    seen = _seen(story, [edition for edition in editions if edition.public_from])
    return tuple(
        EditionRow(
            number=edition.number,
            saved_at=edition.saved_at,
            who=str(edition.saved_by or ""),
            reason=edition.reason,
            milestone=edition.milestone.name if hasattr(edition, "milestone") else "",
            seen=seen.get(edition.number, ""),
            is_live=edition.pk == story.live_id and story.is_public,
            update_note=edition.update_note,
            headline=edition.headline,
        )
        for edition in editions
    )


def compare(older: Said, newer: Said) -> Comparison:
    """What differs, of fields, links and text."""
    fields = [
        FieldChange(label=label, runs=compare_words(older.texts[name], newer.texts[name]))
        for name, label in LABELS.items()
        if older.texts[name] != newer.texts[name]
    ]
    lines = compare_texts(older.body, newer.body)
    return Comparison(
        older=older,
        newer=newer,
        fields=tuple(fields),
        lines=lines,
        links_gone=tuple(link for link in older.links if link not in newer.links),
        links_new=tuple(link for link in newer.links if link not in older.links),
        only_markup=older.body != newer.body and not any(line.is_changed for line in lines),
    )


def edition_said(edition: StoryEdition) -> Said:
    """One query, for its links."""
    joined = [f"{kind}__{name}" for kind, names in NAMED_BY.items() for name in names]
    links = edition.links.filter(in_block=False).select_related(*LINKS.values(), *joined)
    return Said(
        number=edition.number,
        name=f"Edition {edition.number}",
        texts=_texts(edition),
        body=edition.body,
        links=tuple(_words(link.kind, link.subject) for link in links),
    )


def draft_said(story: Story) -> Said:
    """The working copy as it is stored; a query for each kind of link."""
    links = [
        _words(kind, row)
        for name, kind in LINKS.items()
        for row in getattr(story, name).select_related(*NAMED_BY.get(kind, ()))
    ]
    return Said(number=DRAFT, name="The working copy", texts=_texts(story), body=story.body, links=tuple(links))


def _texts(text: Story | StoryEdition) -> dict[str, str]:
    return {name: str(getattr(text, name) or "") for name in LABELS}


def _words(kind: str, row: object) -> str:
    called = {"entry": "Car", "related": "Related story"}.get(kind, kind.capitalize())
    return f"{called}: {row}"


def _seen(story: Story, published: Sequence[StoryEdition]) -> dict[int, str]:
    """When readers saw each edition, by number; `published` is the newest first."""
    found: dict[int, str] = {}
    for after, edition in pairwise((None, *published)):
        begins = edition.public_from
        if edition.pk == story.live_id:
            found[edition.number] = _live_words(story, begins)
        elif after is None:
            found[edition.number] = f"It was to appear {_day(begins)}, and was taken back"
        elif begins >= after.saved_at:
            found[edition.number] = f"It was to appear {_day(begins)}; edition {after.number} came before that"
        else:
            found[edition.number] = f"Readers saw it from {_day(begins)}"
    return found


def _live_words(story: Story, begins: datetime) -> str:
    if story.archived_at:
        return f"Readers saw it until {_day(story.archived_at)}"
    if story.is_public:
        return f"Readers see it since {_day(max(begins, story.public_from))}"
    return f"Readers see it from {_day(story.public_from)}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
