import pytest

from championship.rules.crews import seat_problem


@pytest.mark.parametrize("seats", [[], [1], [1, 2, 3], [3, 1, 2]])
def test_seats_from_one_without_gaps_are_a_crew(seats):
    assert seat_problem(seats) == ""


@pytest.mark.parametrize(
    ("seats", "problem"),
    [
        ([2], "Seat 1 is missing: count the seats from 1 without gaps."),
        ([1, 3], "Seat 2 is missing: count the seats from 1 without gaps."),
        ([1, 1, 2], "Seat 1 is in the crew twice."),
    ],
)
def test_a_gap_or_a_double_seat_is_named(seats, problem):
    assert seat_problem(seats) == problem
