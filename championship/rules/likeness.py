"""How alike two written names are, and in which words a person is told why: never more than a suggestion."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from championship.rules.text import fold

# Short first names as timing files and entry lists use them, folded. Only what is common; a person decides.
SHORT_FOR: dict[str, tuple[str, ...]] = {
    "alex": ("alexander", "alexandre", "alejandro", "alessandro", "aleksander", "aliaksandr"),
    "andy": ("andrew", "andreas"),
    "ben": ("benjamin",),
    "bill": ("william",),
    "bob": ("robert",),
    "charlie": ("charles",),
    "chris": ("christopher", "christian"),
    "dan": ("daniel",),
    "danny": ("daniel",),
    "dave": ("david",),
    "ed": ("edward", "edoardo"),
    "fred": ("frederick", "frederic"),
    "freddie": ("frederick",),
    "greg": ("gregory",),
    "jim": ("james",),
    "joe": ("joseph",),
    "josh": ("joshua",),
    "matt": ("matthew", "matthias"),
    "max": ("maximilian", "maxwell", "maxime"),
    "mike": ("michael",),
    "miro": ("miroslav",),
    "nick": ("nicholas", "nicolas"),
    "nico": ("nicolas", "nicolo"),
    "phil": ("philip", "phillip"),
    "rob": ("robert",),
    "sam": ("samuel",),
    "seb": ("sebastian", "sebastien"),
    "steve": ("steven", "stephen"),
    "theo": ("theodor", "theodore"),
    "tim": ("timothy",),
    "toby": ("tobias",),
    "tom": ("thomas",),
    "tony": ("anthony", "antonio"),
    "vlad": ("vladislav", "vladimir"),
    "will": ("william",),
    "zach": ("zachary",),
}

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_WORD = re.compile(r"[^\W_]+")
SHORTEST_FOR_ONE, SHORTEST_FOR_TWO = 5, 9
"""So many letters a name needs for one, or for two, of them to differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Why two names may be one; the smaller the `distance`, the likelier."""

    distance: int
    reason: str


@lru_cache(maxsize=20_000)
def likeness(found: str, known: str) -> Likeness | None:
    """Why `found` may be another spelling of `known`, in words; None when they are not alike.

    >>> likeness("Thomas DILLMANN", "Tom Dillmann").reason, likeness("Tom Dillmann", "Matt Bell")
    ('Tom is short for Thomas', None)
    >>> likeness("Sean GALAEL", "Sean Gelael").reason
    'one letter differs: GALAEL / Gelael'
    """
    mine, theirs = words(found), words(known)
    if not mine or not theirs:
        return None
    if mine == theirs and fold(found) == fold(known):
        return Likeness(distance=0, reason="the same name without accents")
    checks = (_written, _spelt, _swapped, _short_form, _misspelt, _left_out)
    reasons = (check(found, known) for check in checks)
    return next((Likeness(distance=n, reason=reason) for n, reason in enumerate(reasons, start=1) if reason), None)


# One name is compared with all that are known, and each preview of a file asks again.
@lru_cache(maxsize=4_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without signs.

    >>> words("Ferdinand HABSBURG-Lothringen")
    ('ferdinand', 'habsburg', 'lothringen')
    """
    return tuple(_WORD.findall(fold(name)))


def letters_apart(one: str, other: str, most: int) -> int | None:
    """How many letters are other ones, missing, or swapped with their neighbour; None when more than `most` are.

    >>> letters_apart("galael", "gelael", 2), letters_apart("ouli", "uoli", 2), letters_apart("bell", "braun", 2)
    (1, 1, None)
    """
    # Each letter that differs makes at most two letters that only one of them has.
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, above, row = row, before, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1] if row[-1] <= most else None


def _written(found: str, known: str) -> str:
    return "the same name but for spaces and signs" if "".join(words(found)) == "".join(words(known)) else ""


def _spelt(found: str, known: str) -> str:
    return "the same name, an umlaut spelt out" if _spelt_out(found) & _spelt_out(known) else ""


@lru_cache(maxsize=4_000)
def _spelt_out(name: str) -> frozenset[str]:
    """The name without accents, and with its umlauts spelt out: Hörr is Horr and Hoerr."""
    composed = unicodedata.normalize("NFC", name.casefold())
    return frozenset({" ".join(words(name)), " ".join(words(composed.translate(_SPELT_OUT)))})


def _swapped(found: str, known: str) -> str:
    return "first and family name swapped" if sorted(words(found)) == sorted(words(known)) else ""


def _short_form(found: str, known: str) -> str:
    """Which first name is short for which, where the rest is the same."""
    mine, theirs = words(found), words(known)
    if mine[1:] == theirs[1:] != ():
        for short, long in ((mine[0], theirs[0]), (theirs[0], mine[0])):
            if long in SHORT_FOR.get(short, ()):
                return f"{short.capitalize()} is short for {long.capitalize()}"
    return ""


def _misspelt(found: str, known: str) -> str:
    mine, theirs = " ".join(words(found)), " ".join(words(known))
    length = min(len(mine), len(theirs))
    most = 2 if length >= SHORTEST_FOR_TWO else 1 if length >= SHORTEST_FOR_ONE else 0
    apart = letters_apart(mine, theirs, most)
    if apart is None:
        return ""
    pairs = [(a, b) for a, b in zip(found.split(), known.split(), strict=False) if fold(a) != fold(b)]
    if len(found.split()) != len(known.split()):
        pairs = [(found, known)]
    where = ", ".join(f"{a} / {b}" for a, b in pairs)
    return f"{'one letter differs' if apart == 1 else 'two letters differ'}: {where}"


def _left_out(found: str, known: str) -> str:
    """What one of the names has more, where the other one is at least two of its words."""
    shorter, longer = sorted((words(found), words(known)), key=len)
    if len(shorter) < 2 or not set(shorter) < set(longer):
        return ""
    return f"the same name but for “{' '.join(word for word in longer if word not in shorter)}”"
