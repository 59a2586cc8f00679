"""Lead pictures of number plates and letters: an entry list, some cars, what the titles bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from news.drawing.letters import BOLD, HEAVY, MUTED, PLAIN, RULE
from news.drawing.marks import WIDE, Plate
from news.drawing.sheet import HEIGHT, WIDTH, Sheet

MARGIN, GAP = 40, 12
# The largest plate of few cars.
LARGEST = 226.0


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
    """Few cars side by side, each with a large plate, below a heading if there is one.

    They stand inside the square in the middle, so that nothing is lost where a page cuts the picture to one.
    """
    sheet = Sheet()
    room = HEIGHT - 2 * GAP
    width = min(LARGEST, (room + GAP) / len(cards) - GAP)
    height = min(width, LARGEST)
    left = (WIDTH - len(cards) * (width + GAP) + GAP) / 2
    top = (HEIGHT - height) / 2 + (20 if heading else -40)
    names = sheet.size_for([card.name for card in cards], 38, BOLD, width - 8)
    models = sheet.size_for([card.line for card in cards], 30, PLAIN, width - 8)
    sheet.write((WIDTH / 2, top - 52), heading.upper(), 124, HEAVY, align=0.5, room=room)
    for place, card in enumerate(cards):
        at = left + place * (width + GAP)
        sheet.plate((at, top), card.plate, height, width)
        sheet.write((at + 4, top + height + 46), card.name, names, BOLD)
        sheet.write((at + 4, top + height + 82), card.line, models, PLAIN, MUTED)
    sheet.bar([card.plate.colour for card in cards])
    return sheet.png()


def draw_prizes(prizes: Sequence[Prize]) -> bytes:
    """A row for each class: its name on its colour, and the race that its title leads to."""
    sheet = Sheet()
    row = HEIGHT / len(prizes)
    for place, prize in enumerate(prizes):
        top, middle = row * place, row * (place + 0.5)
        sheet.block((0, top, 300, top + row), prize.colour)
        sheet.write((150, middle + 38), prize.race_class_name, 108, HEAVY, prize.ink, align=0.5, room=260)
        if place:
            sheet.hairline(300, WIDTH, top)
        baseline = middle - 38 * (len(prize.race) - 1) + 12
        for number, line in enumerate(prize.race):
            sheet.write((336, baseline + 76 * number), line.upper(), 84, HEAVY, room=560)
        sheet.write((338, baseline + 76 * len(prize.race) - 30), prize.line, 30, PLAIN, MUTED, room=372)
        sheet.write((WIDTH - 60, middle + 42), prize.year, 120, HEAVY, RULE, align=1)
    return sheet.png()
