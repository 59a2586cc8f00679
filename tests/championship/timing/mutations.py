"""Timing files that were spoilt, by number: what careless programs, bad lines and bad will make of good ones.

`mutation(number)` is the same bytes whenever it is asked; every kind comes round, with other places each time.
"""

from collections.abc import Callable
from functools import cache
from random import Random

from tests.championship.timing.sample import RACE, TIMED, as_file
from tests.championship.timing.test_layouts import RACE_C, TIMED_D
from tests.timing_files import race_file, timed_file

COUNT = 2_000
FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://a.example";"x")',
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "\t=1",
    "=cmd|'/c x'!A1",
]
NASTY = [
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\ue000",
    "\U0010ffff",
    "\u2028",
    "é" * 60,
    "١٢",
    "7_0",
    "1e9",
    "-1",
]
NASTY += [
    "NaN",
    "'; DROP TABLE x; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "%s%n",
    "../../etc/passwd",
    "None",
    "漢字",
    "🏁",
]
ENCODINGS = """
utf-16 utf-16-le utf-16-be utf-32 utf-7 cp1252 cp1250 cp1251 cp1254 cp1257 mac-roman cp850 cp437 latin-1 iso8859-15 gbk
cp932 big5 koi8-r cp037
""".split()
Mutator = Callable[[Random, bytes], bytes]


@cache
def originals() -> tuple[bytes, ...]:
    """Good files of all four layouts; those of the packaged season with a few cars, since more only take longer."""
    long = [race_file("sepang", "race-1"), timed_file("abu-dhabi", ["lmp2"])]
    short = [b"\r\n".join(file.split(b"\r\n")[:9]) + b"\r\n" for file in long]
    return *short, as_file(RACE), as_file(TIMED), as_file(RACE_C), as_file(TIMED_D)


def mutation(number: int) -> tuple[str, bytes]:
    """The kind of a mutation, and its bytes."""
    random = Random(number)  # noqa: S311
    name = list(MUTATORS)[number % len(MUTATORS)]
    content = MUTATORS[name](random, random.choice(originals()))
    if number % 7 == 0:
        content = swapped_bytes(random, content)
    return name, content


def _place(random: Random, content: bytes) -> int:
    return random.randrange(len(content) or 1)


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")


def _in_rows(change: Callable[[Random, list[list[str]]], object]) -> Mutator:
    """A mutator that changes the cells of the whole file, the header's too."""

    def mutate(random: Random, content: bytes) -> bytes:
        rows = [line.split(";") for line in _text(content).split("\r\n")]
        change(random, rows)
        return "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig", "surrogatepass")

    return mutate


def _some_cell(random: Random, rows: list[list[str]]) -> tuple[list[str], int]:
    row = random.choice(rows[:-1])
    return row, random.randrange(len(row))


def swapped_bytes(random: Random, content: bytes) -> bytes:
    at = max(_place(random, content), 1)
    return content[: at - 1] + content[at : at + 1] + content[at - 1 : at] + content[at + 1 :]


def other_byte(random: Random, content: bytes) -> bytes:
    at = _place(random, content)
    return content[:at] + random.randbytes(1) + content[at + 1 :]


def lost_bytes(random: Random, content: bytes) -> bytes:
    at = _place(random, content)
    return content[:at] + content[at + random.choice([1, 2, 9, 200]) :]


def more_bytes(random: Random, content: bytes) -> bytes:
    at = _place(random, content)
    return content[:at] + random.randbytes(random.choice([1, 3, 40])) + content[at:]


def cut_short(random: Random, content: bytes) -> bytes:
    return content[: _place(random, content)]


def twice(random: Random, content: bytes) -> bytes:
    return content * random.choice([2, 3, 70])


def two_files(random: Random, content: bytes) -> bytes:
    return content[: _place(random, content)] + random.choice(originals())


def nul_bytes(random: Random, content: bytes) -> bytes:
    at = _place(random, content)
    return content[:at] + b"\x00" * random.choice([1, 2, 5_000]) + content[at:]


def other_encoding(random: Random, content: bytes) -> bytes:
    return _text(content).encode(random.choice(ENCODINGS), "replace")


def misread_encoding(random: Random, content: bytes) -> bytes:
    return content.decode(random.choice(["cp1252", "cp1250", "mac-roman", "cp850", "latin-1"]), "replace").encode()


def other_delimiter(random: Random, content: bytes) -> bytes:
    return content.replace(b";", random.choice([b",", b"\t", b"|", b" ", b";;", b"", b":"]))


def other_line_end(random: Random, content: bytes) -> bytes:
    return content.replace(
        b"\r\n", random.choice([b"\r", b"\n", b"\n\n", b"\x0b", b"\x85", b"", b";", "\u2028".encode()])
    )


def quotation_marks(random: Random, content: bytes) -> bytes:
    for _ in range(random.choice([1, 2, 5])):
        at = _place(random, content)
        content = content[:at] + random.choice([b'"', b'""', b'";"', b'"\r\n"']) + content[at:]
    return content


def other_beginning(random: Random, content: bytes) -> bytes:
    beginnings = [
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"<html>",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"sep=;\r\n",
        b"\x00",
        b"\r\n",
    ]
    return random.choice(beginnings) + content


def random_bytes(random: Random, _content: bytes) -> bytes:
    return random.randbytes(random.choice([0, 1, 2, 50, 3_000]))


@_in_rows
def lost_rows(random: Random, rows: list[list[str]]) -> None:
    del rows[random.randrange(len(rows) - 1)]


@_in_rows
def doubled_rows(random: Random, rows: list[list[str]]) -> None:
    rows.insert(random.randrange(len(rows)), random.choice(rows))


@_in_rows
def shuffled_rows(random: Random, rows: list[list[str]]) -> None:
    random.shuffle(rows)


@_in_rows
def swapped_columns(random: Random, rows: list[list[str]]) -> None:
    one, other = random.randrange(len(rows[0])), random.randrange(len(rows[0]))
    for row in rows[random.choice([0, 1]) :]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


@_in_rows
def lost_columns(random: Random, rows: list[list[str]]) -> None:
    at = random.randrange(len(rows[0]))
    for row in rows:
        del row[at : at + random.choice([1, 2])]


@_in_rows
def lost_cells(random: Random, rows: list[list[str]]) -> None:
    row, at = _some_cell(random, rows)
    del row[at : at + random.choice([1, 3, 50])]


@_in_rows
def empty_cells(random: Random, rows: list[list[str]]) -> None:
    for _ in range(random.choice([1, 10])):
        row, at = _some_cell(random, rows)
        row[at] = random.choice(["", " ", "-", "_"])


@_in_rows
def nasty_cells(random: Random, rows: list[list[str]]) -> None:
    row, at = _some_cell(random, rows)
    row[at] = random.choice([random.choice(NASTY), row[at] + random.choice(NASTY)])


@_in_rows
def formulas(random: Random, rows: list[list[str]]) -> None:
    row, at = _some_cell(random, rows)
    row[at] = random.choice(FORMULAS)


@_in_rows
def huge_cells(random: Random, rows: list[list[str]]) -> None:
    row, at = _some_cell(random, rows)
    row[at] = random.choice(["x", "9", "é", " ", '"', "1:"]) * random.choice([61, 301, 9_000, 500_000])


@_in_rows
def very_many_cells(random: Random, rows: list[list[str]]) -> None:
    random.choice(rows).extend(["1"] * random.choice([1, 200, 100_000]))


@_in_rows
def very_many_rows(random: Random, rows: list[list[str]]) -> None:
    rows.extend([random.choice(rows)] * random.choice([60, 520, 5_000]))


@_in_rows
def changed_numbers(random: Random, rows: list[list[str]]) -> None:
    """As a spreadsheet changes them: decimal commas, lost zeros, rounded times, numbers of Arabic digits."""
    row, at = _some_cell(random, rows)
    row[at] = random.choice(
        [
            row[at].replace(".", ","),
            row[at].lstrip("0"),
            row[at][:-1],
            row[at].replace("1", "١"),
            row[at].replace(":", ""),
        ]
    )


@_in_rows
def lone_surrogates(random: Random, rows: list[list[str]]) -> None:
    row, at = _some_cell(random, rows)
    row[at] = random.choice(["\ud800", "a\udfffb"])


MUTATORS: dict[str, Mutator] = {
    "swapped bytes": swapped_bytes,
    "other byte": other_byte,
    "lost bytes": lost_bytes,
    "more bytes": more_bytes,
    "cut short": cut_short,
    "twice": twice,
    "two files": two_files,
    "nul bytes": nul_bytes,
    "other encoding": other_encoding,
    "misread encoding": misread_encoding,
    "other delimiter": other_delimiter,
    "other line end": other_line_end,
    "quotation marks": quotation_marks,
    "other beginning": other_beginning,
    "random bytes": random_bytes,
    "lost rows": lost_rows,
    "doubled rows": doubled_rows,
    "shuffled rows": shuffled_rows,
    "swapped columns": swapped_columns,
    "lost columns": lost_columns,
    "lost cells": lost_cells,
    "empty cells": empty_cells,
    "nasty cells": nasty_cells,
    "formulas": formulas,
    "huge cells": huge_cells,
    "very many cells": very_many_cells,
    "very many rows": very_many_rows,
    "changed numbers": changed_numbers,
    "lone surrogates": lone_surrogates,
}
