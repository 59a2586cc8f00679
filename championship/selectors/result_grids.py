"""Results of a season as a grid: one row per car, one column per round whose result is published."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from championship.models import Classification, PolePosition, Result, Round
from championship.rules.careers import short_status
from championship.rules.names import car_number_key
from championship.selectors.published_results import newest_status
from championship.selectors.text import ordinal
from championship.selectors.title_places import TitlePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundColumn:
    """A round above its column; `url` is its classification."""

    number: int
    name: str
    url: str
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A car in a round: `text` is short (`1`, `NC`), `label` says it in words.

    `place` is the place in the class, None for a car that is not classified.
    """

    text: str
    label: str
    place: int | None
    has_pole: bool
    has_fastest_lap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A car of the season; a cell is None where the car was not in the classification.

    `places` are those of the car in the titles of the teams.
    """

    car_number: str
    url: str
    race_class_name: str
    style_key: str
    team_name: str
    team_url: str
    car_model_name: str
    car_model_url: str
    cells: tuple[GridCell | None, ...]
    places: tuple[TitlePlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGrid:
    season: str
    season_label: str
    season_url: str
    columns: tuple[RoundColumn, ...]
    rows: tuple[GridRow, ...]

    @property
    def has_places(self) -> bool:
        return any(row.places for row in self.rows)

    @property
    def has_provisional(self) -> bool:
        return any(column.is_provisional for column in self.columns)


def result_grids(
    results: Sequence[Result], poles: Iterable[PolePosition], places: Sequence[TitlePlace] = ()
) -> tuple[ResultGrid, ...]:
    """Grids of the newest season first, in one query.

    `results` come from `race_results()` with fastest laps, team and car model; `poles` and `places` are those of the
    same cars.
    """
    on_pole = {(row.event_entry_id, row.round.race_session_id) for row in poles}
    by_season: dict[int, list[Result]] = {}
    for row in results:
        by_season.setdefault(row.race_class.season_id, []).append(row)
    rounds = _rounds(by_season)
    grids = [_grid(rows, rounds.get(season, []), on_pole, places) for season, rows in by_season.items()]
    return tuple(sorted(grids, key=lambda grid: grid.season, reverse=True))


def _rounds(seasons: Collection[int]) -> dict[int, list[Round]]:
    found: dict[int, list[Round]] = {}
    rows = Round.objects.filter(season__in=seasons).select_related("race_session", "event__season")
    for row in rows.annotate(result_status=newest_status("race_session")).order_by("season", "number"):
        if row.result_status:
            found.setdefault(row.season_id, []).append(row)
    return found


def _grid(
    results: Sequence[Result],
    rounds: Sequence[Round],
    on_pole: Collection[tuple[int, int]],
    places: Sequence[TitlePlace],
) -> ResultGrid:
    season = results[0].race_class.season
    cars: dict[str, list[Result]] = {}
    for row in results:
        cars.setdefault(row.car_number, []).append(row)
    in_order = sorted(cars.values(), key=lambda car: (car[-1].race_class.position, car_number_key(car[-1].car_number)))
    return ResultGrid(
        season=season.slug,
        season_label=season.label,
        season_url=reverse("season", args=[season.slug]),
        columns=tuple(_column(row) for row in rounds),
        rows=tuple(_row(car, rounds, on_pole, places) for car in in_order),
    )


def _column(row: Round) -> RoundColumn:
    event, session = row.event, row.race_session
    return RoundColumn(
        number=row.number,
        name=f"{event.name}, {session.name}",
        url=reverse("classification", args=[event.season.slug, event.slug, session.slug]),
        is_provisional=row.result_status == Classification.Status.PROVISIONAL,
    )


def _row(
    car: Sequence[Result],
    rounds: Sequence[Round],
    on_pole: Collection[tuple[int, int]],
    places: Sequence[TitlePlace],
) -> GridRow:
    last = car[-1]
    cells = {row.classification.session_id: _cell(row, on_pole) for row in car}
    return GridRow(
        car_number=last.car_number,
        url=reverse("entry", args=[last.race_class.season.slug, last.car_number]),
        race_class_name=last.race_class.name,
        style_key=last.race_class.style_key,
        team_name=last.team_name,
        team_url=last.team.get_absolute_url(),
        car_model_name=last.car_model_name,
        car_model_url=last.car_model.get_absolute_url(),
        cells=tuple(cells.get(row.race_session_id) for row in rounds),
        places=tuple(
            place
            for place in places
            if (place.season, place.car_number) == (last.race_class.season.slug, last.car_number)
        ),
    )


def _cell(row: Result, on_pole: Collection[tuple[int, int]]) -> GridCell:
    place = row.class_position
    return GridCell(
        text=str(place) if place else short_status(row.status),
        label=f"{ordinal(place)} in {row.race_class.name}" if place else row.status,
        place=place,
        has_pole=(row.event_entry_id, row.classification.session_id) in on_pole,
        has_fastest_lap=row.has_fastest_lap,
    )
