"""Words as the pages write them."""

from datetime import datetime
from decimal import Decimal

from championship.models.base import Precision
from championship.rules.text import counted, fold, series

__all__ = ["counted", "initial", "ordinal", "plain", "published_words", "series"]


def initial(name: str) -> str:
    """The letter under which an index lists a name; "#" when it begins with none.

    >>> initial("Šimon"), initial("99 Racing")
    ('S', '#')
    """
    first = fold(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def published_words(at: datetime, precision: str) -> tuple[str, str]:
    """When something was published, no more precisely than is on record: for people, and for `<time datetime>`."""
    day = f"{at.day} {at:%B %Y}"
    match precision:
        case Precision.MINUTE:
            return f"Published {day}, {at:%H:%M} UTC", f"{at:%Y-%m-%dT%H:%MZ}"
        case Precision.DAY:
            return f"Published on {day}", f"{at:%Y-%m-%d}"
        case Precision.MONTH:
            return f"Published in {at:%B %Y}", f"{at:%Y-%m}"
        case _:
            return f"On record by {day}", f"{at:%Y-%m-%d}"


def ordinal(number: int) -> str:
    """A place as people say it.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{endings.get(number % 10, 'th')}"


def plain(number: Decimal) -> str:
    """A decimal number without zeros that say nothing: `25`, `62.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
