"""The sheet that lead pictures are drawn on: 1280 by 720 units, 2560 by 1440 pixels, dark in both themes."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from news.drawing.letters import HEAVY, INK, RULE, SHEET, Type, width_of, write
from news.drawing.marks import Plate, draw_plate, letter_mark

WIDTH, HEIGHT = 1280, 720
# Pixels of the picture in a unit, and how much larger it is drawn: Pillow smooths no edges of its own.
PIXELS, FINER = 2, 2
SCALE = PIXELS * FINER

Point = tuple[float, float]


class Sheet:
    """A pen and paper; all measures are units, colours `#RRGGBB`."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), SHEET)
        self.pen = ImageDraw.Draw(self.image)

    def write(
        self,
        at: Point,
        text: str,
        size: float,
        axes: tuple[int, int],
        colour: str = INK,
        *,
        align: float = 0,
        room: float = WIDTH,
    ) -> float:
        """A text on the baseline `at`, which is its left end, with `align` 0.5 its middle, with 1 its right end.

        What is wider than `room` is written smaller. Returns its width.
        """
        words = text.split(" ")
        look = Type(round(size * SCALE), axes, colour)
        width = self._width(words, look)
        if width > room * SCALE:
            look = Type(int(look.size * room * SCALE / width), axes, colour)
            width = self._width(words, look)
        left = at[0] * SCALE - width * align
        for word in words:
            write(self.pen, (round(left), round(at[1] * SCALE)), word, look)
            left += width_of(word, look.size, axes) + _space(look)
        return width / SCALE

    def size_for(self, texts: Sequence[str], size: float, axes: tuple[int, int], room: float) -> float:
        """The size, at most `size`, at which each of these texts is no wider than `room`."""
        widest = max(self._width(text.split(" "), Type(round(size * SCALE), axes, INK)) for text in texts) / SCALE
        return size if widest <= room else size * room / widest

    @staticmethod
    def _width(words: Sequence[str], look: Type) -> float:
        return sum(width_of(word, look.size, look.axes) for word in words) + _space(look) * (len(words) - 1)

    def line(self, points: Sequence[Point], width: float, colour: str = INK) -> None:
        """A line with round ends and corners, nothing for a single point."""
        if len(points) < 2:
            return
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        thick = max(1, round(width * SCALE))
        self.pen.line(scaled, fill=colour, width=thick)
        for point in scaled:
            self.pen.circle(point, thick / 2, fill=colour)

    def hairline(self, left: float, right: float, y: float, colour: str = RULE) -> None:
        """A line across, as between the rows of a timing sheet."""
        self.block((left, y, right, y + 1), colour)

    def block(self, box: tuple[float, float, float, float], colour: str) -> None:
        """A rectangle: left, top, right, bottom."""
        left, top, right, bottom = (round(value * SCALE) for value in box)
        self.pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)

    def dot(self, at: Point, radius: float, colour: str) -> None:
        self.pen.circle((at[0] * SCALE, at[1] * SCALE), radius * SCALE, fill=colour)

    def plate(self, at: Point, plate: Plate, height: float, width: float | None = None) -> float:
        """A number plate with its top left corner `at`; returns its width."""
        corner = (round(at[0] * SCALE), round(at[1] * SCALE))
        wide = None if width is None else round(width * SCALE)
        return draw_plate(self.pen, corner, plate, round(height * SCALE), wide) / SCALE

    def mark(self, at: Point, size: float, colour: str) -> None:
        """The letter of the series with its top left corner `at`."""
        self.image.paste(colour, (round(at[0] * SCALE), round(at[1] * SCALE)), letter_mark(round(size * SCALE)))

    def bar(self, colours: Sequence[str]) -> None:
        """The colours of classes along the lower edge, in equal parts."""
        for place, colour in enumerate(colours):
            left, right = (WIDTH * part / len(colours) for part in (place, place + 1))
            self.block((left, HEIGHT - 10, right, HEIGHT), colour)

    def png(self) -> bytes:
        file = BytesIO()
        self.image.reduce(FINER).save(file, "PNG", compress_level=4)
        return file.getvalue()


def _space(look: Type) -> float:
    """Between two words: a little more than the typeface has, where its letters are heavy and narrow."""
    return width_of(" ", look.size, look.axes) + (look.size * 0.06 if look.axes == HEAVY else 0)
