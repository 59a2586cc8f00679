"""Where a moment stands in an event, and how the zone of a clock time is written."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

Phase = Literal["before", "during", "after"]


def event_phase(today: date, first_day: date, last_day: date) -> Phase:
    """Where `today` (at the track) stands against the days of an event.

    >>> event_phase(date(2023, 12, 3), date(2023, 12, 2), date(2023, 12, 3))
    'during'
    """
    if today < first_day:
        return "before"
    return "during" if today <= last_day else "after"


def session_phase(moment: datetime, starts_at: datetime, duration_minutes: int | None) -> Phase:
    """Where `moment` stands against a session by its timetable; nobody knows here what happens on the track.

    `starts_at` is in track time. A session of unknown duration is over when its day at the track is.
    """
    if moment < starts_at:
        return "before"
    if duration_minutes is None:
        today = moment.astimezone(starts_at.tzinfo).date()
        return "during" if today <= starts_at.date() else "after"
    return "during" if moment < ends_at(starts_at, duration_minutes) else "after"


def ends_at(starts_at: datetime, duration_minutes: int) -> datetime:
    """The end in the zone of the start, counted in UTC: a change of the clocks makes no race longer or shorter."""
    return (starts_at.astimezone(UTC) + timedelta(minutes=duration_minutes)).astimezone(starts_at.tzinfo)


def zone_label(moment: datetime) -> str:
    """How readers know the zone of an aware moment: `CET`, or `UTC+8` where the zone has no letters of its own.

    The zone's rules of that date decide, so that summer and winter differ where they do.
    """
    name = moment.tzname() or ""
    if name.isalpha():
        return name
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
