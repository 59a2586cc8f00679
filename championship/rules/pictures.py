"""Which files a picture has: its crops around the point of interest, their widths, their names, and their weight."""

import re
from dataclasses import dataclass

# Of every upload: who sends more has a panorama to scale down first.
MOST_BYTES = 40_000_000
MOST_PIXELS = 40_000_000
SHORTEST_SIDE = 32
# The longest side of the stored master, in pixels: twice the largest width that pages ask for.
MASTER_SIDE = 3840

# A lead picture of 1280 x 720 may weigh so many bytes; other sizes in proportion, but small ones need not starve.
LEAD_BYTES = 120_000
LEAD_PIXELS = 1280 * 720
LEAST_BYTES = 30_000

FORMATS = {"avif": "image/avif", "jpg": "image/jpeg"}
MASTER = "master.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A form in which pages show pictures. `ratio` is width to height, None keeps the picture's own."""

    name: str
    ratio: tuple[int, int] | None
    widths: tuple[int, ...]


WHOLE = Crop(name="", ratio=None, widths=(320, 640, 960, 1280, 1920))
LEAD = Crop(name="lead", ratio=(16, 9), widths=(320, 640, 960, 1280, 1920))
SQUARE = Crop(name="square", ratio=(1, 1), widths=(160, 320, 640))
PORTRAIT = Crop(name="portrait", ratio=(4, 5), widths=(160, 320, 640))
CROPS = {crop.name: crop for crop in (WHOLE, LEAD, SQUARE, PORTRAIT)}

# The name of a set of files: 26 letters and digits, which nobody guesses (130 bits).
NAME = re.compile(r"[a-z2-7]{26}")
FILE = re.compile(
    r"(?P<name>[a-z2-7]{26})-(?:(?P<crop>lead|square|portrait)-)?(?P<width>[1-9][0-9]{0,3})\.(?P<format>avif|jpg)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """One file that the public sees: `width` in pixels, `format` as in the address (avif or jpg)."""

    name: str
    crop: str
    width: int
    format: str

    def __str__(self) -> str:
        """The last part of its address.

        >>> str(PictureFile(name="a" * 26, crop="lead", width=640, format="avif"))
        'aaaaaaaaaaaaaaaaaaaaaaaaaa-lead-640.avif'
        """
        return "-".join(part for part in (self.name, self.crop, f"{self.width}.{self.format}") if part)

    @property
    def path(self) -> str:
        """Where the storage keeps it."""
        return f"{folder(self.name)}/{'-'.join(part for part in (self.crop, str(self.width)) if part)}.{self.format}"


def folder(name: str) -> str:
    """Where the storage keeps the files of one set."""
    return f"pictures/{name}"


def master_path(name: str) -> str:
    """Where the storage keeps the file that all others are made of. It has no public address."""
    return f"{folder(name)}/{MASTER}"


def read_file_name(text: str) -> PictureFile | None:
    """The file that the last part of an address names; None when it can be none of ours."""
    match = FILE.fullmatch(text)
    if match is None:
        return None
    return PictureFile(name=match["name"], crop=match["crop"] or "", width=int(match["width"]), format=match["format"])


def master_size(width: int, height: int) -> tuple[int, int]:
    """The size in which a picture is kept: its own, unless one side is longer than MASTER_SIDE.

    >>> master_size(6000, 4000), master_size(640, 480)
    ((3840, 2560), (640, 480))
    """
    longest = max(width, height)
    if longest <= MASTER_SIDE:
        return width, height
    return max(1, round(width * MASTER_SIDE / longest)), max(1, round(height * MASTER_SIDE / longest))


def crop_box(crop: Crop, width: int, height: int, focus_x: int, focus_y: int) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the largest part with the crop's ratio, as near around the focus as it goes.

    The focus is in percent of width and height.

    >>> crop_box(SQUARE, 300, 200, 100, 50), crop_box(WHOLE, 300, 200, 100, 50)
    ((100, 0, 300, 200), (0, 0, 300, 200))
    """
    if crop.ratio is None:
        return 0, 0, width, height
    wide, high = crop.ratio
    box_width = max(1, min(width, round(height * wide / high)))
    box_height = max(1, min(height, round(width * high / wide)))
    left = min(max(0, round(width * focus_x / 100 - box_width / 2)), width - box_width)
    top = min(max(0, round(height * focus_y / 100 - box_height / 2)), height - box_height)
    return left, top, left + box_width, top + box_height


def sizes(crop: Crop, width: int, height: int) -> tuple[tuple[int, int], ...]:
    """(width, height) of the files of a crop, the smallest first. Nothing is blown up: a small picture has few.

    >>> sizes(SQUARE, 400, 500), sizes(SQUARE, 90, 500)
    (((160, 160), (320, 320)), ((90, 90),))
    """
    left, top, right, bottom = crop_box(crop, width, height, 50, 50)
    widest, highest = right - left, bottom - top
    widths = [one for one in crop.widths if one <= widest] or [widest]
    return tuple((one, max(1, round(one * highest / widest))) for one in widths)


def most_bytes(width: int, height: int) -> int:
    """What a file of this size may weigh. Up to 1280 pixels of width never more than a lead picture.

    >>> most_bytes(1280, 720), most_bytes(320, 180), most_bytes(1280, 1280), most_bytes(1920, 1080)
    (120000, 30000, 120000, 270000)
    """
    in_proportion = width * height * LEAD_BYTES // LEAD_PIXELS
    return max(LEAST_BYTES, min(in_proportion, LEAD_BYTES) if width <= 1280 else in_proportion)
