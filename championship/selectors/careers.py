"""The careers of teams, drivers and models of car: figures, titles and results, counted from what is published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from championship.models import CarModel, Driver, PolePosition, Result, Standing, Team
from championship.rules.careers import Figures, Finish, figures
from championship.selectors.poles import public_poles
from championship.selectors.published_results import latest_standings, race_results, with_fastest_laps
from championship.selectors.result_grids import ResultGrid, result_grids
from championship.selectors.title_places import TitlePlace, title_place


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerSeason:
    """The results of a season; `places` are those in the titles of the drivers, while cars have theirs in the grid."""

    grid: ResultGrid
    places: tuple[TitlePlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """All of it, the newest season first; empty before the first result is published."""

    figures: Figures
    seasons: tuple[CareerSeason, ...]
    titles: tuple[TitlePlace, ...]

    def __bool__(self) -> bool:
        return bool(self.figures)


def team_career(team: Team) -> Career:
    """Every car that the team entered; its titles are those of its cars. Four queries."""
    return _career(
        _races(race_results().filter(team=team)),
        public_poles().filter(event_entry__entry__team=team),
        latest_standings().filter(entry__team=team),
    )


def model_career(model: CarModel) -> Career:
    """Every car of the model; a title counts for the model that its car is entered with. Four queries."""
    return _career(
        _races(race_results().filter(car_model=model)),
        public_poles().filter(event_entry__car_model=model),
        latest_standings().filter(entry__car_model=model),
    )


def driver_career(driver: Driver) -> Career:
    """The races that he or she drove, whatever the car. Four queries.

    A pole position counts for everybody who drove the car in that race, as its point does, and for who set the lap.
    """
    races = _races(race_results().filter(drivers__driver=driver))
    driven = {(row.event_entry_id, row.classification.session_id) for row in races}
    poles = public_poles().filter(Q(driver=driver) | Q(event_entry__in={entry for entry, _session in driven}))
    return _career(
        races,
        [
            row
            for row in poles
            if row.driver_id == driver.pk or (row.event_entry_id, row.round.race_session_id) in driven
        ],
        latest_standings().filter(driver=driver),
    )


def _races(results: QuerySet[Result]) -> list[Result]:
    return list(with_fastest_laps(results).select_related("team", "car_model"))


def _career(races: Sequence[Result], poles: Iterable[PolePosition], standings: QuerySet[Standing]) -> Career:
    on_pole = list(poles)
    places = [title_place(row) for row in standings.select_related("entry")]
    titles = tuple(place for place in places if place.is_won)
    finishes = (
        Finish(status=row.status, class_position=row.class_position, has_fastest_lap=row.has_fastest_lap)
        for row in races
    )
    return Career(
        figures=figures(finishes, poles=len(on_pole), titles=len(titles)),
        seasons=tuple(
            CareerSeason(
                grid=grid,
                places=tuple(place for place in places if place.season == grid.season and not place.car_number),
            )
            for grid in result_grids(races, on_pole, places)
        ),
        titles=titles,
    )
