"""The totals of a title round by round as a drawing: coordinates for an SVG that the page writes itself.

Across, everything is a share of the width, so that letters keep their size on a phone; down, it is pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from championship.models import Standing
from championship.selectors.standing_contenders import Contender, key_of, points_text
from championship.selectors.standing_lines import StandingLine
from championship.selectors.standing_rounds import RoundHead
from championship.selectors.text import counted, series

# So many lines have a mark and a label of their own; the others are drawn faintly behind them.
MARKED = 6
LEFT, RIGHT = 7.0, 80.0
TOP, BOTTOM = 12, 260
LABEL_HEIGHT = 16
MOST_STEPS = 6
STEPS = (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """`x` is text such as "7.0%", `y` is pixels."""

    x: str
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """One line: a contender, or drivers who had the same points after every round.

    `mark` is the number of its marker and its dashes, from 1; 0 for a faint one. `label` stands at `label_y`, beside
    the line's end.
    """

    mark: int
    label: str
    names: str
    points_text: str
    points: tuple[Point, ...]
    label_y: int

    @property
    def segments(self) -> tuple[tuple[Point, Point], ...]:
        return tuple(pairwise(self.points))

    @property
    def end(self) -> Point:
        return self.points[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    label: str
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    label: str
    x: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`faint` are drawn first; `summary` says in a sentence what the drawing shows."""

    faint: tuple[ChartLine, ...]
    marked: tuple[ChartLine, ...]
    ticks: tuple[Tick, ...]
    columns: tuple[Column, ...]
    summary: str


def chart(
    lines: Sequence[StandingLine], by_round: Mapping[int, Sequence[Standing]], heads: Sequence[RoundHead]
) -> Chart | None:
    """The totals of `lines`, in their order, after every round of `by_round`; None for fewer than two rounds."""
    numbers = sorted(by_round)
    if len(numbers) < 2:
        return None
    totals = {number: {key_of(row): row.points for row in by_round[number]} for number in numbers}
    groups: dict[tuple[Decimal, ...], list[Contender]] = {}
    for line in lines:
        history = tuple(totals[number].get(line.contender.key, Decimal(0)) for number in numbers)
        groups.setdefault(history, []).append(line.contender)
    ticks = _ticks([total for history in groups for total in history])
    heights = {history: [_y(total, ticks) for total in history] for history in groups}
    across = [_x(index, len(numbers)) for index in range(len(numbers))]
    # From the top down: an excluded contender stands last in the table, with however many points.
    marked = sorted(list(groups)[:MARKED], key=lambda history: heights[history][-1])
    labels = dict(zip(marked, _spread([heights[history][-1] for history in marked]), strict=True))
    marks = {history: number for number, history in enumerate(list(groups)[:MARKED], start=1)}
    drawn = {
        history: ChartLine(
            mark=marks.get(history, 0),
            label=_label(members),
            names=series([one.name for one in members]),
            points_text=points_text(history[-1]),
            points=tuple(Point(x=x, y=y) for x, y in zip(across, heights[history], strict=True)),
            label_y=labels.get(history, 0),
        )
        for history, members in groups.items()
    }
    short = {head.number: head.short_name for head in heads}
    return Chart(
        faint=tuple(line for line in drawn.values() if not line.mark),
        marked=tuple(line for line in drawn.values() if line.mark),
        ticks=tuple(Tick(label=points_text(Decimal(value)), y=_y(Decimal(value), ticks)) for value in ticks),
        columns=tuple(Column(label=f"R{n} {short[n]}", x=x) for n, x in zip(numbers, across, strict=True)),
        summary=_summary(drawn.values(), len(numbers)),
    )


def _label(members: Sequence[Contender]) -> str:
    """As short as can be at the end of a line: the car's number, or a name."""
    cars = {one.cars for one in members}
    if len(cars) == 1 and len(members[0].cars) == 1:
        return f"No. {members[0].cars[0]}"
    more = f" +{len(members) - 1}" if len(members) > 1 else ""
    return f"{members[0].short_name}{more}"


def _summary(lines: Sequence[ChartLine], rounds: int) -> str:
    first = next(iter(lines))
    return f"Points after each of {counted(rounds, 'round')}. {first.names}: {first.points_text} at the end."


def _ticks(totals: Sequence[Decimal]) -> list[int]:
    """Round numbers from the lowest total, at most 0, to above the highest."""
    low, high = int(min(0, *totals)), int(max(1, *totals)) + 1
    step = next((step for step in STEPS if (high - low) / step <= MOST_STEPS), STEPS[-1])
    return list(range(low // step * step, -(-high // step) * step + 1, step))


def _y(total: Decimal, ticks: Sequence[int]) -> int:
    return round(BOTTOM - (total - ticks[0]) * (BOTTOM - TOP) / (ticks[-1] - ticks[0]))


def _x(index: int, columns: int) -> str:
    return f"{LEFT + (RIGHT - LEFT) * index / (columns - 1):.1f}%"


def _spread(heights: Sequence[int]) -> list[int]:
    """Heights of labels near `heights`, far enough apart to be read; they come from the top down."""
    placed: list[int] = []
    for height in heights:
        placed.append(max(height, placed[-1] + LABEL_HEIGHT if placed else TOP))
    lowest = BOTTOM
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], lowest)
        lowest = placed[index] - LABEL_HEIGHT
    return placed
