"""Whether some bytes are a PDF file, as far as one can honestly say without reading it like a viewer does.

Looked at are the header, the trailer, the place of the cross-reference table, and whether there is a page. A file that
passes may still be broken; one that fails is certainly none, or was cut off on its way.
"""

import re

LARGEST_FILE = 10 * 1024 * 1024
# Viewers look for the trailer in so many bytes at the end (ISO 32000-1, annex H.3).
EDGE = 1024

# At the very beginning, but for what editors put there unasked: what begins as something else may be run as that.
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-(?:1\.[0-7]|2\.0)")
_TRAILER = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF")
# Pages, or the compressed objects in which newer files keep them.
_PAGES = re.compile(rb"/Type\s*/(?:Pages?|ObjStm|XRef)\b")
# What else is saved under the name of a PDF: how it begins, and how people call it.
_OTHERS = (
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"<", "a web page"),
)


def pdf_problem(content: bytes) -> str:
    """Why these bytes are no PDF, with what to do about it; "" when nothing speaks against it."""
    if not content:
        return "The file is empty. Save it as a PDF again, then choose it."
    if len(content) > LARGEST_FILE:
        return too_large(len(content))
    if not _HEADER.match(content):
        return f"{_what_it_is(content)}. Save or print it as a PDF, then choose that file."
    ends = _TRAILER.findall(content[-EDGE:])
    if not ends or int(ends[-1]) >= len(content):
        return "The end of this PDF is missing: it was cut off on its way. Save or download it again, then choose it."
    return "" if _PAGES.search(content) else "This PDF has no page. Save it as a PDF again, then choose it."


def _what_it_is(content: bytes) -> str:
    begins = content.lstrip()
    kind = next((kind for mark, kind in _OTHERS if begins.startswith(mark)), "")
    return f"This is {kind}, not a PDF" if kind else "This is not a PDF: it does not begin like one"


def too_large(size: int) -> str:
    """What to say of a file of `size` bytes."""
    return (
        f"The file has {size / 1024 / 1024:.1f} MB; at most {LARGEST_FILE // 1024 // 1024} MB are kept. "
        "Save it with smaller pictures, or in parts."
    )


def harmless_name(name: str) -> str:
    """The name of an uploaded file without folders and without characters that mean something to a computer.

    >>> harmless_name("C:\\\\fakepath\\\\Bulletin 3 (final).PDF"), harmless_name("../../<b>.pdf"), harmless_name("")
    ('Bulletin 3 (final).pdf', 'b.pdf', 'document.pdf')
    """
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(letter for letter in last if letter.isalnum() or letter in " ._-()+,")
    stem = re.sub(r"\.pdf\Z", "", kept, flags=re.IGNORECASE)
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:90].strip(" .")
    return f"{stem or 'document'}.pdf"
