"""What a session's own page says about it, beside its classification: when it is, and which come before and after."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, prefetch_related_objects
from django.urls import reverse

from championship.models import Round, Session
from championship.rules.times import zone_label
from championship.selectors.sessions import SessionLine, is_in_calendars, session_line, track_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The session before or after this one in the season."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """When a session is: `starts_at` in track time, at midnight while only the day is known, None without a day.

    `ics_url` is "" while it is in no calendar; `round_number` is None for all but races.
    """

    kind: str
    round_number: int | None
    starts_at: datetime | None
    confirmed: bool
    zone: str
    ics_url: str
    previous: Neighbour | None
    next: Neighbour | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Why a session has no classification to show; `is_ahead` when it simply has not taken place yet."""

    title: str
    text: str
    is_ahead: bool = False


def absence(kind: str, line: SessionLine) -> Absence:
    """What to say of a session without a classification, by its timetable and the site's clock."""
    reason = f"{line.reason.rstrip('.')}. " if line.reason else ""
    if line.state == "cancelled":
        return Absence(title="Cancelled", text=reason or "The session was called off. The reason is not on record.")
    if line.state_label == Session.State.POSTPONED.label:
        return Absence(title="Postponed", text=f"{reason}The new time is not known yet.")
    if line.is_held and kind != Session.Kind.RACE:
        return Absence(
            title="Times not on record", text="The session took place. No list of its times is on record here."
        )
    if line.phase == "after":
        return Absence(
            title="No classification yet",
            text="By the timetable the session is over. Its classification appears here the moment it is published.",
        )
    if line.phase == "during":
        return Absence(
            title="No classification yet",
            text="By the timetable the session is on. Its classification appears here the moment it is published.",
        )
    return Absence(
        title="Still to come",
        text="The session has not taken place. Its classification appears here the moment it is published.",
        is_ahead=True,
    )


def find_session(season: str, event: str, session: str) -> Session | None:
    """The session at an address, with its event, season, circuit and round; one query."""
    return (
        Session.objects.filter(event__season__slug=season, event__slug=event, slug=session)
        .select_related("event__season", "event__circuit", "round")
        .first()
    )


def session_facts(session: Session) -> SessionFacts:
    """The facts of a session that `find_session` fetched, in one query."""
    event = session.event
    moment = track_moment(session, event)
    previous, following = _neighbours(session)
    round_ = session.round_or_none
    is_listed = is_in_calendars(session)
    return SessionFacts(
        kind=session.kind,
        round_number=round_.number if round_ else None,
        starts_at=moment,
        confirmed=session.start_confirmed,
        zone=zone_label(moment) if moment else "",
        ics_url=reverse("session_ics", args=[event.season.slug, event.slug, session.slug]) if is_listed else "",
        previous=previous,
        next=following,
    )


def timetable_line(session: Session) -> SessionLine:
    """The session as the timetable of its event shows it, in up to four queries."""
    grids = Prefetch("grids", Round.objects.select_related("race_session"))
    prefetch_related_objects([session], "race_classes", grids)
    round_ = session.round_or_none
    grid_from = [row.name for row in round_.grid_from.all()] if round_ else []
    return session_line(session, session.event, grid_from=grid_from)


def _neighbours(session: Session) -> tuple[Neighbour | None, Neighbour | None]:
    """The sessions before and after in the season, in the order of its timetables."""
    season = session.event.season
    rows = list(
        Session.objects.filter(event__season=season)
        .order_by(
            "event__starts_on",
            "event__slug",
            F("date").asc(nulls_first=True),
            F("starts_at").asc(nulls_first=True),
            "slug",
        )
        .values_list("pk", "event__slug", "slug", "event__name", "name")
    )
    place = next(place for place, row in enumerate(rows) if row[0] == session.pk)
    around = (rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None)
    previous, following = (
        Neighbour(label=f"{row[3]}, {row[4]}", url=reverse("classification", args=[season.slug, row[1], row[2]]))
        if row
        else None
        for row in around
    )
    return previous, following
