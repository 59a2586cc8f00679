"""Pole positions as pages show them, from the moment on which they are public."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from championship.models import Classification, PolePosition, Round
from championship.rules.durations import duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Pole:
    """A pole position; `driver_name` and `lap_time` are "" when they are not on record, `set_by` says by which lap."""

    round_number: int
    race_name: str
    race_class: str
    race_class_name: str
    style_key: str
    car_number: str
    url: str
    team_name: str
    driver_name: str
    driver_url: str
    set_by: str
    lap_time: str


def public_poles(moment: datetime | None = None) -> QuerySet[PolePosition]:
    """The poles that the public knows at `moment`, with all that `pole` reads, by round and class.

    A pole has no moment of publication of its own: it is known with the classification of the qualifying session
    that set it, or else with that of its race.
    """
    known = Classification.objects.newest(moment).order_by().values("session")
    races = Q(round__race_session__in=known)
    # By way of the rounds, since a pole would come once for every session that sets its grid.
    qualifying = Q(round__in=Round.objects.filter(grid_from__in=known))
    return PolePosition.objects.filter(races | qualifying).select_related(
        "round__race_session", "race_class__season", "event_entry__entry__team", "driver"
    )


def pole(row: PolePosition) -> Pole:
    """Shape a row of `public_poles()`."""
    entry = row.event_entry.entry
    return Pole(
        round_number=row.round.number,
        race_name=row.round.race_session.name,
        race_class=row.race_class.slug,
        race_class_name=row.race_class.name,
        style_key=row.race_class.style_key,
        car_number=entry.car_number,
        url=reverse("entry", args=[row.race_class.season.slug, entry.car_number]),
        team_name=row.event_entry.team_name,
        driver_name=row.driver.name if row.driver else "",
        driver_url=row.driver.get_absolute_url() if row.driver else "",
        set_by=row.get_set_by_display(),
        lap_time=duration(row.lap_time) if row.lap_time is not None else "",
    )
