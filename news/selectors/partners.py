"""The partners of the series as pages show them."""

from dataclasses import dataclass, replace

from championship.models import Picture
from championship.selectors.pictures import ShownPicture, shown_picture
from news.models import Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPartner:
    """`url` is "" for one without a site; `logo` has no words of its own, since the name stands beside it."""

    name: str
    kind: str
    url: str
    words: str
    logo: ShownPicture | None


def partners() -> tuple[ShownPartner, ...]:
    """Those of today, in their order; one query."""
    return tuple(
        ShownPartner(name=row.name, kind=row.kind, url=row.url, words=row.words, logo=_logo(row.logo))
        for row in Partner.objects.current()
    )


def _logo(picture: Picture | None) -> ShownPicture | None:
    # Its licence may have been changed since it was chosen.
    if picture is None or picture.licence == Picture.Licence.EDITORIAL:
        return None
    shown = shown_picture(picture)
    return replace(shown, alt="") if shown else None
