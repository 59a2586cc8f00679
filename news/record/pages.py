"""From the file of a page of the site to its record."""

from __future__ import annotations

from championship.record.errors import RecordProblem
from championship.record.toml_file import read_toml
from news.record.schema import PageRecord
from news.record.stories import LONGEST, body_of, slug_of

KEYS = ("headline", "standfirst", "footer_place", "published_at", "body")


def read_page(file: str, content: bytes, problems: list[RecordProblem]) -> PageRecord | None:
    """The page in a file, None when it cannot be read. `file` is its relative name, `pages/<slug>.toml`."""
    table = read_toml(file, content, KEYS, problems)
    if table is None:
        return None
    table.longest = LONGEST
    return PageRecord(
        slug=slug_of(table, file),
        headline=table.text("headline"),
        standfirst=table.text("standfirst", required=False),
        body=body_of(table),
        footer_place=table.integer("footer_place", required=False),
        published_at=table.moment("published_at"),
    )
