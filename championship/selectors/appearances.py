"""Where a team, a driver or a model of car is listed now: on the newest published list of a season or event."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F
from django.urls import reverse

from championship.models import EntryListLine
from championship.models.entry_lists import EntryListLineQuerySet
from championship.rules.names import car_number_key
from championship.selectors.entry_lines import CrewSeat, EntryLine, entry_line

SEASON_LIST = "Season entry list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One car on one list; `list_name` is the event's name, `event_url` its page ("" for the season's own list)."""

    season: str
    season_label: str
    list_name: str
    list_url: str
    event_url: str
    starts_on: date | None
    line: EntryLine

    @property
    def is_event(self) -> bool:
        return bool(self.event_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Lists in a row on which a car reads the same: crew, model and status."""

    appearances: tuple[Appearance, ...]
    line: EntryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CarOfSeason:
    """A car through a season; `line` is how it was listed last."""

    line: EntryLine
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonOfCars:
    label: str
    url: str
    cars: tuple[CarOfSeason, ...]


def in_order_of_events(lines: EntryListLineQuerySet) -> EntryListLineQuerySet:
    """By season, the newest first; in a season its own list first, then the events as they come."""
    return lines.order_by(
        F("race_class__season__slug").desc(),
        F("entry_list__event__starts_on").asc(nulls_first=True),
        "entry_list_id",
        "position",
    )


def appearance(row: EntryListLine, *, with_crew: bool = True) -> Appearance:
    """Shape a row that was fetched with `for_list()`, or with `without_crew()` when the crew is not asked for."""
    season, event = row.race_class.season, row.entry_list.event
    if event is None:
        name, list_url, event_url = SEASON_LIST, reverse("entry_list", args=[season.slug]), ""
    else:
        name = event.name
        list_url = reverse("event_entry_list", args=[season.slug, event.slug])
        event_url = reverse("event", args=[season.slug, event.slug])
    return Appearance(
        season=season.slug,
        season_label=season.label,
        list_name=name,
        list_url=list_url,
        event_url=event_url,
        starts_on=event.starts_on if event else None,
        line=entry_line(row, with_crew=with_crew),
    )


def appearances(lines: EntryListLineQuerySet) -> list[Appearance]:
    """What the newest published lists say, in two queries; `lines` narrows it down to a team, driver or model."""
    return [appearance(row) for row in in_order_of_events(lines.on_newest_lists().for_list())]


def by_season(found: Iterable[Appearance]) -> tuple[SeasonOfCars, ...]:
    """Appearances as the cars of each season, in the order of classes and lists."""
    seasons = []
    for (slug, label), group in groupby(found, key=lambda one: (one.season, one.season_label)):
        cars: dict[str, list[Appearance]] = {}
        for one in group:
            cars.setdefault(one.line.car_number, []).append(one)
        seasons.append(
            SeasonOfCars(
                label=label,
                url=reverse("season", args=[slug]),
                cars=tuple(CarOfSeason(line=car[-1].line, spells=spells(car)) for car in cars.values()),
            )
        )
    return tuple(seasons)


def spells(car: Iterable[Appearance]) -> tuple[Spell, ...]:
    """Lists in a row that say the same, as one."""
    found = []
    for _reading, group in groupby(car, key=_reading_of):
        members = tuple(group)
        found.append(Spell(appearances=members, line=members[-1].line))
    return tuple(found)


def _reading_of(one: Appearance) -> tuple[str, str, tuple[CrewSeat, ...]]:
    return one.line.car_model, one.line.status, one.line.crew


def newest_season(rows: Iterable[EntryListLine], key: Callable[[EntryListLine], int]) -> dict[int, list[EntryListLine]]:
    """By `key` (a team, a model): one line for each car of the newest season in which it is listed.

    `rows` come in the order of `in_order_of_events`; the line is the one of the newest list, and the cars come in
    the order of classes and numbers.
    """
    found: dict[int, dict[str, EntryListLine]] = {}
    seasons: dict[int, int] = {}
    for row in rows:
        season = seasons.setdefault(key(row), row.race_class.season_id)
        if row.race_class.season_id == season:
            found.setdefault(key(row), {})[row.car_number] = row
    return {
        owner: sorted(cars.values(), key=lambda row: (row.race_class.position, car_number_key(row.car_number)))
        for owner, cars in found.items()
    }
