"""Clock times as people at the track read and type them."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from championship.rules.times import moments_at


def to_utc(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which the clocks at the track show `clock` on `day`.

    Where the clocks go back, an hour happens twice: the first one is meant. Raises ValidationError for a time that
    the clocks skip when they go forward.

    >>> to_utc(date(2023, 12, 2), time(14), ZoneInfo("Asia/Kuala_Lumpur")).isoformat()
    '2023-12-02T06:00:00+00:00'
    """
    moments = moments_at(day, clock, zone)
    if not moments:
        raise ValidationError(
            f"The clocks at the track never show {clock:%H:%M} on {day.day} {day:%B %Y}: they go forward that night."
        )
    return moments[0]


def to_track(moment: datetime, zone: ZoneInfo) -> tuple[date, time]:
    """The day and the clock time at the track.

    >>> to_track(datetime(2023, 12, 2, 6, tzinfo=UTC), ZoneInfo("Asia/Kuala_Lumpur"))
    (datetime.date(2023, 12, 2), datetime.time(14, 0))
    """
    local = moment.astimezone(zone)
    return local.date(), local.time().replace(fold=0)


class TrackMomentField(forms.DateTimeField):
    """A moment that is typed and shown as the clocks at the track have it, in `zone`."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1})
    zone = ZoneInfo("UTC")

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        return value.astimezone(self.zone).replace(tzinfo=None, microsecond=0).isoformat()

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = value if isinstance(value, datetime) else parse_datetime(value.strip())
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError("Enter a day and a time, such as 2023-12-02 14:05.")
        try:
            if moment.tzinfo is None:
                moment = to_utc(moment.date(), moment.time(), self.zone)
            return moment.astimezone(self.zone)
        except OverflowError:
            raise ValidationError("There is no such year. Enter a day such as 2023-12-02 14:05.") from None
