"""How seasons follow each other."""

from datetime import date, timedelta

YEAR = timedelta(weeks=52)


def next_slug(slug: str) -> str:
    """The slug of the season after this one.

    >>> next_slug("2023-24"), next_slug("2024"), next_slug("2098-99")
    ('2024-25', '2025', '2099-00')
    """
    year = int(slug[:4]) + 1
    return f"{year:04}-{(year + 1) % 100:02}" if "-" in slug else f"{year:04}"


def label_of(slug: str) -> str:
    """A season as people write it.

    >>> label_of("2023-24"), label_of("2024")
    ('2023/24', '2024')
    """
    return slug.replace("-", "/")


def a_year_later(day: date) -> date:
    """The same weekday of the same week a year later.

    >>> a_year_later(date(2023, 12, 2)).isoformat()
    '2024-11-30'
    """
    return day + YEAR
