"""The picture that other sites show beside a link to a story: drawn from its words and the plates of its cars, pure.

The letters are the site's own typeface; Pillow's FreeType reads the files of the browser (WOFF2) as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

# Raise it with every change of the drawing, so that it gets a new address.
EDITION = 1
WIDTH, HEIGHT = 1200, 630
MARGIN = 64
BAND, INK, MUTED, RULE = "#0e1116", "#f2f5f9", "#a9b4c2", "#303947"
FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
# Weight and width of the typeface's axes.
HEAVY, BOLD, SMALL, PLAIN = (880, 64), (800, 66), (750, 80), (600, 88)
HEADLINE_SIZES = (116, 104, 92, 82, 74, 66, 58, 52)
HEADLINE_TOP, HEADLINE_BOTTOM = 150, 470
LINE_HEIGHT = 0.94
PLATE = 84
BAR = 14


@dataclass(frozen=True, slots=True)
class SharePlate:
    """A plate in the colours of its class, `#RRGGBB`."""

    car_number: str
    race_class_name: str
    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What the picture says."""

    headline: str
    label: str
    day: str
    plates: tuple[SharePlate, ...]


@dataclass(frozen=True, slots=True)
class Type:
    """How letters look: pixels, weight and width of the typeface, `#RRGGBB`."""

    size: int
    axes: tuple[int, int]
    colour: str


@lru_cache(maxsize=64)
def draw(card: ShareCard) -> bytes:
    """The picture as PNG, 1200 by 630 pixels. The same card is drawn once per process."""
    image = Image.new("RGB", (WIDTH, HEIGHT), BAND)
    pen = ImageDraw.Draw(image)
    _wordmark(image, pen)
    _headline(pen, card.headline.upper())
    _foot(pen, card)
    _bars(pen, card.plates)
    file = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def lines_of(text: str, size: int, room: int) -> list[str]:
    """The words of a text in lines no wider than `room` pixels; a word that is wider is cut."""
    lines: list[str] = []
    for word in (piece for whole in text.split() for piece in _pieces(whole, size, room)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size, HEAVY) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, size: int, room: int) -> Iterator[str]:
    while len(word) > 1 and _width(word, size, HEAVY) > room:
        end = len(word) - 1
        while end > 1 and _width(word[:end], size, HEAVY) > room:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word


def _wordmark(image: Image.Image, pen: ImageDraw.ImageDraw) -> None:
    left, top, size, finer = MARGIN, 56, 46, 4
    # Drawn larger and scaled down: Pillow smooths no edges of its own.
    mark = Image.new("L", (size * finer, size * finer))
    mark_pen, scale = ImageDraw.Draw(mark), size * finer / 26
    outline = [(0, 26), (9.7, 0), (16.3, 0), (26, 26), (19.8, 26), (13, 6.6), (6.2, 26)]
    mark_pen.polygon([(x * scale, y * scale) for x, y in outline], fill=255)
    for x, y in ((13, 14.6), (10.8, 21), (15.2, 21)):
        mark_pen.circle((x * scale, y * scale), 2 * scale, fill=255)
    image.paste(INK, (left, top), mark.resize((size, size), Image.Resampling.LANCZOS))
    _write(pen, (left + 60, top + 38), "ASIAN LE MANS SERIES", Type(38, BOLD, INK))


def _headline(pen: ImageDraw.ImageDraw, text: str) -> None:
    """As large as can be: in its room, and if possible with no word cut."""
    room, height = WIDTH - 2 * MARGIN, HEADLINE_BOTTOM - HEADLINE_TOP
    longest = max(text.split(), key=len, default="")
    for size in HEADLINE_SIZES:
        lines = lines_of(text, size, room)
        if len(lines) * size * LINE_HEIGHT <= height and _width(longest, size, HEAVY) <= room:
            break
    for row, line in enumerate(lines):
        baseline = HEADLINE_TOP + round(size * (0.82 + row * LINE_HEIGHT))
        _write(pen, (MARGIN, baseline), line, Type(size, HEAVY, INK))


def _foot(pen: ImageDraw.ImageDraw, card: ShareCard) -> None:
    top = HEIGHT - BAR - 40 - PLATE
    left = MARGIN
    for plate in card.plates:
        left += _plate(pen, (left, top), plate) + 14
    words = "  ·  ".join(word for word in (card.label, card.day) if word)
    width = round(_width(words, 30, PLAIN))
    _write(pen, (WIDTH - MARGIN - width if card.plates else MARGIN, top + PLATE - 14), words, Type(30, PLAIN, MUTED))


def _plate(pen: ImageDraw.ImageDraw, corner: tuple[int, int], plate: SharePlate) -> int:
    """Draw a plate with its top left corner there; returns its width."""
    left, top = corner
    number, letters = round(PLATE * 0.66), round(PLATE * 0.25)
    width = max(round(PLATE * 1.28), round(_width(plate.car_number, number, HEAVY)) + 28)
    pen.rounded_rectangle((left, top, left + width, top + PLATE), 7, fill=plate.colour)
    for text, size, axes, baseline in (
        (plate.car_number, number, HEAVY, round(PLATE * 0.58)),
        (plate.race_class_name, letters, SMALL, round(PLATE * 0.88)),
    ):
        middle = left + (width - _width(text, size, axes)) / 2
        _write(pen, (round(middle), top + baseline), text, Type(size, axes, plate.ink))
    return width


def _bars(pen: ImageDraw.ImageDraw, plates: Sequence[SharePlate]) -> None:
    """One bar below in the colours of the classes, in equal parts; a hairline's grey without any."""
    colours = list(dict.fromkeys(plate.colour for plate in plates)) or [RULE]
    for place, colour in enumerate(colours):
        left, right = (round(WIDTH * part / len(colours)) for part in (place, place + 1))
        pen.rectangle((left, HEIGHT - BAR, right, HEIGHT), fill=colour)


# --- letters ----------------------------------------------------------------------------------------------------


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, look: Type) -> None:
    """A text whose first letter stands on the point `at`."""
    left: float = at[0]
    for font, run in _runs(text, look.size, look.axes):
        pen.text((left, at[1]), run, font=font, fill=look.colour, anchor="ls")
        left += font.getlength(run)


def _width(text: str, size: int, axes: tuple[int, int]) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, size, axes))


def _runs(text: str, size: int, axes: tuple[int, int]) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
    """The text in pieces that one of the two files of the typeface has the letters of."""
    for is_extended, letters in groupby(text, key=_is_extended):
        yield _font("archivo-latin-ext.woff2" if is_extended else "archivo-latin.woff2", size, axes), "".join(letters)


def _is_extended(letter: str) -> bool:
    """Whether the letter stands in the second file, as static/css/tokens.css divides them."""
    return "\u0100" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"


@lru_cache(maxsize=64)
def _font(name: str, size: int, axes: tuple[int, int]) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / name, size)
    font.set_variation_by_axes(list(axes))
    return font
