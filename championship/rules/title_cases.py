"""Best and worst cases of the contenders for a title: what they have, and what they can still get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from championship.rules.points import ZERO, PointsRules
from championship.rules.standings import TableLine, TableRules, place_key

Merit = tuple[Decimal, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Contenders that share everything.

    `results` are the points of all rounds held, a missed one as 0; `counted` is the sum of those not dropped.
    `to_come` says of each round to be held whether they score in it.
    """

    contenders: tuple[str, ...]
    line: TableLine
    results: tuple[Decimal, ...]
    counted: Decimal
    last_car: str
    to_come: tuple[bool, ...]

    @property
    def scores_next(self) -> bool:
        return any(self.to_come[:1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Future:
    """What remains, in the terms of one title: `remaining` rounds, and who is barred from which round on."""

    rules: TableRules
    points: PointsRules
    remaining: Sequence[int]
    barred: Mapping[str, int]

    @property
    def best_round(self) -> Decimal:
        return self._for_place(1) + self.points.pole_points

    def to_come(self, contender: str) -> tuple[bool, ...]:
        since = self.barred.get(contender)
        return tuple(since is None or number < since for number in self.remaining)

    def best(self, group: Group) -> Merit:
        """Every round to come won from pole."""
        return self.merit(group, wins=sum(group.to_come))

    def after_next(self, group: Group, place: int | None, *, pole: bool, wins: int = 0) -> Merit:
        """The next round ends like this, which is nothing to a contender who does not score in it."""
        return self.merit(group, *[(place, pole)] * group.scores_next, wins=wins)

    def merit(self, group: Group, *results: tuple[int | None, bool], wins: int = 0) -> Merit:
        """Sort key at the end, smaller is better: with `results` (place, on pole) and `wins` from pole added."""
        gained = [self._for_place(place) + (self.points.pole_points if pole else ZERO) for place, pole in results]
        total = self._total(group, [*gained, *[self.best_round] * wins])
        if not self.rules.count_back:
            return -total, ()
        places = [place for place, _ in results if place is not None]
        return -total, place_key([*group.line.places, *places, *[1] * wins])

    def _for_place(self, place: int | None) -> Decimal:
        return self.points.scale[place - 1] if place is not None and place <= len(self.points.scale) else ZERO

    def _total(self, group: Group, gained: Sequence[Decimal]) -> Decimal:
        if not self.rules.dropped_scores:
            return group.line.points + sum(gained)
        rounds = len(group.results) + len(self.remaining)
        counted = rounds - max(0, min(self.rules.dropped_scores, rounds - 1))
        best = sorted((*group.results, *gained), reverse=True)[:counted]
        return group.line.points - group.counted + sum(best)
