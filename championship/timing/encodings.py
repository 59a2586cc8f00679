"""From bytes to text: exact, or refused with the place and how to save the file. Never a wrong letter."""

import codecs
import re
import unicodedata
from itertools import pairwise

from championship.timing.letters import WESTERN, doubts, is_damaged_utf_8
from championship.timing.limits import MOST_BYTES, MOST_PROBLEMS
from championship.timing.problems import USE_THE_ORIGINAL, Problems, shown

SAVE_AS_UTF_8 = f"{USE_THE_ORIGINAL[:-1]}, or save it from the spreadsheet as “CSV UTF-8 (Comma delimited)”."
_NEWLINE = re.compile(rb"\r\n|\n|\r")
# UTF-8 that a program took for another encoding and saved again: Ã‰ for É, Ã¼ for ü, â€™ for ’.
_BEGINNINGS = tuple(bytes((lead, second)) for lead in range(0xC2, 0xC6) for second in range(0x80, 0xC0))
_MISREAD = frozenset(
    beginning.decode(encoding, "replace")
    for beginning in (*_BEGINNINGS, b"\xe2\x80")
    for encoding in ("cp1252", "cp1250", "mac_roman", "cp850", "cp437")
)
# A letter that a program could not write, and replaced: DEL?TRAZ.
_LOST_LETTER = re.compile(r"\ufffd|\w\?|\?\w")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def decoded(content: bytes, problems: Problems) -> str:
    """The text of a file in UTF-8 (with or without byte order mark), UTF-16 (with one) or certain Windows-1252.

    Refuses everything else.
    """
    if len(content) > MOST_BYTES:
        found = (
            f"The file has {len(content):,} bytes; at most {MOST_BYTES:,} are read, and a classification has 10,000."
        )
        problems.refuse(0, "", found, "Choose the classification: the file whose name begins with 03_.")
    if not content.strip():
        problems.refuse(0, "", "The file is empty.", "Download it again.")
    return _text(content, problems)


def refuse_wrong_letters(line: int, column: str, text: str, problems: Problems) -> None:
    """Report letters that another program has spoilt already."""
    if _LOST_LETTER.search(text):
        problems.report(line, column, f"In {shown(text)} a letter was lost: “?”.", SAVE_AS_UTF_8)
    if not text.isascii() and any(first + second in _MISREAD for first, second in pairwise(text)):
        message = f"Letters of {shown(text)} are wrong: a program took UTF-8 for another encoding, and saved that."
        problems.report(line, column, message, USE_THE_ORIGINAL)


def refuse_unseen_signs(line: int, column: str, text: str, problems: Problems) -> None:
    """Report signs that no cell has: NUL and other control characters, marks of direction, half letters."""
    if not text.isprintable() and any(unicodedata.category(sign) in _UNSEEN for sign in text):
        found = f"Found {shown(text)}, which holds a control character or another sign that cannot be seen."
        problems.report(line, column, found, f"Remove the sign. {USE_THE_ORIGINAL}")


def _text(content: bytes, problems: Problems) -> str:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        problems.refuse(0, "", "The file is in UTF-32.", SAVE_AS_UTF_8)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _utf_16(content[len(mark) :], encoding, problems)
    if content.count(b"\x00") * 4 > len(content):
        message = "The file has a NUL in every second place: UTF-16 without the mark that says so."
        problems.refuse(0, "", message, SAVE_AS_UTF_8)
    marked = content.startswith(codecs.BOM_UTF8)
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if marked or is_damaged_utf_8(body):
            line, column = _place(body, error.start)
            message = f"The byte 0x{body[error.start]:02X} is no UTF-8: the file is damaged."
            problems.refuse(line, column, message, "Download the file again.")
    for at, why in doubts(body)[: MOST_PROBLEMS + 1]:
        problems.report(*(_place(body, at) if at else (0, "")), why, SAVE_AS_UTF_8)
    if problems.found:
        raise problems.error()
    return body.decode(WESTERN)


def _utf_16(body: bytes, encoding: str, problems: Problems) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        line = len(re.findall(r"\r\n|\n|\r", body[: error.start].decode(encoding, "ignore"))) + 1
        problems.refuse(line, "", "The file is UTF-16, and damaged here.", f"Download it again. {SAVE_AS_UTF_8}")


def _place(content: bytes, at: int) -> tuple[int, str]:
    """The line and the column of a byte, before anything is decoded: by counting delimiters."""
    lines = _NEWLINE.split(content[:at])
    header = _NEWLINE.split(content, maxsplit=1)[0]
    delimiter = max((b";", b",", b"\t"), key=header.count)
    names = header.decode("ascii", "replace").split(delimiter.decode())
    index = lines[-1].count(delimiter)
    return len(lines), names[index].strip() if index < len(names) else ""
