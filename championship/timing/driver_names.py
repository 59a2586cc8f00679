"""Given and family name of a driver: in A from one cell, by its capitals; in B, C and D from two cells."""

import re

_WORD = re.compile(r"\S+")


def split_name(cell: str) -> tuple[str, str]:
    """Given and family name of a cell of layout A. A single name, which has a space before it, is a family name.

    >>> split_name("Alessandro PIER GUIDI"), split_name(" HASH"), split_name("PJ HYETT")
    (('Alessandro', 'PIER GUIDI'), ('', 'HASH'), ('PJ', 'HYETT'))

    Without capitals the family name begins at the first space, as the provider splits it in B:

    >>> split_name("Jens Reno Moller")
    ('Jens', 'Reno Moller')
    """
    name = cell.strip()
    starts = [word.start() for word in _WORD.finditer(name)]
    if cell.startswith(" ") or len(starts) < 2:
        return "", name
    family = starts[1]
    words = _WORD.findall(name)
    if _is_capital(words[-1]):
        first = len(words)
        while first > 1 and _is_capital(words[first - 1]):
            first -= 1
        family = starts[first]
    return name[:family].rstrip(), name[family:]


def joined_name(given_name: str, family_name: str) -> tuple[str, str, str]:
    """Whole name, given and family name of two cells; who has one name only has a family name.

    >>> joined_name("", "BANKCY"), joined_name("Hash", "")
    (('BANKCY', '', 'BANKCY'), ('Hash', '', 'Hash'))
    """
    if not family_name:
        given_name, family_name = "", given_name
    return f"{given_name} {family_name}".strip(), given_name, family_name


def _is_capital(word: str) -> bool:
    """Whether a word is written in capitals: it has letters with two cases, and none in lower case."""
    return word == word.upper() and word != word.lower()
