"""Parts of addresses whose form says what they are, so that a season is never read as an event or a page."""

import re

from championship.rules.names import RESERVED_EVENT_SLUGS
from championship.rules.pictures import FILE, PictureFile, read_file_name


class SeasonConverter:
    """The slug of a season: `2023-24`, `2024`."""

    regex = r"[0-9]{4}(?:-[0-9]{2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CarNumberConverter(SeasonConverter):
    """A car number, which is text: `007` is another car than `7`. A small letter is taken too: the page redirects."""

    regex = r"[0-9]{1,3}[A-Za-z]?"


class EventConverter(SeasonConverter):
    """The slug of an event: any but the words that the site map uses below a season, such as `entries`."""

    regex = r"[-a-zA-Z0-9_]+"

    def to_python(self, value: str) -> str:
        if value in RESERVED_EVENT_SLUGS:
            raise ValueError
        return value


class PictureFileConverter:
    """The name of a file of a picture: `k5...q-lead-1280.avif`. No other file has an address."""

    # Without the names of its groups, which the URLconf would take for arguments.
    regex = re.sub(r"\?P<[a-z]+>", "?:", FILE.pattern)

    def to_python(self, value: str) -> PictureFile:
        file = read_file_name(value)
        if file is None:
            raise ValueError
        return file

    def to_url(self, value: PictureFile) -> str:
        return str(value)
