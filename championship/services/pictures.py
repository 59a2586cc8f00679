"""The library of pictures: taking an upload in, keeping its row, taking it out again.

Files first, row last: whoever is interrupted at any moment leaves files that no row names, which no reader can ask for
and `remove_orphans` takes away; never a row without its files. The work on pixels is therefore done before the
transaction that saves the row (`prepare`), which also keeps the lock of the database short.
"""

import base64
import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model, ProtectedError

from championship import clock
from championship.imaging.decode import decode
from championship.imaging.encode import derivatives, master
from championship.imaging.errors import PictureRefusedError
from championship.models import Picture
from championship.rules.pictures import NAME, PictureFile, folder, master_path
from championship.services import history
from championship.services.saving import save as save_row

logger = logging.getLogger(__name__)

CENTRE = (50, 50)
# How long files stay that no row names any more, so that a deleted or replaced picture can come back from its history.
KEPT_FOR = timedelta(days=30)


class SamePictureError(PictureRefusedError):
    """The library has this very file; `picture` is where."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        super().__init__(f"This file is in the library already, as “{picture}”.")


class PictureInUseError(Exception):
    """The picture is shown somewhere, so it stays; `uses` are the rows that show it."""

    def __init__(self, picture: Picture, uses: tuple[Model, ...]) -> None:
        self.uses = uses
        names = dict.fromkeys(str(getattr(row, "part_of", row)) for row in uses)
        super().__init__(f"“{picture}” is in use: {', '.join(names)}. Take it out there first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A set of files that no row names yet. `sha256` is that of the upload; sizes in pixels, the focus in percent."""

    name: str
    width: int
    height: int
    colour: str
    sha256: str
    focus_x: int
    focus_y: int


def prepare(content: bytes, *, focus: tuple[int, int] = CENTRE) -> Prepared:
    """Check, decode and re-encode an upload, and write its files.

    Raises PictureRefusedError for a file that cannot be taken, SamePictureError for one that the library has.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = Picture.objects.filter(sha256=sha256).first()
    if known is not None:
        raise SamePictureError(known)
    pixels = decode(content)
    width, height = pixels.image.size
    name = _write(master(pixels.image), pixels.image, focus)
    return Prepared(
        name=name,
        width=width,
        height=height,
        colour=pixels.colour,
        sha256=sha256,
        focus_x=focus[0],
        focus_y=focus[1],
    )


def prepare_again(picture: Picture | Prepared, *, focus: tuple[int, int]) -> Prepared:
    """Write the files of a picture anew, cropped around another point of interest (percent from left and top).

    Raises PictureRefusedError when the files that it has now cannot be read.
    """
    try:
        with default_storage.open(master_path(picture.name)) as file:
            content = file.read()
    except OSError as error:
        raise PictureRefusedError("The files of this picture are gone. Upload it again.") from error
    pixels = decode(content)
    return Prepared(
        name=_write(content, pixels.image, focus),
        width=picture.width,
        height=picture.height,
        colour=picture.colour,
        sha256=picture.sha256,
        focus_x=focus[0],
        focus_y=focus[1],
    )


def _write(master_content: bytes, image: Any, focus: tuple[int, int]) -> str:
    """Write all files of a picture under a new name, and return the name."""
    name = base64.b32encode(secrets.token_bytes(17)).decode()[:26].lower()
    default_storage.save(master_path(name), ContentFile(master_content))
    for crop, width, kind, content in derivatives(image, focus_x=focus[0], focus_y=focus[1]):
        default_storage.save(PictureFile(name=name, crop=crop, width=width, format=kind).path, ContentFile(content))
    return name


def save(
    picture: Picture,
    *,
    prepared: Prepared | None = None,
    by: Any = None,
    reason: str = "",
    seen_version: int | None = None,
) -> Picture:
    """Add a picture, or change it: its words alone, or with `prepared` its files too. Whatever shows it goes on to.

    Raises StaleVersionError when somebody saved it after `seen_version`, ValidationError when a rule refuses it.
    """
    if prepared is not None:
        if picture.sha256 != prepared.sha256:
            picture.uploaded_at, picture.uploaded_by = clock.now(), by
        for name in Prepared.__slots__:
            setattr(picture, name, getattr(prepared, name))
    with transaction.atomic():
        if prepared is None and _focus_moved(picture):
            raise ValidationError("Another point of interest needs other crops, and they were not made. Save again.")
        if by is not None:
            picture._history_user = by  # type: ignore[attr-defined]  # read by simple_history
        return save_row(picture, reason=reason, seen_version=seen_version)


def _focus_moved(picture: Picture) -> bool:
    stored = Picture.objects.filter(pk=picture.pk).first()
    return stored is None or (stored.focus_x, stored.focus_y) != (picture.focus_x, picture.focus_y)


def add(
    content: bytes,
    *,
    title: str,
    credit: str,
    licence: str,
    alt: str = "",
    focus: tuple[int, int] = CENTRE,
    source: str = "",
    by: Any = None,
    reason: str = "",
) -> Picture:
    """Take a file into the library in one step; without `alt` it is decorative. Errors as `prepare` and `save`."""
    prepared = prepare(content, focus=focus)
    picture = Picture(title=title, alt=alt, is_decorative=not alt, credit=credit, licence=licence, source=source)
    return save(picture, prepared=prepared, by=by, reason=reason)


def delete(picture: Picture, *, reason: str = "") -> None:
    """Delete a picture that nothing shows; its history can bring it back for `KEPT_FOR`.

    Raises PictureInUseError, with the uses, otherwise.
    """
    uses = tuple(picture.uses())
    if uses:
        raise PictureInUseError(picture, uses)
    try:
        history.delete(picture, reason=reason)
    except ProtectedError as error:
        # Somebody chose it between our look and the deletion; the database holds on to it.
        raise PictureInUseError(picture, tuple(error.protected_objects)) from error


def remove_orphans(*, kept_for: timedelta = KEPT_FOR) -> list[str]:
    """Delete the sets of files that no picture has, and had within `kept_for`; their names.

    Files younger than that stay in any case: somebody may be about to save the row that names them.
    """
    since = clock.real_now() - kept_for
    try:
        names, _ = default_storage.listdir("pictures")
    except FileNotFoundError:
        return []
    removed = []
    for name in sorted(names):
        if NAME.fullmatch(name) and not _is_kept(name, since):
            _remove(name)
            removed.append(name)
    return removed


def _is_kept(name: str, since: datetime) -> bool:
    if Picture.objects.filter(name=name).exists():
        return True
    told = Picture.history.filter(name=name)
    if Picture.history.filter(id__in=told.values("id"), history_date__gte=since).exists():
        return True
    _, files = default_storage.listdir(folder(name))
    return any(default_storage.get_modified_time(f"{folder(name)}/{file}") >= since for file in files)


def _remove(name: str) -> None:
    _, files = default_storage.listdir(folder(name))
    for file in files:
        default_storage.delete(f"{folder(name)}/{file}")
    default_storage.delete(folder(name))
