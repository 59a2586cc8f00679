from dataclasses import replace
from decimal import Decimal

import pytest

from championship.rules.classifications import (
    Effect,
    Gap,
    Gaps,
    Ruling,
    baseline,
    classify,
    gaps,
    is_classified,
    warnings,
)
from tests.championship.rules.race import (
    BACK,
    OUT,
    RACE,
    dropped,
    laps_removed,
    numbers,
    ruled,
    ruling,
    time_added,
    timing,
)

# Round 5 of 2023/24: the cars that the three penalties moved, and those around them, as the final list has them.
FINAL = """
25 lmp2 90 14440166
22 lmp2 90 14509842
30 lmp2 90 14537859
3 lmp2 90 14579918
4 lmp2 89 14452509
90 lmp2 89 14480179
24 lmp2 89 14507291
44 lmp2 89 14532970
88 gt 84 14520105
91 gt 84 14521984
95 gt 84 14536271
82 gt 84 14568061
19 gt 84 14612683
7 gt 83 14462679
"""
DECISIONS = [
    Ruling(
        key="car-24",
        car_number="24",
        effects=(Effect(kind="laps_removed", laps=1), Effect(kind="time_added", time=1000)),
        is_contained=True,
    ),
    Ruling(key="car-3", car_number="3", effects=(Effect(kind="time_added", time=65000),), is_contained=True),
    Ruling(key="car-19", car_number="19", effects=(Effect(kind="time_added", time=106000),), is_contained=True),
]


def test_round_5_without_its_three_penalties_is_the_provisional_order():
    before = baseline(timing(FINAL), DECISIONS)
    assert numbers(before, "lmp2") == "25 24 22 3 30 4 90 44"
    assert numbers(before, "gt") == "19 88 91 95 82 7"
    assert {
        line.car_number: (line.laps, line.total_time) for line in before if line.car_number in ("3", "19", "24")
    } == {
        "24": (90, 14506291),
        "3": (90, 14514918),
        "19": (84, 14506683),
    }


def test_round_5_with_its_three_penalties_is_the_final_order():
    final = classify(timing(FINAL), DECISIONS)
    assert numbers(final) == numbers(timing(FINAL))
    assert [line.class_position for line in final] == [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6]


def test_leaving_one_decision_out_gives_the_order_without_it():
    without_19 = [replace(ruling, is_contained=False) for ruling in DECISIONS if ruling.car_number != "19"]
    order = classify(baseline(timing(FINAL), DECISIONS), without_19)
    assert (numbers(order, "lmp2"), numbers(order, "gt")) == ("25 22 30 3 4 90 24 44", "19 88 91 95 82 7")


def test_without_decisions_the_timekeeper_s_order_stands_whatever_laps_and_times_say():
    assert numbers(ruled()) == "1 2 3 4 5 6 7 8 9"
    upside_down = """
    6 a 9 1040
    9 a 0 - Stopped
    1 a 10 1000
    """
    assert numbers(ruled(text=upside_down)) == "6 9 1"


def test_only_classified_cars_have_a_class_position_and_all_have_a_position():
    assert [(line.car_number, line.position, line.class_position) for line in ruled()] == [
        ("1", 1, 1),
        ("2", 2, 1),
        ("3", 3, 2),
        ("4", 4, 3),
        ("5", 5, 2),
        ("6", 6, 4),
        ("7", 7, None),
        ("8", 8, None),
        ("9", 9, None),
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("Classified", True), ("CLASSIFIED", True), ("Not classified", False), ("Finished", False), ("", False)],
)
def test_a_car_is_classified_when_the_timekeeper_says_so_in_that_word(status, expected):
    assert is_classified(status) is expected


FIVE = """
1 a 10 1000
2 a 10 1010
3 a 10 1020
4 a 10 1030
5 a 10 1040
"""


@pytest.mark.parametrize(
    ("rulings", "expected"),
    [
        ([["1", time_added(25)]], "2 3 1 4 5"),
        ([["1", time_added(10)]], "2 1 3 4 5"),
        ([["1", laps_removed(1)]], "2 3 4 5 1"),
        ([["1", dropped(2)]], "2 3 1 4 5"),
        ([["1", dropped(2)], ["1", time_added(5)]], "2 3 1 4 5"),
        ([["1", dropped(2)], ["2", time_added(15)]], "3 2 1 4 5"),
        ([["1", OUT]], "2 3 4 5 1"),
    ],
)
def test_the_worked_table_of_paragraph_1_5(rulings, expected):
    assert numbers(ruled(*rulings, text=FIVE)) == expected


def test_added_time_puts_a_car_behind_those_that_it_no_longer_beats():
    assert numbers(ruled(["1", time_added(25)])) == "2 3 1 4 5 6 7 8 9"


def test_a_penalised_car_that_ties_stands_behind_the_other():
    assert numbers(ruled(["1", time_added(10)])) == "2 1 3 4 5 6 7 8 9"


def test_added_time_that_costs_no_place_leaves_the_car_where_it_is():
    order = ruled(["1", time_added(9)])
    assert (numbers(order), order[0].total_time) == ("1 2 3 4 5 6 7 8 9", 1009)


def test_a_removed_lap_puts_a_car_among_those_with_as_many_laps():
    order = ruled(["2", laps_removed(1)])
    assert numbers(order) == "1 3 4 5 2 6 7 8 9"
    assert [(line.laps, line.total_time) for line in order if line.car_number == "2"] == [(9, 1010)]


def test_a_decision_may_take_a_lap_and_add_time():
    assert numbers(ruled(["2", laps_removed(1), time_added(31)])) == "1 3 4 5 6 2 7 8 9"


def test_a_penalised_car_stays_among_those_of_its_status():
    assert numbers(ruled(["1", laps_removed(10)])) == "2 3 4 5 6 1 7 8 9"
    assert numbers(ruled(["7", laps_removed(9)])) == "1 2 3 4 5 6 8 7 9"


def test_dropped_positions_count_in_the_class_and_overall_only_as_far_as_needed():
    assert numbers(ruled(["1", dropped(1)])) == "2 3 1 4 5 6 7 8 9"
    assert numbers(ruled(["2", dropped(1)])) == "1 3 4 5 2 6 7 8 9"


def test_a_car_drops_at_most_behind_the_last_car_of_its_class_and_status():
    assert numbers(ruled(["4", dropped(5)])) == "1 2 3 5 6 4 7 8 9"
    assert numbers(ruled(["6", dropped(5)])) == "1 2 3 4 5 6 7 8 9"


def test_a_car_that_dropped_behind_another_stays_behind_it_when_that_one_is_penalised():
    assert numbers(ruled(["1", dropped(2)], ["4", time_added(50)])) == "2 3 4 1 5 6 7 8 9"


def test_a_penalty_never_lifts_a_car_that_dropped_positions_before():
    assert numbers(ruled(["1", dropped(2)], ["1", time_added(1)])) == "2 3 4 1 5 6 7 8 9"


def test_a_disqualified_car_goes_to_the_end_and_has_no_class_position():
    order = ruled(["2", OUT], ["7", OUT])
    assert numbers(order) == "1 3 4 5 6 8 9 2 7"
    assert [(line.status, line.class_position) for line in order[-2:]] == [("Disqualified", None)] * 2
    assert [line.class_position for line in order if line.car_number == "5"] == [1]


def test_a_file_that_contains_a_disqualification_and_its_end_is_read_backwards():
    out = ruling("1", replace(OUT, status_before="Retired"), contained=True)
    back = ruling("1", Effect(kind="reinstated", status_before="Classified"), contained=True)
    (before,) = baseline(timing("1 a 10 1000"), [out, back])
    assert before.status == "Retired"


def test_a_second_decision_moves_no_disqualified_car():
    assert numbers(ruled(["2", OUT], ["7", OUT], ["2", OUT, time_added(500), dropped(1)])) == "1 3 4 5 6 8 9 2 7"


def test_a_reinstated_car_is_placed_by_its_laps_and_time():
    assert numbers(ruled(["3", OUT], ["1", time_added(25)], ["3", BACK])) == "2 3 1 4 5 6 7 8 9"


def test_a_reinstated_car_ties_behind_a_car_with_the_same_laps_and_time():
    tied = """
    1 a 10 1000
    2 a 10 1000
    """
    assert numbers(ruled(["1", OUT], ["1", BACK], text=tied)) == "2 1"


def test_a_reinstated_car_gets_the_status_that_the_decision_names():
    retired = Effect(kind="reinstated", status_before="Retired")
    assert numbers(ruled(["1", OUT], ["1", retired])) == "2 3 4 5 6 1 7 8 9"
    order = ruled(["8", OUT], ["7", OUT], ["9", OUT], ["8", retired])
    assert (numbers(order), order[6].status) == ("1 2 3 4 5 6 8 7 9", "Retired")


def test_a_status_that_the_list_does_not_know_comes_before_the_disqualified_cars():
    stewards = Effect(kind="reinstated", status_before="Under appeal")
    assert numbers(ruled(["1", OUT], ["3", OUT], ["3", stewards])) == "2 4 5 6 7 8 9 3 1"


def test_statuses_stand_in_the_order_in_which_the_timekeeper_has_them():
    """Car 9 alone is stopped; taken out and put back, its place is still behind those that retired."""
    stopped = Effect(kind="reinstated", status_before="Stopped")
    assert numbers(ruled(["9", OUT], ["1", OUT], ["9", stopped])) == "2 3 4 5 6 7 8 9 1"
    turned = """
    1 a 10 1000
    9 a 0 - Stopped
    7 a 10 1005 Retired
    """
    assert numbers(ruled(["9", OUT], ["9", stopped], text=turned)) == "1 9 7"


@pytest.mark.parametrize("kind", ["drive_through", "stop_and_go"])
def test_a_penalty_that_was_not_driven_counts_as_the_time_that_it_is_converted_into(kind):
    converted = Effect(kind=kind, time=15)
    assert ruled(["1", converted]) == ruled(["1", time_added(15)])
    file = timing("2 a 9 910\n1 a 9 915")
    undone, added = (baseline(file, [ruling("1", effect, contained=True)]) for effect in (converted, time_added(15)))
    assert (undone, numbers(undone)) == (added, "1 2")


def test_reinstating_a_car_that_is_not_out_changes_nothing():
    assert ruled(["3", BACK]) == ruled()


def test_what_is_only_on_record_moves_nobody_and_may_be_about_a_car_that_did_not_start():
    fine, reprimand = Effect(kind="fine"), Effect(kind="reprimand")
    grid = Effect(kind="grid_dropped", positions=3, race="Race 2")
    assert ruled(["1", fine, reprimand, grid], ["500", fine, grid]) == ruled()
    contained = ruling("500", fine, contained=True)
    assert classify(timing(RACE), [contained]) == ruled()


def test_a_deleted_lap_time_leaves_the_best_one_that_remains_and_moves_nobody_in_a_race():
    lines = [replace(line, best_lap_time=100, best_lap_number=3) for line in timing(RACE)]
    deleted = Effect(kind="lap_time_deleted", best_lap_time=104, best_lap_number=7)
    order = classify(lines, [ruling("1", deleted), ruling("2", Effect(kind="lap_time_deleted"))])
    assert numbers(order) == numbers(timing(RACE))
    assert [(line.best_lap_time, line.best_lap_number) for line in order[:3]] == [(104, 7), (None, None), (100, 3)]


QUALIFYING = [
    replace(line, best_lap_time=best, best_lap_number=2)
    for line, best in zip(timing(RACE)[:4], (100, 101, 102, None), strict=True)
]


def test_a_deleted_lap_time_puts_no_car_behind_its_equal_in_a_race():
    """Cars without a lap are all equal."""
    text = "1 a 10 1000\n2 a 10 1000\n3 a 0 - Stopped\n4 a 0 - Stopped"
    deleted = Effect(kind="lap_time_deleted")
    assert numbers(ruled(("1", deleted), ("3", deleted), text=text)) == "1 2 3 4"


def test_in_qualifying_a_deleted_lap_time_moves_the_car():
    deleted = Effect(kind="lap_time_deleted", best_lap_time=101, best_lap_number=5)
    assert numbers(classify(QUALIFYING, [ruling("1", deleted)], by_best_lap=True)) == "2 1 3 4"
    none_left = Effect(kind="lap_time_deleted")
    assert numbers(classify(QUALIFYING, [ruling("1", none_left)], by_best_lap=True)) == "2 3 4 1"
    assert numbers(classify(QUALIFYING, [ruling("1", time_added(500))], by_best_lap=True)) == "1 2 3 4"


def test_gaps_are_laps_or_time_overall_and_in_the_class():
    text = """
    1 a 10 1000
    2 b 10 1010
    3 a 9 990
    4 b 9 995
    5 b 8 1005
    """
    assert gaps(ruled(text=text)) == {
        "1": Gaps(gap=None, interval=None, class_gap=None, class_interval=None),
        "2": Gaps(gap=seconds(10), interval=seconds(10), class_gap=None, class_interval=None),
        "3": Gaps(gap=laps(1), interval=laps(1), class_gap=laps(1), class_interval=laps(1)),
        "4": Gaps(gap=laps(1), interval=seconds(5), class_gap=laps(1), class_interval=laps(1)),
        "5": Gaps(gap=laps(2), interval=laps(1), class_gap=laps(2), class_interval=laps(1)),
    }


def test_gaps_do_not_depend_on_the_order_of_the_lines():
    assert gaps(ruled()[::-1]) == gaps(ruled())


def test_a_car_that_went_further_than_the_one_in_front_is_behind_by_a_negative_gap():
    """Round 2 of 2023/24: car 24 is not classified, five laps ahead of the last classified car."""
    found = gaps(ruled(text="8 lmp2 108 14334000\n65 gt 100 14334000\n24 lmp2 105 14337356 Retired"))
    assert found["24"] == Gaps(gap=laps(3), interval=laps(-5), class_gap=laps(3), class_interval=laps(3))
    assert gaps(ruled(["1", dropped(1)]))["1"].class_interval == seconds(-20)


def test_a_gap_between_cars_without_a_lap_cannot_be_said():
    found = gaps(ruled(text="1 a 1 90\n8 a 0 - Retired\n9 a 0 - Retired"))
    assert found["9"] == Gaps(gap=laps(1), interval=None, class_gap=laps(1), class_interval=None)


def test_disqualified_cars_have_no_gaps():
    found = gaps(ruled(["1", OUT], ["3", OUT]))
    nothing = Gaps(gap=None, interval=None, class_gap=None, class_interval=None)
    assert (found["1"], found["3"], found["2"]) == (nothing, nothing, nothing)
    assert found["4"].class_interval is None


def test_in_qualifying_gaps_are_between_best_laps():
    found = gaps(classify(QUALIFYING, [], by_best_lap=True), by_best_lap=True)
    assert found["3"] == Gaps(gap=seconds(2), interval=seconds(1), class_gap=seconds(2), class_interval=seconds(2))
    assert found["4"] == Gaps(gap=None, interval=None, class_gap=None, class_interval=None)


def test_a_classified_car_short_of_its_share_of_the_distance_only_warns():
    text = """
    1 a 100 9000
    2 b 80 9000
    3 a 70 9000
    4 a 69 9000
    5 b 56 9000
    6 a 10 9000 Retired
    """
    assert warnings(ruled(text=text)[::-1], Decimal("0.700")) == (
        "Car 4 is classified with 69 of the 100 laps of its class winner, which is less than 70 %.",
    )
    assert warnings(ruled(text=text), Decimal("0.705")) == (
        "Car 3 is classified with 70 of the 100 laps of its class winner, which is less than 70.5 %.",
        "Car 4 is classified with 69 of the 100 laps of its class winner, which is less than 70.5 %.",
        "Car 5 is classified with 56 of the 80 laps of its class winner, which is less than 70.5 %.",
    )


def seconds(time):
    return Gap(laps=0, time=time)


def laps(number):
    return Gap(laps=number, time=None)
