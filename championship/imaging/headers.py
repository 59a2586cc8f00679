"""Kind and size of a picture, read from its first bytes: no pixel is decoded, and nothing is allocated for one.

Pillow sees a file only after this has passed. Some of its readers reserve memory for the whole picture as soon as they
open one (WebP), and its own limits warn where ours refuse.
"""

import struct
from dataclasses import dataclass

from championship.imaging.avif import BrokenAvifError, avif_sizes
from championship.imaging.errors import PictureRefusedError
from championship.rules.pictures import MOST_BYTES, MOST_PIXELS, SHORTEST_SIDE

# What people try to upload and what they should do instead.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "This is a GIF. Save it as PNG or JPEG; animations are not taken."),
    (b"II*\0", "This is a TIFF or a camera’s raw file. Export it as JPEG."),
    (b"MM\0*", "This is a TIFF or a camera’s raw file. Export it as JPEG."),
    (b"BM", "This is a BMP. Save it as PNG."),
    (b"%PDF", "This is a PDF. Export the page or the picture in it as PNG or JPEG."),
    (b"8BPS", "This is a Photoshop file. Export it as JPEG or PNG."),
)
_NOT_A_PICTURE = (
    "This is no JPEG, PNG, WebP or AVIF file. Other kinds are not taken: export the picture as one of these."
)
_BROKEN = "The file is damaged or incomplete. Send it again, or export the picture anew."
_SVG = "SVG files are not taken, since they can carry scripts. Export the drawing as PNG, 1000 pixels wide or more."
_HEIC = "This is a HEIC photo. Export it as JPEG; on an iPhone choose Settings, Camera, Formats, Most Compatible."


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the first bytes say; `format` is Pillow's word: JPEG, PNG, WEBP, AVIF. Width and height in pixels."""

    format: str
    width: int
    height: int


def read_header(content: bytes) -> Header:
    """The header of an upload; PictureRefusedError when it is of no kind that is taken, too large or too small."""
    if len(content) > MOST_BYTES:
        raise PictureRefusedError(
            f"The file has {len(content) / 1e6:.0f} MB, and {MOST_BYTES / 1e6:.0f} are the most. Export it smaller."
        )
    try:
        header = _header(content)
    except (BrokenAvifError, struct.error, IndexError, ValueError) as error:
        raise PictureRefusedError(_BROKEN) from error
    if header.width * header.height > MOST_PIXELS:
        raise PictureRefusedError(
            f"The picture has {header.width * header.height / 1e6:.0f} million pixels ({header.width} × "
            f"{header.height}), and {MOST_PIXELS / 1e6:.0f} million are the most. Export it smaller: pages show at "
            "most 1920 pixels of width."
        )
    if min(header.width, header.height) < SHORTEST_SIDE:
        raise PictureRefusedError(
            f"The picture is only {header.width} × {header.height} pixels. Each side needs at least {SHORTEST_SIDE}."
        )
    return header


def _header(content: bytes) -> Header:
    if content.startswith(b"\xff\xd8\xff"):
        return Header(format="JPEG", **_size_of_jpeg(content))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Header(format="PNG", **_size_of_png(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Header(format="WEBP", **_size_of_webp(content))
    if content[4:8] == b"ftyp":
        return _header_of_iso_file(content)
    raise PictureRefusedError(_why_not(content))


def _why_not(content: bytes) -> str:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start and start.startswith(b"<"):
        return _SVG
    return next((words for magic, words in _OTHERS if content.startswith(magic)), _NOT_A_PICTURE)


def _size_of_png(content: bytes) -> dict[str, int]:
    if content[12:16] != b"IHDR":
        raise PictureRefusedError(_BROKEN)
    width, height = struct.unpack_from(">II", content, 16)
    return {"width": width, "height": height}


def _size_of_jpeg(content: bytes) -> dict[str, int]:
    """The frame header (SOF0 to SOF15 but for DHT, JPG and DAC); the largest, should somebody write several."""
    found: list[tuple[int, int]] = []
    place = 2
    while True:
        if content[place] != 0xFF:
            raise PictureRefusedError(_BROKEN)
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in (0xDA, 0xD9):
            break
        (length,) = struct.unpack_from(">H", content, place + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, place + 5)
            found.append((width, height))
        place += 2 + length
    if not found:
        raise PictureRefusedError(_BROKEN)
    return {"width": max(width for width, _ in found), "height": max(height for _, height in found)}


def _size_of_webp(content: bytes) -> dict[str, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
    elif kind == b"VP8 ":
        width, height = (value & 0x3FFF for value in struct.unpack_from("<HH", content, 26))
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        raise PictureRefusedError(_BROKEN)
    return {"width": width, "height": height}


def _header_of_iso_file(content: bytes) -> Header:
    """Of an AVIF the largest size that it names anywhere; HEIC and moving pictures are of the same family."""
    (end,) = struct.unpack_from(">I", content, 0)
    brands = {content[8:12], *(content[place : place + 4] for place in range(16, min(end, 200), 4))}
    if brands & {b"avis"}:
        raise PictureRefusedError("This is an animated AVIF. Only still pictures are taken: export one of its frames.")
    if b"avif" not in brands:
        heic = brands & {b"heic", b"heix", b"heim", b"heis", b"mif1", b"hevc"}
        raise PictureRefusedError(_HEIC if heic else _NOT_A_PICTURE)
    sizes = avif_sizes(content)
    if not sizes:
        raise PictureRefusedError(_BROKEN)
    return Header(format="AVIF", width=max(width for width, _ in sizes), height=max(height for _, height in sizes))
