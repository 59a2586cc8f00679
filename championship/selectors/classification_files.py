"""A classification as a file: the JSON document, whose schema is published, and the rows of the CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from championship.rules.classifications import Gap
from championship.rules.durations import duration
from championship.selectors.classifications import ClassificationPage
from championship.selectors.decision_lines import DecisionLine
from championship.selectors.entry_list_files import neutral
from championship.selectors.result_lines import ResultLine

VersionStatus = Literal["provisional", "official", "revised"]
VersionPrecision = Literal["minute", "day", "month", "latest"]
SessionKind = Literal["practice", "qualifying", "race"]
Milliseconds = Annotated[int | None, Meta(description="Milliseconds; null when not on record.")]

# Tables have room for this many drivers at least, so that most sessions have the same columns.
FEWEST_DRIVER_COLUMNS = 3
COLUMNS = (
    "position",
    "class_position",
    "car_number",
    "race_class",
    "team",
    "team_country",
    "car_model",
    "manufacturer",
    "status",
    "laps",
    "total_time_ms",
    "total_time",
    "gap_laps",
    "gap_ms",
    "interval_laps",
    "interval_ms",
    "class_gap_laps",
    "class_gap_ms",
    "class_interval_laps",
    "class_interval_ms",
    "best_lap_ms",
    "best_lap",
    "best_lap_number",
    "place_points",
    "pole_points",
    "points",
    "decisions",
    "version",
    "classification_status",
    "published_at",
    "published_precision",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGap:
    """How far behind: whole laps, or on the same lap a time."""

    laps: int
    time: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDriver:
    """Somebody who drove the car in this session."""

    seat: Annotated[int, Meta(ge=1, description="Order in the list, from 1.")]
    driver: Annotated[str, Meta(description="Name as classified.")]
    driver_slug: Annotated[str, Meta(description="The driver's page is /drivers/<driver_slug>/.")]
    nationality: Annotated[str, Meta(description="ISO 3166-1 alpha-2; empty for neutral.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """One car of the classification."""

    position: Annotated[int, Meta(ge=1, description="Place in the list; cars that are not classified have one too.")]
    class_position: Annotated[int | None, Meta(description="Place in the class; null when not classified.")]
    car_number: Annotated[str, Meta(description="Text: 007 is another car than 7.")]
    race_class: Annotated[str, Meta(description="Name of the class, as on the number plate.")]
    team: Annotated[str, Meta(description="Name as classified.")]
    team_slug: Annotated[str, Meta(description="The team's page is /teams/<team_slug>/.")]
    team_country: Annotated[str, Meta(description="ISO 3166-1 alpha-2, as classified.")]
    car_model: str
    manufacturer: str
    status: Annotated[str, Meta(description="As the timekeeper gave it: Classified, Not classified ...")]
    laps: Annotated[int, Meta(ge=0)]
    total_time: Milliseconds
    gap: Annotated[DocumentGap | None, Meta(description="To the first car; null for that car, or when unknown.")]
    interval: Annotated[DocumentGap | None, Meta(description="To the car in front.")]
    class_gap: Annotated[DocumentGap | None, Meta(description="To the first car of the class.")]
    class_interval: Annotated[DocumentGap | None, Meta(description="To the car of the class in front.")]
    best_lap_time: Milliseconds
    best_lap_number: int | None
    place_points: Annotated[str | None, Meta(description="A decimal number; null where there are none to win.")]
    pole_points: Annotated[str | None, Meta(description="A decimal number; null where there are none to win.")]
    points: Annotated[str | None, Meta(description="place_points + pole_points.")]
    decisions: Annotated[tuple[str, ...], Meta(description="Slugs of the decisions on this car.")]
    drivers: tuple[DocumentDriver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDecision:
    """A decision of the stewards that counts in this version, in the order of application."""

    slug: Annotated[str, Meta(description="Its page is below that of the session: decisions/<slug>/.")]
    number: Annotated[str | None, Meta(description="Null when it is not on record.")]
    car_number: str
    effects: Annotated[str, Meta(description="In words: 1 lap removed and 1.000 s added.")]
    reason: Annotated[str, Meta(description="Empty when it is not on record.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationDocument:
    """A published version of the classification of a session of the Asian Le Mans Series."""

    season: Annotated[str, Meta(description="Slug of the season, such as 2023-24.")]
    event: Annotated[str, Meta(description="Slug of the event.")]
    event_name: str
    session: Annotated[str, Meta(description="Slug of the session.")]
    session_name: str
    kind: SessionKind
    round: Annotated[int | None, Meta(description="Number of the round; null for all but races.")]
    version: Annotated[int, Meta(ge=1)]
    status: VersionStatus
    is_newest: Annotated[bool, Meta(description="Whether no newer version stands.")]
    published_at: Annotated[datetime, Meta(tz=True)]
    published_precision: Annotated[
        VersionPrecision,
        Meta(description="How much of published_at is on record; `latest` means on that day at the latest."),
    ]
    document_number: Annotated[str | None, Meta(description="Null when it is not on record.")]
    cause: Annotated[str, Meta(description="Why this version follows the one before; empty for the first.")]
    flags: Annotated[tuple[str, ...], Meta(description="What is pending: protest open, subject to appeal ...")]
    race_class: Annotated[str | None, Meta(description="Slug of the class that was asked for; null for all cars.")]
    count: Annotated[int, Meta(ge=0, description="Cars in this document.")]
    total: Annotated[int, Meta(ge=0, description="Cars of the whole classification.")]
    results: tuple[DocumentResult, ...]
    decisions: tuple[DocumentDecision, ...]


def document(page: ClassificationPage) -> ClassificationDocument:
    """The document of a page that has a version with cars."""
    version = page.version
    slugs = {decision.note: decision.slug for decision in page.decisions}
    return ClassificationDocument(
        season=page.scope.season,
        event=page.scope.event,
        event_name=page.scope.event_name,
        session=page.scope.session,
        session_name=page.scope.session_name,
        kind=page.facts.kind,
        round=page.facts.round_number,
        version=version.number,
        status=version.status,
        is_newest=page.is_standing,
        published_at=version.published_at,
        published_precision=version.published_precision,
        document_number=version.document_number or None,
        cause=version.cause,
        flags=version.flags,
        race_class=page.race_class or None,
        count=len(page.lines),
        total=page.total,
        results=tuple(_result(line, slugs) for line in page.lines),
        decisions=tuple(_decision(decision) for decision in page.decisions),
    )


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ClassificationDocument)}


def csv_columns(page: ClassificationPage) -> list[str]:
    """The header of the table: the class does not change it, only the fullest crew does."""
    columns = list(COLUMNS)
    for seat in range(1, max(page.most_drivers, FEWEST_DRIVER_COLUMNS) + 1):
        columns += [f"driver_{seat}", f"nationality_{seat}"]
    return columns


def csv_rows(page: ClassificationPage) -> Iterator[list[str]]:
    """One row per car of a page that has a version with cars, as wide as the header."""
    width = len(csv_columns(page))
    version = page.version
    slugs = {decision.note: decision.slug for decision in page.decisions}
    for line in page.lines:
        points = line.points
        cells = [
            _text(line.position),
            _text(line.class_position),
            line.car_number,
            line.race_class_name,
            line.team_name,
            line.country,
            line.car_model_name,
            line.manufacturer_name,
            line.status,
            _text(line.laps),
            *_time(line.total_time),
            *_gap(line.gaps.gap),
            *_gap(line.gaps.interval),
            *_gap(line.gaps.class_gap),
            *_gap(line.gaps.class_interval),
            *_time(line.best_lap_time),
            _text(line.best_lap_number),
            points.place if points else "",
            points.pole if points else "",
            points.points if points else "",
            " ".join(slugs[note] for note in line.notes),
            _text(version.number),
            version.status,
            version.published_at.isoformat(),
            version.published_precision,
        ]
        for driver in line.crew:
            cells += [driver.name, driver.country]
        yield [neutral(cell) for cell in cells] + [""] * (width - len(cells))


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _time(milliseconds: int | None) -> tuple[str, str]:
    return (_text(milliseconds), duration(milliseconds)) if milliseconds is not None else ("", "")


def _gap(gap: Gap | None) -> tuple[str, str]:
    return (_text(gap.laps), _text(gap.time)) if gap else ("", "")


def _document_gap(gap: Gap | None) -> DocumentGap | None:
    return DocumentGap(laps=gap.laps, time=gap.time) if gap else None


def _decision(decision: DecisionLine) -> DocumentDecision:
    return DocumentDecision(
        slug=decision.slug,
        number=decision.number or None,
        car_number=decision.car_number,
        effects=decision.effects,
        reason=decision.reason,
    )


def _result(line: ResultLine, slugs: dict[int, str]) -> DocumentResult:
    points = line.points
    return DocumentResult(
        position=line.position,
        class_position=line.class_position,
        car_number=line.car_number,
        race_class=line.race_class_name,
        team=line.team_name,
        team_slug=line.team,
        team_country=line.country,
        car_model=line.car_model_name,
        manufacturer=line.manufacturer_name,
        status=line.status,
        laps=line.laps,
        total_time=line.total_time,
        gap=_document_gap(line.gaps.gap),
        interval=_document_gap(line.gaps.interval),
        class_gap=_document_gap(line.gaps.class_gap),
        class_interval=_document_gap(line.gaps.class_interval),
        best_lap_time=line.best_lap_time,
        best_lap_number=line.best_lap_number,
        place_points=points.place if points else None,
        pole_points=points.pole if points else None,
        points=points.points if points else None,
        decisions=tuple(slugs[note] for note in line.notes),
        drivers=tuple(
            DocumentDriver(seat=one.seat, driver=one.name, driver_slug=one.driver, nationality=one.country)
            for one in line.crew
        ),
    )
