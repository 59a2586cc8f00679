"""Drivers from A to Z, and where one driver sits."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F
from django.urls import reverse

from championship.models import Driver, EntryList, EntryListLine, EntryListSeat
from championship.rules.text import fold
from championship.selectors.appearances import Appearance, appearances
from championship.selectors.careers import Career, driver_career
from championship.selectors.entry_lines import CrewSeat, country_name, crew_seat
from championship.selectors.pictures import PORTRAIT, ShownPicture, shown_picture
from championship.selectors.text import initial


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverItem:
    """A driver in the index, with rating and country of the newest published crew, and the car of that crew."""

    given_name: str
    family_name: str
    url: str
    country: str
    country_name: str
    rating: str
    car_number: str
    race_class_name: str
    style_key: str
    entry_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGroup:
    letter: str
    anchor: str
    drivers: tuple[DriverItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    """The driver on one list: the car, the rating and country as of then, and who shares the car."""

    where: Appearance
    seat: CrewSeat
    others: tuple[CrewSeat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonOfSeats:
    label: str
    url: str
    seats: tuple[SeatTaken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverPage:
    """A driver; `newest` is the seat on the newest list, None when no newest list has the driver."""

    name: str
    country: str
    country_name: str
    also_listed_as: tuple[str, ...]
    newest: SeatTaken | None
    seasons: tuple[SeasonOfSeats, ...]
    career: Career
    portrait: ShownPicture | None


def driver_index() -> tuple[LetterGroup, ...]:
    """Drivers with a seat on a newest published list, by family name under its initial; one query.

    As with teams, a driver who was on an older list only keeps the page and is not shown here.
    """
    seats = (
        EntryListSeat.objects.filter(line__entry_list__in=EntryList.objects.newest(), driver__isnull=False)
        .select_related("driver", "line__race_class__season")
        .order_by(
            "line__race_class__season__slug",
            F("line__entry_list__event__starts_on").asc(nulls_first=True),
            "line__entry_list_id",
            "line__position",
        )
    )
    newest = {seat.driver_id: seat for seat in seats}
    items = sorted((_item(seat) for seat in newest.values()), key=_by_name)
    return tuple(
        LetterGroup(
            letter=letter, anchor=f"letter-{'other' if letter == '#' else letter.lower()}", drivers=tuple(group)
        )
        for letter, group in groupby(items, key=lambda item: initial(item.family_name))
    )


def driver_page(slug: str) -> DriverPage | None:
    """The page of one driver; None until a published list or classification names him or her."""
    known = Driver.shown_to_readers().filter(slug=slug)
    driver = known.select_related("portrait").prefetch_related("aliases").first()
    if driver is None:
        return None
    taken = [_taken(one, slug) for one in appearances(EntryListLine.objects.filter(crew__driver=driver))]
    names = {alias.name for alias in driver.aliases.all()} | {one.seat.name for one in taken}
    seasons = _seasons(taken)
    return DriverPage(
        name=driver.name,
        country=str(driver.country),
        country_name=country_name(str(driver.country)),
        also_listed_as=tuple(sorted(names - {driver.name}, key=fold)),
        newest=seasons[0].seats[-1] if seasons else None,
        seasons=seasons,
        career=driver_career(driver),
        portrait=shown_picture(driver.portrait, PORTRAIT),
    )


def _seasons(taken: Iterable[SeatTaken]) -> tuple[SeasonOfSeats, ...]:
    return tuple(
        SeasonOfSeats(label=label, url=reverse("season", args=[slug]), seats=tuple(group))
        for (slug, label), group in groupby(taken, key=lambda one: (one.where.season, one.where.season_label))
    )


def _taken(where: Appearance, slug: str) -> SeatTaken:
    crew = where.line.crew
    return SeatTaken(
        where=where,
        seat=next(seat for seat in crew if seat.driver == slug),
        others=tuple(seat for seat in crew if seat.driver != slug),
    )


def _by_name(item: DriverItem) -> tuple[str, str, str]:
    return initial(item.family_name), fold(item.family_name), fold(item.given_name)


def _item(seat: EntryListSeat) -> DriverItem:
    shaped, line = crew_seat(seat), seat.line
    return DriverItem(
        given_name=seat.driver.given_name,
        family_name=seat.driver.family_name,
        url=shaped.url,
        country=shaped.country,
        country_name=shaped.country_name,
        rating=shaped.rating,
        car_number=line.car_number,
        race_class_name=line.race_class_name,
        style_key=line.race_class.style_key,
        entry_url=reverse("entry", args=[line.race_class.season.slug, line.car_number]),
    )
