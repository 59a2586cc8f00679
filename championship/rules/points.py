"""What a round is worth: scoring positions, the scale, pole points, shortened races."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from championship.rules.names import car_number_key

ZERO = Decimal(0)
ONE = Decimal(1)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRules:
    """How a season scores. `scale[0]` is for the first place; a place beyond the scale scores nothing.

    A race that covered less than `short_race_share` of its distance pays `short_race_factor` of the scale;
    None for both when the season knows no such rule.
    """

    scale: tuple[Decimal, ...]
    pole_points: Decimal
    short_race_share: Decimal | None = None
    short_race_factor: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """What one round's points follow from.

    `places` maps each car in the classification to (class, class position or None); `poles` maps a class to the car
    on pole; `ineligible` holds the cars that are classified but do not score; `distance_share` None means all of it.
    """

    places: Mapping[str, tuple[str, int | None]]
    poles: Mapping[str, str]
    ineligible: frozenset[str] = frozenset()
    distance_share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundScore:
    """What one car gets for one round: points = place_points + pole_points, place_points = scale_points x factor."""

    car_number: str
    race_class: str
    is_eligible: bool
    scoring_position: int | None
    scale_points: Decimal
    factor: Decimal
    place_points: Decimal
    pole_points: Decimal
    points: Decimal


def factor(rules: PointsRules, distance_share: Decimal | None) -> Decimal:
    """What the points for places are multiplied by in a race that covered `distance_share` of its distance (2.6).

    >>> half = PointsRules(scale=(), pole_points=ONE, short_race_share=Decimal("0.7"), short_race_factor=Decimal("0.5"))
    >>> factor(half, Decimal("0.699")), factor(half, Decimal("0.7")), factor(half, None)
    (Decimal('0.5'), Decimal('1'), Decimal('1'))
    """
    if distance_share is None or rules.short_race_share is None or rules.short_race_factor is None:
        return ONE
    return rules.short_race_factor if distance_share < rules.short_race_share else ONE


def is_late(joined_round: int | None, first_round: int) -> bool:
    """Whether a car joined during the season (sporting-rules 2.3). `joined_round` None: it has not raced yet."""
    return joined_round is not None and joined_round > first_round


def scores(late: bool, late_joiners_score: bool, override: bool | None) -> bool:
    """Whether a car scores: what officials decided for it, else the season's rule for late cars (2.3)."""
    if override is not None:
        return override
    return late_joiners_score or not late


def score_round(facts: RoundFacts, rules: PointsRules) -> tuple[RoundScore, ...]:
    """What every car gets for the round, by class and place (sporting-rules 2.1 to 2.6).

    One score per car of the classification, and one for a car on pole that is not in it. Cars without a scoring
    position come last in their class, by number.
    """
    multiplier = factor(rules, facts.distance_share)
    positions = _scoring_positions(facts)
    classes = {car: race_class for car, (race_class, _) in facts.places.items()}
    for race_class, car in facts.poles.items():
        classes.setdefault(car, race_class)
    found = []
    for car_number, race_class in classes.items():
        is_eligible = car_number not in facts.ineligible
        position = positions.get(car_number)
        scale_points = rules.scale[position - 1] if position and position <= len(rules.scale) else ZERO
        place_points = (scale_points * multiplier).quantize(CENT, ROUND_HALF_UP)
        on_pole = is_eligible and facts.poles.get(race_class) == car_number
        pole_points = rules.pole_points if on_pole else ZERO
        found.append(
            RoundScore(
                car_number=car_number,
                race_class=race_class,
                is_eligible=is_eligible,
                scoring_position=position,
                scale_points=scale_points,
                factor=multiplier,
                place_points=place_points,
                pole_points=pole_points,
                points=place_points + pole_points,
            )
        )
    return tuple(sorted(found, key=_by_class_and_place))


def _scoring_positions(facts: RoundFacts) -> dict[str, int]:
    """The classified cars that score, counted anew from 1 in each class: also beyond the scale (2.2)."""
    in_order = sorted(
        (race_class, place, car)
        for car, (race_class, place) in facts.places.items()
        if place is not None and car not in facts.ineligible
    )
    counted: Counter[str] = Counter()
    positions = {}
    for race_class, _, car in in_order:
        counted[race_class] += 1
        positions[car] = counted[race_class]
    return positions


def _by_class_and_place(score: RoundScore) -> tuple[str, bool, int, tuple[int, str]]:
    position = score.scoring_position
    return score.race_class, position is None, position or 0, car_number_key(score.car_number)
