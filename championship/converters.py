"""Parts of addresses whose form says what they are, so that a season is never read as an event or a page."""

from championship.rules.names import RESERVED_EVENT_SLUGS


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
