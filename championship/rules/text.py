"""Text as people type it, where accents and case do not matter, and as a sentence lists things."""

import unicodedata
from collections.abc import Iterable

# Letters that are no base letter with an accent, so that decomposing leaves them as they are.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """The text without accents and case, with single spaces.

    >>> fold("Louis  DELÉTRAZ"), fold("Bjørn Größe")
    ('louis deletraz', 'bjorn grosse')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.translate(_PLAIN).split())


def series(words: list[str]) -> str:
    """Words as a sentence lists them.

    >>> series(["Sepang"]), series(["4", "5"]), series(["1", "2", "3"])
    ('Sepang', '4 and 5', '1, 2 and 3')
    """
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 car`, `39 cars`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def spans(numbers: Iterable[int]) -> list[str]:
    """Numbers in short: three and more in a row as one span.

    >>> spans([7, 1, 2, 3, 9, 10]), spans([])
    (['1 to 3', '7', '9', '10'], [])
    """
    rows: list[list[int]] = []
    for number in sorted(set(numbers)):
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return [
        text
        for row in rows
        for text in ([f"{row[0]} to {row[-1]}"] if len(row) > 2 else [str(number) for number in row])
    ]
