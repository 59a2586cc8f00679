"""The time in which a provisional list may be protested."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtestWindow:
    """From the publication of a provisional version until `closes_at`; `minutes_left` are begun ones, 0 once over."""

    closes_at: datetime
    minutes_left: int

    @property
    def is_open(self) -> bool:
        return self.minutes_left > 0


def protest_window(published_at: datetime, allowed: timedelta, now: datetime) -> ProtestWindow:
    """The window of a version that was published then.

    >>> noon = datetime(2023, 12, 3, 12)
    >>> protest_window(noon, timedelta(minutes=30), noon + timedelta(minutes=16, seconds=1)).minutes_left
    14
    >>> protest_window(noon, timedelta(minutes=30), noon + timedelta(minutes=30)).is_open
    False
    """
    closes_at = published_at + allowed
    left = -((now - closes_at) // timedelta(minutes=1))
    return ProtestWindow(closes_at=closes_at, minutes_left=max(left, 0))
