"""The sessions of an event as its timetable shows them, by the site's clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Prefetch
from django.urls import reverse

from championship import clock
from championship.models import Classification, Event, Session
from championship.rules.times import Phase, ends_at, event_phase, session_phase, zone_label
from championship.selectors.published_results import newest_status


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLink:
    """The way to a classification; `label` says its status: `Provisional result`."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session in the timetable.

    `starts_at` and `ends_at` are track time, and only known when the start is confirmed. `state` is a state of the
    pill component, "" when there is nothing to say beside the time; `phase` follows the timetable. `grid_of` names
    the races whose grid the session sets, `grid_from` the sessions that set this race's grid. `is_held` is said only of
    sessions without a time: those with one are over by `phase`. `result` is None until a classification is published.
    """

    name: str
    date: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str
    phase: Phase
    is_held: bool
    state: str
    state_label: str
    reason: str
    round_number: int | None
    race_classes: tuple[str, ...]
    grid_of: tuple[str, ...]
    grid_from: tuple[str, ...]
    ics_url: str
    result: ResultLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableDay:
    """The sessions of one day; `date` is None for those whose day is not known."""

    date: date | None
    sessions: tuple[SessionLine, ...]

    @property
    def is_held(self) -> bool:
        """Whether all of it has taken place, so that an unknown day will not be confirmed any more."""
        return all(session.is_held for session in self.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSession:
    """The session of an event that is on (`is_on`, by the timetable) or comes next; times as for `track_time`."""

    name: str
    event_name: str
    event_url: str
    starts_at: datetime | None
    confirmed: bool
    zone: str
    is_on: bool
    ends_at: datetime | None


def phase_of(event: Event) -> Phase:
    """Where the site's clock stands against the event's days at the track."""
    return event_phase(clock.now().astimezone(event.zone).date(), event.starts_on, event.ends_on)


def track_moment(session: Session, event: Event) -> datetime | None:
    """Start in track time; midnight while only the day is known, so that no unconfirmed clock can be shown."""
    if session.start_confirmed and session.starts_at:
        return session.starts_at.astimezone(event.zone)
    return datetime.combine(session.date, time.min, tzinfo=event.zone) if session.date else None


def is_in_calendars(session: Session) -> bool:
    """Whether calendar files hold the session: one without a day, or whose times are not on record, has no place."""
    return session.date is not None and session.start_status != Session.StartStatus.NOT_ON_RECORD


def session_state(session: Session, event: Event) -> tuple[str, str]:
    """State and words of the pill beside a session, "" when the time says it all."""
    if event.is_cancelled or session.state == Session.State.CANCELLED:
        return "cancelled", "Cancelled"
    if session.state == Session.State.POSTPONED:
        return "neutral", "Postponed"
    if session.start_confirmed:
        return "", ""
    if _is_held(session, event):
        return "neutral", "Held, time not on record"
    return "to-be-confirmed", "Time to be confirmed"


def _is_held(session: Session, event: Event) -> bool:
    """Whether a session without a time has taken place: the event is over, or a race has begun whose grid it set."""
    if session.start_confirmed or session.state != Session.State.SCHEDULED:
        return False
    if phase_of(event) == "after":
        return True
    if session.kind != Session.Kind.QUALIFYING:
        return False
    races = (round_.race_session for round_ in session.grids.all())
    return any(race.start_confirmed and race.starts_at <= clock.now() for race in races)


def timetable(event: Event) -> tuple[TimetableDay, ...]:
    """The event's sessions by day, in three queries; those whose day is not known stand first, as in the record."""
    grids = Prefetch("grids", queryset=event.rounds.select_related("race_session"))
    rows = event.sessions.select_related("round").prefetch_related("race_classes", grids)
    sessions = list(rows.annotate(result_status=newest_status("pk")))
    setters: dict[int, list[str]] = {}
    for session in sessions:
        for round_ in session.grids.all():
            setters.setdefault(round_.pk, []).append(session.name)
    days: dict[date | None, list[SessionLine]] = {}
    for session in sessions:
        round_ = session.round_or_none
        grid_from = setters.get(round_.pk, []) if round_ else []
        line = session_line(session, event, grid_from=grid_from, result=session.result_status)
        days.setdefault(session.date, []).append(line)
    return tuple(TimetableDay(date=day, sessions=tuple(lines)) for day, lines in days.items())


def next_session(event: Event) -> NextSession | None:
    """The session that is on or comes next, in one query; None when what is left has no day or is cancelled."""
    for session in event.sessions.exclude(date=None).exclude(state=Session.State.CANCELLED):
        starts_at = _confirmed_start(session, event)
        phase = _phase(session, starts_at, event)
        if phase != "after":
            return NextSession(
                name=session.name,
                event_name=event.name,
                event_url=event.get_absolute_url(),
                starts_at=track_moment(session, event),
                confirmed=starts_at is not None,
                zone=zone_label(starts_at) if starts_at else "",
                is_on=phase == "during",
                ends_at=_end(session, starts_at),
            )
    return None


def session_line(
    session: Session, event: Event, *, grid_from: Sequence[str] = (), result: str | None = None
) -> SessionLine:
    """The session of `event` as one line; `result` is the status of its newest classification."""
    starts_at = _confirmed_start(session, event)
    state, label = session_state(session, event)
    phase = _phase(session, starts_at, event)
    if not state and phase == "during":
        state, label = "neutral", "Now, by the timetable"
    round_ = session.round_or_none
    return SessionLine(
        name=session.name,
        date=session.date,
        starts_at=starts_at,
        ends_at=_end(session, starts_at),
        zone=zone_label(starts_at) if starts_at else "",
        phase=phase,
        is_held=_is_held(session, event),
        state=state,
        state_label=label,
        reason=session.state_reason,
        round_number=round_.number if round_ else None,
        race_classes=tuple(row.name for row in session.race_classes.all()),
        grid_of=tuple(row.race_session.name for row in session.grids.all()),
        grid_from=tuple(grid_from),
        ics_url=_ics_url(session, event),
        result=result_link(session, event, result),
    )


def result_link(session: Session, event: Event, status: str | None) -> ResultLink | None:
    """The way to the session's classification of that status; None without one."""
    if not status:
        return None
    return ResultLink(
        label=f"{Classification.Status(status).label} result",
        url=reverse("classification", args=[event.season.slug, event.slug, session.slug]),
    )


def _ics_url(session: Session, event: Event) -> str:
    """The address of the session's calendar file, "" while there is none."""
    if not is_in_calendars(session):
        return ""
    return reverse("session_ics", args=[event.season.slug, event.slug, session.slug])


def _confirmed_start(session: Session, event: Event) -> datetime | None:
    return track_moment(session, event) if session.start_confirmed else None


def _end(session: Session, starts_at: datetime | None) -> datetime | None:
    """The end by the timetable, in track time."""
    if starts_at is None or session.duration_minutes is None:
        return None
    return ends_at(starts_at, session.duration_minutes)


def _phase(session: Session, starts_at: datetime | None, event: Event) -> Phase:
    if starts_at:
        return session_phase(clock.now(), starts_at, session.duration_minutes)
    if session.date is None:
        return phase_of(event)
    # Without a clock time a session is ahead until its day is over.
    return "after" if clock.now().astimezone(event.zone).date() > session.date else "before"
