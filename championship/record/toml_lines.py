"""On which line of a TOML file a table or a key stands, which the standard library does not tell."""

from __future__ import annotations

import re
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_STRING = r'"""(?:\\[\s\S]|[^\\])*?"{3,5}' + r"|'''[\s\S]*?'{3,5}" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
_SKIP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY = re.compile(rf"[ \t]*(?:({_STRING})|([A-Za-z0-9_-]+))[ \t]*(\.?)")
_VALUE = re.compile(rf"{_STRING}|#[^\n]*|[\[{{]|[\]}}]|\n|[^\[\]{{}}\n#\"']+")


def toml_lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and key of a valid TOML text with `\\n` line ends.

    A path leads from the top: `("event", 0, "session", 1, "slug")`. What stands inside a value has no path
    of its own; it is found on the line of its key.
    """
    lines: dict[Path, int] = {}
    lengths: dict[Path, int] = {}
    current: Path = ()
    position = _end(_SKIP, text, 0)
    while position < len(text):
        line = text.count("\n", 0, position) + 1
        if text.startswith("[[", position):
            names, position = _key(text, position + 2)
            array = _resolved(names, lengths)
            index = lengths.get(array, 0)
            lengths[array] = index + 1
            current = (*array, index)
            lines.setdefault(array, line)
            position += 2
        elif text.startswith("[", position):
            names, position = _key(text, position + 1)
            current = _resolved(names, lengths)
            position += 1
        else:
            names, position = _key(text, position)
            lines[(*current, *names)] = line
            position = _value_end(text, position + 1)
            position = _end(_SKIP, text, position)
            continue
        lines[current] = line
        position = _end(_SKIP, text, position)
    return lines


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position + 1


def _key(text: str, position: int) -> tuple[list[str], int]:
    """The parts of a dotted key, and where it ends."""
    names: list[str] = []
    while match := _KEY.match(text, position):
        quoted, bare, dot = match.groups()
        names.append(bare or quoted[1:-1])
        position = match.end()
        if not dot:
            break
    return names, position


def _resolved(names: list[str], lengths: dict[Path, int]) -> Path:
    """The path of a header: where it passes through an array of tables, the newest table of it is meant."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in lengths:
            path = (*path, lengths[path] - 1)
    return (*path, names[-1])


def _value_end(text: str, position: int) -> int:
    """Where the value ends that starts here: at the first line end outside brackets."""
    depth = 0
    while position < len(text):
        end = _end(_VALUE, text, position)
        part = text[position:end]
        if part == "\n" and not depth:
            return end
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(part, 0)
        position = end
    return position
