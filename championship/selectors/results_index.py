"""The results of a season: every event with its sessions, and what each of them is or brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Prefetch
from django.urls import reverse

from championship.models import Event, Round, Season, Session
from championship.selectors.entry_lines import country_name
from championship.selectors.podiums import SessionResult, season_results
from championship.selectors.session_facts import Absence, absence
from championship.selectors.sessions import session_line, track_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session; `result` is None while no classification stands, and then `absence` says what the session is.

    `starts_at` is track time, at midnight while only the day is known; `state` is a state of the pill component.
    """

    name: str
    url: str
    kind: str
    round_number: int | None
    starts_at: datetime | None
    confirmed: bool
    zone: str
    state: str
    state_label: str
    result: SessionResult | None
    absence: Absence

    @property
    def is_race(self) -> bool:
        return self.kind == Session.Kind.RACE


@dataclass(frozen=True, slots=True, kw_only=True)
class EventResults:
    """An event with its sessions in the order of the timetable."""

    name: str
    slug: str
    url: str
    starts_on: date
    ends_on: date
    country: str
    country_name: str
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """The results of a season, in the order of its calendar."""

    season: str
    season_label: str
    events: tuple[EventResults, ...]

    @property
    def races(self) -> tuple[SessionRow, ...]:
        return tuple(row for event in self.events for row in event.sessions if row.is_race)

    @property
    def races_with_result(self) -> int:
        return sum(row.result is not None for row in self.races)


def results_page(season: str) -> ResultsPage | None:
    """The results of a season; None when there is no such season."""
    found = Season.objects.filter(slug=season).first()
    if found is None:
        return None
    results = {result.url: result for result in season_results(found)}
    grids = Prefetch("grids", Round.objects.select_related("race_session"))
    sessions = (
        Session.objects.select_related("round")
        .prefetch_related("race_classes", grids, "round__grid_from")
        .order_by(F("date").asc(nulls_first=True), F("starts_at").asc(nulls_first=True), "slug")
    )
    events = (
        Event.objects.filter(season=found)
        .select_related("season", "circuit")
        .prefetch_related(Prefetch("sessions", sessions))
    )
    return ResultsPage(
        season=found.slug,
        season_label=found.label,
        events=tuple(_event(event, results) for event in events),
    )


def _event(event: Event, results: Mapping[str, SessionResult]) -> EventResults:
    country = str(event.circuit.country)
    return EventResults(
        name=event.name,
        slug=event.slug,
        url=event.get_absolute_url(),
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        country=country,
        country_name=country_name(country),
        sessions=tuple(_row(session, event, results) for session in event.sessions.all()),
    )


def _row(session: Session, event: Event, results: Mapping[str, SessionResult]) -> SessionRow:
    url = reverse("classification", args=[event.season.slug, event.slug, session.slug])
    line = session_line(session, event)
    result = results.get(url)
    return SessionRow(
        name=session.name,
        url=url,
        kind=session.kind,
        round_number=line.round_number,
        starts_at=track_moment(session, event),
        confirmed=session.start_confirmed,
        zone=line.zone,
        state=result.pill if result else line.state,
        state_label=result.status_label if result else line.state_label,
        result=result,
        absence=absence(session.kind, line),
    )
