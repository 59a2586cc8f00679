"""The marks of the sport and of the series: number plates, the wordmark's letter."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from news.drawing.letters import HEAVY, SMALL, Type, width_of, write

# How much wider than high a plate is at least.
WIDE = 1.28
# Pillow smooths no edges of its own, so a mark is drawn larger and scaled down.
FINER = 4


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate in the colours of its class, `#RRGGBB`."""

    car_number: str
    race_class_name: str
    colour: str
    ink: str


def draw_plate(
    pen: ImageDraw.ImageDraw, corner: tuple[int, int], plate: Plate, height: int, width: int | None = None
) -> int:
    """Draw a plate with its top left corner there; returns its width, which follows from its number by itself."""
    left, top = corner
    number, letters = round(height * 0.66), round(height * 0.25)
    width = width or max(round(height * WIDE), round(width_of(plate.car_number, number, HEAVY) + height / 3))
    pen.rounded_rectangle((left, top, left + width, top + height), round(height / 12), fill=plate.colour)
    for text, size, axes, baseline in (
        (plate.car_number, number, HEAVY, round(height * 0.58)),
        (plate.race_class_name, letters, SMALL, round(height * 0.88)),
    ):
        middle = left + (width - width_of(text, size, axes)) / 2
        write(pen, (round(middle), top + baseline), text, Type(size, axes, plate.ink))
    return width


def letter_mark(size: int) -> Image.Image:
    """The letter of the wordmark as a mask, `size` pixels square."""
    mark = Image.new("L", (size * FINER, size * FINER))
    pen, scale = ImageDraw.Draw(mark), size * FINER / 26
    outline = [(0, 26), (9.7, 0), (16.3, 0), (26, 26), (19.8, 26), (13, 6.6), (6.2, 26)]
    pen.polygon([(x * scale, y * scale) for x, y in outline], fill=255)
    for x, y in ((13, 14.6), (10.8, 21), (15.2, 21)):
        pen.circle((x * scale, y * scale), 2 * scale, fill=255)
    return mark.resize((size, size), Image.Resampling.LANCZOS)
