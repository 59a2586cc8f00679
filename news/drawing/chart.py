"""The points of a title round by round as a lead picture: the first contenders bright, the others behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from news.drawing.letters import BOLD, HEAVY, INK, MUTED, PLAIN, RULE, SHEET
from news.drawing.marks import Plate
from news.drawing.sheet import Sheet

LEFT, RIGHT, TOP, BOTTOM = 90, 1010, 190, 620
FAINT = "#475363"
PLATE = 76


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A car with its total after each round, from nothing before the first; `is_bright` in colour and with a plate."""

    plate: Plate
    accent: str
    totals: tuple[Decimal, ...]
    is_bright: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fight:
    """A title: its name and what is said below it, the rounds by short names, and the contenders in their order."""

    name: str
    line: str
    rounds: tuple[str, ...]
    contenders: tuple[Contender, ...]


def draw_chart(fight: Fight) -> bytes:
    """The first of the bright contenders has the colour of the class, the others are white."""
    sheet = Sheet()
    highest = max((total for one in fight.contenders for total in one.totals), default=Decimal(1)) or Decimal(1)

    def at(place: int, total: Decimal) -> tuple[float, float]:
        across = (place + 1) / len(fight.rounds)
        return LEFT + (RIGHT - LEFT) * across, BOTTOM - (BOTTOM - TOP) * float(total / highest)

    sheet.write((LEFT, 100), fight.name.upper(), 84, HEAVY)
    sheet.write((LEFT + 2, 150), fight.line, 34, PLAIN, MUTED)
    for place, name in enumerate(fight.rounds):
        x, _ = at(place, Decimal(0))
        sheet.block((x, TOP - 10, x + 1, BOTTOM), RULE)
        sheet.write((x, BOTTOM + 50), name, 30, PLAIN, MUTED, align=0.5, room=(RIGHT - LEFT) / len(fight.rounds) - 12)
    sheet.hairline(LEFT, RIGHT + 190, BOTTOM, FAINT)
    bright = [one for one in fight.contenders if one.is_bright]
    for one in reversed([one for one in fight.contenders if not one.is_bright]):
        sheet.line([(LEFT, BOTTOM), *(at(n, total) for n, total in enumerate(one.totals))], 2, FAINT)
    ends = _spread([at(len(one.totals) - 1, one.totals[-1])[1] for one in bright], PLATE + 10)
    for number, one in reversed(list(enumerate(bright))):
        colour = one.accent if number == 0 else INK
        points = [(LEFT, BOTTOM), *(at(n, total) for n, total in enumerate(one.totals))]
        sheet.line(points, 6, colour)
        for point in points[1:]:
            sheet.dot(point, 9, SHEET)
            sheet.dot(point, 6, colour)
        wide = sheet.plate((RIGHT + 34, ends[number] - PLATE / 2), one.plate, PLATE)
        sheet.write((RIGHT + 34 + wide + 14, ends[number] + 15), _figure(one.totals[-1]), 44, BOLD, colour)
    return sheet.png()


def _figure(total: Decimal) -> str:
    """The total without zeros behind its point: 76, 62.5."""
    return f"{total.normalize():f}"


def _spread(heights: Sequence[float], room: float) -> list[float]:
    """The heights, in their order from the top, moved apart so that each has its room."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + room) if found else height)
    return found
