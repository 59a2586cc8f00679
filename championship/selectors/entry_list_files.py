"""An entry list as a file: the JSON document, whose schema is published, and the rows of the CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from championship.selectors.entry_lines import CrewSeat, EntryLine
from championship.selectors.entry_lists import EntryListPage

ListStatus = Literal["provisional", "final", "amended"]
ListPrecision = Literal["minute", "day", "month", "latest"]
EntryStatus = Literal["entered", "reserve", "withdrawn", "not_admitted"]
SeatStatus = Literal["named", "to_be_announced"]
RatingName = Literal["bronze", "silver", "gold", "platinum"]

# Tables have room for this many drivers at least, so that most lists have the same columns.
FEWEST_SEAT_COLUMNS = 3
# What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSeat:
    """One seat of a crew."""

    seat: Annotated[int, Meta(ge=1, description="Order in the crew, from 1.")]
    status: SeatStatus
    driver: Annotated[str | None, Meta(description="Name as listed; null while to be announced.")]
    driver_slug: Annotated[str | None, Meta(description="The driver's page is /drivers/<driver_slug>/.")]
    rating: Annotated[RatingName, Meta(description="FIA driver categorisation as of this list.")]
    nationality: Annotated[str, Meta(description="ISO 3166-1 alpha-2; empty for neutral or to be announced.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """One car of the list."""

    car_number: Annotated[str, Meta(description="Text: 007 is another car than 7.")]
    race_class: Annotated[str, Meta(description="Name of the class, as on the number plate.")]
    team: Annotated[str, Meta(description="Name as listed.")]
    team_slug: Annotated[str, Meta(description="The team's page is /teams/<team_slug>/.")]
    team_country: Annotated[str, Meta(description="ISO 3166-1 alpha-2, as listed.")]
    car_model: str
    manufacturer: str
    status: EntryStatus
    withdrawn_on: Annotated[date | None, Meta(description="Null when not withdrawn or not on record.")]
    withdrawal_reason: Annotated[str, Meta(description="Empty when not withdrawn or not on record.")]
    crew: tuple[DocumentSeat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryListDocument:
    """A published revision of an entry list of the Asian Le Mans Series."""

    season: Annotated[str, Meta(description="Slug of the season, such as 2023-24.")]
    event: Annotated[str | None, Meta(description="Slug of the event; null for the season's own list.")]
    revision: Annotated[int, Meta(ge=1)]
    status: ListStatus
    published_at: Annotated[datetime, Meta(tz=True)]
    published_precision: Annotated[
        ListPrecision,
        Meta(description="How much of published_at is on record; `latest` means on that day at the latest."),
    ]
    count: Annotated[int, Meta(ge=0, description="Entries in this document, withdrawn ones included.")]
    total: Annotated[int, Meta(ge=0, description="Entries of the whole list, withdrawn ones included.")]
    filters: Annotated[dict[str, list[str]], Meta(description="The filters that were applied, by parameter.")]
    entries: tuple[DocumentEntry, ...]


def document(page: EntryListPage) -> EntryListDocument:
    """The document of a page that has a revision."""
    revision = page.revision
    return EntryListDocument(
        season=page.scope.season,
        event=page.scope.event or None,
        revision=revision.number,
        status=revision.status,
        published_at=revision.published_at,
        published_precision=revision.published_precision,
        count=len(page.lines),
        total=page.total,
        filters=page.filters.values if page.filters else {},
        entries=tuple(_entry(line) for line in page.lines),
    )


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(EntryListDocument)}


def csv_columns(page: EntryListPage) -> list[str]:
    """The header of the table: the filters do not change it, only the fullest crew of the list does."""
    columns = ["car_number", "race_class", "team", "team_country", "car_model", "manufacturer"]
    columns += ["status", "withdrawn_on", "withdrawal_reason", "revision", "list_status"]
    for seat in range(1, max(page.most_seats, FEWEST_SEAT_COLUMNS) + 1):
        columns += [f"driver_{seat}", f"rating_{seat}", f"nationality_{seat}"]
    return columns


def csv_rows(page: EntryListPage) -> Iterator[list[str]]:
    """One row per car of a page that has a revision, as wide as the header."""
    width = len(csv_columns(page))
    revision = page.revision
    for line in page.lines:
        cells = [
            line.car_number,
            line.race_class_name,
            line.team_name,
            line.country,
            line.car_model_name,
            line.manufacturer_name,
            line.status,
            line.withdrawn_on.isoformat() if line.withdrawn_on else "",
            line.withdrawal_reason,
            str(revision.number),
            revision.status,
        ]
        for seat in line.crew:
            cells += [seat.name, seat.rating, seat.country]
        yield [neutral(cell) for cell in cells] + [""] * (width - len(cells))


def neutral(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula.

    A text that looks like one treated already gets another apostrophe: taking one away always gives back the text.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def _entry(line: EntryLine) -> DocumentEntry:
    return DocumentEntry(
        car_number=line.car_number,
        race_class=line.race_class_name,
        team=line.team_name,
        team_slug=line.team,
        team_country=line.country,
        car_model=line.car_model_name,
        manufacturer=line.manufacturer_name,
        status=line.status,
        withdrawn_on=line.withdrawn_on,
        withdrawal_reason=line.withdrawal_reason,
        crew=tuple(_seat(seat) for seat in line.crew),
    )


def _seat(seat: CrewSeat) -> DocumentSeat:
    return DocumentSeat(
        seat=seat.seat,
        status=seat.status,
        driver=seat.name if seat.driver else None,
        driver_slug=seat.driver or None,
        rating=seat.rating,
        nationality=seat.country,
    )
