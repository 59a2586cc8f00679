from dataclasses import replace
from decimal import Decimal

import pytest

from championship.rules.points import PointsRules
from championship.rules.standings import ContenderScore, TableAdjustment, TableRules
from championship.rules.title_fights import (
    LeaderNeeds,
    Need,
    Outlook,
    RivalLimit,
    fight,
)

SCALE = tuple(Decimal(points) for points in (25, 18, 15, 12, 10, 8, 6, 4, 2, 1))
POINTS = PointsRules(scale=SCALE, pole_points=Decimal(1))
RULES = TableRules()


def season(**rounds_of):
    """Scores by contender: a place for every round from 1, None for not classified, "-" for not there.

    Places from pole are negative, and 0 is a car on pole that was not classified.
    """
    return [
        score(name.removeprefix("car_"), number, None if not place else abs(place), place is not None and place <= 0)
        for name, places in rounds_of.items()
        for number, place in enumerate(places, start=1)
        if place != "-"
    ]


def score(contender, number, place, has_pole=False, *, points=POINTS, car_number=""):
    won = points.scale[place - 1] if place is not None and place <= len(points.scale) else Decimal(0)
    return ContenderScore(
        contender=contender,
        round=number,
        points=won + (points.pole_points if has_pole else 0),
        place=place,
        car_number=car_number,
    )


def fought(scores, *, after, remaining, adjustments=(), rules=RULES, points=POINTS, share_cars=False, barred=None):
    left = range(after + 1, after + 1 + remaining)
    case = {"after": after, "remaining": left, "share_cars": share_cars, "barred": barred or {}}
    return fight(scores, adjustments, rules, points, **case)


def alive(found):
    return [group.contenders for group in found.groups if group.can_win]


def told(needs):
    """The rows of a leader in short: {(place, with pole): {rival: (limit, limit with the pole)}}."""
    return {
        (row.place, row.with_pole): {limit.contenders[0]: (limit.place, limit.place_with_pole) for limit in row.limits}
        for row in needs.rows
    }


# The season 2023/24: LMP3 after four rounds, in which only cars 2 and 17 could still win, and GT.
LMP3 = season(
    car_17=[1, 3, -1, -2, -2], car_2=[2, 1, 2, 1, 3], car_26=[3, 2, 4, 4, 1], car_20=[-4, 0, 3, 3, 4], car_65=[None] * 5
)
GT = season(
    car_91=[6, 1, 1, None, 2],
    car_88=[7, 6, 5, 1, 1],
    car_42=[-1, 2, None, 10, 4],
    car_7=[4, 4, -2, -9, 8],
    car_27=[14, 3, 6, 3, 17],
    car_19=[5, None, None, 2, 7],
)


def test_the_title_is_decided_after_the_last_round():
    """LMP3 was won by 3 points in the last round (sporting-rules 4.3)."""
    found = fought(LMP3, after=5, remaining=0)
    assert (found.state, found.champions, found.clinched_after, found.needs) == ("decided", ("17",), 5, ())
    assert [(group.contenders, group.points, group.short_by) for group in found.groups[:2]] == [
        (("17",), 104, 0),
        (("2",), 101, 3),
    ]


def test_before_the_last_round_those_can_win_whose_best_reaches_the_leader():
    """LMP3 after round 4: car 26 could reach 83 points, and car 2 had 86 (sporting-rules 4.2)."""
    found = fought(LMP3, after=4, remaining=1)
    assert (found.state, found.champions, found.clinched_after) == ("open", (), None)
    assert found.groups[:3] == (
        Outlook(contenders=("2",), position=1, points=Decimal(86), best_points=Decimal(112), can_win=True, short_by=0),
        Outlook(contenders=("17",), position=2, points=Decimal(85), best_points=Decimal(111), can_win=True, short_by=0),
        Outlook(contenders=("26",), position=3, points=Decimal(57), best_points=Decimal(83), can_win=False, short_by=3),
    )


def test_a_leader_is_told_which_place_is_enough_and_what_it_takes_otherwise():
    """GT after round 4: second place was enough for car 91, and that is where it finished (sporting-rules 4.5)."""
    (needs,) = fought(GT, after=4, remaining=1).needs
    assert (needs.contenders, needs.place, needs.place_with_pole) == (("91",), 2, 3)
    rows = told(needs)
    assert rows[2, False] == {}
    assert rows[3, False] == {"88": (2, 2)}
    assert rows[6, False] == {"88": (3, 3), "7": (2, 2), "42": (2, 2)}
    assert rows[15, False] == {"88": (6, 6), "7": (4, 5), "42": (4, 4), "27": (2, 2)}
    assert rows[4, True] == {"88": (2, 1)}


def test_a_pole_point_can_keep_a_title_open():
    scores = season(car_1=[1], car_2=[None])
    behind = [TableAdjustment(contender="1", round=1, points=Decimal("-0.5"))]
    assert fought(scores, after=1, remaining=1, adjustments=behind).state == "open"
    assert fought(
        scores, after=1, remaining=1, adjustments=behind, points=replace(POINTS, pole_points=Decimal(0))
    ).champions == ("1",)


def test_count_back_shuts_out_a_rival_that_can_only_draw_level():
    without_poles = replace(POINTS, pole_points=Decimal(0))
    scores = season(car_1=[1, 11], car_2=[None, None])
    found = fought(scores, after=2, remaining=1, points=without_poles)
    assert found.champions == ("1",)
    assert [(group.best_points, group.can_win, group.short_by) for group in found.groups] == [
        (50, True, 0),
        (25, False, 0),
    ]
    shared = fought(scores, after=2, remaining=1, points=without_poles, rules=TableRules(count_back=False))
    assert shared.state == "open"


def test_a_title_that_is_won_early_stays_clinched_since_that_round():
    """sporting-rules 4.4."""
    scores = season(car_1=[1, 1, 1, None, None], car_2=[2, 2, None, 1, 1])
    assert [fought(scores, after=after, remaining=5 - after).clinched_after for after in (2, 3, 4, 5)] == [
        None,
        None,
        None,
        5,
    ]
    runaway = season(car_1=[1, 1, 1, 5, None], car_2=[2, 3, None, 1, 1])
    assert [fought(runaway, after=after, remaining=5 - after).clinched_after for after in (3, 4, 5)] == [None, 4, 4]


def test_a_title_that_a_deduction_opened_again_is_clinched_only_from_later_on():
    """The worked table of sporting-rules 4.4."""
    scores = season(car_1=[1, 1, 1, 1, 2], car_2=[2, None, None, 2, 1])
    taken = [TableAdjustment(contender="1", round=4, points=Decimal(40))]
    found = {after: fought(scores, after=after, remaining=5 - after, adjustments=taken) for after in (3, 4, 5)}
    assert {after: [group.points for group in each.groups] for after, each in found.items()} == {
        3: [75, 18],
        4: [60, 36],
        5: [78, 61],
    }
    assert [each.champions for each in found.values()] == [("1",), (), ("1",)]
    assert [each.clinched_after for each in found.values()] == [3, None, 5]


def test_drivers_who_shared_everything_are_one_group_and_champions_together():
    """The three drivers of car 4 won the LMP2 drivers' title (sporting-rules 4.3)."""
    scores = season(braun=[1, 1], kurtz=[1, 1], jakobsen=[1, 1], mazepin=[2, "-"], deletraz=[2, 3])
    found = fought(scores, after=2, remaining=0, share_cars=True)
    assert found.champions == ("braun", "jakobsen", "kurtz")
    assert [group.contenders for group in found.groups] == [("braun", "jakobsen", "kurtz"), ("deletraz",), ("mazepin",)]


def test_drivers_who_shared_everything_do_not_keep_a_title_open():
    scores = season(braun=[1, 1, 1], kurtz=[1, 1, 1], deletraz=[2, None, None])
    assert fought(scores, after=3, remaining=1, share_cars=True).champions == ("braun", "kurtz")
    assert fought(scores, after=3, remaining=1).state == "open"


def test_equal_results_in_different_cars_are_no_group():
    apart = [score("adam", 1, None, car_number="8"), score("zoe", 1, None, car_number="9")]
    together = [score("adam", 1, None, car_number="8"), score("zoe", 1, None, car_number="8")]
    assert len(fought(apart, after=1, remaining=1, share_cars=True).groups) == 2
    assert len(fought(together, after=1, remaining=1, share_cars=True).groups) == 1


def test_cars_with_equal_results_are_no_group():
    scores = season(car_8=[None], car_9=[None])
    assert [group.contenders for group in fought(scores, after=1, remaining=0).groups] == [("8",), ("9",)]


def test_a_deduction_parts_drivers_who_shared_all_results():
    scores = season(braun=[1], kurtz=[1])
    taken = [TableAdjustment(contender="kurtz", round=1, points=Decimal(5))]
    found = fought(scores, after=1, remaining=0, adjustments=taken, share_cars=True)
    assert found.champions == ("braun",)


def test_a_dead_heat_after_the_last_round_has_two_champions():
    scores = season(car_1=[1, 2], car_2=[2, 1], car_3=[3, 3])
    found = fought(scores, after=2, remaining=0)
    assert (found.state, found.champions, found.clinched_after) == ("decided", ("1", "2"), 2)


def test_leaders_in_a_dead_heat_are_told_their_needs_each():
    scores = season(car_1=[1, 2], car_2=[2, 1])
    needs = fought(scores, after=2, remaining=1).needs
    assert [(each.contenders, each.place, each.place_with_pole) for each in needs] == [(("1",), 1, 1), (("2",), 1, 1)]


def test_an_excluded_contender_cannot_win():
    scores = season(car_1=[1, 1], car_2=[2, 2])
    found = fought(scores, after=2, remaining=1, adjustments=[TableAdjustment(contender="1", round=1, points=None)])
    assert found.champions == ("2",)
    assert found.groups[-1] == Outlook(
        contenders=("1",), position=None, points=Decimal(50), best_points=Decimal(76), can_win=False, short_by=0
    )


def test_the_points_of_an_excluded_contender_are_in_nobodys_way():
    out = [TableAdjustment(contender="1", round=1, points=None)]
    found = fought(season(car_1=[1, 1], car_2=[2, 2], car_3=[3, 3]), after=2, remaining=0, adjustments=out)
    assert found.champions == ("2",)
    assert [(group.contenders, group.short_by) for group in found.groups] == [(("2",), 0), (("3",), 6), (("1",), 0)]


def test_who_inherits_a_title_has_clinched_it_since_then_only():
    """Car 1 had won it after round 3 and is excluded with round 4: car 2 is out of reach by then."""
    scores = season(car_1=[1, 1, 1, 1, 1], car_2=[2, None, None, 2, 2], car_3=[None] * 5)
    out = [TableAdjustment(contender="1", round=4, points=None)]
    found = [fought(scores, after=after, remaining=5 - after, adjustments=out) for after in (3, 5)]
    assert [(each.champions, each.clinched_after) for each in found] == [(("1",), 3), (("2",), 4)]


def test_a_deduction_counts_in_a_season_that_drops_scores():
    taken = [TableAdjustment(contender="1", round=3, points=Decimal(40))]
    scores = season(car_1=[1, 1, 1], car_2=[2, 2, 2])
    found = fought(scores, after=3, remaining=0, adjustments=taken, rules=TableRules(dropped_scores=1))
    assert found.champions == ("2",)
    assert [(group.contenders, group.best_points, group.short_by) for group in found.groups] == [
        (("2",), 36, 0),
        (("1",), 10, 26),
    ]


def test_a_deduction_with_a_round_that_nobody_of_the_class_drove_decides():
    taken = [TableAdjustment(contender="1", round=3, points=Decimal(30))]
    found = fought(season(car_1=[1, 1], car_2=[2, 2]), after=3, remaining=0, adjustments=taken)
    assert (found.champions, found.clinched_after) == (("2",), 2)


def test_when_all_are_excluded_there_is_no_champion():
    out = [TableAdjustment(contender="1", round=1, points=None)]
    found = fought(season(car_1=[1]), after=1, remaining=0, adjustments=out)
    assert (found.state, found.champions) == ("open", ())


def test_before_the_first_round_nothing_is_known():
    found = fought([], after=0, remaining=5)
    assert (found.state, found.groups, found.needs, found.not_classified) == ("open", (), (), 11)
    assert fought([], after=0, remaining=0).state == "open"


def test_an_adjustment_alone_makes_no_fight_impossible():
    found = fought([], after=1, remaining=1, adjustments=[TableAdjustment(contender="1", round=1, points=Decimal(5))])
    assert found.champions == ("1",)


def test_the_next_round_may_be_too_early_to_decide():
    (needs,) = fought(season(car_1=[1], car_2=[2]), after=1, remaining=4).needs
    assert needs == LeaderNeeds(contenders=("1",), rows=())
    assert (needs.place, needs.place_with_pole) == (None, None)


def test_with_rounds_to_come_a_rival_must_be_out_of_reach_and_not_level():
    """One round after the next: car 2 could still reach exactly what car 1 has, with the same places."""
    scale = replace(POINTS, scale=(Decimal(10), Decimal(5)), pole_points=Decimal(0))
    scores = [score("1", 1, 1, points=scale), score("2", 1, None, points=scale)]
    (needs,) = fought(scores, after=1, remaining=2, points=scale).needs
    assert told(needs) == {(1, False): {}, (2, False): {"2": (2, 2)}}
    level = fought(scores, after=1, remaining=2, points=scale, rules=TableRules(count_back=False)).needs
    assert told(level[0]) == {(1, False): {}, (2, False): {"2": (2, 2)}}


def test_a_rival_that_a_pole_would_save_must_not_have_it():
    """Level but for count-back, and the leader is not classified (13): any point makes car 2 champion."""
    scores = season(car_1=[1, 1, 11], car_2=[1, 1, 12])
    found = fought(scores, after=3, remaining=1)
    limit = RivalLimit(contenders=("2",), place=12, place_with_pole=None)
    assert found.not_classified == 13
    assert Need(place=13, with_pole=False, limits=(limit,)) in found.needs[0].rows


def test_a_driver_in_the_leaders_car_shares_its_result():
    scores = season(fahy=[1, 1], novak=[2, 1], ito=[3, 2])
    (needs,) = fought(scores, after=2, remaining=1, share_cars=True).needs
    assert needs.contenders == ("fahy",)
    assert all(limit.contenders == ("ito",) for row in needs.rows for limit in row.limits)


def test_drivers_who_both_missed_the_last_round_are_not_in_one_car():
    """The rival could still reach 62 points from pole, which the leader has with fourth place."""
    scores = season(fahy=[1, 1, "-"], novak=[2, 2, "-"], ito=[9, 9, 1])
    (needs,) = fought(scores, after=3, remaining=1, share_cars=True).needs
    assert (needs.contenders, needs.place) == (("fahy",), 4)


def test_a_driver_in_the_leaders_car_is_in_no_way_beaten_by_it():
    """With another round to come the two may part: the next round cannot decide it between them."""
    scores = season(fahy=[1, 1], novak=[2, 1], ito=[9, 9])
    assert [needs.rows for needs in fought(scores, after=2, remaining=2, share_cars=True).needs] == [()]
    assert fought(scores, after=2, remaining=1, share_cars=True).needs[0].place == 11


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_later_rounds_are_not_known_yet(after):
    known = [score for score in LMP3 if score.round <= after]
    assert fought(LMP3, after=after, remaining=5 - after) == fought(known, after=after, remaining=5 - after)


# Cars that score no more (sporting-rules 4.2)

CHASE = season(car_1=[1, 1, 2], car_2=[2, 2, 1], car_3=[5, 5, 5])


def test_a_car_that_scores_no_more_keeps_no_title_open():
    assert alive(fought(CHASE, after=3, remaining=1)) == [("1",), ("2",)]
    found = fought(CHASE, after=3, remaining=1, barred={"2": 4})
    assert (found.champions, found.clinched_after) == (("1",), 3)
    assert [(group.best_points, group.short_by) for group in found.groups] == [(94, 0), (61, 7), (56, 12)]


def test_a_car_that_scores_until_a_later_round_is_in_the_fight():
    assert [group.best_points for group in fought(CHASE, after=3, remaining=2).groups] == [120, 113, 82]
    found = fought(CHASE, after=3, remaining=2, barred={"2": 5})
    assert [(group.best_points, group.can_win) for group in found.groups] == [(120, True), (87, True), (82, True)]


def test_a_leader_that_scores_no_more_can_only_be_overtaken():
    found = fought(CHASE, after=3, remaining=1, barred={"1": 4})
    assert found.state == "open"
    assert [told(needs) for needs in found.needs] == [{(11, False): {"2": (7, 7)}}]
    assert fought(CHASE, after=3, remaining=1, barred={"1": 4, "2": 4}).champions == ("1",)


def test_leaders_on_a_par_that_score_no_more_share_the_title_at_once():
    level = season(car_1=[1, 2], car_2=[2, 1])
    assert fought(level, after=2, remaining=1).state == "open"
    assert fought(level, after=2, remaining=1, barred={"1": 3, "2": 3}).champions == ("1", "2")
