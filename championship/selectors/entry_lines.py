"""One car of a published list as pages show it: names as they were published, links to what is known now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from django.urls import reverse
from django_countries import countries

from championship.models import EntryListLine, EntryListSeat, EventEntry, Result, Seat
from championship.rules.entry_lists import ENTERED, TO_BE_ANNOUNCED, WITHDRAWN
from championship.selectors.text import counted

# Which pill says a status; a car that is simply entered has none.
PILLS = {
    ENTERED: "",
    EventEntry.Status.RESERVE: "neutral",
    EventEntry.Status.WITHDRAWN: "withdrawn",
    EventEntry.Status.NOT_ADMITTED: "cancelled",
}
# Cars with these statuses are on a list, but not among the cars that it counts.
NOT_COUNTED = frozenset({WITHDRAWN, EventEntry.Status.NOT_ADMITTED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewSeat:
    """One seat. `driver` is a slug and `url` an address, both "" while to be announced; `country` alpha-2 or ""."""

    seat: int
    status: str
    driver: str
    name: str
    short_name: str
    url: str
    country: str
    country_name: str
    rating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One car of a list; `race_class`, `team`, `car_model` and `manufacturer` are slugs, `country` is alpha-2."""

    car_number: str
    url: str
    race_class: str
    race_class_name: str
    style_key: str
    team: str
    team_name: str
    team_url: str
    country: str
    country_name: str
    car_model: str
    car_model_name: str
    car_model_url: str
    manufacturer: str
    manufacturer_name: str
    status: str
    status_label: str
    withdrawn_on: date | None
    withdrawal_reason: str
    crew: tuple[CrewSeat, ...]

    @property
    def state(self) -> str:
        """The pill of the status, "" when the car is simply entered."""
        return PILLS.get(self.status, "neutral")

    @property
    def state_label(self) -> str:
        return self.status_label if self.state else ""

    @property
    def is_counted(self) -> bool:
        return self.status not in NOT_COUNTED

    @property
    def withdrawal_text(self) -> str:
        """What is on record about a withdrawal, as the end of a sentence; "" for a car that is not withdrawn."""
        if self.status != WITHDRAWN:
            return ""
        day = f"on {self.withdrawn_on.day} {self.withdrawn_on:%B %Y}" if self.withdrawn_on else ""
        if day and self.withdrawal_reason:
            return f"{day}: {self.withdrawal_reason}"
        if day:
            return f"{day}; the reason is not on record"
        if self.withdrawal_reason:
            return f"{self.withdrawal_reason}; the date is not on record"
        return "date and reason not on record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The cars of one class, in the order of the list; `count_label` counts them without the withdrawn."""

    race_class: str
    race_class_name: str
    style_key: str
    count_label: str
    lines: tuple[EntryLine, ...]


@cache
def country_name(code: str) -> str:
    """The English name of a country, "" for no country."""
    return str(countries.name(code)) if code else ""


def entry_line(row: EntryListLine, *, with_crew: bool = True) -> EntryLine:
    """Shape a row that was fetched with `for_list()`; without the crew one from `without_crew()` will do."""
    return EntryLine(
        **car_facts(row),
        race_class_name=row.race_class_name,
        status=row.status,
        status_label=row.get_status_display(),
        withdrawn_on=row.withdrawn_on,
        withdrawal_reason=row.withdrawal_reason,
        crew=tuple(crew_seat(seat) for seat in row.crew.all()) if with_crew else (),
    )


def classified_line(row: Result) -> EntryLine:
    """The car as it was classified, in the shape of a list's line without a crew."""
    return EntryLine(
        **car_facts(row),
        race_class_name=row.race_class.name,
        status=EventEntry.Status.ENTERED,
        status_label=EventEntry.Status.ENTERED.label,
        withdrawn_on=None,
        withdrawal_reason="",
        crew=(),
    )


def car_facts(row: EntryListLine | Result) -> dict[str, str]:
    """What lists and classifications freeze alike of a car, as fields of its line."""
    country = str(row.team_country)
    return {
        "car_number": row.car_number,
        "url": reverse("entry", args=[row.race_class.season.slug, row.car_number]),
        "race_class": row.race_class.slug,
        "style_key": row.race_class.style_key,
        "team": row.team.slug,
        "team_name": row.team_name,
        "team_url": row.team.get_absolute_url(),
        "country": country,
        "country_name": country_name(country),
        "car_model": row.car_model.slug,
        "car_model_name": row.car_model_name,
        "car_model_url": row.car_model.get_absolute_url(),
        "manufacturer": row.car_model.manufacturer.slug,
        "manufacturer_name": row.car_model.manufacturer.name,
    }


def crew_seat(seat: EntryListSeat) -> CrewSeat:
    """Shape a seat whose driver was fetched with it."""
    named = seat.status == Seat.Status.NAMED and seat.driver is not None
    country = str(seat.nationality)
    return CrewSeat(
        seat=seat.seat,
        status=seat.status,
        driver=seat.driver.slug if named else "",
        name=f"{seat.given_name} {seat.family_name}" if named else TO_BE_ANNOUNCED,
        short_name=f"{seat.given_name[:1]}. {seat.family_name}" if named else TO_BE_ANNOUNCED,
        url=seat.driver.get_absolute_url() if named else "",
        country=country,
        country_name=country_name(country),
        rating=seat.rating,
    )


def count_label(lines: Sequence[EntryLine]) -> str:
    """How many cars these are: `23 cars`, or `22 cars, 1 withdrawn`."""
    entered = sum(line.is_counted for line in lines)
    others = [line.status_label.lower() for line in lines if not line.is_counted]
    rest = [f"{others.count(label)} {label}" for label in sorted(set(others))]
    return ", ".join([counted(entered, "car"), *rest])


def sections(lines: Iterable[EntryLine]) -> tuple[Section, ...]:
    """Lines by class; lists are published in the order of the classes."""
    found = []
    for (slug, name, style_key), group in groupby(
        lines, key=lambda line: (line.race_class, line.race_class_name, line.style_key)
    ):
        members = tuple(group)
        found.append(
            Section(
                race_class=slug,
                race_class_name=name,
                style_key=style_key,
                count_label=count_label(members),
                lines=members,
            )
        )
    return tuple(found)
