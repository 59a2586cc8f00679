"""Results in short: who came first in each class of a session, of a season, at a circuit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse

from championship.models import Circuit, Classification, Event, RaceClass, Result, ResultDriver, Season
from championship.rules.careers import PODIUM
from championship.selectors.classification_heads import PILLS, session_scope
from championship.selectors.entry_lines import country_name
from championship.selectors.published_results import race_results
from championship.selectors.result_lines import CrewName, crew_name
from championship.selectors.text import published_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A car with its place in the class; `crew` is empty when it was not asked for."""

    class_position: int
    car_number: str
    url: str
    race_class_name: str
    style_key: str
    team_name: str
    team_url: str
    country: str
    country_name: str
    crew: tuple[CrewName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPodium:
    """The first cars of a class; `url` is the classification of that class alone."""

    race_class: str
    race_class_name: str
    style_key: str
    url: str
    cars: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResult:
    """A session whose classification is published, in short.

    `pill` is a state of the pill component. `is_timed` says that the moment of publication is known to the minute.
    `round_number` is None for a session that is no round's race.
    """

    session_id: int
    name: str
    event_name: str
    event_url: str
    url: str
    round_number: int | None
    status_label: str
    pill: str
    published_text: str
    published_machine: str
    is_timed: bool
    classes: tuple[ClassPodium, ...]

    @property
    def is_provisional(self) -> bool:
        return self.pill == Classification.Status.PROVISIONAL

    def in_class(self, race_class: str) -> tuple[Placed, ...]:
        return next((row.cars for row in self.classes if row.race_class == race_class), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassHead:
    """A class above its column."""

    race_class: str
    race_class_name: str
    style_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceWinners:
    """The winners of one race, in the order of the classes of the table; () where a class had none."""

    race: SessionResult
    winners: tuple[tuple[Placed, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WinnersTable:
    """The winners of the races of one season by class."""

    season_label: str
    season_url: str
    classes: tuple[ClassHead, ...]
    races: tuple[RaceWinners, ...]


def podiums_of_event(event: Event) -> tuple[SessionResult, ...]:
    """Every published classification of an event with the podium of each class and its crews; three queries."""
    drivers = Prefetch("drivers", ResultDriver.objects.select_related("driver"))
    return _results(Q(session__event=event), _placed(PODIUM).prefetch_related(drivers), with_crew=True)


def season_results(season: Season) -> tuple[SessionResult, ...]:
    """Every published classification of a season with the winner of each class and its crew; three queries."""
    drivers = Prefetch("drivers", ResultDriver.objects.select_related("driver"))
    return _results(Q(session__event__season=season), _placed(1).prefetch_related(drivers), with_crew=True)


def first_cars(where: Q, *, top: int) -> QuerySet[Result]:
    """The first `top` cars of each class in the published classifications `where`, with crews; two queries."""
    drivers = Prefetch("drivers", ResultDriver.objects.select_related("driver"))
    return (
        _placed(top)
        .filter(where, classification__in=Classification.objects.newest().order_by())
        .select_related(
            "race_class__season",
            "team",
            "classification__session__event__season",
            "classification__session__round",
        )
        .prefetch_related(drivers)
    )


def in_short(cars: Sequence[Result]) -> SessionResult:
    """The classification of these cars, which `first_cars` found, all of one session."""
    return _result(cars[0].classification, cars, with_crew=True)


def latest_results(season: Season) -> tuple[SessionResult, ...]:
    """The same of the event of the season whose result was published last, without crews; two queries."""
    known = Classification.objects.newest().of_season(season)
    last = known.order_by("-published_at", "-session__event__starts_on", "-pk").values("session__event")[:1]
    return _results(Q(session__event=last), _placed(PODIUM))


def season_winners(season: Season) -> WinnersTable | None:
    """The class winners of the races of a season, None before the first result; one query."""
    return next(iter(_tables(Q(classification__session__event__season=season))), None)


def circuit_winners(circuit: Circuit) -> tuple[WinnersTable, ...]:
    """The class winners of all races at a circuit, the newest season first; one query."""
    return _tables(Q(classification__session__event__circuit=circuit))


def _placed(places: int) -> QuerySet[Result]:
    return (
        Result.objects.filter(class_position__lte=places)
        .select_related("race_class__season", "team")
        .order_by("classification", "race_class__position", "class_position")
    )


def _results(where: Q, placed: QuerySet[Result], *, with_crew: bool = False) -> tuple[SessionResult, ...]:
    rows = (
        Classification.objects.newest()
        .filter(where)
        .select_related("session__event__season", "session__round")
        .prefetch_related(Prefetch("results", placed, to_attr="placed"))
        .order_by(
            F("session__date").asc(nulls_first=True), F("session__starts_at").asc(nulls_first=True), "session__slug"
        )
    )
    return tuple(_result(row, row.placed, with_crew=with_crew) for row in rows)


def _tables(where: Q) -> tuple[WinnersTable, ...]:
    winners = (
        race_results()
        .filter(where, class_position=1)
        .select_related("classification__session__event__season", "classification__session__round", "team")
    )
    by_season = groupby(winners, key=attrgetter("race_class.season"))
    return tuple(reversed([_table(season, list(rows)) for season, rows in by_season]))


def _table(season: Season, winners: Sequence[Result]) -> WinnersTable:
    classes = sorted({row.race_class for row in winners}, key=attrgetter("position"))
    by_race = groupby(winners, key=attrgetter("classification"))
    races = [_result(race, sorted(rows, key=attrgetter("race_class.position"))) for race, rows in by_race]
    return WinnersTable(
        season_label=season.label,
        season_url=reverse("season", args=[season.slug]),
        classes=tuple(
            ClassHead(race_class=one.slug, race_class_name=one.name, style_key=one.style_key) for one in classes
        ),
        races=tuple(
            RaceWinners(race=race, winners=tuple(race.in_class(one.slug) for one in classes)) for race in races
        ),
    )


def _result(row: Classification, placed: Iterable[Result], *, with_crew: bool = False) -> SessionResult:
    scope = session_scope(row.session)
    round_ = row.session.round_or_none
    text, machine = published_words(row.published_at, row.published_precision)
    return SessionResult(
        session_id=row.session_id,
        name=scope.session_name,
        event_name=scope.event_name,
        event_url=scope.event_url,
        url=scope.session_url,
        round_number=round_.number if round_ else None,
        status_label=row.get_status_display(),
        pill=PILLS.get(row.status, row.status),
        published_text=text,
        published_machine=machine,
        is_timed=row.published_precision == Classification.Precision.MINUTE,
        classes=tuple(
            _podium(race_class, scope.session_url, cars, with_crew=with_crew)
            for race_class, cars in groupby(placed, key=attrgetter("race_class"))
        ),
    )


def _podium(race_class: RaceClass, result_url: str, cars: Iterable[Result], *, with_crew: bool) -> ClassPodium:
    return ClassPodium(
        race_class=race_class.slug,
        race_class_name=race_class.name,
        style_key=race_class.style_key,
        url=f"{result_url}?class={race_class.slug}",
        cars=tuple(_car(car, race_class, with_crew=with_crew) for car in cars),
    )


def _car(row: Result, race_class: RaceClass, *, with_crew: bool) -> Placed:
    country = str(row.team_country)
    return Placed(
        class_position=row.class_position,
        car_number=row.car_number,
        url=reverse("entry", args=[race_class.season.slug, row.car_number]),
        race_class_name=race_class.name,
        style_key=race_class.style_key,
        team_name=row.team_name,
        team_url=row.team.get_absolute_url(),
        country=country,
        country_name=country_name(country),
        crew=tuple(crew_name(driver) for driver in row.drivers.all()) if with_crew else (),
    )
