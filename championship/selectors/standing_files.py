"""A table of a title as a file: the JSON document, whose schema is published, and the rows of the CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from championship.selectors.entry_list_files import ListPrecision, neutral
from championship.selectors.standing_cells import RoundCell
from championship.selectors.standing_lines import StandingLine
from championship.selectors.standings import TitleStandingsPage
from championship.selectors.text import plain

TitleState = Literal["open", "clinched", "subject", "awarded"]
ResultState = Literal["provisional", "official", "revised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRound:
    """A round that the table counts."""

    round: Annotated[int, Meta(ge=1)]
    name: Annotated[str, Meta(description="Event and race.")]
    result_state: ResultState
    result_version: Annotated[int, Meta(ge=1, description="The version of the classification that counts.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """What a contender got in one round that it took part in."""

    round: Annotated[int, Meta(ge=1)]
    car_number: Annotated[str, Meta(description="Text: 007 is another car than 7.")]
    class_position: Annotated[int | None, Meta(description="Null for a car that is not classified.")]
    scoring_position: Annotated[int | None, Meta(description="Class position among the cars that score.")]
    place_points: Decimal
    pole_points: Decimal
    points: Annotated[Decimal, Meta(description="place_points + pole_points.")]
    pole_position: bool
    dropped: Annotated[bool, Meta(description="Whether the round does not count in the total.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStanding:
    """One line of the table."""

    position: Annotated[int | None, Meta(description="Shared by contenders on a par; null for an excluded one.")]
    car_number: Annotated[str | None, Meta(description="Of a teams' title, as text; null in a drivers' title.")]
    team: Annotated[str | None, Meta(description="Null in a drivers' title.")]
    team_slug: Annotated[str | None, Meta(description="The team's page is /teams/<team_slug>/.")]
    driver: Annotated[str | None, Meta(description="Null in a teams' title.")]
    driver_slug: Annotated[str | None, Meta(description="The driver's page is /drivers/<driver_slug>/.")]
    country: Annotated[str, Meta(description="ISO 3166-1 alpha-2; empty for a neutral driver.")]
    points: Decimal
    champion: Annotated[bool, Meta(description="The title is decided, and for this contender.")]
    separation: Annotated[str, Meta(description="What separates it from others on equal points; mostly empty.")]
    adjustments: tuple[str, ...]
    rounds: tuple[DocumentScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsDocument:
    """A published table of a title of the Asian Le Mans Series."""

    season: Annotated[str, Meta(description="Slug of the season, such as 2023-24.")]
    title: Annotated[str, Meta(description="Slug of the title, such as lmp2-teams.")]
    title_name: str
    race_class: Annotated[str, Meta(description="Name of the class, as on the number plate.")]
    title_state: TitleState
    after_round: Annotated[int, Meta(ge=1)]
    basis: Annotated[
        Literal["all", "official"],
        Meta(description="Whether provisional results are included (all) or only official ones count (official)."),
    ]
    version: Annotated[int, Meta(ge=1, description="Raised when the table after this round was computed anew.")]
    published_at: Annotated[datetime, Meta(tz=True)]
    published_precision: Annotated[
        ListPrecision,
        Meta(description="How much of published_at is on record; `latest` means on that day at the latest."),
    ]
    rounds: tuple[DocumentRound, ...]
    standings: tuple[DocumentStanding, ...]


def document(page: TitleStandingsPage) -> StandingsDocument:
    """The document of a page that has a table."""
    table = page.table
    return StandingsDocument(
        season=page.season_slug,
        title=page.title.slug,
        title_name=page.title.name,
        race_class=page.title.race_class_name,
        title_state=table.state,
        after_round=table.after,
        basis=table.basis,
        version=table.version,
        published_at=table.published_at,
        published_precision=table.published_precision,
        rounds=tuple(
            DocumentRound(round=head.number, name=head.name, result_state=head.state, result_version=head.version)
            for head in page.rounds
            if head.is_counted
        ),
        standings=tuple(_standing(line) for line in page.lines),
    )


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(StandingsDocument)}


def csv_columns(page: TitleStandingsPage) -> list[str]:
    """The header of the table: two columns for every round that counts."""
    columns = ["position", "car_number", "team", "driver", "country", "points", "champion"]
    for head in page.rounds:
        if head.is_counted:
            columns += [f"round_{head.number}_points", f"round_{head.number}_position"]
    return [*columns, "title", "title_state", "after_round", "basis", "version", "published_at", "published_precision"]


def csv_rows(page: TitleStandingsPage) -> Iterator[list[str]]:
    """One row per contender of a page that has a table, as wide as the header; numbers keep their sign."""
    table = page.table
    published = f"{table.published_at:%Y-%m-%dT%H:%M:%SZ}"
    tail = [page.title.slug, table.state, str(table.after), table.basis, str(table.version), published]
    for line in page.lines:
        who = line.contender
        names = [who.car_number, "" if who.is_driver else who.name, who.name if who.is_driver else "", who.country]
        cells = ["" if line.position is None else str(line.position), *(neutral(name) for name in names)]
        cells += [plain(line.points), "yes" if line.is_champion else "no"]
        for cell in line.cells:
            if cell.round.is_counted:
                cells += [plain(cell.points) if cell.took_part else "", str(cell.class_position or "")]
        yield [*cells, *tail, table.published_precision]


def _standing(line: StandingLine) -> DocumentStanding:
    who = line.contender
    return DocumentStanding(
        position=line.position,
        car_number=who.car_number or None,
        team=None if who.is_driver else who.name,
        team_slug=who.team or None,
        driver=who.name if who.is_driver else None,
        driver_slug=who.key if who.is_driver else None,
        country=who.country,
        points=_exact(line.points),
        champion=line.is_champion,
        separation=line.separation,
        adjustments=line.adjustments,
        rounds=tuple(_score(cell) for cell in line.cells if cell.took_part),
    )


def _score(cell: RoundCell) -> DocumentScore:
    return DocumentScore(
        round=cell.round.number,
        car_number=cell.car_number,
        class_position=cell.class_position,
        scoring_position=cell.scoring_position,
        place_points=_exact(cell.place_points),
        pole_points=_exact(cell.pole_points),
        points=_exact(cell.points),
        pole_position=cell.is_pole,
        dropped=cell.is_dropped,
    )


def _exact(number: Decimal) -> Decimal:
    """The same number without zeros that say nothing: 25.00 is written as 25."""
    return Decimal(plain(number))
