"""The picture that other sites show beside a link to a story: drawn from its words and the plates of its cars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from news.drawing.letters import BAND, BOLD, HEAVY, INK, MUTED, PLAIN, RULE, Type, width_of, write
from news.drawing.marks import Plate, draw_plate, letter_mark

# Raise it with every change of the drawing, so that it gets a new address.
EDITION = 1
WIDTH, HEIGHT = 1200, 630
MARGIN = 64
HEADLINE_SIZES = (116, 104, 92, 82, 74, 66, 58, 52)
HEADLINE_TOP, HEADLINE_BOTTOM = 150, 470
LINE_HEIGHT = 0.94
PLATE = 84
BAR = 14


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What the picture says; `bars` are the colours below, those of the plates where none are given."""

    headline: str
    label: str
    day: str
    plates: tuple[Plate, ...]
    bars: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def draw(card: ShareCard) -> bytes:
    """The picture as PNG, 1200 by 630 pixels. The same card is drawn once per process."""
    image = Image.new("RGB", (WIDTH, HEIGHT), BAND)
    pen = ImageDraw.Draw(image)
    _wordmark(image, pen)
    _headline(pen, card.headline.upper())
    _foot(pen, card)
    _bars(pen, card.bars or [plate.colour for plate in card.plates])
    file = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def lines_of(text: str, size: int, room: int) -> list[str]:
    """The words of a text in lines no wider than `room` pixels; a word that is wider is cut."""
    lines: list[str] = []
    for word in (piece for whole in text.split() for piece in _pieces(whole, size, room)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, HEAVY) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, size: int, room: int) -> Iterator[str]:
    while len(word) > 1 and width_of(word, size, HEAVY) > room:
        end = len(word) - 1
        while end > 1 and width_of(word[:end], size, HEAVY) > room:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word


def _wordmark(image: Image.Image, pen: ImageDraw.ImageDraw) -> None:
    left, top, size = MARGIN, 56, 46
    image.paste(INK, (left, top), letter_mark(size))
    write(pen, (left + 60, top + 38), "ASIAN LE MANS SERIES", Type(38, BOLD, INK))


def _headline(pen: ImageDraw.ImageDraw, text: str) -> None:
    """As large as can be: in its room, and if possible with no word cut."""
    room, height = WIDTH - 2 * MARGIN, HEADLINE_BOTTOM - HEADLINE_TOP
    longest = max(text.split(), key=len, default="")
    for size in HEADLINE_SIZES:
        lines = lines_of(text, size, room)
        if len(lines) * size * LINE_HEIGHT <= height and width_of(longest, size, HEAVY) <= room:
            break
    for row, line in enumerate(lines):
        baseline = HEADLINE_TOP + round(size * (0.82 + row * LINE_HEIGHT))
        write(pen, (MARGIN, baseline), line, Type(size, HEAVY, INK))


def _foot(pen: ImageDraw.ImageDraw, card: ShareCard) -> None:
    top = HEIGHT - BAR - 40 - PLATE
    left = MARGIN
    for plate in card.plates:
        left += draw_plate(pen, (left, top), plate, PLATE) + 14
    words = "  ·  ".join(word for word in (card.label, card.day) if word)
    width = round(width_of(words, 30, PLAIN))
    write(pen, (WIDTH - MARGIN - width if card.plates else MARGIN, top + PLATE - 14), words, Type(30, PLAIN, MUTED))


def _bars(pen: ImageDraw.ImageDraw, classes: Sequence[str]) -> None:
    """One bar below in the colours of the classes, in equal parts; a hairline's grey without any."""
    colours = list(dict.fromkeys(classes)) or [RULE]
    for place, colour in enumerate(colours):
        left, right = (round(WIDTH * part / len(colours)) for part in (place, place + 1))
        pen.rectangle((left, HEIGHT - BAR, right, HEIGHT), fill=colour)
