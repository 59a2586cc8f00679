"""One car of a published classification as pages show it: names as they were published, links to what is known now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from championship.models import Classification, Result, ResultDriver, Score, Season, Title
from championship.rules.classifications import Gap, Gaps, gaps, is_classified
from championship.rules.durations import difference, duration
from championship.selectors.entry_lines import country_name
from championship.selectors.text import counted, plain

NO_GAPS = Gaps(gap=None, interval=None, class_gap=None, class_interval=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewName:
    """Somebody who drove the car, as the crew component shows drivers; a classification knows no ratings."""

    seat: int
    driver: str
    name: str
    short_name: str
    url: str
    country: str
    country_name: str
    status: str = "named"
    rating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePoints:
    """What a car got in the round, as text: `points` = `place` + `pole` ("0" without the pole)."""

    points: str
    place: str
    pole: str
    is_eligible: bool
    title_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One car of a classification; `race_class`, `team` and `driver` are slugs, times are milliseconds.

    `is_fastest`: no car of the class had a faster lap. `has_pole`: it started first in its class. `points` is None
    where there are none to win. `notes` are the numbers of the decisions on the car.
    """

    position: int
    class_position: int | None
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
    car_model_name: str
    car_model_url: str
    manufacturer_name: str
    crew: tuple[CrewName, ...]
    status: str
    is_classified: bool
    laps: int
    total_time: int | None
    best_lap_time: int | None
    best_lap_number: int | None
    gaps: Gaps
    is_fastest: bool
    has_pole: bool
    points: LinePoints | None
    notes: tuple[int, ...] = field(default=())

    @property
    def total_time_text(self) -> str:
        return duration(self.total_time) if self.total_time is not None else ""

    @property
    def best_lap_text(self) -> str:
        return duration(self.best_lap_time) if self.best_lap_time is not None else ""

    @property
    def gap_text(self) -> str:
        """To the first car of all; the first car shows its own time."""
        return self.total_time_text if self.position == 1 else gap_words(self.gaps.gap)

    @property
    def interval_text(self) -> str:
        return gap_words(self.gaps.interval)

    @property
    def class_gap_text(self) -> str:
        """To the first car of the class; that one shows its own time."""
        return self.total_time_text if self.class_position == 1 else gap_words(self.gaps.class_gap)

    @property
    def class_interval_text(self) -> str:
        return gap_words(self.gaps.class_interval)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSection:
    """Cars of one status, in the order of the classification; `label` is "" for those that are classified."""

    label: str
    count_label: str
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What stands beside the rows of a version: gaps by car number, scores by entry, cars on pole, notes by car."""

    gaps: Mapping[str, Gaps] = field(default_factory=dict)
    points: Mapping[int, LinePoints] = field(default_factory=dict)
    poles: frozenset[str] = frozenset()
    notes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def for_lines(results: QuerySet[Result]) -> QuerySet[Result]:
    """These results with all that `result_line` reads, in two queries."""
    drivers = Prefetch("drivers", ResultDriver.objects.select_related("driver"))
    return results.select_related(
        "race_class__season", "team", "car_model__manufacturer", "event_entry"
    ).prefetch_related(drivers)


def gaps_of(rows: Iterable[Result], *, by_best_lap: bool) -> dict[str, Gaps]:
    """Gaps and intervals by car number, from all rows of one version; `by_best_lap` as in a qualifying session."""
    return gaps([row.as_classified_line() for row in rows], by_best_lap=by_best_lap)


def points_of(classification: Classification, season: Season) -> dict[int, LinePoints]:
    """What each entry got by this version, in two queries; each leads to the teams' title of its class."""
    titles = Title.objects.of_season(season).filter(contender=Title.Contender.TEAMS, group="")
    tables = {title.race_class_id: reverse("title_standings", args=[season.slug, title.slug]) for title in titles}
    scores = Score.objects.filter(classification=classification).with_class()
    return {score.entry_id: _points(score, tables.get(score.class_id, "")) for score in scores}


def result_lines(rows: Sequence[Result], facts: LineFacts | None = None) -> tuple[ResultLine, ...]:
    """Shape the rows of one whole version, which `for_lines()` fetched; fastest laps are found among them."""
    fastest: dict[int, int] = {}
    for row in rows:
        if row.best_lap_time is not None:
            best = fastest.get(row.race_class_id, row.best_lap_time)
            fastest[row.race_class_id] = min(best, row.best_lap_time)
    return tuple(_line(row, fastest.get(row.race_class_id), facts or LineFacts()) for row in rows)


def sections(lines: Iterable[ResultLine]) -> tuple[ResultSection, ...]:
    """The classified cars, then the others by the status that the timekeeper gave them."""
    found = []
    for (classified, status), group in groupby(lines, key=lambda line: (line.is_classified, line.status)):
        members = tuple(group)
        found.append(
            ResultSection(
                label="" if classified else status,
                count_label=counted(len(members), "car"),
                lines=members,
            )
        )
    return tuple(found)


def gap_words(gap: Gap | None) -> str:
    """A gap as timing sheets write it: `+10.537`, `+1 lap`; "" where it cannot be said."""
    if gap is None:
        return ""
    if gap.laps:
        return f"+{counted(gap.laps, 'lap')}"
    return f"+{difference(gap.time)}" if gap.time is not None else ""


def crew_name(row: ResultDriver) -> CrewName:
    """Shape a row that was fetched with its driver."""
    country = str(row.nationality)
    return CrewName(
        seat=row.seat,
        driver=row.driver.slug,
        name=f"{row.given_name} {row.family_name}".strip(),
        short_name=f"{row.given_name[:1]}. {row.family_name}",
        url=row.driver.get_absolute_url(),
        country=country,
        country_name=country_name(country),
    )


def _points(score: Score, url: str) -> LinePoints:
    return LinePoints(
        points=plain(score.points),
        place=plain(score.place_points),
        pole=plain(score.pole_points),
        is_eligible=score.is_eligible,
        title_url=url,
    )


def _line(row: Result, fastest: int | None, facts: LineFacts) -> ResultLine:
    country = str(row.team_country)
    return ResultLine(
        position=row.position,
        class_position=row.class_position,
        car_number=row.car_number,
        url=reverse("entry", args=[row.race_class.season.slug, row.car_number]),
        race_class=row.race_class.slug,
        race_class_name=row.race_class.name,
        style_key=row.race_class.style_key,
        team=row.team.slug,
        team_name=row.team_name,
        team_url=row.team.get_absolute_url(),
        country=country,
        country_name=country_name(country),
        car_model_name=row.car_model_name,
        car_model_url=row.car_model.get_absolute_url(),
        manufacturer_name=row.car_model.manufacturer.name,
        crew=tuple(crew_name(driver) for driver in row.drivers.all()),
        status=row.status,
        is_classified=is_classified(row.status),
        laps=row.laps,
        total_time=row.total_time,
        best_lap_time=row.best_lap_time,
        best_lap_number=row.best_lap_number,
        gaps=facts.gaps.get(row.car_number, NO_GAPS),
        is_fastest=row.best_lap_time is not None and row.best_lap_time == fastest,
        has_pole=row.car_number in facts.poles,
        points=facts.points.get(row.event_entry.entry_id),
        notes=facts.notes.get(row.car_number, ()),
    )
