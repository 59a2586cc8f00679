"""Where a moment stands in an event, when clocks show a time, and how the zone of a clock time is written."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Phase = Literal["before", "during", "after"]
# Letters that people at these tracks know, and that the database of zones does not have.
LETTERS = {"Asia/Kuala_Lumpur": "MYT", "Asia/Dubai": "GST"}
# No clock is further from UTC than a day.
FIRST = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
LAST = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
NO_SUCH_DAY = "There is no such day on all clocks. Choose another one."
MINUS = "\N{MINUS SIGN}"


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


def letters_of(moment: datetime) -> str:
    """The zone of an aware moment as people there call it: `MYT`, else as `zone_label` says."""
    return LETTERS.get(getattr(moment.tzinfo, "key", ""), "") or zone_label(moment)


def moments_at(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The moments, in UTC, at which the clocks of `zone` show `clock` on `day`.

    None where they skip it, two where they show it twice. Raises OverflowError at the ends of the calendar.
    """
    found = []
    for fold in (0, 1):
        local = datetime.combine(day, clock.replace(fold=fold), tzinfo=zone)
        moment = local.astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            found.append(moment)
    return tuple(dict.fromkeys(found))


def is_on_all_clocks(moment: datetime) -> bool:
    """Whether an aware moment has a day in every zone: not so at the ends of the calendar.

    >>> is_on_all_clocks(datetime(9999, 12, 31, 12, tzinfo=UTC))
    False
    """
    return FIRST <= moment <= LAST


def on_two_clocks(moment: datetime, zone: ZoneInfo, other: ZoneInfo | None, *, now: datetime) -> str:
    """A moment on the clocks of `zone`, and on those of `other` where they show another time.

    `Sat 9 Dec 09:00 MYT (02:00 CET)`. Where the day is another one, too: `(Fri 18:00 CET, −1 day)`. The year is said
    when it is not that of `now`.
    """
    here = moment.astimezone(zone)
    year = "" if here.year == now.astimezone(zone).year else f" {here.year}"
    said = f"{here:%a} {here.day} {here:%b}{year} {here:%H:%M} {letters_of(here)}"
    if other is None:
        return said
    there = moment.astimezone(other)
    if there.utcoffset() == here.utcoffset():
        return said
    days = (there.date() - here.date()).days
    if days == 0:
        return f"{said} ({there:%H:%M} {letters_of(there)})"
    return f"{said} ({there:%a %H:%M} {letters_of(there)}, {'+' if days > 0 else MINUS}{abs(days)} day)"
