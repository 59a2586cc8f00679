"""Letters in the site's own typeface; Pillow's FreeType reads the files of the browser (WOFF2) as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
# The dark face of the site, as static/css/tokens.css has it.
BAND, INK, MUTED, RULE = "#0e1116", "#f2f5f9", "#a9b4c2", "#303947"
# A raised sheet: in the dark theme it stands out from the page a little.
SHEET = "#171c24"
# Weight and width of the typeface's axes.
HEAVY, BOLD, SMALL, PLAIN = (880, 64), (800, 66), (750, 80), (600, 88)


@dataclass(frozen=True, slots=True)
class Type:
    """How letters look: pixels, weight and width of the typeface, `#RRGGBB`."""

    size: int
    axes: tuple[int, int]
    colour: str


def write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, look: Type) -> None:
    """A text whose first letter stands on the point `at`."""
    left = at[0]
    for font, run in _runs(text, look.size, look.axes):
        pen.text((left, at[1]), run, font=font, fill=look.colour, anchor="ls")
        left += font.getlength(run)


def width_of(text: str, size: int, axes: tuple[int, int]) -> float:
    """How many pixels a text takes."""
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
