"""Lead pictures of number plates and letters: an entry list, some cars, what the titles bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from news.drawing.letters import BOLD, HEAVY, MUTED, PLAIN, RULE
from news.drawing.marks import WIDE, Plate
from news.drawing.sheet import HEIGHT, WIDTH, Sheet

MARGIN, GAP = 40, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A car with what is said below its plate: its team, and a line in small letters."""

    plate: Plate
    name: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """What a class drives for: its colours, the race in one or two lines, its year, and how one gets there."""

    race_class_name: str
    colour: str
    ink: str
    race: tuple[str, ...]
    year: str
    line: str


def draw_entry_list(plates: Sequence[Plate]) -> bytes:
    """Every car as a plate, in rows that fill the sheet; the letter of the series stands where a place is left."""
    sheet = Sheet()
    columns = max(1, ceil(sqrt(len(plates) * WIDTH / HEIGHT / WIDE)))
    rows = ceil(len(plates) / columns)
    width = (WIDTH - 2 * MARGIN - GAP * (columns - 1)) / columns
    height = min(width / WIDE, (HEIGHT - 2 * MARGIN - GAP * (rows - 1)) / rows)
    top = (HEIGHT - rows * height - GAP * (rows - 1)) / 2
    for place in range(columns * rows):
        at = MARGIN + place % columns * (width + GAP), top + place // columns * (height + GAP)
        if place < len(plates):
            sheet.plate(at, plates[place], height, width)
        else:
            size = height * 0.62
            sheet.mark((at[0] + (width - size) / 2, at[1] + (height - size) / 2), size, RULE)
    return sheet.png()


def draw_cars(cards: Sequence[Card], *, heading: str) -> bytes:
    """Few cars side by side, each with a large plate, below a heading if there is one."""
    sheet = Sheet()
    width = min(290.0, (WIDTH - 2 * MARGIN) / len(cards) - 24)
    height = width / WIDE
    left = (WIDTH - len(cards) * width - 24 * (len(cards) - 1)) / 2
    top = (HEIGHT - height) / 2 + (30 if heading else -40)
    sheet.write((left, top - 56), heading.upper(), 112, HEAVY, room=WIDTH - 2 * left)
    for place, card in enumerate(cards):
        at = left + place * (width + 24)
        sheet.plate((at, top), card.plate, height, width)
        sheet.write((at, top + height + 54), card.name, 38, BOLD, room=width)
        sheet.write((at, top + height + 98), card.line, 30, PLAIN, MUTED, room=width)
    sheet.bar([card.plate.colour for card in cards])
    return sheet.png()


def draw_prizes(prizes: Sequence[Prize]) -> bytes:
    """A row for each class: its name on its colour, and the race that its title leads to."""
    sheet = Sheet()
    row = HEIGHT / len(prizes)
    for place, prize in enumerate(prizes):
        top, middle = row * place, row * (place + 0.5)
        sheet.block((0, top, 330, top + row), prize.colour)
        sheet.write((165, middle + 38), prize.race_class_name, 108, HEAVY, prize.ink, align=0.5, room=290)
        if place:
            sheet.hairline(330, WIDTH, top)
        baseline = middle - 38 * (len(prize.race) - 1) + 12
        for number, line in enumerate(prize.race):
            sheet.write((372, baseline + 76 * number), line.upper(), 84, HEAVY, room=560)
        sheet.write((375, baseline + 76 * len(prize.race) - 30), prize.line, 32, PLAIN, MUTED, room=560)
        sheet.write((WIDTH - 60, middle + 42), prize.year, 120, HEAVY, RULE, align=1)
    return sheet.png()
