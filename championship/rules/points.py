"""What a round is worth: scoring positions, the scale, pole points, shortened races."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


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
