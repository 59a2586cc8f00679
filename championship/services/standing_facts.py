"""What the tables of a season follow from: the rounds that count, who got what, and what was taken away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from championship.models import (
    Adjustment,
    Classification,
    CrewMember,
    EligibilityOverride,
    PointsSettings,
    Result,
    ResultDriver,
    Round,
    Score,
    Season,
    Title,
)
from championship.rules.points import PointsRules
from championship.rules.standings import ContenderScore, TableAdjustment, TableRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What all tables of a season follow from. Rounds that are called off are left out."""

    rounds: Sequence[Round]
    status: Mapping[int, str]
    """Of each round (by number) that counts, the status of its current classification."""
    scores: Mapping[tuple[int, str], Sequence[ContenderScore]]
    """By class id and kind of contender. Contenders are car numbers and slugs of drivers."""
    adjustments: Mapping[int, Sequence[TableAdjustment]]
    ids: Mapping[str, Mapping[str, int]]
    """Of each kind of contender, ids of entries or drivers by car number or slug."""
    barred: Mapping[str, int]
    """By car number the round from which a car scores no more."""
    rules: TableRules
    points: PointsRules


def season_facts(season: Season) -> Facts:
    """All of it as it is stored now. A season without points settings has no round that counts."""
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
    return Facts(
        rounds=rounds,
        status=current if settings else {},
        scores=scores,
        adjustments=adjustments,
        ids=ids,
        barred=EligibilityOverride.objects.barred(season),
        rules=settings.as_table_rules() if settings else TableRules(),
        points=settings.as_points_rules() if settings else PointsRules(scale=(), pole_points=Decimal(0)),
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
