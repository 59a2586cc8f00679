from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from championship.rules.standings import (
    ContenderScore,
    TableAdjustment,
    TableRules,
    TieBreak,
    history,
    table,
)

RULES = TableRules()
DROP_ONE = TableRules(dropped_scores=1)
PLACE_POINTS = {1: 25, 2: 18, 3: 15, 4: 12, 5: 10, 6: 8, 7: 6, 8: 4, 9: 2, 10: 1}


def season(**rounds_of):
    """Scores by contender: a place for every round from 1, None for not classified, "-" for not there.

    `car_4=[1, None, "-"]` is car 4; other names are drivers. Points follow from the places.
    """
    return [
        ContenderScore(
            contender=name.removeprefix("car_"), round=number, points=Decimal(PLACE_POINTS.get(place, 0)), place=place
        )
        for name, places in rounds_of.items()
        for number, place in enumerate(places, start=1)
        if place != "-"
    ]


def shown(lines):
    return [(line.position, line.contender, line.points) for line in lines]


def deduction(contender, number, points):
    return TableAdjustment(contender=contender, round=number, points=Decimal(points))


def exclusion(contender, number):
    return TableAdjustment(contender=contender, round=number, points=None)


LMP2 = season(car_4=[6, 1, 3, 1, 5], car_22=[5, 3, 2, 5, 2], car_99=[1, 2, 1, None, 11])
POLES_OF_99 = [replace(score, points=score.points + 1) for score in LMP2 if score.contender == "99" and score.round > 3]
LMP2 = [score for score in LMP2 if score.contender != "99" or score.round <= 3] + POLES_OF_99

contenders = st.sampled_from(["4", "22", "99", "007", "7"])
score_sets = st.lists(
    st.builds(
        ContenderScore,
        contender=contenders,
        round=st.integers(1, 6),
        points=st.decimals(0, 26, places=2),
        place=st.none() | st.integers(1, 12),
    ),
    max_size=25,
    unique_by=lambda score: (score.contender, score.round),
)
adjustment_sets = st.lists(
    st.builds(
        TableAdjustment,
        contender=contenders,
        round=st.integers(1, 6),
        points=st.none() | st.decimals(1, 30, places=2),
    ),
    max_size=3,
)
rule_sets = st.builds(TableRules, count_back=st.booleans(), dropped_scores=st.integers(0, 3))


def test_the_most_points_lead():
    """LMP2 after round 5: 83, 71, 70 (sporting-rules 3.1)."""
    assert shown(table(LMP2, (), RULES, after=5)) == [(1, "4", 83), (2, "22", 71), (3, "99", 70)]


def test_a_table_after_a_round_knows_nothing_later():
    assert shown(table(LMP2, [deduction("99", 4, 50)], RULES, after=3)) == [(1, "99", 68), (2, "4", 48), (3, "22", 43)]


def test_a_driver_has_the_points_of_the_rounds_he_drove():
    """sporting-rules 3.2: a car's points of other rounds are not its later drivers'."""
    scores = season(stolz=[6, 5], love=["-", 5], feeney=[6, "-"])
    assert shown(table(scores, (), RULES, after=2)) == [(1, "stolz", 18), (2, "love", 10), (3, "feeney", 8)]


def test_equal_points_are_separated_by_wins_first():
    """sporting-rules 3.3."""
    scores = season(car_1=[1, None, None], car_2=[3, 5, None])
    lines = table(scores, (), RULES, after=3)
    assert [(line.contender, line.points, line.tie_break) for line in lines] == [
        ("1", 25, TieBreak(place=1, count=1, other=0)),
        ("2", 25, None),
    ]


def test_count_back_goes_on_to_later_places_and_says_which_one_decided():
    scores = season(car_1=[2, 2, 7, 8], car_2=[2, 3, 4, 10])
    scores += [ContenderScore(contender="2", round=5, points=Decimal(0), place=12)]
    assert [line.tie_break for line in table(scores, (), RULES, after=5)] == [
        TieBreak(place=2, count=2, other=1),
        None,
    ]


def test_places_without_points_count_as_well():
    """Cars 9 and 37 had 5 points each after round 5 of 2023/24; a 15th place put car 9 in front (3.3)."""
    scores = season(car_9=[8, None, None, 15], car_37=[8, None, "-", "-"])
    first, second = table(scores, (), RULES, after=4)
    assert (first.contender, first.tie_break) == ("9", TieBreak(place=15, count=1, other=0))
    assert (second.contender, second.places) == ("37", (8,))


def test_three_on_equal_points_are_separated_one_after_the_other():
    scores = season(car_1=[2, 8, None], car_2=[4, 5, None], car_3=[5, 4, 17])
    scores = [replace(score, points=Decimal(11)) if score.place in {2, 4, 5, 8} else score for score in scores]
    lines = table(scores, (), RULES, after=3)
    assert [(line.position, line.contender, line.tie_break) for line in lines] == [
        (1, "1", TieBreak(place=2, count=1, other=0)),
        (2, "3", TieBreak(place=17, count=1, other=0)),
        (3, "2", None),
    ]


def test_contenders_that_nothing_separates_share_the_position_and_the_next_is_skipped():
    """sporting-rules 3.4."""
    scores = season(car_22=[1, 2], car_007=[2, 1], car_7=[3, 3])
    lines = table(scores, (), RULES, after=2)
    assert shown(lines) == [(1, "007", 43), (1, "22", 43), (3, "7", 30)]
    assert [line.tie_break for line in lines] == [None, None, None]


def test_contenders_that_nothing_separates_stand_in_the_order_of_car_numbers_or_names():
    cars = season(car_10=[None], car_9=[None], car_007=[None])
    drivers = season(zoe=[None], adam=[None])
    assert [line.contender for line in table(cars, (), RULES, after=1)] == ["007", "9", "10"]
    assert [line.contender for line in table(drivers, (), RULES, after=1)] == ["adam", "zoe"]


def test_without_count_back_equal_points_share_the_position():
    scores = season(car_1=[1, None, None], car_2=[3, 5, None])
    lines = table(scores, (), TableRules(count_back=False), after=3)
    assert [(line.position, line.tie_break) for line in lines] == [(1, None), (1, None)]


def test_a_deduction_counts_from_its_round_on_and_may_make_a_total_negative():
    """sporting-rules 3.5."""
    scores = season(car_1=[1, 1], car_2=[10, None])
    tables = history(scores, [deduction("2", 2, "7.5")], RULES, [1, 2])
    assert shown(tables[1]) == [(1, "1", 25), (2, "2", 1)]
    assert shown(tables[2]) == [(1, "1", 50), (2, "2", Decimal("-6.5"))]


def test_an_excluded_contender_is_last_without_a_position_and_others_keep_their_points():
    scores = season(car_1=[1], car_2=[2], car_3=[3])
    lines = table(scores, [exclusion("1", 1)], RULES, after=1)
    assert shown(lines) == [(1, "2", 18), (2, "3", 15), (None, "1", 25)]


def test_nothing_separates_a_contender_from_an_excluded_one():
    scores = season(car_1=[1], car_2=[1])
    assert [line.tie_break for line in table(scores, [exclusion("1", 1)], RULES, after=1)] == [None, None]


def test_an_adjustment_of_a_contender_without_a_score_is_shown():
    lines = table(season(car_1=[1]), [deduction("2", 1, 5), exclusion("3", 1)], RULES, after=1)
    assert shown(lines) == [(1, "1", 25), (2, "2", -5), (None, "3", 0)]


def test_the_worst_round_is_dropped():
    """sporting-rules 3.6."""
    (line,) = table(season(car_1=[1, 4, 2]), (), DROP_ONE, after=3)
    assert (line.points, line.dropped_rounds) == (43, (2,))


def test_a_missed_round_is_dropped_first_and_of_equal_rounds_the_later():
    scores = season(car_1=[1, None, "-", 1], car_2=[2, 2, 2, 2])
    assert [(line.contender, line.points, line.dropped_rounds) for line in table(scores, (), DROP_ONE, after=4)] == [
        ("2", 54, (4,)),
        ("1", 50, (3,)),
    ]


def test_a_missed_round_is_dropped_before_a_later_one_without_points():
    first, _ = table(season(car_1=[1, "-", None, 1], car_2=["-", 2]), (), DROP_ONE, after=4)
    assert (first.contender, first.points, first.dropped_rounds) == ("1", 50, (2,))


def test_one_round_always_counts():
    lines = table(season(car_1=[1]), (), TableRules(dropped_scores=2), after=1)
    assert [(line.points, line.dropped_rounds) for line in lines] == [(25, ())]


def test_a_deduction_is_never_dropped():
    (line,) = table(season(car_1=[1, 1]), [deduction("1", 1, 10)], DROP_ONE, after=2)
    assert (line.points, line.dropped_rounds) == (15, (2,))


def test_the_place_of_a_dropped_round_still_counts_in_count_back():
    scores = season(car_1=[2, 3], car_2=[2, 4])
    first, _ = table(scores, (), DROP_ONE, after=2)
    assert (first.contender, first.points, first.tie_break) == ("1", 18, TieBreak(place=3, count=1, other=0))


def test_without_scores_there_is_no_line():
    assert table([], (), RULES, after=3) == ()
    assert history([], (), DROP_ONE, []) == {}


@pytest.mark.parametrize("rules", [RULES, DROP_ONE])
def test_a_round_that_was_never_held_changes_nothing(rules):
    tables = history(season(car_1=[1, 2], car_2=[2, 1]), (), rules, [2, 3])
    assert tables[2] == tables[3]


@given(score_sets, adjustment_sets, rule_sets, st.randoms())
def test_the_order_of_the_input_does_not_matter(scores, adjustments, rules, random):
    shuffled, others = list(scores), list(adjustments)
    random.shuffle(shuffled)
    random.shuffle(others)
    assert table(shuffled, others, rules, after=6) == table(scores, adjustments, rules, after=6)


@given(score_sets, adjustment_sets, rule_sets, st.integers(1, 6))
def test_totals_equal_the_sums_of_what_counts(scores, adjustments, rules, after):
    for line in table(scores, adjustments, rules, after=after):
        counted = [
            score.points
            for score in scores
            if score.contender == line.contender and score.round <= after and score.round not in line.dropped_rounds
        ]
        taken = [
            each.points
            for each in adjustments
            if each.contender == line.contender and each.round <= after and each.points is not None
        ]
        assert line.points == sum(counted) - sum(taken)
        assert len(line.dropped_rounds) <= rules.dropped_scores


@given(score_sets, adjustment_sets, rule_sets)
def test_the_history_is_the_table_of_every_round(scores, adjustments, rules):
    found = history(scores, adjustments, rules, range(1, 7))
    assert found == {number: table(scores, adjustments, rules, after=number) for number in range(1, 7)}


@given(score_sets, adjustment_sets, rule_sets)
def test_positions_say_how_many_are_ahead(scores, adjustments, rules):
    lines = table(scores, adjustments, rules, after=6)
    positions = [line.position for line in lines if line.position is not None]
    assert all(position == positions.index(position) + 1 for position in positions)
    assert [line.position for line in lines] == [*positions, *[None] * (len(lines) - len(positions))]


@given(score_sets, adjustment_sets, rule_sets, contenders)
def test_a_deduction_lowers_that_contender_alone(scores, adjustments, rules, contender):
    def points(rulings):
        return {line.contender: line.points for line in table(scores, rulings, rules, after=6)}

    before = points(adjustments)
    assert points([*adjustments, deduction(contender, 3, 5)]) == before | {contender: before.get(contender, 0) - 5}


@given(score_sets, rule_sets)
def test_a_tie_is_broken_only_between_equal_points(scores, rules):
    lines = table(scores, (), rules, after=6)
    for line, following in pairwise(lines):
        is_tie = line.points == following.points and line.position != following.position
        assert (line.tie_break is not None) == is_tie
        if line.tie_break:
            assert line.tie_break.count == line.places.count(line.tie_break.place)
            assert line.tie_break.other == following.places.count(line.tie_break.place)
            assert line.tie_break.count > line.tie_break.other
