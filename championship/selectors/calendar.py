"""The calendar of a season: as a page, and as what a calendar file holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Max, QuerySet

from championship import clock
from championship.models import Event, Season, Session
from championship.rules.times import ends_at, zone_label
from championship.selectors.events import EventCard, event_card, for_cards
from championship.selectors.sessions import is_in_calendars

KINDS = tuple(Session.Kind.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """All that the calendar page of a season says."""

    season_slug: str
    season_label: str
    events: tuple[EventCard, ...]

    @property
    def rounds(self) -> int:
        return sum(len(event.rounds) for event in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSession:
    """A session in a calendar file.

    `starts_at` and `ends_at` are UTC, None while the time is to be confirmed or the session is postponed: then it
    takes all of `date`, and is tentative.
    `status` is one of RFC 5545; `sequence` and `changed_at` tell subscribers that something is new.
    """

    key: str
    summary: str
    description: str
    kind: str
    date: date
    starts_at: datetime | None
    ends_at: datetime | None
    status: str
    sequence: int
    changed_at: datetime
    location: str
    latitude: Decimal
    longitude: Decimal
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """A calendar file: `name` for people, `file_name` without its ending."""

    name: str
    file_name: str
    sessions: tuple[FeedSession, ...]


def calendar_page(season: str) -> CalendarPage | None:
    """The calendar of a season, or None when there is no such season."""
    found = Season.objects.filter(slug=season).first()
    if found is None:
        return None
    events = for_cards(Event.objects.filter(season=found))
    return CalendarPage(
        season_slug=found.slug, season_label=found.label, events=tuple(event_card(event) for event in events)
    )


def season_feed(season: str, kinds: Collection[str] = KINDS) -> CalendarFeed | None:
    """All sessions of these kinds in a season, or None when there is no such season."""
    found = Season.objects.filter(slug=season).first()
    if found is None:
        return None
    words = "" if set(kinds) == set(KINDS) else f" ({', '.join(kind for kind in KINDS if kind in kinds)})"
    return CalendarFeed(
        name=f"Asian Le Mans Series {found.label}{words}",
        file_name=f"asian-le-mans-series-{found.slug}",
        sessions=_feed_sessions(Session.objects.filter(event__season=found, kind__in=kinds)),
    )


def event_feed(season: str, event: str) -> CalendarFeed | None:
    """All sessions of an event, or None when there is no such event."""
    found = Event.objects.filter(season__slug=season, slug=event).select_related("season").first()
    if found is None:
        return None
    return CalendarFeed(
        name=f"{found.name} {found.season.label}",
        file_name=f"asian-le-mans-series-{season}-{event}",
        sessions=_feed_sessions(Session.objects.filter(event=found)),
    )


def session_feed(season: str, event: str, session: str) -> CalendarFeed | None:
    """One session, or None when there is none, or it is not `is_in_calendars`."""
    found = _feed_sessions(Session.objects.filter(event__season__slug=season, event__slug=event, slug=session))
    if not found:
        return None
    return CalendarFeed(
        name=found[0].summary, file_name=f"asian-le-mans-series-{season}-{event}-{session}", sessions=found
    )


def _feed_sessions(sessions: QuerySet[Session]) -> tuple[FeedSession, ...]:
    """What a calendar can show, each with the last change of the session or of its event."""
    rows = sessions.select_related("event__season", "event__circuit", "round").order_by(
        "date", "starts_at", "event", "slug"
    )
    found = [row for row in rows if is_in_calendars(row)]
    sessions_changed = _last_changes(Session, {row.pk for row in found})
    events_changed = _last_changes(Event, {row.event_id for row in found})

    def changed_at(row: Session) -> datetime:
        known = [sessions_changed.get(row.pk), events_changed.get(row.event_id)]
        return max((moment for moment in known if moment), default=clock.now())

    return tuple(_feed_session(row, changed_at(row)) for row in found)


def _last_changes(model: type[Event] | type[Session], keys: Collection[int]) -> dict[int, datetime]:
    """When each of these rows was saved last, as far as its history goes; one query."""
    return dict(model.history.filter(id__in=keys).values_list("id").annotate(Max("history_date")))


def _feed_session(session: Session, changed_at: datetime) -> FeedSession:
    event, circuit, round_ = session.event, session.event.circuit, session.round_or_none
    start = session.starts_at.astimezone(UTC) if session.starts_at and session.start_confirmed else None
    minutes = session.duration_minutes
    is_cancelled = event.is_cancelled or session.state == Session.State.CANCELLED
    prefix = "Cancelled: " if is_cancelled else "Postponed: " if session.state == Session.State.POSTPONED else ""
    about = f"Round {round_.number} of the" if round_ else f"{session.get_kind_display()},"
    parts = [
        f"{about} Asian Le Mans Series {event.season.label}.",
        "" if is_cancelled else _when(start, event),
        f"{session.state_reason.rstrip('.')}." if session.state_reason else "",
    ]
    return FeedSession(
        key=f"{event.season.slug}-{event.slug}-{session.slug}",
        summary=f"{prefix}{event.name}, {session.name}",
        description=" ".join(part for part in parts if part),
        kind=session.get_kind_display(),
        date=session.date,
        starts_at=start,
        ends_at=ends_at(start, minutes) if start and minutes else None,
        status="CANCELLED" if is_cancelled else "CONFIRMED" if start else "TENTATIVE",
        sequence=session.calendar_revision,
        changed_at=changed_at,
        location=f"{circuit.name}, {circuit.location}, {circuit.country.name}",
        latitude=circuit.latitude,
        longitude=circuit.longitude,
        path=event.get_absolute_url(),
    )


def _when(start: datetime | None, event: Event) -> str:
    if start is None:
        return "The time is to be confirmed."
    at_the_track = start.astimezone(event.zone)
    return f"It starts at {at_the_track:%H:%M} track time ({zone_label(at_the_track)})."
