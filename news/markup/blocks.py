"""Data blocks: the figures of a text that name something of the record, to be shown as it stands when it is read.

A block is a figure without content of its own: `<figure data-block="result" data-ref="2023-24/sepang/race-1"
data-class="gt" data-top="5"></figure>`. Only pictures have a caption, as plain text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
SEASON = "[0-9]{4}(?:-[0-9]{2})?"
# The random name of a picture of the library, as championship/rules/pictures.py has it.
NAME = "[a-z2-7]{26}"
# What `data-ref` of each kind looks like. Lengths are those of the slugs that it is made of, so that none is endless.
REFERENCES = {
    "result": re.compile(f"{SEASON}/{SLUG}/{SLUG}"),
    "standings": re.compile(f"{SEASON}/{SLUG}"),
    "chart": re.compile(f"{SEASON}/{SLUG}"),
    "plate": re.compile(f"{SEASON}/[0-9]{{1,3}}[A-Z]?"),
    "event": re.compile(f"{SEASON}/{SLUG}"),
    "picture": re.compile(NAME),
}
KINDS = tuple(REFERENCES)
LONGEST_REFERENCE = 150
# What else a block may say, by kind: the attribute and its form.
COUNT = re.compile("[1-9][0-9]?")
OPTIONS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "result": {"data-class": re.compile(SLUG), "data-top": COUNT},
    "standings": {"data-after": COUNT, "data-top": COUNT},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One data block. `reference` is what `REFERENCES` says for its kind.

    `race_class` is a slug, "" for all classes; `top` and `after` are None where the text does not say them. `caption`
    is plain text, of pictures only.
    """

    kind: str
    reference: str
    race_class: str = ""
    top: int | None = None
    after: int | None = None
    caption: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The reference in its parts: season, event and session of a result."""
        return tuple(self.reference.split("/"))

    @property
    def markup(self) -> str:
        """The block as it is stored."""
        found = {
            "data-block": self.kind,
            "data-ref": self.reference,
            "data-class": self.race_class,
            "data-top": self.top,
            "data-after": self.after,
        }
        attributes = "".join(f' {name}="{value}"' for name, value in found.items() if value)
        caption = f"<figcaption>{escape(self.caption, quote=False)}</figcaption>" if self.caption else ""
        return f"<figure{attributes}>{caption}</figure>"


@dataclass(frozen=True, slots=True)
class Text:
    """HTML between two blocks."""

    html: str


def block_of(attributes: Mapping[str, str], caption: str = "") -> Block | None:
    """The block that the attributes of a figure describe; None when they describe none."""
    kind, reference = attributes.get("data-block", ""), attributes.get("data-ref", "")
    pattern = REFERENCES.get(kind)
    if pattern is None or len(reference) > LONGEST_REFERENCE or not pattern.fullmatch(reference):
        return None
    said = {
        name: attributes[name]
        for name, form in OPTIONS.get(kind, {}).items()
        if form.fullmatch(attributes.get(name, ""))
    }
    return Block(
        kind=kind,
        reference=reference,
        race_class=said.get("data-class", ""),
        top=int(said["data-top"]) if "data-top" in said else None,
        after=int(said["data-after"]) if "data-after" in said else None,
        caption=" ".join(caption.split()) if kind == "picture" else "",
    )


def split(html: str) -> tuple[Text | Block, ...]:
    """A clean text as its blocks and what stands between them, in order. Texts of spaces alone are left out."""
    found: list[Text | Block] = []
    position = 0
    for match in _FIGURE.finditer(html):
        _add_text(found, html[position : match.start()])
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match.group(1))}
        block = block_of(attributes, unescape(match.group(2) or ""))
        if block is not None:
            found.append(block)
        position = match.end()
    _add_text(found, html[position:])
    return tuple(found)


def blocks_of(html: str) -> Iterator[Block]:
    """The blocks of a clean text alone."""
    return (part for part in split(html) if isinstance(part, Block))


def words_of(html: str) -> str:
    """The text of a clean HTML without its markup, with single spaces."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.found).split())


# Clean text holds figures in this one spelling; `clean` sees to it.
_FIGURE = re.compile(r"<figure((?: [a-z-]+=\"[^\"<>]*\")+)>(?:<figcaption>([^<]*)</figcaption>)?</figure>")
_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"<>]*)\"")


def _add_text(found: list[Text | Block], html: str) -> None:
    if html.strip():
        found.append(Text(html.strip()))


class _Words(HTMLParser):
    """Collects the text; the end of an element that is a line of its own is a space."""

    LINES = frozenset({"p", "h2", "h3", "li", "td", "th", "tr", "br", "blockquote", "figcaption", "caption"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LINES:
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.LINES:
            self.found.append(" ")
