"""What else officials have at hand and choose by mistake: told by its first bytes, or by its first line."""

import re

from championship.timing.problems import Problems

_CHOOSE = "Choose the file whose name begins with 03_ and ends with .CSV."
_SAVE = "Save the sheet as “CSV UTF-8”, or better use the provider's own file."

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", _CHOOSE),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", _SAVE),
    (b"\x1f\x8b", "a compressed file (gzip)", "Unpack it, and choose the CSV file inside."),
    (b"7z\xbc\xaf", "a compressed file (7z)", "Unpack it, and choose the CSV file inside."),
    (b"Rar!", "a compressed file (RAR)", "Unpack it, and choose the CSV file inside."),
    (b"\x89PNG", "an image (PNG)", _CHOOSE),
    (b"\xff\xd8\xff", "an image (JPEG)", _CHOOSE),
    (b"GIF8", "an image (GIF)", _CHOOSE),
    (b"BM", "an image (BMP)", _CHOOSE),
    (b"RIFF", "an image or a sound", _CHOOSE),
    (b"II*\x00", "an image (TIFF)", _CHOOSE),
    (b"MM\x00*", "an image (TIFF)", _CHOOSE),
    (b"{\\rtf", "a text document (RTF)", _CHOOSE),
    (b"SQLite format 3", "a database", _CHOOSE),
)
_WORKBOOK_PARTS = (b"xl/", b"content.xml", b"Index/Document.iwa")


_OTHER_HEADERS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"DRIVER_NUMBER", "LAP_NUMBER"}), "the lap analysis (23_Analysis or 23_Time Cards)"),
    (frozenset({"TIME_UTC_SECONDS"}), "the weather (26_Weather)"),
    (frozenset({"CLASS_TYPE", "PIC"}), "the results by class (05_)"),
    (frozenset({"REC_TYPE", "FLAG"}), "the flags and messages (25_FlagsAnalysis)"),
)


def refuse_other_kinds(content: bytes, problems: Problems) -> None:
    """Refuse in words what is no text at all, a web page, and the provider's other documents: by their first bytes."""
    if content.startswith(b"PK"):
        if any(part in content for part in _WORKBOOK_PARTS):
            problems.refuse(0, "", "This is a spreadsheet (an Excel workbook or its like), not a CSV file.", _SAVE)
        problems.refuse(0, "", "This is a ZIP archive.", "Unpack it, and choose the CSV file inside.")
    for beginning, kind, mend in _BEGINNINGS:
        if content.startswith(beginning):
            problems.refuse(0, "", f"This is {kind}, not a CSV file, whatever its name says.", mend)
    # The beginning as ASCII, whatever the encoding.
    text = content[:2048].replace(b"\x00", b"").decode("ascii", "ignore").lstrip()
    if text.startswith("<"):
        mend = f"Download the CSV file itself, not the page that shows it. {_CHOOSE}"
        problems.refuse(0, "", "This is a web page (HTML or XML), not a CSV file.", mend)
    first_line = re.split(r"[\r\n]", text, maxsplit=1)[0]
    names = {name.strip(' "').upper() for name in re.split(r"[;,\t]", first_line)}
    for columns, document in _OTHER_HEADERS:
        if columns <= names:
            mend = "Choose the file whose name begins with 03_, of the last hour: 03_Classification or 03_Results."
            problems.refuse(1, "", f"This is {document}, not the classification.", mend)
