"""The files of a picture: one master, and each crop in its widths as AVIF and as JPEG."""

import io
from collections.abc import Iterator

from PIL import Image, ImageFilter

from championship.rules.pictures import CROPS, crop_box, most_bytes, sizes

# Qualities that are tried in turn until a file is light enough. The first is what nearly every photo gets.
_AVIF = (60, 50, 40, 30, 20)
_JPEG = (80, 70, 60, 50, 40, 30)
_AVIF_SPEED = 8
# So many times too heavy, and only the last quality is worth trying.
_HOPELESS = 2


def master(image: Image.Image) -> bytes:
    """The picture as all later files are made of it: a JPEG without loss that anybody sees."""
    return _jpeg(image, 95, subsampling=0)


def derivatives(image: Image.Image, *, focus_x: int, focus_y: int) -> Iterator[tuple[str, int, str, bytes]]:
    """(crop, width, format, content) of every file of a picture; the focus in percent of width and height."""
    # A picture that has the form of a crop needs nothing cut: the files of both are made once.
    made: dict[tuple[object, ...], list[tuple[str, bytes]]] = {}
    for crop in CROPS.values():
        box = crop_box(crop, *image.size, focus_x, focus_y)
        for size in sizes(crop, *image.size):
            if (box, size) not in made:
                small = image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
                made[box, size] = [(kind, _light(small, kind)) for kind in ("avif", "jpg")]
            for kind, content in made[box, size]:
                yield crop.name, size[0], kind, content


def _light(image: Image.Image, kind: str) -> bytes:
    """The picture as a file no heavier than its size allows: coarser step by step, and in the end softer."""
    limit = most_bytes(*image.size)
    qualities = list(_AVIF if kind == "avif" else _JPEG)
    while qualities:
        quality = qualities.pop(0)
        content = _avif(image, quality) if kind == "avif" else _jpeg(image, quality)
        if len(content) <= limit:
            return content
        if len(content) > _HOPELESS * limit:
            # The steps between would not do, and each takes its time.
            del qualities[:-1]
    # Grain and noise do not compress; nobody misses them in a picture of this size. What is even has no weight.
    return _light(image.filter(ImageFilter.GaussianBlur(1.5)), kind)


def _avif(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "AVIF", quality=quality, speed=_AVIF_SPEED, max_threads=1)
    return out.getvalue()


def _jpeg(image: Image.Image, quality: int, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True, **options)
    return out.getvalue()
