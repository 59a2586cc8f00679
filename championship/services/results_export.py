"""The results of a season as rows of its record."""

from datetime import UTC, datetime
from typing import Any, cast

from django.db.models import Prefetch

from championship.models import (
    Adjustment,
    AppliedDecision,
    Classification,
    ClassificationState,
    Decision,
    EligibilityOverride,
    PolePosition,
    Result,
    ResultDriver,
    Round,
    Season,
)
from championship.record import result_rows
from championship.services.decisions import as_told, was_told
from championship.services.rows import exact_if_any, plain

# What may be open about a version: the word of the record, and the field of its state.
PENDING: dict[result_rows.Pending, str] = {
    "investigation": "is_under_investigation",
    "protest": "is_protested",
    "appeal": "is_subject_to_appeal",
}


def result_tables(season: Season) -> dict[str, Any]:
    """The tables of the record that hold results, by name, each a tuple of rows."""
    return {
        "poles": tuple(_pole(row) for row in _poles(season)),
        "decisions": tuple(_decision(row) for row in _decisions(season)),
        "eligibility": tuple(_eligibility(row) for row in _eligibilities(season)),
        "adjustments": _adjustments(season),
        "classifications": tuple(_classification(row) for row in _classifications(season)),
    }


def _race(round_: Round | None) -> dict[str, str]:
    """How the record names the race of a round."""
    if round_ is None:
        return {"event": "", "session": ""}
    return {"event": round_.event.slug, "session": round_.race_session.slug}


def _poles(season: Season) -> Any:
    return PolePosition.objects.filter(round__season=season).select_related(
        "round__event", "round__race_session", "race_class", "event_entry__entry", "driver"
    )


def _pole(row: PolePosition) -> result_rows.PoleRow:
    return result_rows.PoleRow(
        **_race(row.round),
        race_class=row.race_class.slug,
        car_number=row.event_entry.entry.car_number,
        driver=row.driver.slug if row.driver else "",
        set_by=cast(result_rows.SetBy, row.set_by),
        **plain(row, "lap_time", "source"),
    )


def _decisions(season: Season) -> Any:
    rows = Decision.objects.filter(session__event__season=season)
    return rows.select_related("session__event", "event_entry__entry").prefetch_related("effects")


def _decision(row: Decision) -> result_rows.DecisionRow:
    return result_rows.DecisionRow(
        event=row.session.event.slug,
        session=row.session.slug,
        car_number=row.event_entry.entry.car_number,
        status=cast(result_rows.DecisionStatus, row.status),
        fact_at=_utc(row.fact_at),
        effects=as_told(row).effects,
        **plain(row, "slug", "order", "is_contained", "number", "fact", "offence", "reason", "source"),
    )


def _eligibilities(season: Season) -> Any:
    return EligibilityOverride.objects.filter(entry__season=season).select_related(
        "entry", "from_round__event", "from_round__race_session"
    )


def _eligibility(row: EligibilityOverride) -> result_rows.EligibilityRow:
    return result_rows.EligibilityRow(
        car_number=row.entry.car_number, **_race(row.from_round), **plain(row, "scores_points", "reason", "source")
    )


def stored_adjustments(season: Season) -> Any:
    """The adjustments of a season in the order in which the record numbers them."""
    rows = Adjustment.objects.filter(title__race_class__season=season).order_by("pk")
    return rows.select_related("title__race_class", "entry", "driver", "round__event", "round__race_session")


def _adjustments(season: Season) -> tuple[result_rows.AdjustmentRow, ...]:
    numbers: dict[tuple[int, int | None, int | None, int], int] = {}
    found = []
    for row in stored_adjustments(season):
        key = (row.title_id, row.entry_id, row.driver_id, row.round_id)
        numbers[key] = numbers.get(key, 0) + 1
        found.append(
            result_rows.AdjustmentRow(
                title=row.title.slug,
                car_number=row.entry.car_number if row.entry else "",
                driver=row.driver.slug if row.driver else "",
                **_race(row.round),
                number=numbers[key],
                kind=cast(result_rows.AdjustmentKind, row.kind),
                points=exact_if_any(row.points),
                **plain(row, "reason", "source"),
            )
        )
    return tuple(found)


def _classifications(season: Season) -> Any:
    return (
        Classification.objects.of_season(season)
        .select_related("session__event", "state")
        .prefetch_related(
            Prefetch("applied", AppliedDecision.objects.select_related("decision")),
            Prefetch("results", Result.objects.order_by("timing_position")),
            Prefetch("results__drivers", ResultDriver.objects.select_related("driver")),
        )
    )


def _classification(row: Classification) -> result_rows.ClassificationRow:
    state: ClassificationState = row.state
    return result_rows.ClassificationRow(
        event=row.session.event.slug,
        session=row.session.slug,
        status=cast(result_rows.ClassificationStatus, row.status),
        published_at=row.published_at.astimezone(UTC),
        published_precision=cast(result_rows.Precision, row.published_precision),
        decisions=tuple(was_told(applied) for applied in row.applied.all()),
        pending=tuple(word for word, field in PENDING.items() if getattr(state, field)),
        recalled_at=_utc(state.recalled_at),
        recall_reason=state.recall_reason,
        lines=tuple(_timing(result) for result in row.results.all()),
        **plain(row, "version", "document_number", "cause", "source"),
    )


def _timing(row: Result) -> result_rows.TimingRow:
    return result_rows.TimingRow(
        position=row.timing_position,
        car_number=row.car_number,
        status=row.timing_status,
        laps=row.timing_laps,
        total_time=row.timing_total_time,
        best_lap_time=row.timing_best_lap_time,
        best_lap_number=row.timing_best_lap_number,
        drivers=tuple(seat.driver.slug for seat in row.drivers.all()),
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
