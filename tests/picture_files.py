"""Files of pictures as people and other people send them, made on the spot."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw

GPS_WORDS = b"N 2 deg 45 min, my garden"
SIZE = (160, 120)
KINDS = ("JPEG", "PNG", "WEBP", "AVIF")


def drawing(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """A red field with a blue quarter at the top left."""
    image = Image.new("RGB", size, "#c81e1e")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill="#1e32c8")
    return image if mode == "RGB" else image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def picture_file(kind: str = "PNG", size: tuple[int, int] = SIZE, shade: int = 0) -> bytes:
    """A small picture of this kind; another `shade` is another file."""
    image = drawing(size)
    image.paste((shade, shade, shade), (size[0] - 16, size[1] - 16, size[0], size[1]))
    return saved(image, kind)


def photo_with_metadata(kind: str = "JPEG", orientation: int = 1, size: tuple[int, int] = SIZE) -> bytes:
    """A photo that tells where it was taken, in EXIF and wherever else this kind of file can say it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS_WORDS.decode()
    exif.get_ifd(0x8825)[29] = GPS_WORDS.decode()
    extra: dict[str, Any] = {"exif": exif}
    if kind == "JPEG":
        extra["comment"] = GPS_WORDS
    if kind != "PNG":
        extra["xmp"] = b"<x:xmpmeta>" + GPS_WORDS + b"</x:xmpmeta>"
    return saved(drawing(size), kind, **extra)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that is as large as it says, and nearly nothing as a file: one bit for each pixel, all of them 0."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            (b"IDAT", rows),
            (b"IEND", b""),
        )
    )


def icc_profile_of(name: str) -> bytes:
    """A colour profile of the library: sRGB, LAB, XYZ."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]
