"""Tables of a title after each round: totals, count-back, dead heats, adjustments, dropped scores."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ContenderScore:
    """What a contender got in one round. `place` is the scoring position (None when not classified or not eligible).

    `contender` is any key: a car number, or a driver's slug. A driver has one per round that he or she drove.
    """

    contender: str
    round: int
    points: Decimal
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAdjustment:
    """Points taken away from `round` on, or (points None) an exclusion from the title."""

    contender: str
    round: int
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRules:
    """`count_back` off: equal points share the place. `dropped_scores`: how many worst rounds do not count."""

    count_back: bool = True
    dropped_scores: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak:
    """Why a line stands before the next one on equal points: `place` was reached `count` times against `other`."""

    place: int
    count: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """One line of a table. `position` is shared in a dead heat, None when excluded.

    `tie_break` says why it stands before the next line, None when points say so or nothing does. `places` are all
    places of the rounds so far, sorted; they are what count-back compares.
    """

    contender: str
    position: int | None
    points: Decimal
    dropped_rounds: tuple[int, ...]
    tie_break: TieBreak | None
    places: tuple[int, ...]
