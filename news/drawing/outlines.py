"""Circuits as lead pictures: one large, or several in the order of the calendar."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from news.drawing.letters import HEAVY, INK, MUTED, PLAIN, RULE
from news.drawing.sheet import HEIGHT, WIDTH, Point, Sheet

# Into how many straight pieces a curve is cut.
PIECES = 24
# How many numbers each command of a path takes for one step.
STEPS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "S": 4, "C": 6, "Z": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Where an event is: `outline` is SVG path data in a box of 200 by 140, `line` stands below the name.

    `figure` says in large letters what happens there, such as its rounds; "" for nothing.
    """

    name: str
    outline: str
    line: str
    figure: str = ""


def draw_venue(venue: Venue) -> bytes:
    """One circuit, large, above its name."""
    sheet = Sheet()
    points = points_of(venue.outline)
    # The same circuit far larger behind it, beyond the edges of the sheet.
    sheet.line(_placed(points, (WIDTH / 2, HEIGHT / 2), (1500, 1050)), 1.5, RULE)
    _circuit(sheet, points, (WIDTH / 2, 258), (640, 400), 7)
    sheet.write((WIDTH / 2, 600), venue.name.upper(), 132, HEAVY, align=0.5, room=WIDTH - 120)
    sheet.write((WIDTH / 2, 658), venue.line, 36, PLAIN, MUTED, align=0.5, room=WIDTH - 120)
    return sheet.png()


def draw_calendar(venues: Sequence[Venue]) -> bytes:
    """Circuits one below the other with what happens there, the first on top."""
    sheet = Sheet()
    row = HEIGHT / len(venues)
    for place, venue in enumerate(venues):
        top = row * place
        if place:
            sheet.hairline(0, WIDTH, top)
        _circuit(sheet, points_of(venue.outline), (158, top + row / 2), (250, row * 0.76), 4.5)
        sheet.write((316, top + row / 2 + 20), venue.name.upper(), 92, HEAVY, room=600)
        sheet.write((319, top + row / 2 + 70), venue.line, 36, PLAIN, MUTED, room=600)
        sheet.write((WIDTH - 60, top + row / 2 + 42), venue.figure, 120, HEAVY, RULE, align=1)
    return sheet.png()


def points_of(outline: str) -> list[Point]:
    """The corners of a path that is drawn in straight pieces; curves are cut into short ones."""
    points: list[Point] = []
    control: Point | None = None
    for command, numbers in _steps(outline):
        here = points[-1] if points else (0.0, 0.0)
        pairs = [(numbers[i], numbers[i + 1]) for i in range(0, len(numbers) - 1, 2)]
        if command == "Z":
            points.append(points[0])
        elif command in "HV":
            points.append((numbers[0], here[1]) if command == "H" else (here[0], numbers[0]))
        elif command in "ML":
            points.append(pairs[0])
        else:
            if command == "Q":
                bends = [_between(here, pairs[0], 2 / 3), _between(pairs[1], pairs[0], 2 / 3)]
            elif command == "S":
                bends = [_mirrored(control, here), pairs[0]]
            else:
                bends = pairs[:2]
            points += _curve(here, bends[0], bends[1], pairs[-1])
            control = bends[1]
            continue
        control = None
    return points


def _steps(outline: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with the numbers of one step; further steps of the same command need not name it again."""
    for command, text in re.findall(r"([MLCQSHVZ])([^MLCQSHVZ]*)", outline):
        numbers = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+", text)]
        length = STEPS[command]
        if not length:
            yield command, []
            continue
        for start in range(0, len(numbers) - length + 1, length):
            yield command, numbers[start : start + length]


def _curve(start: Point, one: Point, two: Point, end: Point) -> Iterator[Point]:
    for piece in range(1, PIECES + 1):
        t = piece / PIECES
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        yield (
            a * start[0] + b * one[0] + c * two[0] + d * end[0],
            a * start[1] + b * one[1] + c * two[1] + d * end[1],
        )


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _mirrored(control: Point | None, here: Point) -> Point:
    return (2 * here[0] - control[0], 2 * here[1] - control[1]) if control else here


def _placed(points: Sequence[Point], centre: Point, room: tuple[float, float]) -> list[Point]:
    """Points as large as fits into a room around `centre`."""
    xs, ys = [x for x, _ in points] or [0], [y for _, y in points] or [0]
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    scale = min(room[0] / (wide or 1), room[1] / (high or 1))
    return [(centre[0] + (x - left - wide / 2) * scale, centre[1] + (y - top - high / 2) * scale) for x, y in points]


def _circuit(sheet: Sheet, points: Sequence[Point], centre: Point, room: tuple[float, float], stroke: float) -> None:
    """A circuit in a room (width, height), with its start line: a short piece across the way."""
    if len(points) < 2:
        return
    placed = _placed(points, centre, room)
    sheet.line(placed, stroke, INK)
    (x, y), (next_x, next_y) = placed[0], placed[1]
    length = ((next_x - x) ** 2 + (next_y - y) ** 2) ** 0.5 or 1
    across = (-(next_y - y) / length * stroke * 2.2, (next_x - x) / length * stroke * 2.2)
    sheet.line([(x - across[0], y - across[1]), (x + across[0], y + across[1])], stroke * 0.6, INK)
