"""The lines of a table: who stands where, with how many points, and what separates equals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from django.contrib.humanize.templatetags.humanize import apnumber

from championship.models import Adjustment, Standing
from championship.selectors.standing_cells import RoundCell
from championship.selectors.standing_contenders import (
    Contender,
    contender,
    in_points,
    key_of,
    mentions,
    points_text,
)

PLACES = ("win", *(f"{word} place" for word in "second third fourth fifth sixth seventh eighth ninth".split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLine:
    """One contender in a table. `position` is None when excluded; `behind` counts the points to the first line.

    `cells` has one for each round of the page, none where the page shows no rounds. `separation` says what stands
    between this line and those on equal points, "" when nothing has to. `account` is the sum of the total;
    `is_explained` is False when corrections since then have changed what it is made of.
    """

    contender: Contender
    position: int | None
    is_shared: bool
    points: Decimal
    behind: Decimal
    is_champion: bool
    separation: str
    dropped_rounds: tuple[int, ...]
    cells: tuple[RoundCell, ...] = ()
    adjustments: tuple[str, ...] = ()
    account: str = ""
    is_explained: bool = True

    @property
    def points_text(self) -> str:
        return points_text(self.points)

    @property
    def behind_text(self) -> str:
        """`−12`, "" on the first line and for an excluded contender."""
        return points_text(-self.behind) if self.behind and self.position is not None else ""

    @property
    def changed_cars(self) -> bool:
        """Whether the cells have to say which car it was."""
        return len(self.contender.cars) > 1


def standing_lines(
    rows: Sequence[Standing], season: str, cars: Mapping[str, Sequence[str]] | None = None
) -> tuple[StandingLine, ...]:
    """Shape the rows of one table, in its order, fetched with `entry__team` and `driver`.

    `season` is a slug; `cars` says with which cars each driver scored.
    """
    shaped = [(row, contender(row, season, (cars or {}).get(key_of(row), ()))) for row in rows]
    most = max((row.points for row in rows if row.position is not None), default=Decimal(0))
    separations = _separations(shaped)
    holders = [row.position for row in rows]
    return tuple(
        StandingLine(
            contender=who,
            position=row.position,
            is_shared=row.position is not None and holders.count(row.position) > 1,
            points=row.points,
            behind=most - row.points,
            is_champion=row.is_champion,
            separation=separations.get(who.key, ""),
            dropped_rounds=tuple(int(number) for number in row.dropped_rounds.split(",") if number),
        )
        for row, who in shaped
    )


def accounted(
    line: StandingLine, cells: tuple[RoundCell, ...], adjustments: Iterable[Adjustment]
) -> tuple[tuple[str, ...], str, bool]:
    """(what was taken away and why, the sum in figures, whether it gives the total) of a line with these cells.

    An adjustment has no moment of publication: it is told only where the published total contains it.
    """
    parts = [cell.points for cell in cells if cell.took_part and not cell.is_dropped]
    deductions = [row for row in adjustments if row.kind == Adjustment.Kind.DEDUCTION]
    exclusions = [row for row in adjustments if row.kind == Adjustment.Kind.EXCLUSION and line.position is None]
    taken = [-row.points for row in deductions]
    if sum(parts + taken, Decimal(0)) != line.points:
        deductions, taken = [], []
    figures = " + ".join(points_text(points) for points in parts) or "0"
    figures += "".join(f" {points_text(points).replace('−', '− ')}" for points in taken)
    account = f"{figures} = {line.points_text}" if len(parts) + len(taken) > 1 else ""
    told = [f"{in_points(row.points)} deducted as of round {row.round.number}: {row.reason}" for row in deductions]
    told += [f"Excluded from the title as of round {row.round.number}: {row.reason}" for row in exclusions]
    return tuple(told), account, sum(parts + taken, Decimal(0)) == line.points


def times(count: int, place: int) -> str:
    """How often a place was reached.

    >>> times(1, 1), times(2, 2), times(3, 12)
    ('one win', 'two second places', 'three places 12')
    """
    if place > len(PLACES):
        return f"{apnumber(count)} place{'' if count == 1 else 's'} {place}"
    return f"{apnumber(count)} {PLACES[place - 1]}{'' if count == 1 else 's'}"


def _separations(shaped: Sequence[tuple[Standing, Contender]]) -> dict[str, str]:
    """By contender, what separates it from those on equal points: count-back, or nothing."""
    groups = [list(group) for _, group in groupby(shaped, key=lambda pair: (pair[0].position, pair[0].points))]
    said: dict[str, list[str]] = {who.key: [] for _, who in shaped}
    for group in groups:
        for row, who in group:
            others = [other for _, other in group if other is not who]
            if others and row.position is not None:
                said[who.key].append(f"shares the place with {mentions(others)} on equal points")
    for ahead, behind in pairwise(groups):
        more, less = _count_back(ahead[-1][0])
        first, second = ([one for _, one in group] for group in (ahead, behind))
        for one in first if more else ():
            said[one.key].append(f"ahead of {mentions(second)} on equal points: {more}")
        for one in second if less else ():
            said[one.key].append(f"behind {mentions(first)} on equal points: {less}")
    return {key: _sentence(parts) for key, parts in said.items() if parts}


def _count_back(row: Standing) -> tuple[str, str]:
    """What put a row before the next one, seen from the one and from the other; "" when points did."""
    place, count, other = row.tie_place, row.tie_count, row.tie_other
    if place is None or count is None:
        return "", ""
    fewer = times(other, place) if other else f"no {times(1, place).removeprefix('one ')}"
    against = apnumber(other) if other else "none"
    return f"{times(count, place)} against {against}", f"{fewer} against {apnumber(count)}"


def _sentence(parts: Sequence[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
