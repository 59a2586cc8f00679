"""Tables of every title after every round: computed whole, stored as versions, never edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from championship import clock, stamp
from championship.models import (
    Adjustment,
    Classification,
    CrewMember,
    PointsSettings,
    Result,
    ResultDriver,
    Round,
    Score,
    Season,
    Standing,
    StandingList,
    Title,
)
from championship.rules.points import PointsRules
from championship.rules.standings import ContenderScore, TableAdjustment, TableLine, TableRules, history
from championship.rules.title_fights import champions
from championship.services import scores as scores_service

COUNTS_AS_OFFICIAL = frozenset({Classification.Status.OFFICIAL, Classification.Status.REVISED})
_LINE = (
    "entry_id",
    "driver_id",
    "order",
    "position",
    "points",
    "dropped_rounds",
    "tie_place",
    "tie_count",
    "tie_other",
    "is_champion",
)

Key = tuple[int, int, str]
"""Of which table: the ids of title and round, and the basis."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one version of a table says; `lines` are values in the order of `_LINE`."""

    title_state: str
    is_void: bool
    lines: tuple[tuple[object, ...], ...]


VOID = Table(title_state=StandingList.TitleState.OPEN, is_void=True, lines=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What all tables of a season follow from. Rounds that are called off are left out."""

    rounds: Sequence[Round]
    status: Mapping[int, str]
    """Of each round (by number) that counts, the status of its current classification."""
    scores: Mapping[tuple[int, str], Sequence[ContenderScore]]
    """By class id and kind of contender. Contenders are car numbers and slugs of drivers."""
    adjustments: Mapping[int, Sequence[TableAdjustment]]
    ids: Mapping[str, Mapping[str, int]]
    """Of each kind of contender, ids of entries or drivers by car number or slug."""
    rules: TableRules
    points: PointsRules


def refresh(
    season: Season,
    *,
    cause: str,
    at: datetime | None = None,
    precision: str = StandingList.Precision.MINUTE,
) -> list[StandingList]:
    """Bring scores and tables up to date after any change that they follow from; returns the new tables.

    Call it in the transaction of the change: of a pole, an eligibility, an adjustment, points settings, a round's
    distance, a cancellation. When nothing follows from the change nothing is written.
    """
    with transaction.atomic():
        scores_service.rewrite(season)
        return rebuild(season, cause=cause, at=at, precision=precision)


def rebuild(
    season: Season,
    *,
    cause: str,
    at: datetime | None = None,
    precision: str = StandingList.Precision.MINUTE,
) -> list[StandingList]:
    """Write a new version of every table that differs from its newest one, and return these.

    `cause` is what readers are told made it so; `at` is the moment of publication of that, by default now. A table
    is never published before the version that it follows. A table whose round no longer counts becomes void.
    """
    with transaction.atomic():
        # The lock: two publications of one season at once count up the versions of its tables one after the other.
        Season.objects.select_for_update(no_key=True).get(pk=season.pk)
        moment = at or clock.now()
        newest = _newest(season)
        stored = _stored(newest)
        wanted: dict[Key, Table] = dict(computed(season))
        for key in newest.keys() - wanted.keys():
            wanted[key] = VOID
        rows, lines = [], []
        for key, table in wanted.items():
            before = newest.get(key)
            if before is not None and stored[before.pk] == table:
                continue
            title, round_, basis = key
            row = StandingList(
                title_id=title,
                round_id=round_,
                basis=basis,
                version=before.version + 1 if before else 1,
                published_at=max(moment, before.published_at) if before else moment,
                published_precision=precision,
                title_state=table.title_state,
                is_void=table.is_void,
                cause=cause,
            )
            rows.append(row)
            lines.append(table.lines)
        if rows:
            StandingList.objects.bulk_create(rows)
            Standing.objects.bulk_create(
                Standing(standing_list=row, **dict(zip(_LINE, line, strict=True)))
                for row, of_row in zip(rows, lines, strict=True)
                for line in of_row
            )
            stamp.raise_stamp()
    return rows


def computed(season: Season) -> dict[Key, Table]:
    """Every table that there is now, by title, round and basis, as the rules give it from the stored scores.

    A title of a group has none: who belongs to a group is not on record.
    """
    facts = _facts(season)
    found: dict[Key, Table] = {}
    for title in Title.objects.of_season(season).filter(group=""):
        for basis in StandingList.Basis:
            counted = [
                round_
                for round_ in facts.rounds
                if round_.number in facts.status
                and (basis == StandingList.Basis.ALL or facts.status[round_.number] in COUNTS_AS_OFFICIAL)
            ]
            for round_, table in _tables(title, counted, facts):
                found[title.pk, round_.pk, basis] = table
    return found


def _tables(title: Title, counted: Sequence[Round], facts: _Facts) -> Iterable[tuple[Round, Table]]:
    numbers = {round_.number for round_ in counted}
    scores = [score for score in facts.scores.get((title.race_class_id, title.contender), ()) if score.round in numbers]
    adjustments = facts.adjustments.get(title.pk, ())
    tables = history(scores, adjustments, facts.rules, sorted(numbers))
    for done, round_ in enumerate(counted, start=1):
        lines = tables[round_.number]
        remaining = len(facts.rounds) - done
        is_official = all(facts.status[each.number] in COUNTS_AS_OFFICIAL for each in counted[:done])
        winners = champions(
            lines,
            scores,
            facts.rules,
            facts.points,
            after=round_.number,
            remaining=remaining,
            share_cars=title.contender == Title.Contender.DRIVERS,
        )
        ids = facts.ids[title.contender]
        yield (
            round_,
            Table(
                title_state=_state(bool(winners), remaining, is_official),
                is_void=False,
                lines=tuple(
                    _line(title, line, order, ids[line.contender], line.contender in winners)
                    for order, line in enumerate(lines, start=1)
                ),
            ),
        )


def _state(is_decided: bool, remaining: int, is_official: bool) -> str:
    if not is_decided:
        return StandingList.TitleState.OPEN
    if not is_official:
        return StandingList.TitleState.SUBJECT_TO_OFFICIAL_RESULTS
    return StandingList.TitleState.CLINCHED if remaining else StandingList.TitleState.AWARDED


def _line(title: Title, line: TableLine, order: int, contender: int, is_champion: bool) -> tuple[object, ...]:
    is_team = title.contender == Title.Contender.TEAMS
    tie = line.tie_break
    return (
        contender if is_team else None,
        None if is_team else contender,
        order,
        line.position,
        line.points,
        ",".join(str(number) for number in line.dropped_rounds),
        tie.place if tie else None,
        tie.count if tie else None,
        tie.other if tie else None,
        is_champion,
    )


def _newest(season: Season) -> dict[Key, StandingList]:
    """Of every table its newest version, published or not by the site's clock."""
    rows = StandingList.objects.filter(title__race_class__season=season).order_by("version")
    return {(row.title_id, row.round_id, row.basis): row for row in rows}


def _stored(newest: Mapping[Key, StandingList]) -> dict[int, Table]:
    lines: dict[int, list[tuple[object, ...]]] = {row.pk: [] for row in newest.values()}
    stored = Standing.objects.filter(standing_list__in=lines).order_by("standing_list", "order")
    for pk, *line in stored.values_list("standing_list_id", *_LINE):
        lines[pk].append(tuple(line))
    return {row.pk: Table(row.title_state, row.is_void, tuple(lines[row.pk])) for row in newest.values()}


def _facts(season: Season) -> _Facts:
    rounds = [
        round_
        for round_ in Round.objects.filter(season=season).select_related("race_session", "event").order_by("number")
        if not round_.is_cancelled
    ]
    current = dict(
        Classification.objects.filter(session__round__in=rounds, state__is_current=True).values_list(
            "session__round__number", "status"
        )
    )
    settings = PointsSettings.objects.filter(season=season).prefetch_related("scale").first()
    ids: dict[str, dict[str, int]] = {
        Title.Contender.TEAMS: dict(season.entries.order_by().values_list("car_number", "pk")),
        Title.Contender.DRIVERS: {},
    }
    scores = _contender_scores(season, rounds, ids[Title.Contender.DRIVERS])
    adjustments: dict[int, list[TableAdjustment]] = {}
    for row in Adjustment.objects.filter(title__race_class__season=season).select_related("entry", "driver", "round"):
        if row.driver:
            ids[Title.Contender.DRIVERS][row.driver.slug] = row.driver.pk
        adjustments.setdefault(row.title_id, []).append(
            TableAdjustment(
                contender=row.driver.slug if row.driver else row.entry.car_number,
                round=row.round.number,
                points=row.points if row.kind == Adjustment.Kind.DEDUCTION else None,
            )
        )
    return _Facts(
        rounds=rounds,
        status=current if settings else {},
        scores=scores,
        adjustments=adjustments,
        ids=ids,
        rules=TableRules(
            count_back=settings is None or settings.count_back == PointsSettings.CountBack.ALL_CLASSIFIED,
            dropped_scores=settings.dropped_scores if settings else 0,
        ),
        points=scores_service.points_rules(settings) if settings else PointsRules(scale=(), pole_points=Decimal(0)),
    )


def _contender_scores(
    season: Season, rounds: Sequence[Round], drivers: dict[str, int]
) -> dict[tuple[int, str], list[ContenderScore]]:
    """What cars and drivers got, by class id and kind of contender; ids of drivers go into `drivers` by slug.

    A car's points belong to those who drove it by the classification. A car on pole that is not in it has its crew
    of the event (sporting-rules 2.5). A car that does not score in a round is no contender by it.
    """
    classes: dict[tuple[int, int], int] = {}
    current = {"classification__state__is_current": True, "classification__session__round__in": rounds}
    for classification, entry, race_class in (
        Result.objects.filter(**current)
        .order_by()
        .values_list("classification_id", "event_entry__entry_id", "race_class_id")
    ):
        classes[classification, entry] = race_class
    crews: dict[tuple[int, int], list[str]] = {}
    seats = ResultDriver.objects.filter(**{f"result__{name}": value for name, value in current.items()}).order_by()
    for classification, entry, pk, slug in seats.values_list(
        "result__classification_id", "result__event_entry__entry_id", "driver_id", "driver__slug"
    ):
        drivers[slug] = pk
        crews.setdefault((classification, entry), []).append(slug)
    scores = list(Score.objects.filter(**current, is_eligible=True).select_related("entry", "round").order_by("pk"))
    absent = [score for score in scores if (score.classification_id, score.entry_id) not in classes]
    for score, slug, pk in _crews_of_the_event(absent):
        drivers[slug] = pk
        crews.setdefault((score.classification_id, score.entry_id), []).append(slug)
    found: dict[tuple[int, str], list[ContenderScore]] = {}
    for score in scores:
        car = (score.classification_id, score.entry_id)
        race_class = classes.get(car, score.entry.race_class_id)
        for kind, contenders in (
            (Title.Contender.TEAMS, [score.entry.car_number]),
            (Title.Contender.DRIVERS, crews.get(car, [])),
        ):
            found.setdefault((race_class, kind), []).extend(
                ContenderScore(
                    contender=contender,
                    round=score.round.number,
                    points=score.points,
                    place=score.scoring_position,
                    car_number=score.entry.car_number,
                )
                for contender in contenders
            )
    return found


def _crews_of_the_event(scores: Sequence[Score]) -> Iterable[tuple[Score, str, int]]:
    """Each score with the slug and id of everybody in that car's crew at the event of the round."""
    if not scores:
        return
    members = CrewMember.objects.filter(
        event_entry__entry__in=[score.entry_id for score in scores],
        event_entry__event__in=[score.round.event_id for score in scores],
        driver__isnull=False,
    ).order_by("seat")
    crews: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for entry, event, slug, pk in members.values_list(
        "event_entry__entry_id", "event_entry__event_id", "driver__slug", "driver_id"
    ):
        crews.setdefault((entry, event), []).append((slug, pk))
    for score in scores:
        for slug, pk in crews.get((score.entry_id, score.round.event_id), []):
            yield score, slug, pk
