"""What the writer makes of any table is read as the same table; what a layout cannot say is refused."""

from dataclasses import replace

import pytest
from hypothesis import given

from championship.timing.read import read_timing
from championship.timing.tables import TimedDriver
from championship.timing.write import write_race, write_timed, written_time
from tests.championship.timing.sample import NAME, RACE, TIMED, as_file, read
from tests.championship.timing.strategies import tables


@given(tables("A"))
def test_a_written_race_is_read_as_it_was(table):
    assert read_timing(write_race(table), file_name=NAME) == table


@given(tables("B"))
def test_a_written_timed_session_is_read_as_it_was(table):
    assert read_timing(write_timed(table), file_name=NAME) == table


def test_a_race_is_written_byte_for_byte():
    assert write_race(read(RACE)) == as_file(RACE)


def test_a_timed_session_is_written_with_what_the_values_hold():
    table = read(TIMED)
    written = write_timed(table).decode("utf-8-sig")
    assert [line.count(";") for line in written.split("\r\n")] == [line.count(";") for line in TIMED.split("\n")]
    pairs = zip(TIMED.split("\n"), written.split("\r\n"), strict=True)
    changed = {
        (a, b) for line, again in pairs for a, b in zip(line.split(";"), again.split(";"), strict=True) if a != b
    }
    assert {b for _, b in changed} == {""} | {"LBN"} & {b for _, b in changed}


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (None, ""),
        (0, "0.000"),
        (59_999, "59.999"),
        (60_000, "1'00.000"),
        (3_599_999, "59'59.999"),
        (3_600_000, "1:00'00.000"),
        (86_442_784, "24:00'42.784"),
    ],
)
def test_times_are_written_without_leading_zeros(milliseconds, text):
    assert written_time(milliseconds, "'") == text


def with_car(table, **changes):
    return replace(table, cars=(replace(table.cars[0], **changes), *table.cars[1:]))


TITLE_CASE = TimedDriver(name="Carl Wattana Bennett", given_name="Carl Wattana", family_name="Bennett")


@pytest.mark.parametrize(
    ("write", "text", "changes", "why"),
    [
        (write_race, TIMED, {}, "layout A"),
        (write_timed, RACE, {}, "layout B"),
        (write_race, RACE, {"team": "A; B"}, "A; B"),
        (write_race, RACE, {"team": '"A'}, '"A'),
        (write_timed, TIMED, {"vehicle": "A\nB"}, "A"),
        (write_timed, TIMED, {"vehicle": "A\rB"}, "A"),
        (write_race, RACE, {"drivers": (TITLE_CASE,)}, "capitals"),
        (write_race, RACE, {"drivers": read(RACE).cars[0].drivers * 2}, "6 drivers"),
        (write_timed, TIMED, {"drivers": read(TIMED).cars[0].drivers * 3}, "9 drivers"),
    ],
)
def test_what_a_layout_cannot_say_is_not_written(write, text, changes, why):
    with pytest.raises(ValueError, match=why):
        write(with_car(read(text), **changes))
