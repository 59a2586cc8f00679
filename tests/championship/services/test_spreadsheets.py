"""Files that people made, and files that somebody made to do harm."""

import io
import time
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from championship.services import spreadsheets
from championship.services.spreadsheets import FileRefusedError, as_meant, csv_lines, export_csv, export_xlsx, neutral

HEADER = ["car_number", "team"]
DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
]


def workbook(*rows, sheets=1):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for _ in range(sheets - 1):
        book.create_sheet()
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content, **parts):
    """The workbook with some parts written anew; names by their last word: `sheet1`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            stem = info.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(info.filename, parts.pop(stem, None) or old.read(info))
        for name, data in parts.items():
            new.writestr(name, data)
    return file.getvalue()


def flagged(content):
    """The workbook with its first part marked as encrypted."""
    data = bytearray(content)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def with_a_part_twice(content):
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<x/>")
    return file.getvalue()


def sheet(rows):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def with_shared_strings(table):
    """A workbook whose cells A1 and B1 name texts 0 and 1 of a table of texts, as Excel writes them."""
    content = workbook(HEADER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts = {
        "[Content_Types]": types.replace(
            "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        ),
        "sheet1": sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'),
        "xl/sharedStrings.xml": table,
    }
    return repacked(content, **parts)


def test_texts_are_read_from_the_table_of_texts_that_excel_writes():
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = f'<sst xmlns="{space}"><si><t>car_number</t></si><si><r><t>te</t></r><r><t>am</t></r></si></sst>'
    assert csv_lines(with_shared_strings(table)) == b"car_number,team\n"


def test_the_cells_of_a_workbook_are_read_as_csv_would_hold_them():
    content = workbook(
        ["car_number", "withdrawn_on", "seen", "share", "note", "blank"],
        ["007", date(2024, 2, 4), datetime(2024, 2, 4, 13, 30), 7, 'say "go", now', None],
        [7.0, None, None, 2.5, True, None],
    )
    assert csv_lines(content).decode().splitlines() == [
        "car_number,withdrawn_on,seen,share,note,blank",
        '007,2024-02-04,2024-02-04T13:30:00,7,"say ""go"", now",',
        "7,,,2.5,True,",
    ]


def test_rows_keep_their_numbers_and_blank_rows_at_the_end_are_left_out():
    book = Workbook()
    book.active.append(HEADER)
    book.active["A4"] = "7"
    book.active["A9"] = ""
    assert csv_lines(saved(book)).decode().split("\n") == ["car_number,team", "", "", "7,", ""]


def test_a_whole_number_is_written_without_a_point_and_a_blank_row_far_below_is_left_out():
    rows = f'<row r="1"><c r="A1"><v>7.0</v></c></row><row r="{10**9}"/>'
    assert csv_lines(repacked(workbook(HEADER), sheet1=sheet(rows))) == b"7\n"


def test_a_cell_beside_the_table_is_not_lost():
    assert csv_lines(workbook(HEADER, ["7", "alpha", None, "stray"])).decode().splitlines()[1] == "7,alpha,,stray"


def test_csv_is_taken_as_it_is():
    content = "car_number,team\n7,Škoda\n".encode()
    assert csv_lines(content) == content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"car_number;team\n7;alpha\n", "not separated by commas"),
        (b"car_number\tteam\n7\talpha\n", "not separated by commas"),
        (b"a,b\n" * 1100, "more than 1000 rows"),
        (b"x" * 2_000_001, "more than 2 MB"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old or protected Excel file"),
        (b"PK\x03\x04 no archive", "damaged"),
        (workbook(HEADER, ["7", "=1+1"]), "Row 2, column 2 holds a formula."),
        (workbook(HEADER, ["7", "#REF!"]), "Row 2, column 2 holds the error #REF!."),
        (workbook(HEADER, ["7", "two\nlines"]), "Row 2, column 2 holds a line break."),
        (workbook(HEADER, sheets=2), "The workbook has 2 sheets."),
        (workbook([None, None], ["7", "alpha"]), "The first row of the workbook is empty."),
        (workbook(), "The first row of the workbook is empty."),
        (workbook(HEADER, *[["7", "x"]] * 1001), "more than 1000 rows"),
        (workbook(["c"] * 61), "more than 60 columns"),
        (repacked(workbook(HEADER), **{"xl/embeddings/inner.xlsx": b"PK"}), "holds another file"),
        (repacked(workbook(HEADER), **{f"xl/{n}.xml": b"x" for n in range(200)}), "parts"),
        (repacked(workbook(HEADER), sheet1=sheet('<row r="1"><c r="A1"><v>1</v></c></row>' * 2)), "row 1 twice"),
        (
            repacked(workbook(HEADER), sheet1=sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')),
            "a cell twice",
        ),
        (repacked(workbook(HEADER), sheet1=b"<worksheet"), "damaged"),
        (flagged(workbook(HEADER)), "protected"),
        (with_a_part_twice(workbook(HEADER)), "holds a part twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(content, message):
    with pytest.raises(FileRefusedError, match=message.replace(".", r"\.")):
        csv_lines(content)


BILLION = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "content",
    [
        repacked(workbook(HEADER), sheet1=sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 30_000_000)),
        repacked(workbook(HEADER), sheet1=sheet("<row/>" * 3_000_000)),
        with_shared_strings(f"{BILLION}]><sst><si><t>&j;</t></si></sst>"),
        repacked(
            workbook(HEADER),
            sheet1=sheet(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            ),
        ),
    ],
    ids=["blanks", "rows", "entities", "far corner"],
)
def test_a_bomb_is_refused_before_it_goes_off(content):
    assert len(content) < 200_000
    began = time.process_time()
    with pytest.raises(FileRefusedError):
        csv_lines(content)
    assert time.process_time() - began < 2


def test_a_part_that_is_larger_than_it_says_is_cut_there():
    content = bytearray(workbook(HEADER, ["7", "alpha"]))
    place = content.rindex(b"xl/worksheets/sheet1.xml")
    content[place - 46 + 24 : place - 46 + 28] = (40).to_bytes(4, "little")
    with pytest.raises(FileRefusedError, match="damaged"):
        csv_lines(bytes(content))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_goes_out_harmless_and_comes_back_unchanged(text):
    assert neutral(text).startswith("'")
    assert as_meant(neutral(text)) == text
    cell = load_workbook(io.BytesIO(export_xlsx([[text.replace("\r", "")]]))).active["A1"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


@pytest.mark.parametrize("text", ["7", "007", "'s-Hertogenbosch", "", "a=b", "Škoda", "'"])
def test_harmless_text_goes_out_as_it_is(text):
    assert (neutral(text), as_meant(text)) == (text, text)


def test_an_exported_file_reads_back_as_it_was():
    rows = [HEADER, ["007", 'a "b", c'], ["22A", "李"]]
    text = spreadsheets.csv_text(rows)
    assert csv_lines(export_xlsx(rows)).decode() == text
    assert csv_lines(export_csv(rows)).decode("utf-8-sig") == text
