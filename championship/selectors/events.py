"""One event: its card on many pages, and its own page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from championship.models import EntryList, Event, Round
from championship.rules.times import Phase, zone_label
from championship.selectors.classes import EntrySummary, entry_summary
from championship.selectors.documents import NewestDocuments, newest_documents
from championship.selectors.event_results import EventResult, event_results
from championship.selectors.pictures import LEAD, ShownPicture, shown_picture
from championship.selectors.published_results import newest_status
from championship.selectors.sessions import (
    ResultLink,
    TimetableDay,
    phase_of,
    result_link,
    session_state,
    timetable,
    track_moment,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round as one line: `starts_at` in track time, at midnight while only the day is known, None without a day.

    `state` is a state of the pill component, "" when the time says it all. `result` is None until a classification is
    published.
    """

    number: int
    name: str
    starts_at: datetime | None
    confirmed: bool
    zone: str
    state: str
    state_label: str
    result: ResultLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCard:
    """An event as calendar, home and circuit pages show it; `phase` is by the site's clock."""

    name: str
    slug: str
    url: str
    season_label: str
    starts_on: date
    ends_on: date
    circuit_name: str
    circuit_url: str
    country: str
    country_name: str
    outline: str
    phase: Phase
    is_cancelled: bool
    state: str
    state_label: str
    rounds: tuple[RoundLine, ...]

    @property
    def is_past(self) -> bool:
        return self.phase == "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLink:
    """A link that fans look for on the day, or a neighbour in the calendar."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """All that the page of an event says; `length` is written out: "5.543 km"."""

    card: EventCard
    season_label: str
    season_slug: str
    zone: str
    note: str
    days: tuple[TimetableDay, ...]
    results: tuple[EventResult, ...]
    entries: EntrySummary | None
    documents: NewestDocuments | None
    links: tuple[EventLink, ...]
    location: str
    layout: str
    length: str
    turns: int
    picture: ShownPicture | None
    previous: EventLink | None
    next: EventLink | None


def event_page(season: str, slug: str) -> EventPage | None:
    """The page of one event, or None when the season has no such event."""
    events = list(for_cards(Event.objects.filter(season__slug=season)).select_related("lead_picture"))
    place = next((place for place, event in enumerate(events) if event.slug == slug), None)
    if place is None:
        return None
    event = events[place]
    published = EntryList.objects.of_event(event).published().select_related("season").first()
    card = event_card(event)
    return EventPage(
        card=card,
        season_label=event.season.label,
        season_slug=event.season.slug,
        zone=next((row.zone for row in card.rounds if row.zone), ""),
        note=event.note,
        days=timetable(event),
        results=event_results(event),
        entries=entry_summary(published) if published else None,
        documents=newest_documents(event),
        links=_links(event),
        location=event.circuit.location,
        layout=event.circuit.layout,
        length=event.circuit.length,
        turns=event.circuit.turns,
        picture=shown_picture(event.lead_picture, LEAD),
        previous=_neighbour(events[place - 1]) if place else None,
        next=_neighbour(events[place + 1]) if place + 1 < len(events) else None,
    )


def for_cards(events: QuerySet[Event]) -> QuerySet[Event]:
    """These events with all that their cards show, in two queries."""
    return events.select_related("season", "circuit").prefetch_related(card_rounds())


def card_rounds() -> Prefetch:
    """What the card of an event shows beside the event with its season and circuit."""
    rows = Round.objects.select_related("race_session").annotate(result_status=newest_status("race_session"))
    return Prefetch("rounds", queryset=rows)


def event_card(event: Event) -> EventCard:
    """The card of an event that was fetched with `for_cards`."""
    phase = phase_of(event)
    state, label = _event_state(event, phase)
    return EventCard(
        name=event.name,
        slug=event.slug,
        url=event.get_absolute_url(),
        season_label=event.season.label,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        circuit_name=event.circuit.name,
        circuit_url=event.circuit.get_absolute_url(),
        country=str(event.circuit.country),
        country_name=event.circuit.country.name,
        outline=event.circuit.outline,
        phase=phase,
        is_cancelled=event.is_cancelled,
        state=state,
        state_label=label,
        rounds=tuple(_round_line(row, event) for row in event.rounds.all()),
    )


def _event_state(event: Event, phase: Phase) -> tuple[str, str]:
    if event.is_cancelled:
        return "cancelled", "Cancelled"
    return {"before": ("", ""), "during": ("neutral", "This weekend"), "after": ("neutral", "Held")}[phase]


def _round_line(row: Round, event: Event) -> RoundLine:
    session = row.race_session
    moment = track_moment(session, event)
    state, label = session_state(session, event)
    if state == "to-be-confirmed":
        state, label = "", ""
    return RoundLine(
        number=row.number,
        name=session.name,
        starts_at=moment,
        confirmed=session.start_confirmed,
        zone=zone_label(moment) if moment else "",
        state=state,
        state_label=label,
        result=result_link(session, event, row.result_status),
    )


def _links(event: Event) -> tuple[EventLink, ...]:
    offered = (
        ("Live timing", event.live_timing_url),
        ("Broadcast", event.broadcast_url),
        ("Tickets", event.tickets_url),
    )
    return tuple(EventLink(label=label, url=url) for label, url in offered if url)


def _neighbour(event: Event) -> EventLink:
    return EventLink(label=event.name, url=event.get_absolute_url())
