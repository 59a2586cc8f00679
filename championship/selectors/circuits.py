"""Circuits: their facts, and the events held there."""

from dataclasses import dataclass, replace

from championship.models import Circuit, Event
from championship.selectors.events import EventCard, event_card, for_cards
from championship.selectors.pictures import LEAD, ShownPicture, shown_picture
from championship.selectors.podiums import WinnersTable, circuit_winners


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitCard:
    """A circuit in the list; `length` is written out: "5.543 km"."""

    name: str
    url: str
    location: str
    country: str
    country_name: str
    length: str
    turns: int
    outline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitPage:
    """All that the page of a circuit says; `events` are those held or planned there, the newest season first."""

    card: CircuitCard
    layout: str
    coordinates: str
    time_zone: str
    source: str
    events: tuple[EventCard, ...]
    winners: tuple[WinnersTable, ...]
    picture: ShownPicture | None


def circuits_page() -> tuple[CircuitCard, ...]:
    """Every circuit on record, by name."""
    return tuple(_card(circuit) for circuit in Circuit.objects.all())


def circuit_page(slug: str) -> CircuitPage | None:
    """The page of one circuit, or None when there is no such circuit."""
    circuit = Circuit.objects.select_related("lead_picture").filter(slug=slug).first()
    if circuit is None:
        return None
    events = Event.objects.filter(circuit=circuit).order_by("-season__slug", "starts_on")
    return CircuitPage(
        card=_card(circuit),
        layout=circuit.layout,
        coordinates=_coordinates(circuit),
        time_zone=circuit.time_zone.replace("_", " "),
        source=circuit.source,
        # The outline stands large on the page already.
        events=tuple(replace(event_card(event), outline="") for event in for_cards(events)),
        winners=circuit_winners(circuit),
        picture=shown_picture(circuit.lead_picture, LEAD),
    )


def _card(circuit: Circuit) -> CircuitCard:
    return CircuitCard(
        name=circuit.name,
        url=circuit.get_absolute_url(),
        location=circuit.location,
        country=str(circuit.country),
        country_name=circuit.country.name,
        length=circuit.length,
        turns=circuit.turns,
        outline=circuit.outline,
    )


def _coordinates(circuit: Circuit) -> str:
    """For people: `2.7606° N, 101.7375° E`."""
    north = "N" if circuit.latitude >= 0 else "S"
    east = "E" if circuit.longitude >= 0 else "W"
    return f"{abs(circuit.latitude):.4f}° {north}, {abs(circuit.longitude):.4f}° {east}"
