"""A picture as pages show it, and where a picture of the library is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from championship.models import Picture
from championship.rules.pictures import CROPS, LEAD, PORTRAIT, SQUARE, WHOLE, Crop, PictureFile, crop_box, sizes

__all__ = [
    "LEAD",
    "PORTRAIT",
    "SQUARE",
    "WHOLE",
    "Address",
    "ShownPicture",
    "Use",
    "crop_frames",
    "newest_file",
    "office_address",
    "picture_bytes",
    "picture_uses",
    "public_address",
    "shown_picture",
    "thumbnail_url",
]

# Where a page finds a file: readers and officials each have their own address for it.
Address = Callable[[PictureFile], str]

# Browsers without srcset, and whoever asks for one address of a picture, get the file next to this width.
USUAL_WIDTH = 960

DEEDS = {
    Picture.Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/zero/1.0/",
    Picture.Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Picture.Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """One crop of a picture; `width` and `height`, in pixels, are those of its largest file.

    `avif` and `jpeg` are lists of files as `srcset` takes them, `src` is one JPEG; `colour` is `#rrggbb`. `licence` is
    in words, "" for one that readers need not know, `licence_url` "" where there is no page about it.
    """

    alt: str
    credit: str
    licence: str
    licence_url: str
    colour: str
    width: int
    height: int
    src: str
    avif: str
    jpeg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CropFrame:
    """The part of a picture that a crop shows, in pixels of the picture; `ratio` as in `16:9`."""

    name: str
    ratio: str
    left: int
    top: int
    width: int
    height: int
    shown: ShownPicture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A row that shows a picture: what kind of thing it is, its name, its public address or ""."""

    row: Model
    kind: str
    name: str
    url: str


def public_address(file: PictureFile) -> str:
    """Where readers find a file, while something public shows its picture."""
    return reverse("picture_file", kwargs={"file": file})


def office_address(file: PictureFile) -> str:
    """Where officials find it, whether it is public or not."""
    return reverse("admin:championship_picture_file", kwargs={"file": file})


def shown_picture(
    picture: Picture | None, crop: Crop = WHOLE, *, address: Address = public_address
) -> ShownPicture | None:
    """The picture in this crop, with the addresses of its files; None for none. Asks the database for nothing."""
    if picture is None:
        return None
    made = sizes(crop, picture.width, picture.height)
    usual = min((width for width, _ in made), key=lambda width: abs(width - USUAL_WIDTH))
    is_open = picture.licence in DEEDS
    return ShownPicture(
        alt=picture.alt,
        credit=picture.credit,
        licence=picture.get_licence_display() if is_open else "",
        licence_url=DEEDS[Picture.Licence(picture.licence)] if is_open else "",
        colour=picture.colour,
        width=made[-1][0],
        height=made[-1][1],
        src=address(_file(picture, crop, usual, "jpg")),
        avif=_srcset(picture, crop, made, "avif", address),
        jpeg=_srcset(picture, crop, made, "jpg", address),
    )


def crop_frames(picture: Picture) -> tuple[CropFrame, ...]:
    """What each crop cuts out of the picture, around its point of interest, for officials."""
    return tuple(_frame(picture, crop) for crop in (LEAD, SQUARE, PORTRAIT))


def _frame(picture: Picture, crop: Crop) -> CropFrame:
    left, top, right, bottom = crop_box(crop, picture.width, picture.height, picture.focus_x, picture.focus_y)
    return CropFrame(
        name=crop.name,
        ratio=":".join(str(one) for one in crop.ratio or ()),
        left=left,
        top=top,
        width=right - left,
        height=bottom - top,
        shown=shown_picture(picture, crop, address=office_address),
    )


def thumbnail_url(picture: Picture) -> str:
    """The address of the smallest square of a picture, for officials."""
    return office_address(_file(picture, SQUARE, sizes(SQUARE, picture.width, picture.height)[0][0], "jpg"))


def picture_bytes(file: PictureFile, *, among: QuerySet[Picture]) -> bytes | None:
    """What a file of one of these pictures holds; None when none of them has it. One query."""
    if not among.filter(name=file.name).exists():
        return None
    try:
        with default_storage.open(file.path) as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        return None
    return content


def newest_file(file: PictureFile) -> PictureFile | None:
    """What became of a file whose picture, a public one, has other files by now: the same crop, as wide as can be."""
    known = Picture.history.filter(name=file.name).order_by("history_id").first()
    picture = (
        Picture.objects.public().filter(pk=known.id).exclude(name=file.name).first() if known is not None else None
    )
    if picture is None:
        return None
    widths = [width for width, _ in sizes(CROPS[file.crop], picture.width, picture.height)]
    width = min(widths, key=lambda one: abs(one - file.width))
    return PictureFile(name=picture.name, crop=file.crop, width=width, format=file.format)


def picture_uses(picture: Picture) -> tuple[Use, ...]:
    """Where the picture is shown, by kind and name.

    A row that is part of another (`part_of`) is shown as that one, and one that is not public yet has no address.
    """
    rows = dict.fromkeys(getattr(row, "part_of", row) for row in picture.uses())
    uses = [
        Use(
            row=row,
            kind=capfirst(str(row._meta.verbose_name)),
            name=str(row),
            url=row.get_absolute_url() if hasattr(row, "get_absolute_url") and getattr(row, "is_public", True) else "",
        )
        for row in rows
    ]
    return tuple(sorted(uses, key=lambda use: (use.kind, use.name)))


def _file(picture: Picture, crop: Crop, width: int, kind: str) -> PictureFile:
    return PictureFile(name=picture.name, crop=crop.name, width=width, format=kind)


def _srcset(picture: Picture, crop: Crop, made: tuple[tuple[int, int], ...], kind: str, address: Address) -> str:
    return ", ".join(f"{address(_file(picture, crop, width, kind))} {width}w" for width, _ in made)
