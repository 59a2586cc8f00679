"""Cells as people type them, for cars in finishing order."""

import pytest

from championship.timing.typed import CellProblem, TypedRow, as_rows, read_rows

FIRST = TypedRow(car_number="24", laps="90", total_time="4:01:39.212", status="Classified", best_lap_time="1:46")


def read(*rows, is_race=True):
    return read_rows(rows, is_race=is_race)


def car(*rows, is_race=True):
    """The last of these cars, which all have to be understood."""
    cars, problems = read(*rows, is_race=is_race)
    assert problems == ()
    return cars[-1]


def refusals(*rows, is_race=True):
    return [(problem.row, problem.column) for problem in read(*rows, is_race=is_race)[1]]


def test_a_row_says_all_about_a_car():
    row = TypedRow(
        car_number=" 22a ",
        laps="89",
        total_time="4:01:47.291",
        status=" Not   classified ",
        best_lap_time="106.5",
        best_lap_number="12",
        drivers=("ada-driver",),
    )
    found = car(FIRST, row)
    assert (found.row, found.car_number, found.laps, found.total_time) == (2, "22A", 89, 14_507_291)
    assert (found.status, found.best_lap_time, found.best_lap_number) == ("Not classified", 106_500, 12)
    assert found.drivers == ("ada-driver",)


def test_empty_rows_say_nothing_and_count_as_typed():
    cars, problems = read(TypedRow(), FIRST, TypedRow(), TypedRow(car_number="7"))
    assert ([(each.row, each.car_number) for each in cars], problems) == ([(2, "24"), (4, "7")], ())


def test_a_number_alone_is_enough_to_be_kept():
    found = car(TypedRow(car_number="7"))
    assert (found.laps, found.total_time, found.status, found.best_lap_time) == (None, None, "Classified", None)


@pytest.mark.parametrize(
    ("row", "is_race", "laps", "status"),
    [
        (TypedRow(car_number="7"), True, 90, "Classified"),
        (TypedRow(car_number="7", laps="=", status="="), True, 90, "Classified"),
        (TypedRow(car_number="7", status="c"), True, 90, "Classified"),
        # Whoever is not classified stopped somewhere else than the car above.
        (TypedRow(car_number="7", status="nc"), True, None, "Not classified"),
        (TypedRow(car_number="7", laps="=", status="Retired"), True, 90, "Retired"),
        # In qualifying everybody drives as often as they like.
        (TypedRow(car_number="7"), False, None, "Classified"),
    ],
)
def test_laps_and_status_are_those_of_the_car_above(row, is_race, laps, status):
    found = car(FIRST, row, is_race=is_race)
    assert (found.laps, found.status) == (laps, status)


def test_a_status_goes_down_until_another_one_is_typed():
    cars, _ = read(FIRST, TypedRow(car_number="7", laps="3", status="nc"), TypedRow(car_number="22"))
    assert [(each.status, each.laps) for each in cars] == [
        ("Classified", 90),
        ("Not classified", 3),
        ("Not classified", None),
    ]


@pytest.mark.parametrize(
    ("row", "laps", "time"),
    [
        (TypedRow(car_number="7", total_time="+12.345"), 90, 14_511_557),
        (TypedRow(car_number="7", laps="90", total_time="+1:12.345"), 90, 14_571_557),
        (TypedRow(car_number="7", total_time="1 lap"), 89, None),
        (TypedRow(car_number="7", total_time="+2 Laps"), 88, None),
        (TypedRow(car_number="7", total_time="3l", laps="87"), 87, None),
        (TypedRow(car_number="7", total_time="="), 90, 14_499_212),
    ],
)
def test_a_gap_may_stand_for_the_time(row, laps, time):
    found = car(FIRST, row)
    assert (found.laps, found.total_time) == (laps, time)


def test_a_gap_in_time_is_one_to_the_lap_of_the_first_car():
    # The car above is a lap down; a gap in time puts this one back on the lap of the first.
    assert car(FIRST, TypedRow(car_number="7", laps="89"), TypedRow(car_number="22", total_time="+5")).laps == 90
    cars, problems = read(FIRST, TypedRow(car_number="7", laps="89", total_time="+5"))
    assert (cars[1].total_time, str(problems[0])) == (
        None,
        "Row 2, time: A gap in time is one to the first car, which drove 90 laps and not 89. Type the time, or how "
        "many laps it is behind: 1 lap.",
    )


def test_in_qualifying_the_gap_is_one_of_best_laps():
    found = car(FIRST, TypedRow(car_number="7", laps="9", best_lap_time="+0.345", total_time="+5"), is_race=False)
    assert (found.best_lap_time, found.total_time, found.laps) == (106_345, 14_504_212, 9)
    assert car(FIRST, TypedRow(car_number="7", best_lap_time="=")).best_lap_time == 106_000


def test_a_gap_to_a_car_without_laps_leaves_the_laps_open():
    first = TypedRow(car_number="24", total_time="4:01:39.212")
    assert car(first, TypedRow(car_number="7", total_time="+1")).laps is None


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (TypedRow(laps="90"), ["car_number"]),
        (TypedRow(car_number="twelve"), ["car_number"]),
        (TypedRow(car_number="1234"), ["car_number"]),
        (TypedRow(car_number="7", laps="ninety"), ["laps"]),
        (TypedRow(car_number="7", laps="-1"), ["laps"]),
        (TypedRow(car_number="7", laps="٩٠"), ["laps"]),
        (TypedRow(car_number="7", total_time="soon"), ["total_time"]),
        (TypedRow(car_number="7", total_time="+soon"), ["total_time"]),
        (TypedRow(car_number="7", total_time="91 laps"), ["total_time"]),
        (TypedRow(car_number="7", total_time="0 laps"), ["total_time"]),
        (TypedRow(car_number="7", laps="88", total_time="1 lap"), ["total_time"]),
        (TypedRow(car_number="7", status="x" * 31), ["status"]),
        (TypedRow(car_number="7", status="Class\x00ified"), ["status"]),
        (TypedRow(car_number="7", best_lap_time="1:75"), ["best_lap_time"]),
        (TypedRow(car_number="7", best_lap_number="0"), ["best_lap_number"]),
        (TypedRow(car_number="7", best_lap_number="x"), ["best_lap_number"]),
        (TypedRow(car_number="7", drivers=("No Slug",)), ["drivers"]),
        (TypedRow(car_number="7", drivers=("x" * 81,)), ["drivers"]),
        (TypedRow(car_number="7", drivers=tuple("abcdefg")), ["drivers"]),
        (TypedRow(car_number="x", laps="x", total_time="x"), ["car_number", "laps", "total_time"]),
    ],
)
def test_what_is_not_understood_is_said_with_its_row_and_column(row, columns):
    assert refusals(FIRST, row) == [(2, column) for column in columns]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (TypedRow(car_number="7", laps="="), "laps"),
        (TypedRow(car_number="7", total_time="="), "total_time"),
        (TypedRow(car_number="7", total_time="+1"), "total_time"),
        (TypedRow(car_number="7", total_time="1 lap"), "total_time"),
        (TypedRow(car_number="7", best_lap_time="="), "best_lap_time"),
        (TypedRow(car_number="7", best_lap_time="+1"), "best_lap_time"),
    ],
)
def test_the_first_car_refers_to_nobody(row, column):
    assert refusals(row) == [(1, column)]


def test_laps_behind_mean_nothing_in_qualifying():
    assert refusals(FIRST, TypedRow(car_number="7", total_time="1 lap"), is_race=False) == [(2, "total_time")]


def test_laps_of_a_car_above_without_laps_are_none():
    assert refusals(TypedRow(car_number="24"), TypedRow(car_number="7", laps="=")) == [(2, "laps")]


def test_a_problem_quotes_what_was_typed_and_shortens_it():
    problem = read(TypedRow(car_number="7", laps="\x07" + "9" * 60))[1][0]
    assert problem == CellProblem(
        row=1, column="laps", message=f"“�{'9' * 39}…” is no number of laps. Type a whole number, such as 90."
    )


def test_cars_are_written_out_and_read_back_the_same():
    cars, _ = read(FIRST, TypedRow(car_number="7", total_time="1 lap"), TypedRow(car_number="22", status="nc"))
    rows = as_rows(cars)
    assert rows[1] == TypedRow(car_number="7", laps="89", status="Classified")
    assert read(*rows) == (cars, ())
