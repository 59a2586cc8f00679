"""What differs between two texts, word by word, for people who compare editions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Literal

from news.markup.blocks import Block, split

How = Literal["same", "removed", "added"]
# Two lines with less in common than this are another line each, not one that was changed.
LIKE = 0.3
_WORD = re.compile(r"\[[^\]\s]+\]\s*|\w+(?:[’'.,:/-]\w+)*\s*|\S\s*")
# Comparing takes as many steps as both texts have words, multiplied: beyond this one stands below the other.
MOST_STEPS = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both texts have, or only one of them."""

    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a heading, an item, a row of a table or a data block. `kind` is its element, or `block`."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        return any(run.how != "same" for run in self.runs)


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """The words of both texts in one order; single spaces between words.

    >>> [(run.how, run.text) for run in compare_words("Five teams enter", "Six teams enter")]
    [('removed', 'Five '), ('added', 'Six '), ('same', 'teams enter')]
    """
    old, new = _words(before), _words(after)
    if len(old) * len(new) > MOST_STEPS:
        return _runs([("removed", before), ("added", after)])
    found: list[tuple[How, str]] = []
    for operation, first, last, start, end in _matcher(old, new).get_opcodes():
        if operation == "equal":
            found.append(("same", "".join(new[start:end])))
        else:
            found += [("removed", "".join(old[first:last])), ("added", "".join(new[start:end]))]
    return _runs(found)


def compare_texts(before: str, after: str) -> tuple[Line, ...]:
    """All lines of two clean texts in one order, those that both have among them."""
    old, new = list(lines_of(before)), list(lines_of(after))
    if len(old) * len(new) > MOST_STEPS:
        return (*_gone(old), *_new(new))
    found: list[Line] = []
    for operation, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            found += [Line(kind, _runs([("same", text)])) for kind, text in new[start:end]]
        else:
            found += _changed(old[first:last], new[start:end])
    return tuple(found)


def lines_of(html: str) -> Iterator[tuple[str, str]]:
    """A clean text as (element, words) of each line. Where a link leads stands behind its words, in brackets."""
    for part in split(html):
        if isinstance(part, Block):
            yield "block", _block_words(part)
        else:
            reader = _Lines()
            reader.feed(part.html)
            reader.close()
            reader.flush()
            yield from reader.found


def _changed(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Line]:
    """Lines that stand at the same place: the same ones changed, or others."""
    found: list[Line] = []
    for was, now in zip_longest(old, new):
        if was and now and was[0] == now[0] and was[0] != "block" and _are_like(was[1], now[1]):
            found.append(Line(now[0], compare_words(was[1], now[1])))
        else:
            found += [*_gone([was] if was else []), *_new([now] if now else [])]
    return found


def _are_like(before: str, after: str) -> bool:
    old, new = _words(before), _words(after)
    if len(old) * len(new) > MOST_STEPS:
        return False
    return _matcher(old, new).ratio() >= LIKE


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    """Compares words; the space behind them is no difference."""
    return SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)


def _gone(lines: Sequence[tuple[str, str]]) -> list[Line]:
    return [Line(kind, _runs([("removed", text)])) for kind, text in lines]


def _new(lines: Sequence[tuple[str, str]]) -> list[Line]:
    return [Line(kind, _runs([("added", text)])) for kind, text in lines]


def _runs(found: Sequence[tuple[How, str]]) -> tuple[Run, ...]:
    return tuple(Run(how, text) for how, text in found if text)


def _words(text: str) -> list[str]:
    """Words, numbers, addresses in brackets and single signs, each with the space behind it."""
    return _WORD.findall(text)


def _block_words(block: Block) -> str:
    said = [f"{block.kind} {block.reference}"]
    if block.race_class:
        said.append(f"class {block.race_class}")
    if block.top:
        said.append(f"the first {block.top}")
    if block.after:
        said.append(f"after round {block.after}")
    if block.caption:
        said.append(block.caption)
    return f"Data block: {', '.join(said)}"


class _Lines(HTMLParser):
    """Collects the lines of clean HTML; nothing of emphasis."""

    LINES = frozenset({"p", "h2", "h3", "li", "tr", "caption", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.kind = "p"
        self.words: list[str] = []
        self.href = ""

    def flush(self) -> None:
        text = " ".join("".join(self.words).split())
        if text:
            self.found.append((self.kind, text))
        self.words = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LINES:
            # A paragraph in an item or a quote is that item's.
            if tag != "p" or self.kind not in ("li", "blockquote") or self.words:
                self.flush()
            if tag != "p" or self.kind not in ("li", "blockquote"):
                self.kind = tag
        elif tag in ("td", "th") and "".join(self.words).strip():
            self.words.append(" | ")
        elif tag == "br":
            self.words.append(" ")
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.LINES:
            self.flush()
            if tag != "p":
                self.kind = "p"
        elif tag == "a" and self.href:
            self.words.append(f" [{self.href}]")
            self.href = ""
