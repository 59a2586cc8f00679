"""Everything that an official can mend: with the line and the column to look at, and what was expected there."""

import pytest

from championship.timing.limits import LONGEST_CELL, LONGEST_LINE, MOST_BYTES, MOST_COLUMNS, MOST_LINES, MOST_PROBLEMS
from championship.timing.problems import Problems, shown
from championship.timing.read import read_timing
from championship.timing.tables import TimingFileError
from tests.championship.timing.sample import NAME, RACE, TIMED, as_file, problems_of, read

TIME = "expected a time such as"
NUMBER = "expected a whole number from"

# text, what stands there, what is written instead, line and column, words of the problem
CELLS = [
    (RACE, "\n1;99;", "\n0;99;", (2, "POSITION"), f"Found “0”; {NUMBER} 1 to 999"),
    (RACE, "\n1;99;", "\n1000;99;", (2, "POSITION"), NUMBER),
    (RACE, "\n1;99;", "\n-1;99;", (2, "POSITION"), NUMBER),
    (RACE, "\n1;99;", "\n١;99;", (2, "POSITION"), NUMBER),
    (RACE, "\n1;99;", "\n1_0;99;", (2, "POSITION"), NUMBER),
    (RACE, "\n1;99;", "\n1.;99;", (2, "POSITION"), NUMBER),
    (RACE, "\n1;99;", "\n1;;", (2, "NUMBER"), "Found nothing; expected a car number"),
    (RACE, "\n1;99;", "\n1;٩٩;", (2, "NUMBER"), "expected a car number"),
    (RACE, "\n1;99;", "\n1;9999;", (2, "NUMBER"), "expected a car number"),
    (RACE, "\n1;99;", "\n1;=1+1;", (2, "NUMBER"), "Found “=1+1”; expected a car number"),
    (RACE, "\n2;007;", "\n2;99;", (3, "NUMBER"), "Car 99 stands on line 2 already."),
    (RACE, "Classified;100;3:43", "Classified;;3:43", (2, "LAPS"), f"Found nothing; {NUMBER} 0 to 9999"),
    (RACE, "Classified;100;3:43", "Classified;1e2;3:43", (2, "LAPS"), NUMBER),
    (RACE, "Classified;100;3:43", "Classified;10000;3:43", (2, "LAPS"), NUMBER),
    (RACE, "Classified;100;3:43", ";100;3:43", (2, "STATUS"), "The cell is empty."),
    (RACE, "3:43'26.017", "3:43'26.0", (2, "TOTAL_TIME"), f"Found “3:43'26.0”; {TIME} 3:43'26.017"),
    (RACE, "3:43'26.017", "3:43'26,017", (2, "TOTAL_TIME"), "A spreadsheet has changed it."),
    (RACE, "3:43'26.017", "3:60'26.017", (2, "TOTAL_TIME"), TIME),
    (RACE, "3:43'26.017", "3:4'26.017", (2, "TOTAL_TIME"), TIME),
    (RACE, "3:43'26.017", "3:43'60.017", (2, "TOTAL_TIME"), TIME),
    (RACE, "3:43'26.017", "3:43'2.017", (2, "TOTAL_TIME"), TIME),
    (RACE, "3:43'26.017", "-3:43'26.017", (2, "TOTAL_TIME"), TIME),
    (RACE, "3:43'26.017", "3:43'٢٦.017", (2, "TOTAL_TIME"), TIME),
    (RACE, "3:43'26.017", "DNF", (2, "TOTAL_TIME"), "Found “DNF”"),
    (RACE, "1'52.991", "52:59", (2, "FL_TIME"), "A spreadsheet has changed it."),
    (RACE, ";83;1'52", ";83.0;1'52", (2, "FL_LAPNUM"), NUMBER),
    (RACE, "176.6", "176,6", (2, "FL_KPH"), "Found “176,6”; expected a speed in km/h such as 174.4. A spreadsheet has"),
    (RACE, "176.6", "1e2", (2, "FL_KPH"), "expected a speed"),
    (RACE, "176.6", "NaN", (2, "FL_KPH"), "expected a speed"),
    (RACE, "99 Racing", "x" * 101, (2, "TEAM"), "Found 101 characters, “xxx"),
    (
        RACE,
        "Oreca 07 - Gibson;M;LMP2;;;Classified;100;3:43",
        f"{'x' * 81};M;LMP2;;;Classified;100;3:43",
        (2, "VEHICLE"),
        "81",
    ),
    (RACE, "Ahmad AL HARTHY", "x" * 121, (2, "DRIVER_1"), "Found 121 characters"),
    (RACE, "LMP2;AM", f"{'x' * 21};AM", (3, "CLASS"), "Found 21 characters"),
    (RACE, "Not classified;99", f"{'x' * 31};99", (4, "STATUS"), "Found 31 characters"),
    (RACE, "99 Racing", "99\x00Racing", (2, "TEAM"), r"Found “99\x00Racing”, which holds a control character"),
    (RACE, "99 Racing", "99\tRacing", (2, "TEAM"), "control character"),
    (RACE, "99 Racing", "99\u200bRacing", (2, "TEAM"), r"\u200b"),
    (RACE, "99 Racing", "99\u202eRacing", (2, "TEAM"), "cannot be seen"),
    (RACE, "99 Racing", "99\u2028Racing", (2, "TEAM"), "cannot be seen"),
    (RACE, "99 Racing", "99\ue000Racing", (2, "TEAM"), "cannot be seen"),
    (
        TIMED,
        "1:59.595",
        "01:59.6",
        (2, "TIME"),
        f"Found “01:59.6”; {TIME} 1:42.179, with three digits of a second. A spread",
    ),
    (TIMED, ";162.2;7;", ";162.2;x;", (2, "LAPS"), "Found “x”"),
    (TIMED, "Abdulla", "x" * 61, (2, "DRIVER1_FIRSTNAME"), "Found 61 characters"),
    (TIMED, "Auer;P;", "Auer\u202d;P;", (2, "DRIVER2_SECONDNAME"), "cannot be seen"),
    (TIMED, ";QAT;", f";{'x' * 21};", (2, "DRIVER1_COUNTRY"), "Found 21 characters"),
]


@pytest.mark.parametrize(("text", "old", "new", "place", "words"), CELLS)
def test_a_wrong_cell_is_refused_with_its_place(text, old, new, place, words):
    assert text.count(old) == 1
    [problem] = problems_of(as_file(text.replace(old, new)))
    assert problem[:2] == place
    assert words in problem[2]


ROW = RACE.splitlines()[1]
TIMED_ROW = TIMED.splitlines()[1]
LINES = [
    (RACE, ROW, ROW[:-14], "The row has 19 cells, the header names 21 columns."),
    (RACE, ROW, ROW[:9], "The row has 3 cells"),
    (RACE, ROW, "1", "The row has 1 cell,"),
    (RACE, ROW, ROW.replace(";", ","), "The row has 1 cell,"),
    (RACE, ROW, ROW + ROW, "The row has 43 cells"),
    (RACE, ROW, ROW.replace("99 Racing", "99; Racing"), "The row has 23 cells"),
    (RACE, ROW, ROW + "x", "The row has 22 cells"),
    (RACE, ROW, ROW.replace("99 Racing", '"99 Racing'), "A quotation mark opens a cell and does not close it"),
    (RACE, ROW, ROW.replace("99 Racing", '"99" Racing'), "A quotation mark"),
    (RACE, ROW, ROW.replace("99 Racing", '"99 ""Racing'), "A quotation mark"),
    (RACE, ROW, ";" * MOST_COLUMNS + "x", f"The line has {MOST_COLUMNS + 1} cells; at most {MOST_COLUMNS} are read."),
    (RACE, ROW, ROW.replace("99 Racing", "x" * (LONGEST_CELL + 1)), f"Cell 3 has {LONGEST_CELL + 1} characters"),
    (RACE, ROW, "x" * (LONGEST_LINE + 1), f"The line has {LONGEST_LINE + 1:,} characters"),
    (TIMED, TIMED_ROW, TIMED_ROW[:-3], "The row has 73 cells, the header names 90 columns."),
    (TIMED, TIMED_ROW, TIMED_ROW.rstrip(";")[:-20], "The row has 5"),
    (TIMED, TIMED_ROW, TIMED_ROW.replace("QMMF;GT", "QM;MF;GT"), "The row has 77 cells"),
]


@pytest.mark.parametrize(("text", "old", "new", "words"), LINES)
def test_a_line_that_is_no_whole_row_is_refused(text, old, new, words):
    [problem] = problems_of(as_file(text.replace(old, new)))
    assert problem[:2] == (2, "")
    assert words in problem[2]


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows():
    found = problems_of(as_file(RACE.replace("99 Racing", '"99 Racing').replace("Max OTHER", 'Max OTHER"')))
    assert [problem[:2] for problem in found] == [(2, "")]


HEADER = RACE.splitlines()[0]
HEADERS = [
    (HEADER, HEADER.replace("FL_TIME", "FL TIME"), (1, "FL_TIME"), "The column FL_TIME is missing; this is layout A."),
    (HEADER, HEADER.replace("DRIVER_2", "DRIVER_3"), (1, "DRIVER_3"), "The column is there twice."),
    (HEADER, HEADER.replace("FL_TIME", "STATUS"), (1, "FL_TIME"), "missing"),
    (HEADER, "A;B;C", (1, ""), "Found “A;B;C” as the header; expected POSITION;NUMBER"),
    (HEADER, HEADER.replace(";", "|"), (1, ""), "as the header"),
    (HEADER, HEADER.replace("POSITION", '"POSITION'), (1, ""), "as the header"),
    (HEADER, "POSITION;CLASS;NUMBER;TEAM", (1, ""), "as the header"),
    (HEADER, '{"a": 1}', (1, ""), "as the header"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), HEADERS)
def test_a_wrong_header_is_refused_and_quoted(old, new, place, words):
    first = problems_of(as_file(RACE.replace(old, new)))[0]
    assert first[:2] == place
    assert words in first[2]


def test_spoilt_signs_in_a_header_are_told():
    found = problems_of(as_file(RACE.replace("POSITION", "POSI\u200bTION").replace("DRIVER_1", "DRIVER?1")))
    assert [problem[0] for problem in found] == [1, 1, 1]
    assert "cannot be seen" in found[1][2]


OTHER_DOCUMENTS = {
    "NUMBER; DRIVER_NUMBER; LAP_NUMBER; LAP_TIME; LAP_IMPROVEMENT;": "the lap analysis (23_Analysis",
    "TIME_UTC_SECONDS;TIME_UTC_STR;AIR_TEMP;TRACK_TEMP;": "the weather",
    "CLASS_TYPE;POS;PIC;NUMBER;TEAM;VEHICLE;DRIVERS;": "the results by class",
    "TIME;ELAPSED;REC_TYPE;FLAG;SECTOR;MESSAGE;": "the flags and messages",
}


@pytest.mark.parametrize("header", OTHER_DOCUMENTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_documents_of_the_provider_are_named_however_long_they_are(header, encoding):
    content = (header + "\r\n" + "1;2;3;4\r\n" * 100_000).encode(encoding)
    [(line, column, problem)] = problems_of(content)
    assert (line, column) == (1, "")
    assert OTHER_DOCUMENTS[header] in problem
    assert "not the classification. Choose the file whose name begins with 03_" in problem


OTHER_KINDS = [
    (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF"),
    (b"PK\x03\x04\x14\x00[Content_Types].xml xl/workbook.xml", "This is a spreadsheet"),
    (b"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis content.xml", "This is a spreadsheet"),
    (b"PK\x03\x04\x14\x0003_Classification.CSV", "This is a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff\xe0", "an image (JPEG)"),
    (b"GIF89a", "an image (GIF)"),
    (b"\x1f\x8b\x08", "a compressed file (gzip)"),
    (b"{\\rtf1", "a text document (RTF)"),
    (b"<!DOCTYPE html><html>", "a web page"),
    (b"\xef\xbb\xbf\r\n <html>", "a web page"),
    ("\ufeff<html>".encode("utf-16-le"), "a web page"),
    (b"<?xml version='1.0'?>", "a web page"),
]


@pytest.mark.parametrize(("content", "words"), OTHER_KINDS)
def test_other_kinds_of_files_are_refused_in_words(content, words):
    [(line, column, problem)] = problems_of(content)
    assert (line, column) == (0, "")
    assert words in problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HEADER.encode(), "holds no cars: there is nothing below the header."),
        ((HEADER + "\n;;;\n\n").encode(), "holds no cars: there is nothing below the header."),
        (b";;;\n;;;\n", "holds no cars: only empty lines."),
        (as_file(RACE) + b"x" * MOST_BYTES, f"at most {MOST_BYTES:,} are read"),
        (as_file(RACE) + b"\n" * MOST_LINES, f"at most {MOST_LINES} are read"),
    ],
)
def test_a_file_without_cars_or_far_too_large_is_refused(content, words):
    [(line, column, problem)] = problems_of(content)
    assert (line, column) == (0, "")
    assert words in problem


def test_all_problems_are_told_in_the_order_of_the_file():
    spoilt = (
        RACE.replace("\n3;7;", "\nx;7;").replace("176.6", "fast").replace("1'53.380", "quick").replace("22A", "A22")
    )
    found = problems_of(as_file(spoilt))
    assert [problem[:2] for problem in found] == [(2, "FL_KPH"), (3, "FL_TIME"), (4, "POSITION"), (5, "NUMBER")]


@pytest.mark.parametrize(("cars", "last"), [(41, "1 more problem was found."), (50, "10 more problems were found.")])
def test_very_many_problems_are_cut_and_counted(cars, last):
    rows = [ROW.replace("1;99;", f"{place};{place};").replace("176.6", "x") for place in range(1, cars + 1)]
    found = problems_of(as_file("\n".join([HEADER, *rows])))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == (0, "", f"{NAME}: {last} Mend these first.")


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.CSV", "a.CSV"), ("", "The file"), ("a\x00\ud800b.csv", "a��b.csv"), ("x" * 300, "x" * 100)],
)
def test_the_name_of_the_file_is_told_as_far_as_it_can_be_shown(name, told):
    with pytest.raises(TimingFileError) as refusal:
        read_timing(b"%PDF", file_name=name)
    assert refusal.value.problems[0].file == told
    assert Problems(name).file == told


def test_what_was_found_is_shown_short_and_visible():
    assert (shown(""), shown("a\tb"), shown("x" * 61)) == ("nothing", r"“a\tb”", f"“{'x' * 60}…”")


def test_the_files_that_are_spoilt_here_are_right():
    assert len(read(RACE).cars) == len(read(TIMED).cars) == 4
