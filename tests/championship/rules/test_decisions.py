from dataclasses import replace

import pytest

from championship.rules.classifications import ClassificationError, Effect, baseline, classify
from championship.rules.decisions import effects_as_text, effects_from_text
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

ORDER = "1 2 3 4 5 6 7 8 9"


def undone(*effects, car_number="1", text=RACE):
    """The baseline of a file that contains one decision."""
    return baseline(timing(text), [ruling(car_number, *effects, contained=True)])


def deleted(time, number=None):
    return Effect(kind="lap_time_deleted", best_lap_time=time, best_lap_number=number)


def with_best_laps(*times):
    return [
        replace(line, best_lap_time=time, best_lap_number=None) for line, time in zip(timing(RACE), times, strict=False)
    ]


def test_contained_time_is_taken_off_and_the_car_goes_back_up():
    lines = undone(time_added(25), car_number="4")
    assert (numbers(lines), lines[1].total_time) == ("1 4 2 3 5 6 7 8 9", 1005)
    assert [line.position for line in lines] == list(range(1, 10))


def test_contained_laps_are_given_back():
    lines = undone(laps_removed(1), car_number="5")
    assert (numbers(lines), lines[1].laps) == ("1 5 2 3 4 6 7 8 9", 10)


def test_contained_dropped_positions_are_given_back():
    assert numbers(undone(dropped(2), car_number="7", text="2 a 10 1010\n3 a 10 1020\n7 a 10 1000")) == "7 2 3"


def test_dropped_positions_are_given_back_where_laps_and_times_do_not_tell():
    """By its laps car 3 would have been third, but then it would stand behind car 4 now."""
    lines = undone(dropped(2), car_number="3", text="1 a 5 -\n2 a 6 -\n3 a 4 -\n4 a 3 -")
    assert numbers(lines) == "3 1 2 4"


def test_of_all_places_that_lead_to_the_file_a_car_gets_back_the_one_that_its_time_tells():
    """Car 9 may have been anywhere before it lost its places; that of car 1 cannot be told by laps and times."""
    lines = timing("5 a 8 1000\n2 a 9 1000\n1 a 9 900\n6 b 7 1000\n7 b 7 1010\n8 b 7 1020\n9 b 7 1015")
    contained = [ruling("1", dropped(1), contained=True), ruling("9", dropped(5), contained=True)]
    assert numbers(baseline(lines, contained)) == "5 1 2 6 7 9 8"


def test_effects_are_kept_as_text_with_what_their_kind_needs():
    effects = (
        Effect(kind="time_added", time=5_000),
        deleted(112_991, 4),
        deleted(None),
        replace(OUT, status_before="“Später” gewertet"),
        Effect(kind="fine"),
        Effect(kind="fine", amount=500, currency="EUR"),
        Effect(kind="grid_dropped", positions=3, race="Race 2"),
        Effect(kind="drive_through", time=25_000),
    )
    assert effects_from_text(effects_as_text(effects)) == effects
    assert effects_as_text([Effect(kind="fine", laps=3, status_before="Classified")]) == '[{"kind": "fine"}]'


def test_a_file_whose_own_order_differs_from_laps_and_times_keeps_it_around_the_car():
    """Car 5 leads although car 1 went further; what moved car 1 did not move it past car 5."""
    assert numbers(undone(dropped(1), car_number="1", text="5 a 8 1000\n2 a 9 1000\n1 a 9 900")) == "5 1 2"


def test_a_place_that_no_decision_leads_from_follows_from_laps_and_times():
    text = "1 a 10 1000\n2 a 10 1010\n3 a 12 1500"
    assert numbers(undone(dropped(1), car_number="1", text=text)) == "1 2 3"


def test_a_contained_disqualification_is_undone_into_the_status_before():
    out = Effect(kind="disqualified", status_before="Retired")
    lines = undone(out, car_number="7", text="1 a 10 1000\n8 a 3 400 Retired\n7 a 10 1005 Disqualified")
    assert [(line.car_number, line.status) for line in lines] == [
        ("1", "Classified"),
        ("7", "Retired"),
        ("8", "Retired"),
    ]


def test_cars_that_a_file_took_out_do_not_stand_in_each_other_s_way():
    text = "2 a 10 1010\n8 a 3 400 Retired\n1 a 10 1000 Disqualified\n3 a 10 1020 Disqualified"
    out = Effect(kind="disqualified", status_before="Classified")
    both = [ruling("1", out, contained=True), ruling("3", out, contained=True)]
    assert numbers(baseline(timing(text), both)) == "1 2 3 8"


def test_a_contained_reinstatement_is_undone_into_a_disqualification():
    lines = undone(BACK)
    assert (numbers(lines), lines[-1].status) == ("2 3 4 5 6 7 8 9 1", "Disqualified")


def test_decisions_about_one_car_are_undone_in_reverse_order():
    out = Effect(kind="disqualified", status_before="Classified")
    lines = undone(out, BACK)
    assert (numbers(lines), lines[0].status) == (ORDER, "Classified")
    text = "2 a 10 1010\n3 a 10 1020\n1 a 10 1001"
    assert numbers(undone(dropped(2), time_added(1), text=text)) == "1 2 3"


def test_a_contained_deletion_keeps_the_best_lap_of_the_file():
    lines = with_best_laps(104, 100)
    contained = [ruling("1", deleted(104), contained=True)]
    assert baseline(lines, contained) == tuple(lines)
    assert classify(lines, contained) == classify(lines, [])


def test_undoing_and_applying_again_gives_the_file():
    contained = [ruling("5", laps_removed(1), contained=True), ruling("4", time_added(25), contained=True)]
    assert numbers(baseline(timing(RACE), contained)) == "1 5 4 2 3 6 7 8 9"
    assert classify(timing(RACE), contained) == ruled()


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["500", OUT], "A decision is about car 500, which is not in the list: add the car, or correct the decision."),
        (
            ["9", time_added(5)],
            "The decision adds time to car 9, which has no total time: enter its time.",
        ),
        (
            ["8", laps_removed(4)],
            "The decision takes 4 laps from car 8, which drove 3: correct the number of laps.",
        ),
        (["1", time_added(None)], "The decision about car 1 does not say how much time is added: enter it."),
        (["1", laps_removed(None)], "The decision about car 1 does not say how many laps are removed: enter it."),
        (["1", dropped(0)], "The decision about car 1 does not say how many places it loses: enter it."),
        (
            ["1", Effect(kind="reinstated")],
            "The decision about car 1 does not say which status the car has without it: enter it.",
        ),
        (
            ["1", deleted(100)],
            "The best lap that remains to car 1 is faster than the one that it had: correct the lap.",
        ),
        (["1", Effect(kind="grid_drop")], "The decision about car 1 has an unknown effect “grid_drop”."),
    ],
)
def test_a_decision_that_does_not_fit_the_lines_is_refused_in_words(parts, message):
    with pytest.raises(ClassificationError) as refused:
        ruled(parts)
    assert str(refused.value) == message


def test_the_best_lap_that_remains_is_never_faster_than_the_one_before():
    with pytest.raises(ClassificationError, match="faster than the one that it had"):
        classify(with_best_laps(104), [ruling("1", deleted(103))])


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["500", OUT], "A decision is about car 500, which is not in the list: add the car, or correct the decision."),
        (
            ["1", time_added(1000)],
            "The timing file cannot contain the time added to car 1, since it is more than the whole time of the car: "
            "correct the time.",
        ),
        (
            ["1", OUT],
            "Car 1 is “Classified” in the timing file, which is said to contain a decision that makes it "
            "“Disqualified”: correct the decision or the status.",
        ),
        (
            ["7", BACK],
            "Car 7 is “Retired” in the timing file, which is said to contain a decision that makes it “Classified”: "
            "correct the decision or the status.",
        ),
        (
            ["1", deleted(104)],
            "The best lap that remains to car 1 is another one in the timing file, which is said to contain the "
            "decision: enter the same lap in both.",
        ),
        (["1", dropped(None)], "The decision about car 1 does not say how many places it loses: enter it."),
    ],
)
def test_a_decision_that_the_file_cannot_contain_is_refused_in_words(parts, message):
    with pytest.raises(ClassificationError) as refused:
        undone(*parts[1:], car_number=parts[0])
    assert str(refused.value) == message


def test_a_contained_disqualification_says_which_status_the_car_had():
    with pytest.raises(ClassificationError, match="does not say which status the car has without it"):
        undone(OUT, text="1 a 10 1000 Disqualified")


def test_a_car_or_a_position_that_is_in_the_list_twice_is_refused():
    first, second = timing(RACE)[:2]
    with pytest.raises(ClassificationError) as refused:
        classify([first, replace(first, position=2)], [])
    assert str(refused.value) == "Car 1 is in the list 2 times: leave one line."
    with pytest.raises(ClassificationError) as refused:
        baseline([first, replace(second, position=1)], [])
    assert str(refused.value) == "Position 1 is in the list 2 times: leave one line."


def test_no_lines_are_an_empty_classification():
    assert (baseline([], []), classify([], [])) == ((), ())
