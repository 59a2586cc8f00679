"""What every strategy of the record draws from: awkward texts, slugs, numbers, moments."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from championship.record import schema

# What spreadsheets and careless readers stumble over stands beside the plain letters.
LETTERS = "abzÉöß漢١ ,;\"'=+-@#[]\\"
LINE = st.text(LETTERS, max_size=12).map(str.strip)
WORDS = LINE.filter(bool)
ALIAS = WORDS.filter(lambda text: ";" not in text)
SLUG = st.sampled_from(["a", "b1", "0", "gt", "lmp2", "r1", "a-b", "a-1-c", "qualifying", "race-2", "lmp2-am", "zz"])
COUNTRY = st.sampled_from(["DE", "GB", "AE", "KN"])
NEUTRAL = st.just("") | COUNTRY
DAY = st.dates(date(1990, 1, 1), date(2090, 12, 31))
COLOUR = st.sampled_from(["#000000", "#0B4EA2", "#ffa63d"])
RATING = st.sampled_from(get_args(schema.Rating))
NUMBER = st.sampled_from(["0", "7", "007", "07", "22", "22A", "22B", "100", "999Z"])
MILLISECONDS = st.integers(0, 2_147_483_647)
URL = st.just("") | st.sampled_from(["https://a.example/?b=c#d", "http://[::1]/é"])


def decimals(low: int, high: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=places)


def some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most, unique=True)


def moments() -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
