"""Whether bytes that are no UTF-8 are certainly Windows-1252, or another code page may read other words in them.

A spreadsheet saves “CSV” in the code page of its machine: Windows-1252 in Western Europe, another in Central Europe
or Turkey, Mac Roman on a Mac, a DOS page for “CSV (MS-DOS)”. The same byte is then another letter. The file as a whole
is the evidence: a code page is ruled out when it makes of one word something that no name is.
"""

import re
import unicodedata
from collections.abc import Iterator

from championship.timing.limits import LONGEST_CELL, MOST_FOREIGN_WORDS

WESTERN = "cp1252"
# Code pages that spreadsheets write, by the name people know.
_RIVALS = {
    "cp1250": "Central European",
    "cp1254": "Turkish",
    "cp1257": "Baltic",
    "cp1258": "Vietnamese",
    "mac_roman": "Macintosh",
    "mac_turkish": "Macintosh (Turkish)",
    "cp437": "MS-DOS",
    "cp850": "MS-DOS",
    "cp852": "MS-DOS (Central European)",
    "cp857": "MS-DOS (Turkish)",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp874": "Thai",
    "gbk": "Chinese",
    "big5": "Chinese",
    "cp932": "Japanese",
    "cp949": "Korean",
}
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
# Beyond ASCII apostrophes belong to a word as well: the Ô of CÔTE is the one of D‘ORO on a Macintosh.
_WITHOUT_APOSTROPHES = dict.fromkeys(map(ord, "‘’´"))
# No Baltic word has another vowel after a long one; French, Portuguese and Turkish have a ç there: Franēois.
_NOT_BALTIC = re.compile("[āēīū][aeiou]", re.IGNORECASE)
# What begins a letter in UTF-8. Left alone, the rest of the letter may have been lost.
_BEGINS_A_LETTER = re.compile(rb"[\xc2-\xc5]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_UTF_8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def is_damaged_utf_8(content: bytes) -> bool:
    """Whether whole letters of UTF-8 stand in it, or halves of them and no other letter."""
    beyond = _BEYOND_ASCII.findall(content)
    return bool(_UTF_8_LETTER.search(content)) or all(_BEGINS_A_LETTER.match(byte) for byte in beyond)


def doubts(content: bytes) -> list[tuple[int, str]]:
    """Words that are not certainly read as Windows-1252: where each begins (0: the whole file), and why."""
    words: dict[bytes, int] = {}
    for match in _WORD.finditer(content):
        if match.group().isascii():
            continue
        words.setdefault(match.group(), match.start())
        if len(words) > MOST_FOREIGN_WORDS:
            return [(0, "The file is no text in UTF-8, nor in any encoding of a Western language.")]
    found = [
        (at, f"{_unread(word)} is no word that can be read with certainty.")
        for word, at in words.items()
        if _reading(word, WESTERN) is None
    ]
    return sorted(found) or sorted(_other_readings(words))


def _other_readings(words: dict[bytes, int]) -> Iterator[tuple[int, str]]:
    told: set[bytes] = set()
    for encoding, name in _RIVALS.items():
        readings = {word: _reading(word, encoding) for word in words}
        if any(reading is None for reading in readings.values()):
            continue
        for word, reading in readings.items():
            western = word.decode(WESTERN)
            if reading != western and word not in told:
                told.add(word)
                yield (
                    words[word],
                    f"The word is “{western}” in Windows-1252, but “{reading}” in {name}; the file does not say which.",
                )


def _unread(word: bytes) -> str:
    return "“" + "".join(chr(byte) if byte < 0x80 else f"<{byte:02X}>" for byte in word[:40]) + "”"


def _reading(word: bytes, encoding: str) -> str | None:
    """The word in a code page, None if it cannot be a word of a name: signs in it, two scripts, capitals inside."""
    if len(word) > LONGEST_CELL:
        return None
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return None
    letters = text if encoding == WESTERN else text.translate(_WITHOUT_APOSTROPHES)
    # Ligatures and raised letters are for printers, not for names: a Macintosh has fl where Windows has ß.
    if not all(sign.isalpha() for sign in letters) or not unicodedata.is_normalized("NFKC", letters):
        return None
    latin = [unicodedata.name(sign, "").startswith("LATIN ") for sign in letters]
    if any(latin) and not all(latin):
        return None
    if not (letters == letters.upper() or letters[1:] == letters[1:].lower()):
        return None
    return None if encoding == "cp1257" and _NOT_BALTIC.search(letters) else text
