"""The zones in which the newsroom says and types times: those of the tracks, of the organiser, and UTC."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from championship import clock
from championship.models import Circuit, Season
from championship.rules.text import series
from championship.rules.times import letters_of
from news.models import Story

HOME = "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChoice:
    """`name` is that of the database of zones, `label` is for people: `Track time of Dubai Autodrome (GST)`."""

    name: str
    label: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.name)


def zone_choices(story: Story | None = None) -> tuple[ZoneChoice, ...]:
    """The zones of the current season's circuits, then Paris and UTC; two queries, and one for a story.

    First comes that of the event which the story is about, else of the event that is on or comes next, else of the
    last one. Without a current season they are those of all circuits.
    """
    season = Season.objects.current()
    events = list(season.events.select_related("circuit").order_by("starts_on")) if season else []
    now = clock.now()
    coming = [event for event in events if event.ends_on >= now.astimezone(event.zone).date()]
    about = story.events.select_related("circuit").first() if story else None
    first = [about] if about else coming[:1] or events[-1:]
    places: dict[str, list[str]] = {event.circuit.time_zone: [] for event in first}
    for circuit in [event.circuit for event in events] or Circuit.objects.order_by("name"):
        names = places.setdefault(circuit.time_zone, [])
        if circuit.name not in names:
            names.append(circuit.name)
    if about and not places[about.circuit.time_zone]:
        # Of another season.
        places[about.circuit.time_zone] = [about.circuit.name]
    tracks = {name: f"Track time of {series(where)} ({_now_in(name)})" for name, where in places.items()}
    others = {HOME: f"Paris ({_now_in(HOME)})", "UTC": "UTC"}
    return tuple(ZoneChoice(name=name, label=label) for name, label in (tracks | others | tracks).items())


def _now_in(name: str) -> str:
    return letters_of(clock.now().astimezone(ZoneInfo(name)))
