import pytest

from championship.rules.durations import difference, duration, read_duration, with_unit


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0:00.000"),
        (59_999, "0:59.999"),
        (60_000, "1:00.000"),
        (112_991, "1:52.991"),
        (3_600_000, "1:00:00.000"),
        (13_406_017, "3:43:26.017"),
        (36_000_001, "10:00:00.001"),
        (-1_000, "-0:01.000"),
    ],
)
def test_a_time_is_written_with_minutes_and_if_need_be_hours(milliseconds, text):
    assert duration(milliseconds) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0.000"),
        (7_995, "7.995"),
        (59_999, "59.999"),
        (60_000, "1:00.000"),
        (-1_500, "-1.500"),
        (-90_000, "-1:30.000"),
    ],
)
def test_a_difference_has_minutes_only_when_it_needs_them(milliseconds, text):
    assert difference(milliseconds) == text


@pytest.mark.parametrize(("milliseconds", "text"), [(0, "0.000 s"), (59_999, "59.999 s"), (60_000, "1:00.000")])
def test_a_time_that_stands_alone_says_its_seconds(milliseconds, text):
    assert with_unit(milliseconds) == text
    assert read_duration(text) == milliseconds


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("1:46.000", 106_000),
        (" 1:46 ", 106_000),
        ("65.000 s", 65_000),
        ("65.5s", 65_500),
        ("5", 5_000),
        ("0.05", 50),
        ("3:43:26.017", 13_406_017),
        ("99:59:59.999", 359_999_999),
    ],
)
def test_a_time_is_read_as_people_type_it(text, milliseconds):
    assert read_duration(text) == milliseconds


@pytest.mark.parametrize(
    "text", ["", "s", "-5", "1:75", "1:5", "1:60:00", "1,5", "1.2345", "1:2:3:4", "five", "\u0661", "100000000", "1e3"]
)
def test_what_is_no_time_is_not_read(text):
    assert read_duration(text) is None
