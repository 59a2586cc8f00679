"""From the bytes of an upload to plain pixels: upright, sRGB, opaque, and nothing else that the file carried."""

import io
import logging
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageStat

from championship.imaging.errors import PictureRefusedError
from championship.imaging.headers import Header, read_header
from championship.rules.pictures import master_size

logger = logging.getLogger(__name__)

_DAMAGED = "The file is damaged or incomplete: it cannot be read to its end. Send it again, or export the picture anew."
_ANIMATED = "This picture moves. Only still pictures are taken: export one of its frames."

# EXIF 2.3, tag Orientation: how the camera was held. 1 is upright.
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What stands behind a transparent picture: paper, or ink where what is visible of it is itself light.
_PAPER = "#ffffff"
_INK = "#14181f"
_LIGHT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A decoded picture: mode RGB, sRGB, no side over MASTER_SIDE, no metadata; `colour` is its mean, `#rrggbb`."""

    image: Image.Image
    colour: str


def decode(content: bytes) -> Pixels:
    """The pixels of an upload; PictureRefusedError, in words, when there are none to be had.

    The header is checked before anything is decoded. A file that cannot be read to its end is refused, whatever the
    first part of it looks like.
    """
    header = read_header(content)
    try:
        image = _opened(content, header)
        turn = _TURNS.get(_orientation(image))
        profile = image.info.get("icc_profile")
        # Each step lets the picture before it go, and this one the reader, which may hold it three times over (WebP).
        image = image._new(image.im)
        image = _simple_mode(image)
        image = _small(image)
        pixels = _opaque(image, profile)
        if turn is not None:
            pixels = pixels.transpose(turn)
    except PictureRefusedError:
        raise
    except Exception as error:
        # Decoders of hostile bytes raise a dozen kinds of errors, and all of them mean the same.
        logger.info("A picture was refused as damaged: %s: %s", type(error).__name__, error)
        raise PictureRefusedError(_DAMAGED) from error
    pixels.info.clear()
    return Pixels(image=pixels, colour=_mean_colour(pixels))


def _opened(content: bytes, header: Header) -> Image.Image:
    """The picture, decoded by the reader of its kind and by no other."""
    image = Image.open(io.BytesIO(content), formats=[header.format])
    # The largest size that the file names was checked; a reader that sees a larger one is not believed.
    if image.width > header.width or image.height > header.height:
        raise ValueError(f"{image.size} is more than its header says")
    # A JPEG of many pictures (MPO) is what phones make of one photo: the first is the photo.
    if header.format != "JPEG" and getattr(image, "n_frames", 1) > 1:
        raise PictureRefusedError(_ANIMATED)
    image.load()
    return image


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception as error:  # noqa: BLE001 (a photo is no worse for metadata that nobody can read)
        logger.info("The orientation of a picture cannot be read: %s", error)
        return 1


def _simple_mode(image: Image.Image) -> Image.Image:
    """As L, RGB or CMYK with 8 bits, or as RGBA where anything is transparent."""
    if image.mode.startswith("I"):
        # 16 bits of grey; Pillow's own conversion would cut off everything above 255.
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"L", "RGB", "CMYK", "RGBA"} and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _small(image: Image.Image) -> Image.Image:
    size = master_size(*image.size)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _opaque(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB, on paper or on ink where it was transparent."""
    if image.mode != "RGBA":
        return _in_srgb(image, profile)
    visible = image.getchannel("A")
    colours = _in_srgb(image.convert("RGB"), profile)
    brightness = ImageStat.Stat(colours.convert("L"), visible).mean[0] if visible.getextrema()[1] else 0
    ground = Image.new("RGB", image.size, _INK if brightness > _LIGHT else _PAPER)
    ground.paste(colours, mask=visible)
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """As RGB in sRGB; a profile that is broken or of another kind of picture is as good as none."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            logger.info("The colour profile of a picture cannot be used: %s", error)
        else:
            if converted is not None:
                return converted
    return image.convert("RGB")


def _mean_colour(image: Image.Image) -> str:
    mean = image.resize((1, 1), Image.Resampling.BOX, reducing_gap=2.0).getpixel((0, 0))
    return "#{:02x}{:02x}{:02x}".format(*mean)  # type: ignore[misc]  # RGB: three values
