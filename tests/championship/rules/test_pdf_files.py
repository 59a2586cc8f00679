import pytest

from championship.rules.pdf_files import LARGEST_FILE, harmless_name, pdf_problem
from tests.document_factories import make_pdf

PDF = make_pdf("Bulletin")


@pytest.mark.parametrize(
    "content",
    [
        PDF,
        b"\xef\xbb\xbf\r\n" + PDF,
        PDF + b"\0" * 500,
        PDF.replace(b"%PDF-1.4", b"%PDF-2.0"),
        PDF.replace(b"/Type /Page", b"/Type /ObjStm"),
        PDF.rstrip() + b"\r\n% signed later\nstartxref\r\n12\r\n%%EOF",
    ],
)
def test_a_pdf_as_programs_write_them_is_taken(content):
    assert pdf_problem(content) == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"hello", "This is not a PDF: it does not begin like one. Save or print it as a PDF"),
        (b"PK\x03\x04 word/document.xml", "This is a Word, Excel or ZIP file, not a PDF."),
        (b"\xd0\xcf\x11\xe0", "This is an old Word or Excel file, not a PDF."),
        (b"{\\rtf1", "This is a rich text file, not a PDF."),
        (b"\x89PNG\r\n", "This is a picture, not a PDF."),
        (b"\xff\xd8\xff\xe0", "This is a picture, not a PDF."),
        (b"\n<!doctype html>" + PDF, "This is a web page, not a PDF."),
        (b"<script>alert(1)</script>" + PDF, "This is a web page, not a PDF."),
        (b"%PDF-9.9" + PDF[8:], "This is not a PDF"),
        (PDF[:-20], "The end of this PDF is missing: it was cut off on its way."),
        (PDF + b"\0" * 2000, "The end of this PDF is missing"),
        (PDF.replace(b"startxref\n", b"startxref\n9"), "The end of this PDF is missing"),
        (PDF.replace(b"/Page", b"/Song"), "This PDF has no page."),
    ],
)
def test_what_is_no_whole_pdf_is_refused_with_what_to_do(content, words):
    assert words in pdf_problem(content)


def test_a_file_above_the_limit_is_refused_in_words():
    assert pdf_problem(PDF + b" " * LARGEST_FILE) == (
        "The file has 10.0 MB; at most 10 MB are kept. Save it with smaller pictures, or in parts."
    )


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("Bulletin 3.pdf", "Bulletin 3.pdf"),
        ("Bulletin 3", "Bulletin 3.pdf"),
        ("Décision n°5 (v2).PDF", "Décision n5 (v2).pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.ini.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("...", "document.pdf"),
        ("x" * 300 + ".pdf", "x" * 90 + ".pdf"),
    ],
)
def test_a_name_keeps_what_people_read_and_nothing_that_a_computer_obeys(name, harmless):
    assert harmless_name(name) == harmless
