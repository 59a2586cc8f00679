from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from championship.rules.points import PointsRules, RoundFacts, factor, is_late, score_round, scores

SCALE = tuple(Decimal(points) for points in (25, 18, 15, 12, 10, 8, 6, 4, 2, 1))
RULES = PointsRules(scale=SCALE, pole_points=Decimal(1))
HALF = replace(RULES, short_race_share=Decimal("0.75"), short_race_factor=Decimal("0.5"))


def places(race_class, *car_numbers, not_classified=()):
    found = {car: (race_class, place) for place, car in enumerate(car_numbers, start=1)}
    return found | dict.fromkeys(not_classified, (race_class, None))


def points(facts, rules=RULES):
    return {score.car_number: score.points for score in score_round(facts, rules)}


@st.composite
def rounds(draw):
    """The facts of a round with cars of two classes, in which some are not classified, do not score or had the pole."""
    cars = draw(st.lists(st.sampled_from([str(number) for number in range(1, 15)]), unique=True, max_size=12))
    found = {}
    for race_class in ("gt", "lmp2"):
        of_class = [car for car in cars if (int(car) % 2 == 0) == (race_class == "gt")]
        classified = draw(st.integers(0, len(of_class)))
        found |= places(race_class, *of_class[:classified], not_classified=of_class[classified:])
    return RoundFacts(
        places=found,
        poles=draw(st.fixed_dictionaries({}, optional={"gt": st.just("2"), "lmp2": st.just("1")})),
        ineligible=frozenset(draw(st.sets(st.sampled_from(cars)) if cars else st.just(set()))),
        distance_share=draw(st.none() | st.decimals(0, 1, places=3)),
    )


def test_places_of_a_class_score_by_the_scale_and_those_beyond_it_nothing():
    """The LMP2 class of round 5 (sporting-rules 2.1)."""
    order = ["25", "22", "30", "3", "4", "90", "24", "44", "34", "47", "99", "83"]
    facts = RoundFacts(places=places("lmp2", *order, not_classified=["55"]), poles={})
    assert points(facts) == dict(zip(order, [*SCALE, 0, 0], strict=True)) | {"55": 0}


def test_scoring_positions_count_on_beyond_the_scale():
    order = [str(number) for number in range(1, 13)]
    found = score_round(RoundFacts(places=places("gt", *order), poles={}), RULES)
    assert [score.scoring_position for score in found] == list(range(1, 13))
    assert found[-1].scale_points == 0


def test_classes_score_apart():
    facts = RoundFacts(places=places("lmp2", "25", "22") | places("gt", "88", "91"), poles={"gt": "91"})
    assert points(facts) == {"25": 25, "22": 18, "88": 25, "91": 19}


def test_a_car_that_is_not_classified_has_no_scoring_position_and_no_points():
    (_, score) = score_round(RoundFacts(places=places("gt", "88", not_classified=["75"]), poles={}), RULES)
    assert (score.car_number, score.is_eligible, score.scoring_position, score.points) == ("75", True, None, 0)


def test_cars_behind_one_that_does_not_score_move_up():
    """sporting-rules 2.2: the scoring position is not the class position."""
    facts = RoundFacts(places=places("lmp3", "58", "2", "17"), poles={}, ineligible=frozenset({"58"}))
    found = score_round(facts, RULES)
    assert [(score.car_number, score.scoring_position, score.points) for score in found] == [
        ("2", 1, 25),
        ("17", 2, 18),
        ("58", None, 0),
    ]
    assert [score.is_eligible for score in found] == [True, True, False]


def test_the_pole_is_worth_its_points_also_for_a_car_that_does_not_finish():
    """Car 9 in round 5: on pole, then no lap (sporting-rules 2.5)."""
    facts = RoundFacts(places=places("gt", "88", not_classified=["9"]), poles={"gt": "9"})
    (_, score) = score_round(facts, RULES)
    assert (score.place_points, score.pole_points, score.points) == (0, 1, 1)


def test_a_car_on_pole_that_is_not_in_the_classification_gets_its_points_in_its_class():
    found = score_round(RoundFacts(places=places("gt", "88"), poles={"gt": "43"}), RULES)
    assert [(score.car_number, score.race_class, score.points) for score in found] == [
        ("88", "gt", 25),
        ("43", "gt", 1),
    ]


def test_a_car_that_does_not_score_gets_no_pole_points_and_nobody_inherits_them():
    facts = RoundFacts(places=places("gt", "7", "88"), poles={"gt": "7"}, ineligible=frozenset({"7"}))
    assert points(facts) == {"88": 25, "7": 0}


def test_a_shortened_race_multiplies_the_points_for_places_and_not_those_for_the_pole():
    """sporting-rules 2.6."""
    facts = RoundFacts(places=places("gt", "88", "91", "42"), poles={"gt": "91"}, distance_share=Decimal("0.6"))
    found = score_round(facts, HALF)
    assert [score.points for score in found] == [Decimal("12.5"), 10, Decimal("7.5")]
    assert {score.factor for score in found} == {Decimal("0.5")}


@pytest.mark.parametrize(
    ("rules", "share", "expected"),
    [
        (HALF, "0.749", "0.5"),
        (HALF, "0.75", "1"),
        (HALF, "0", "0.5"),
        (HALF, None, "1"),
        (RULES, "0.1", "1"),
        (replace(HALF, short_race_factor=Decimal(0)), "0.1", "0"),
    ],
)
def test_the_factor_is_for_races_below_the_share(rules, share, expected):
    assert factor(rules, share if share is None else Decimal(share)) == Decimal(expected)


def test_points_are_rounded_half_up_to_hundredths():
    third = replace(HALF, scale=(Decimal(15), Decimal("0.15")), short_race_factor=Decimal("0.333"))
    facts = RoundFacts(places=places("gt", "88", "91"), poles={}, distance_share=Decimal("0.5"))
    assert points(facts, third) == {"88": Decimal("5.00"), "91": Decimal("0.05")}
    exactly_half = replace(third, scale=(Decimal("0.01"),), short_race_factor=Decimal("0.5"))
    assert points(facts, exactly_half)["88"] == Decimal("0.01")


@pytest.mark.parametrize(("joined_round", "expected"), [(None, False), (1, False), (2, True), (5, True)])
def test_a_car_is_late_when_it_joined_after_the_first_round(joined_round, expected):
    assert is_late(joined_round, 1) is expected


@pytest.mark.parametrize(
    ("late", "late_joiners_score", "override", "expected"),
    [
        (False, False, None, True),
        (False, True, None, True),
        (True, True, None, True),
        (True, False, None, False),
        (True, False, True, True),
        (False, True, False, False),
    ],
)
def test_late_cars_score_by_the_rule_of_the_season_unless_officials_decided(
    late, late_joiners_score, override, expected
):
    """sporting-rules 2.3: 2023/24 lets them score, 2022 and 2024/25 did not."""
    assert scores(late, late_joiners_score, override) is expected


@given(rounds(), st.randoms())
def test_the_order_of_the_input_does_not_matter(facts, random):
    shuffled = list(facts.places.items())
    random.shuffle(shuffled)
    assert score_round(replace(facts, places=dict(shuffled)), HALF) == score_round(facts, HALF)


@given(rounds())
def test_every_score_is_the_sum_of_its_parts(facts):
    for score in score_round(facts, HALF):
        assert score.points == score.place_points + score.pole_points
        assert score.scoring_position is None or score.is_eligible


@given(rounds(), st.integers(1, 13))
def test_adding_a_car_that_does_not_score_changes_nobodys_points(facts, place):
    moved = {
        car: (race_class, at + 1 if at is not None and race_class == "gt" and at >= place else at)
        for car, (race_class, at) in facts.places.items()
    }
    more = replace(facts, places=moved | {"99": ("gt", place)}, ineligible=facts.ineligible | {"99"})
    assert points(more, HALF) == points(facts, HALF) | {"99": 0}


@given(rounds())
def test_every_class_gives_out_no_more_than_the_scale_and_the_pole(facts):
    for race_class in ("gt", "lmp2"):
        given_out = [score for score in score_round(facts, RULES) if score.race_class == race_class]
        positions = sorted(score.scoring_position for score in given_out if score.scoring_position)
        assert positions == list(range(1, len(positions) + 1))
        assert sum(score.points for score in given_out) <= sum(SCALE[: len(positions)]) + 1
