from datetime import UTC, datetime, timedelta

import pytest

from championship.rules.protests import protest_window

NOON = datetime(2030, 12, 5, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("seconds", "left"), [(0, 30), (1, 30), (60, 29), (29 * 60, 1), (30 * 60 - 1, 1), (30 * 60, 0), (3600, 0)]
)
def test_begun_minutes_are_left_until_it_is_over(seconds, left):
    window = protest_window(NOON, HALF_AN_HOUR, NOON + timedelta(seconds=seconds))
    assert (window.closes_at, window.minutes_left, window.is_open) == (NOON + HALF_AN_HOUR, left, left > 0)
