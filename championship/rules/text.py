"""Text as people type it: accents and case do not matter."""

import unicodedata

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
