import pytest

from championship.rules.checks import odd_laps, retyping_problem, stop, warning
from championship.rules.classifications import TimingLine


def line(number, position, laps, status="Classified"):
    return TimingLine(
        car_number=number,
        race_class="lmp2",
        position=position,
        status=status,
        laps=laps,
        total_time=None,
        best_lap_time=None,
        best_lap_number=None,
    )


def test_a_stop_is_no_warning():
    assert (stop("No car.", "draft").is_stop, warning("Look.").is_stop) == (True, False)


def test_laps_that_do_not_fit_the_places_are_told_with_their_car():
    lines = [line("22", 2, 98), line("7", 1, 99), line("99", 3, 100), line("4", 4, 0)]
    assert [(check.key, check.place, check.text) for check in odd_laps(lines)] == [
        ("4", "line", "Car 4 is classified without a lap. Look at its line."),
        ("99", "line", "Car 99 has 100 laps and stands behind car 22 with 98. Look at both lines."),
    ]


def test_cars_that_are_not_classified_may_have_any_laps():
    assert odd_laps([line("7", 1, 99), line("22", 2, 100, "Not classified"), line("4", 3, 0, "Did not start")]) == []


ORDER = ["7", "22", "99"]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (ORDER, ""),
        (["7", "99", "22"], "At place 2 you typed car 99. The draft has another car there."),
        (["7", "22"], "You typed 2 cars, and the draft goes on after place 2."),
        (["7"], "You typed 1 car, and the draft goes on after place 1."),
        ([*ORDER, "4"], "At place 4 you typed car 4. The draft has no car there."),
        (["007", "22", "99"], "At place 1 you typed car 007. The draft has another car there."),
    ],
)
def test_typing_again_tells_the_first_difference_and_not_the_truth(typed, problem):
    assert retyping_problem(ORDER, typed) == problem
