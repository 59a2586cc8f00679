"""Typed rows as lines of text, as a table from a spreadsheet and as the grid sends them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from championship.timing.typed import MOST_ROWS, TypedCar, TypedRow, as_rows, read_rows
from championship.timing.typed_text import (
    TypedTextError,
    as_json,
    as_text,
    read_json,
    read_text,
)


def row(number, laps="", time="", status="", best="", on="", drivers=None):  # noqa: PLR0917 (as they are typed)
    return TypedRow(
        car_number=number,
        laps=laps,
        total_time=time,
        status=status,
        best_lap_time=best,
        best_lap_number=on,
        drivers=drivers,
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("24", row("24")),
        ("24 90 4:01:39.212 Classified", row("24", "90", "4:01:39.212", "Classified")),
        (
            "24 90 4:01:39.212 Not classified 1:46.000 12",
            row("24", "90", "4:01:39.212", "Not classified", "1:46.000", "12"),
        ),
        ("24 4:01:39.212", row("24", time="4:01:39.212")),
        ("24 1 lap", row("24", time="1 lap")),
        ("24 +2laps nc", row("24", time="+2laps", status="nc")),
        ("24 89 1 lap", row("24", "89", "1 lap")),
        ("24 +12.345", row("24", time="+12.345")),
        ("24 nc", row("24", status="nc")),
        ("24 nc 1:46.000", row("24", status="nc", best="1:46.000")),
        ("24 - - - 1:46.000", row("24", best="1:46.000")),
        ("24 = = =", row("24", "=", "=", "=")),
        ("24 90 4:01:39.212 - 1:46.000 12", row("24", "90", "4:01:39.212", "", "1:46.000", "12")),
        ("24 90 4:01:39.212 1:46.000", row("24", "90", "4:01:39.212", "", "1:46.000")),
        ("24 90 @ada-driver @ben-driver", row("24", "90", drivers=("ada-driver", "ben-driver"))),
        ("24 @", row("24", drivers=())),
        ("@ada-driver", row("", drivers=("ada-driver",))),
        # What is left over is read as a cell, and refused there.
        (
            "24 90 4:01:39.212 Classified 1:46.000 12 13",
            row("24", "90", "4:01:39.212", "Classified", "1:46.000", "12 13"),
        ),
        ("24\t90\t\tNot classified", row("24", "90", "", "Not classified")),
        (
            "24\t90\t-\tNot classified\t\t\t@ada-driver @ben",
            row("24", "90", "", "Not classified", drivers=("ada-driver", "ben")),
        ),
        ("\t90", row("", "90")),
    ],
)
def test_a_line_is_a_car(line, expected):
    assert read_text(f"{line}\r\n\n").rows == (expected,)


def test_a_pasted_table_says_by_its_headings_which_columns_it_has():
    table = "Pos\tNo\tTeam\tTime\tLaps\tTime\n1\t24\tTF Sport\t\t90\t4:01:39.212\n2\t7\tDragon\t1:00\n"
    found = read_text(table)
    # Of two columns of one name the first that says something counts.
    assert found.rows == (row("24", "90", "4:01:39.212"), row("7", time="1:00"))
    assert found.ignored == ("Pos", "Team")


def test_too_many_rows_are_refused():
    with pytest.raises(TypedTextError, match=f"There are {MOST_ROWS + 1} rows"):
        read_text("7\n" * (MOST_ROWS + 1))
    with pytest.raises(TypedTextError, match="There are"):
        read_json(json.dumps([["7"] + [""] * 5 + [None]] * (MOST_ROWS + 1)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no table"),
        ("{}", "no table"),
        ("[" * 100_000, "no table"),
        ("[1]", "a row that is none"),
        ('[["7"]]', "a row that is none"),
        ('[[7, "", "", "", "", "", null]]', "no text"),
        ('[["7", "", "", "", "", "", "ada"]]', "no text"),
        ('[["7", "", "", "", "", "", [1]]]', "no text"),
        (json.dumps([["7" * 201] + [""] * 5 + [None]]), "longer than 200"),
    ],
)
def test_what_the_grid_never_sends_is_refused_in_words(text, message):
    with pytest.raises(TypedTextError, match=message):
        read_json(text)


def test_half_a_character_is_not_kept_in_a_cell():
    assert read_json(r'[["7", "\ud800", " a\t b ", "", "", "", ["x\n"]]]') == (row("7", "?", "a b", drivers=("x",)),)


def _is_whole(text):
    return text == " ".join(text.split()) and text != "-" and not text.startswith("@") and text.isprintable()


CELL = st.one_of(
    st.sampled_from(["", "=", "90", "1 lap", "+12.345", "4:01:39.212", "Not classified", "nc", "abc", "1 2 3"]),
    st.text(max_size=12).filter(_is_whole),
)
SLUGS = st.one_of(st.none(), st.lists(st.sampled_from(["ada-driver", "ben", "3-x"]), max_size=3).map(tuple))
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["7", "007", "22A", "999"]),
        CELL,
        CELL,
        CELL,
        CELL,
        CELL,
        SLUGS,
    ),
    max_size=6,
)


@given(ROWS)
def test_text_gives_back_the_rows_that_were_written(rows):
    assert read_text(as_text(rows)).rows == tuple(rows)


@given(ROWS)
def test_json_gives_back_the_rows_that_were_written(rows):
    assert read_json(json.dumps(as_json(rows))) == tuple(rows)


TIMES = st.one_of(st.none(), st.integers(0, 359_999_999))
CARS = st.lists(
    st.builds(
        TypedCar,
        row=st.just(1),
        car_number=st.sampled_from(["7", "007", "22A", "999"]),
        laps=st.integers(0, 9999),
        total_time=TIMES,
        status=st.sampled_from(["Classified", "Not classified", "Retired", "Stopped on lap 12", "DNF 1:2"]),
        best_lap_time=TIMES,
        best_lap_number=st.one_of(st.none(), st.integers(1, 9999)),
        drivers=SLUGS,
    ),
    max_size=8,
)


@given(CARS, st.booleans())
def test_what_is_written_of_cars_is_read_as_the_same_cars(cars, is_race):
    found, problems = read_rows(read_text(as_text(as_rows(cars))).rows, is_race=is_race)
    assert problems == ()
    assert list(found) == [replace(car, row=number) for number, car in enumerate(cars, start=1)]
