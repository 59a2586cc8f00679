"""What stories are about, as far as the public knows it: a link never tells of a car or a driver on no list yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from championship.models import Entry, EntryListLine, EntryListSeat, ResultDriver
from championship.selectors.published_results import published_cars
from news.models import StoryLink

# So many plates have room beside a headline.
MOST_PLATES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A car that a story is about."""

    car_number: str
    race_class_name: str
    style_key: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """What stands where a story has no picture: the outline of its circuit, the plates of its cars, its topic.

    `figure` is the season, for a story that is at no circuit; "" when it is of none.
    """

    outline: str
    figure: str
    circuit_name: str
    plates: tuple[Plate, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One thing that a story is about: `kind` is a word for readers, `plate` is set for a car."""

    kind: str
    label: str
    url: str
    plate: Plate | None = None


def public_links(editions: Iterable[int]) -> QuerySet[StoryLink]:
    """The links of these editions (by key) to what the public knows, with all that their pages show; one query."""
    lines = EntryListLine.objects.published()
    known = {
        "entry": lines.filter(entry=OuterRef("entry")),
        "team": lines.filter(team=OuterRef("team")),
        "driver": EntryListSeat.objects.filter(line__in=lines, driver=OuterRef("driver")),
    }
    raced = {
        "entry": published_cars().filter(event_entry__entry=OuterRef("entry")),
        "team": published_cars().filter(team=OuterRef("team")),
        "driver": ResultDriver.objects.filter(result__in=published_cars(), driver=OuterRef("driver")),
    }
    rows = StoryLink.objects.filter(edition__in=editions)
    for name, listed in known.items():
        rows = rows.filter(Q(**{f"{name}__isnull": True}) | Exists(listed) | Exists(raced[name]))
    return rows.select_related(
        "season",
        "event__season",
        "event__circuit",
        "session__event__season",
        "session__event__circuit",
        "team",
        "driver",
        "entry__season",
        "entry__team",
        "entry__car_model",
        "entry__race_class__season",
        "title__race_class__season",
        "picture",
    )


def subjects(links: Iterable[StoryLink]) -> tuple[Subject, ...]:
    """What the story is about in the words of its editor, the sport's order: season, events, sessions, cars, people."""
    about = [link for link in links if not link.in_block]
    found: list[Subject] = []
    found += [
        Subject(kind="Season", label=link.season.label, url=link.season.get_absolute_url())
        for link in about
        if link.season
    ]
    found += [
        Subject(kind="Event", label=f"{link.event.name} {link.event.season.label}", url=link.event.get_absolute_url())
        for link in about
        if link.event
    ]
    found += [_session(link) for link in about if link.session]
    cars = sorted((link.entry for link in about if link.entry), key=_by_class_and_number)
    found += [Subject(kind="Car", label=car.team.name, url=car.get_absolute_url(), plate=plate_of(car)) for car in cars]
    found += [
        Subject(kind="Team", label=link.team.name, url=link.team.get_absolute_url()) for link in about if link.team
    ]
    found += [
        Subject(kind="Driver", label=link.driver.name, url=link.driver.get_absolute_url())
        for link in about
        if link.driver
    ]
    return tuple(found)


def plate_of(entry: Entry) -> Plate:
    return Plate(
        car_number=entry.car_number,
        race_class_name=entry.race_class.name,
        style_key=entry.race_class.style_key,
        url=entry.get_absolute_url(),
    )


def public_cars(entries: Iterable[int]) -> set[int]:
    """Those of the cars (by key) that the public knows: on a published list, or classified. One query, or none."""
    asked = list(entries)
    if not asked:
        return set()
    return set(Entry.shown_to_readers().filter(pk__in=asked).values_list("pk", flat=True))


def tile(links: Iterable[StoryLink], label: str) -> Tile:
    """The typographic plate of a story with these links; `label` is its topic, or ""."""
    found = list(links)
    events = [link.event or (link.session.event if link.session else None) for link in found]
    circuit = next((event.circuit for event in events if event), None)
    season = next((link.season.label for link in found if link.season), "")
    return Tile(
        outline=circuit.outline if circuit else "",
        circuit_name=circuit.name if circuit else "",
        figure="" if circuit and circuit.outline else season,
        plates=tuple(plate_of(entry) for entry in cars_of(found)),
        label=label,
    )


def cars_of(links: Iterable[StoryLink]) -> tuple[Entry, ...]:
    """The cars whose plates stand for a story, by class and number."""
    entries = {link.entry for link in links if link.entry}
    return tuple(sorted(entries, key=_by_class_and_number)[:MOST_PLATES])


def _by_class_and_number(entry: Entry) -> tuple[int, tuple[int, str]]:
    return entry.race_class.position, entry.car_number_key


def _session(link: StoryLink) -> Subject:
    session = link.session
    where = [session.event.season.slug, session.event.slug, session.slug]
    return Subject(kind="Session", label=str(session), url=reverse("classification", args=where))
