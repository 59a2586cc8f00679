"""What the tables of a season follow from: the rounds that count, who got what, and what was taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from championship.models import (
    Adjustment,
    Classification,
    EligibilityOverride,
    PointsSettings,
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
    current_scores = Score.objects.filter(
        classification__state__is_current=True, classification__session__round__in=rounds
    )
    found = current_scores.by_contender()
    ids: dict[str, dict[str, int]] = {
        Title.Contender.TEAMS: dict(season.entries.order_by().values_list("car_number", "pk")),
        Title.Contender.DRIVERS: dict(found.drivers),
    }
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
        scores=found.scores,
        adjustments=adjustments,
        ids=ids,
        barred=EligibilityOverride.objects.barred(season),
        rules=settings.as_table_rules() if settings else TableRules(),
        points=settings.as_points_rules() if settings else PointsRules(scale=(), pole_points=Decimal(0)),
    )
