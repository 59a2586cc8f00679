"""One row of the record and the row of the database that it stands for: reading the one, saving the other.

What every door writes that brings in whole tables: the loader of a season and the import in the admin.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from championship.models import (
    CarModel,
    Driver,
    DriverAlias,
    Entry,
    Event,
    EventEntry,
    RaceClass,
    Season,
    Seat,
    Team,
    TeamAlias,
)
from championship.record import schema
from championship.services.crews import NewSeat, set_crew
from championship.services.saving import save


class LoadError(Exception):
    """A row that the database refuses; the message names the file, the row and what to mend."""


# Reading


def exact(number: Decimal) -> Decimal:
    """Without the zeros that a column's fixed number of places adds: 25.000 is 25, 0.700 is 0.7."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def exact_if_any(number: Decimal | None) -> Decimal | None:
    """The same, None when there is no number."""
    return None if number is None else exact(number)


def team_row(row: Team) -> schema.TeamRow:
    return schema.TeamRow(
        slug=row.slug,
        name=row.name,
        aliases=_names(row.aliases.all()),
        country=str(row.country),
        source=row.source,
    )


def driver_row(row: Driver) -> schema.DriverRow:
    return schema.DriverRow(
        slug=row.slug,
        given_name=row.given_name,
        family_name=row.family_name,
        aliases=_names(row.aliases.all()),
        country=str(row.country),
        source=row.source,
    )


def _names(aliases: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted(alias.name for alias in aliases))


def entry_row(row: Entry) -> schema.EntryRow:
    return schema.EntryRow(
        car_number=row.car_number,
        race_class=row.race_class.slug,
        team=row.team.slug,
        car_model=row.car_model.slug,
        status=cast(schema.EntryStatus, row.status),
        withdrawn_on=row.withdrawn_on,
        withdrawal_reason=row.withdrawal_reason,
        source=row.source,
        crew=_crew(row.crew.all()),
    )


def event_entry_row(row: EventEntry) -> schema.EventEntryRow:
    return schema.EventEntryRow(
        event=row.event.slug,
        car_number=row.entry.car_number,
        listed_name=row.listed_name,
        listed_country=str(row.listed_country),
        car_model=row.car_model.slug,
        status=cast(schema.EventEntryStatus, row.status),
        withdrawn_on=row.withdrawn_on,
        withdrawal_reason=row.withdrawal_reason,
        source=row.source,
        crew=_crew(row.crew.all()),
    )


def _crew(seats: Iterable[Seat]) -> tuple[schema.CrewSeat, ...]:
    return tuple(
        schema.CrewSeat(
            seat=seat.seat,
            driver=seat.driver.slug if seat.driver else "",
            rating=cast(schema.Rating, seat.rating),
            nationality=str(seat.nationality),
        )
        for seat in seats
    )


# Saving: each raises ValidationError when a rule or a constraint refuses the row


def upsert(model: type[Any], key: dict[str, Any], values: dict[str, Any], *, reason: str) -> Any:
    """Save the row with this natural key, new or changed, like any other change."""
    instance = model.objects.filter(**key).first() or model(**key)
    for name, value in values.items():
        setattr(instance, name, value)
    return save(instance, reason=reason)


def plain(row: Any, *names: str) -> dict[str, Any]:
    """These fields of a row of the record, by name."""
    return {name: getattr(row, name) for name in names}


def save_team(row: schema.TeamRow, *, reason: str) -> Team:
    """The team with exactly these other spellings."""
    team: Team = upsert(Team, {"slug": row.slug}, plain(row, "name", "country", "source"), reason=reason)
    _set_aliases(TeamAlias, {"team": team}, row.aliases, reason)
    return team


def save_driver(row: schema.DriverRow, *, reason: str) -> Driver:
    """The driver with exactly these other spellings."""
    values = plain(row, "given_name", "family_name", "country", "source")
    driver: Driver = upsert(Driver, {"slug": row.slug}, values, reason=reason)
    _set_aliases(DriverAlias, {"driver": driver}, row.aliases, reason)
    return driver


def remove_aliases(model: type[Any], owner: dict[str, Any], kept: Sequence[str], reason: str) -> None:
    """Delete the other spellings of the rows that `owner` selects, except those that are `kept`."""
    for alias in model.objects.filter(**owner).exclude(name__in=kept):
        alias._change_reason = reason
        alias.delete()


def _set_aliases(model: type[Any], owner: dict[str, Any], names: Sequence[str], reason: str) -> None:
    remove_aliases(model, owner, names, reason)
    known = set(model.objects.filter(**owner).values_list("name", flat=True))
    for name in names:
        if name not in known:
            save(model(**owner, name=name), reason=reason)


def save_entry(row: schema.EntryRow, *, season: Season, reason: str) -> Entry:
    """The entry of the season with this car number, with exactly this crew for the season."""
    entry: Entry = upsert(
        Entry,
        {"season": season, "car_number": row.car_number},
        {
            "race_class": RaceClass.objects.get(season=season, slug=row.race_class),
            "team": Team.objects.get(slug=row.team),
            "car_model": CarModel.objects.get(slug=row.car_model),
            **plain(row, "status", "withdrawn_on", "withdrawal_reason", "source"),
        },
        reason=reason,
    )
    _set_crew(entry, row.crew, reason)
    return entry


def save_event_entry(row: schema.EventEntryRow, *, season: Season, reason: str) -> EventEntry:
    """The entry at the event that the row names, with exactly this crew."""
    names = ("listed_name", "listed_country", "status", "withdrawn_on", "withdrawal_reason", "source")
    event_entry: EventEntry = upsert(
        EventEntry,
        {
            "event": Event.objects.get(season=season, slug=row.event),
            "entry": Entry.objects.get(season=season, car_number=row.car_number),
        },
        {"car_model": CarModel.objects.get(slug=row.car_model), **plain(row, *names)},
        reason=reason,
    )
    _set_crew(event_entry, row.crew, reason)
    return event_entry


def _set_crew(parent: Entry | EventEntry, crew: Sequence[schema.CrewSeat], reason: str) -> None:
    drivers = Driver.objects.in_bulk([seat.driver for seat in crew], field_name="slug")
    seats = [
        NewSeat(seat=seat.seat, driver=drivers.get(seat.driver), rating=seat.rating, nationality=seat.nationality)
        for seat in crew
    ]
    set_crew(parent, seats, reason=reason)
