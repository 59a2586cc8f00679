"""From the file of a story to its record."""

from __future__ import annotations

import re

from championship.record.errors import RecordProblem
from championship.record.fields import shown
from championship.record.toml_file import TomlTable, read_toml
from championship.rules.names import CAR_NUMBER, SEASON_SLUG, SLUG
from news.markup import clean, words_of
from news.record.schema import DRAWING_KINDS, Claim, Drawing, StoryRecord

_SLUG, _SEASON, _CAR = SLUG.pattern, SEASON_SLUG.pattern, CAR_NUMBER.pattern
# What a link of each kind looks like, and an example of it.
LINKS = {
    "seasons": (_SEASON, "2023-24"),
    "events": (f"{_SEASON}/{_SLUG}", "2023-24/sepang"),
    "sessions": (f"{_SEASON}/{_SLUG}/{_SLUG}", "2023-24/sepang/race-1"),
    "entries": (f"{_SEASON}/{_CAR}", "2023-24/99"),
    "teams": (_SLUG, "proton-competition"),
    "drivers": (_SLUG, "james-winslow"),
    "related": (_SLUG, "sepang-returns"),
}
# What each kind of drawing is of.
DRAWN = {
    "outlines": LINKS["events"],
    "plates": LINKS["entries"],
    "entry_list": LINKS["seasons"],
    "invitations": LINKS["seasons"],
    "chart": (f"{_SEASON}/{_SLUG}", "2023-24/gt-teams"),
}
KEYS = ("headline", "neutral_headline", "standfirst", "topic", "byline", "published_at", "body", "picture", "claims")
LONGEST = {
    "headline": 120,
    "neutral_headline": 120,
    "standfirst": 400,
    "byline": 100,
    "title": 120,
    "alt": 300,
    "heading": 40,
}


def read_story(file: str, content: bytes, problems: list[RecordProblem]) -> StoryRecord | None:
    """The story in a file, None when it cannot be read. `file` is its relative name, `stories/<slug>.toml`."""
    table = read_toml(file, content, (*KEYS, *LINKS), problems)
    if table is None:
        return None
    table.longest = LONGEST
    headline, standfirst = table.text("headline"), table.text("standfirst")
    neutral_headline = table.text("neutral_headline", required=False)
    body = body_of(table)
    return StoryRecord(
        slug=slug_of(table, file),
        headline=headline,
        neutral_headline=neutral_headline,
        standfirst=standfirst,
        body=body,
        topic=table.slug("topic"),
        byline=table.text("byline", required=False),
        published_at=table.moment("published_at"),
        seasons=_links(table, "seasons", *LINKS["seasons"]),
        events=_links(table, "events", *LINKS["events"]),
        sessions=_links(table, "sessions", *LINKS["sessions"]),
        entries=_links(table, "entries", *LINKS["entries"]),
        teams=_links(table, "teams", *LINKS["teams"]),
        drivers=_links(table, "drivers", *LINKS["drivers"]),
        related=_links(table, "related", *LINKS["related"]),
        picture=_picture(table),
        claims=tuple(
            _claims(table, " ".join([headline, neutral_headline, standfirst, words_of(body)]) if body else "")
        ),
    )


def slug_of(table: TomlTable, file: str) -> str:
    """The slug that the name of a file says."""
    slug = file.rpartition("/")[2].removesuffix(".toml")
    if not SLUG.fullmatch(slug):
        table.report("", f"{shown(slug)} is no slug.", "Name the file in lower-case letters, digits and hyphens.")
    return slug


def body_of(table: TomlTable) -> str:
    """The text, which has to be exactly what the site would keep of it."""
    text = table.text("body", several_lines=True)
    if text and clean(text) != text:
        kept = clean(text)
        place = next((n for n, (one, other) in enumerate(zip(text, kept, strict=False)) if one != other), len(kept))
        table.report(
            "body",
            f"The site would not keep {shown(text[place : place + 40])}.",
            "Write plain HTML with data blocks, as docs/editing.md lists them.",
        )
        return ""
    return text


def _links(table: TomlTable, key: str, form: str, example: str) -> tuple[str, ...]:
    """A list of links in one form, empty when the key is not there."""
    value = table.value(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(v, str) and re.fullmatch(form, v) for v in value):
        table.report(key, f"Found {shown(value)}.", f'Write a list such as ["{example}"].')
        return ()
    return table.once(key, tuple(value))


def _picture(story: TomlTable) -> Drawing | None:
    if story.value("picture") is None:
        return None
    table = story.table("picture")
    if table is None:
        return None
    table.longest = LONGEST
    title, alt, kind = table.text("title"), table.text("alt"), table.choice("drawing", DRAWING_KINDS)
    of = _links(table, "of", *DRAWN[kind])
    if not of and table.value("of") in (None, []):
        table.report("of", "It says nothing.", f'Write what is drawn: ["{DRAWN[kind][1]}"].')
    after = table.integer("after", required=False) if kind == "chart" else None
    heading = table.text("heading", required=False) if kind == "plates" else ""
    table.close()
    return Drawing(title=title, alt=alt, kind=kind, of=of, after=after, heading=heading)


def _claims(story: TomlTable, words: str) -> list[Claim]:
    """The claims of a story that says `words`; "" when these could not be read."""
    found = []
    for table in story.tables("claims"):
        says = table.text("says")
        if says and words and says not in words:
            table.report("says", f"The story does not say {shown(says)}.", "Copy the words from its text.")
        facts = table.value("facts")
        if not isinstance(facts, list) or not facts or not all(isinstance(fact, str) and fact for fact in facts):
            table.report("facts", "It names no fact.", 'Write a list such as ["result sepang/race-1 99 laps"].')
            facts = []
        table.close()
        found.append(Claim(says=says, facts=tuple(facts)))
    return found
