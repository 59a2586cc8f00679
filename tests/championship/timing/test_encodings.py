"""Letters come as the provider wrote them, or the file is refused: never a wrong one."""

import pytest

from championship.timing import encodings
from championship.timing.read import read_timing
from championship.timing.tables import TimingFileError
from tests.championship.timing.sample import NAME, RACE, as_file, problems_of

# Names of drivers of the series, and such as only other code pages have.
NAMES = """
DELÉTRAZ HÖRR BÖLÜKBASI François Sébastien Jürgen Kjærgaard Große Muñoz GARCÍA João SIMÕES Çelik Häkkinen HÄKKINEN
Söderström Øyvind BJØRN Zoë Noël CRÉPIN René Émile LÓPEZ Gómez Novák ČERNÝ Dvořák ŁUKASZ Żółć Świątek Kovačić Gyönyörű
ŞAHİN Yıldırım ĞENÇ Õnne Pēteris Bērziņš Žukauskas ЖУКОВ Αθηνά 王伟 山本 김철수 D‘ORO D’ORO CÔTE
""".split()
ENCODINGS = """
utf-8 utf-8-sig utf-16 cp1252 latin-1 iso8859-15 cp1250 iso8859-2 cp1254 cp1257 cp1258 mac-roman mac-turkish cp437 cp850
cp852 cp857 cp1251 koi8-r cp1253 gbk big5 cp932 cp949
""".split()


def team(content: bytes) -> str | None:
    """The name of the first team, None where the file is refused."""
    try:
        return read_timing(content, file_name=NAME).cars[0].team
    except TimingFileError:
        return None


def with_team(name: str) -> str:
    return RACE.replace("DELÉTRAZ", "X").replace("François", "X").replace("99 Racing", name)


def test_no_name_in_any_encoding_is_read_with_a_wrong_letter():
    read, refused = 0, 0
    for name in NAMES:
        for encoding in ENCODINGS:
            try:
                content = with_team(name).encode(encoding)
            except UnicodeEncodeError:
                continue
            found = team(content)
            assert found in (name, None), (name, encoding)
            read += found == name
            refused += found is None
    print(f"{read} names read exactly, {refused} refused")
    assert read > 150
    assert refused > 150


def test_no_pair_of_names_is_read_with_a_wrong_letter():
    """Each name is evidence for or against the code page of the other."""
    for encoding in ("cp1250", "cp1254", "mac-roman", "cp850", "cp852", "gbk"):
        for first in NAMES:
            for second in NAMES:
                name = f"{first} {second}"
                try:
                    content = with_team(name).encode(encoding)
                except UnicodeEncodeError:
                    continue
                assert team(content) in (name, None), (name, encoding)


def test_without_the_comparison_of_code_pages_letters_would_be_wrong(monkeypatch):
    monkeypatch.setattr(encodings, "doubts", lambda content: [])
    found = {encoding: team(with_team("Dvořák").encode(encoding)) for encoding in ("cp1250", "mac-latin2", "cp852")}
    assert found["cp1250"] == "Dvoøák"
    assert None not in found.values()


@pytest.mark.parametrize("name", ["DELÉTRAZ", "BÖLÜKBASI", "Jürgen", "Sébastien", "Émile", "André HÖRR", "Jörg"])
def test_what_no_other_code_page_reads_otherwise_is_windows_1252(name):
    assert team(with_team(name).encode("cp1252")) == name


def test_all_names_of_a_file_decide_on_its_encoding():
    alone, together = with_team("HÖRR"), with_team("HÖRR DELÉTRAZ")
    assert team(alone.encode("cp1252")) is None
    assert team(together.encode("cp1252")) == "HÖRR DELÉTRAZ"


@pytest.mark.parametrize(
    ("text", "encoding", "words"),
    [
        ("HÖRR", "cp1252", "“HÖRR” in Windows-1252, but “HÍRR” in MS-DOS"),
        ("Kovačić", "cp1250", "“Kovaèiæ” in Windows-1252, but “Kovačić” in Central European"),
        ("François", "mac-roman", "“Fran<8D>ois”"),
        ("ЖУКОВ", "cp1251", "“ÆÓÊÎÂ” in Windows-1252, but “ĆÓĘÎÂ” in Central European"),
    ],
)
def test_a_doubtful_word_is_shown_in_its_place_and_both_readings(text, encoding, words):
    [(line, column, problem), *_] = problems_of(with_team(text).encode(encoding))
    assert (line, column) == (2, "TEAM")
    assert words in problem
    assert "CSV UTF-8" in problem


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        (b"DEL\xc3\x89TRAZ", b"DEL\xc3TRAZ", 2, "DRIVER_3"),
        (b"DEL\xc3\x89TRAZ", b"DEL\x89TRAZ", 2, "DRIVER_3"),
        (b"DEL\xc3\x89TRAZ", b"DEL\x89\xc3TRAZ", 2, "DRIVER_3"),
        (b"Fran\xc3\xa7ois", b"Fran\xc3(ois", 3, "DRIVER_1"),
        (b"Fran\xc3\xa7ois", b"Fran\xed\xa0\x80ois", 3, "DRIVER_1"),
    ],
)
@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_damaged_utf_8_is_refused_with_its_place(old, new, line, column, mark):
    content = mark + RACE.encode().replace(old, new)
    assert [problem[:2] for problem in problems_of(content)] == [(line, column)]


def test_a_half_of_a_utf_8_letter_alone_is_no_letter_of_windows_1252():
    content = RACE.encode().replace(b"DEL\xc3\x89TRAZ", b"DEL\xc3TRAZ").replace("François".encode(), b"X")
    assert "no UTF-8" in problems_of(content)[0][2]


@pytest.mark.parametrize("wrong", ["cp1252", "cp1250", "mac-roman", "cp850", "cp437", "latin-1"])
def test_utf_8_that_was_saved_as_another_encoding_is_refused(wrong):
    spoilt = RACE.encode().decode(wrong)
    found = problems_of(spoilt.encode("utf-8-sig"))
    assert (2, "DRIVER_3") in [problem[:2] for problem in found]


@pytest.mark.parametrize("spoilt", ["DEL?TRAZ", "?LAN", "ANDR?", "DEL\ufffdTRAZ"])
def test_a_letter_that_was_lost_is_refused(spoilt):
    [(line, column, problem)] = problems_of(as_file(RACE.replace("DELÉTRAZ", spoilt)))
    assert (line, column) == (2, "DRIVER_3")
    assert "a letter was lost" in problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (RACE.encode("utf-16-le"), "UTF-16 without the mark"),
        (("\ufeff" + RACE).encode("utf-32-le"), "UTF-32"),
        (("\ufeff" + RACE).encode("utf-16-le")[:-1], "line 5: The file is UTF-16, and damaged here."),
        (
            b"\xff\xfe" + RACE.encode("utf-16-le").replace(b"9\x009\x00 \x00", b"9\x00\x00\xd8 \x00"),
            "line 2: The file is",
        ),
        (b"\xef\xbb\xbf", "holds no cars"),
        (b"\xff\xfe", "holds no cars"),
        (b"", "empty"),
        (b" \r\n ", "empty"),
    ],
)
def test_what_is_no_whole_text_is_refused(content, words):
    assert words in problems_of(content)[0][2]


def test_very_many_foreign_words_are_not_judged_one_by_one():
    words = " ".join(chr(0xC0 + n % 60) + "abc"[n % 3] * (n // 60 + 1) for n in range(2_400)).encode("cp1252")
    [(line, column, problem)] = problems_of(words)
    assert (line, column) == (0, "")
    assert "nor in any encoding" in problem


def test_a_word_without_an_end_is_not_judged():
    [(line, column, problem)] = problems_of(RACE.encode("cp1252") + b"\xe9" * 301)
    assert (line, column) == (6, "POSITION")
    assert "read with certainty" in problem
