"""The zones in which the newsroom says and types times: those of the tracks, of the organiser, and UTC."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from championship import clock
from championship.models import Circuit, Season
from championship.rules.text import series
from championship.rules.times import letters_of

HOME = "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChoice:
    """`name` is that of the database of zones, `label` is for people: `Track time of Dubai Autodrome (GST)`."""

    name: str
    label: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.name)


def zone_choices() -> tuple[ZoneChoice, ...]:
    """The zones of the current season's circuits in the order of its events, then Paris and UTC; two queries.

    Without a current season those of all circuits.
    """
    season = Season.objects.current()
    circuits = Circuit.objects.order_by("name")
    if season is not None:
        circuits = circuits.filter(events__season=season).order_by("events__starts_on")
    places: dict[str, list[str]] = {}
    for circuit in circuits:
        names = places.setdefault(circuit.time_zone, [])
        if circuit.name not in names:
            names.append(circuit.name)
    tracks = {name: f"Track time of {series(where)} ({_now_in(name)})" for name, where in places.items()}
    others = {HOME: f"Paris ({_now_in(HOME)})", "UTC": "UTC"}
    return tuple(ZoneChoice(name=name, label=label) for name, label in (tracks | others | tracks).items())


def _now_in(name: str) -> str:
    return letters_of(clock.now().astimezone(ZoneInfo(name)))
