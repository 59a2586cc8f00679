"""Tables of a title after each round: totals, count-back, dead heats, adjustments, dropped scores."""

import sys
from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby, zip_longest

from championship.rules.names import CAR_NUMBER, car_number_key

ZERO = Decimal(0)
NO_MORE_PLACES = sys.maxsize


@dataclass(frozen=True, slots=True, kw_only=True)
class ContenderScore:
    """What a contender got in one round. `place` is the scoring position (None when not classified or not eligible).

    `contender` is any key: a car number, or a driver's slug. A driver has one per round that he or she drove;
    `car_number` says in which car, where crews have to be told apart (title fights).
    """

    contender: str
    round: int
    points: Decimal
    place: int | None
    car_number: str = ""


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


@dataclass(slots=True)
class _Tally:
    """What a contender has so far, filled round by round."""

    contender: str
    by_round: dict[int, Decimal] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    deducted: Decimal = ZERO
    is_excluded: bool = False


def table(
    scores: Iterable[ContenderScore], adjustments: Iterable[TableAdjustment], rules: TableRules, *, after: int
) -> tuple[TableLine, ...]:
    """The table after round `after`, best first (sporting-rules 3.1 to 3.7).

    Later scores and adjustments are left out. Everybody with a score or an adjustment so far has a line, also
    without points; excluded contenders come last.
    """
    return history(scores, adjustments, rules, [after])[after]


def history(
    scores: Iterable[ContenderScore], adjustments: Iterable[TableAdjustment], rules: TableRules, rounds: Sequence[int]
) -> dict[int, tuple[TableLine, ...]]:
    """`table` after each of `rounds`, in one pass over the scores."""
    waiting_scores = sorted(scores, key=lambda score: score.round, reverse=True)
    waiting_adjustments = sorted(adjustments, key=lambda adjustment: adjustment.round, reverse=True)
    tallies: dict[str, _Tally] = {}
    held: set[int] = set()
    found = {}
    for after in sorted(rounds):
        while waiting_scores and waiting_scores[-1].round <= after:
            score = waiting_scores.pop()
            held.add(score.round)
            _count(tallies.setdefault(score.contender, _Tally(score.contender)), score)
        while waiting_adjustments and waiting_adjustments[-1].round <= after:
            adjustment = waiting_adjustments.pop()
            _adjust(tallies.setdefault(adjustment.contender, _Tally(adjustment.contender)), adjustment)
        found[after] = _lines(tallies.values(), sorted(held), rules)
    return found


def place_key(places: Iterable[int]) -> tuple[int, ...]:
    """Sort key of count-back, best first: most wins, then most second places, and so on (sporting-rules 3.3).

    >>> place_key([1, 4]) < place_key([1]) < place_key([2, 2])
    True
    """
    return (*sorted(places), NO_MORE_PLACES)


def contender_key(contender: str) -> tuple[int, str]:
    """Order of contenders that nothing separates: cars by number, drivers by slug."""
    return car_number_key(contender) if CAR_NUMBER.fullmatch(contender) else (0, contender)


def dropped_rounds(by_round: Mapping[int, Decimal], held: Sequence[int], rules: TableRules) -> tuple[int, ...]:
    """Which of the rounds `held` do not count for a contender with these points (sporting-rules 3.6).

    A round that the contender missed is worth nothing and is dropped first. One round always counts. Of equal
    rounds the later one is dropped.
    """
    how_many = max(0, min(rules.dropped_scores, len(held) - 1))
    if not how_many:
        return ()
    worst_first = sorted(held, key=lambda number: (by_round.get(number, ZERO), number in by_round, -number))
    return tuple(sorted(worst_first[:how_many]))


def _count(tally: _Tally, score: ContenderScore) -> None:
    tally.by_round[score.round] = tally.by_round.get(score.round, ZERO) + score.points
    if score.place is not None:
        insort(tally.places, score.place)


def _adjust(tally: _Tally, adjustment: TableAdjustment) -> None:
    if adjustment.points is None:
        tally.is_excluded = True
    else:
        tally.deducted += adjustment.points


def _lines(tallies: Iterable[_Tally], held: Sequence[int], rules: TableRules) -> tuple[TableLine, ...]:
    totals = []
    for tally in tallies:
        dropped = dropped_rounds(tally.by_round, held, rules)
        counted = sum((points for number, points in tally.by_round.items() if number not in dropped), ZERO)
        totals.append((tally, dropped, counted - tally.deducted))

    def merit(total: tuple[_Tally, tuple[int, ...], Decimal]) -> tuple[bool, Decimal, tuple[int, ...]]:
        tally, _, points = total
        return tally.is_excluded, -points, place_key(tally.places) if rules.count_back else ()

    totals.sort(key=lambda total: (*merit(total), contender_key(total[0].contender)))
    lines: list[TableLine] = []
    for _, group in groupby(totals, key=merit):
        position = len(lines) + 1
        for tally, dropped, points in group:
            lines.append(
                TableLine(
                    contender=tally.contender,
                    position=None if tally.is_excluded else position,
                    points=points,
                    dropped_rounds=dropped,
                    tie_break=None,
                    places=tuple(tally.places),
                )
            )
    return tuple(
        replace(line, tie_break=_tie_break(line, following)) for line, following in zip_longest(lines, lines[1:])
    )


def _tie_break(line: TableLine, following: TableLine | None) -> TieBreak | None:
    """Which place separates two lines next to each other on equal points; None where none does or none has to."""
    if following is None or following.position in {None, line.position} or line.points != following.points:
        return None
    pairs = zip_longest(line.places, following.places, fillvalue=NO_MORE_PLACES)
    place = next(own for own, other in pairs if own != other)
    return TieBreak(place=place, count=line.places.count(place), other=following.places.count(place))
