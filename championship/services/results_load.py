"""Loading the results of a season: poles, decisions, eligibility, adjustments, and the versions of classifications."""

from collections.abc import Iterable
from functools import partial
from operator import itemgetter
from typing import Any

from championship.models import (
    Adjustment,
    Classification,
    Decision,
    DecisionEffect,
    Driver,
    EligibilityOverride,
    Entry,
    EventEntry,
    PolePosition,
    RaceClass,
    Round,
    Season,
    Session,
    Title,
)
from championship.record import result_rows
from championship.record.compare import Difference
from championship.rules.classifications import TimingLine
from championship.services import results, standings
from championship.services.results_export import PENDING, stored_adjustments
from championship.services.rows import LoadError, plain, upsert
from championship.services.saving import save

# What may still change about a published version.
LIVE_FIELDS = frozenset({"pending", "recalled_at", "recall_reason"})

_OR_TELL = ", or say as [[classification.told]] what this one told of a decision that was corrected since"


def load_pole(season: Season, row: result_rows.PoleRow, *, reason: str) -> None:
    upsert(
        PolePosition,
        {
            "round": _round(season, row.event, row.session),
            "race_class": RaceClass.objects.get(season=season, slug=row.race_class),
        },
        {
            "event_entry": _event_entry(season, row.event, row.car_number),
            "driver": Driver.objects.filter(slug=row.driver).first(),
            **plain(row, "set_by", "lap_time", "source"),
        },
        reason=reason,
    )


def load_decision(season: Season, row: result_rows.DecisionRow, *, reason: str) -> None:
    """The decision with exactly these effects."""
    names = ("order", "status", "is_contained", "number", "fact_at", "fact", "offence", "reason", "source")
    decision = upsert(
        Decision,
        {"session": _session(season, row.event, row.session), "slug": row.slug},
        {"event_entry": _event_entry(season, row.event, row.car_number), **plain(row, *names)},
        reason=reason,
    )
    for effect in decision.effects.all()[len(row.effects) :]:
        effect._change_reason = reason
        effect.delete()
    stored = list(decision.effects.all())
    for number, effect in enumerate(row.effects):
        kept = stored[number] if number < len(stored) else DecisionEffect(decision=decision)
        values = {"order": number + 1} | plain(
            effect,
            *("kind", "time", "laps", "positions", "best_lap_time", "best_lap_number"),
            *("status_before", "race", "amount", "currency"),
        )
        for name, value in values.items():
            setattr(kept, name, value)
        save(kept, reason=reason)


def load_eligibility(season: Season, row: result_rows.EligibilityRow, *, reason: str) -> None:
    upsert(
        EligibilityOverride,
        {"entry": Entry.objects.get(season=season, car_number=row.car_number)},
        {
            "from_round": _round(season, row.event, row.session) if row.event else None,
            **plain(row, "scores_points", "reason", "source"),
        },
        reason=reason,
    )


def load_adjustment(season: Season, row: result_rows.AdjustmentRow, *, reason: str) -> None:
    """The adjustment with this number among those of its contender, title and race; a new one behind them."""
    titles = {title.slug: title for title in Title.objects.of_season(season)}
    key = {
        "title": titles[row.title],
        "entry": Entry.objects.filter(season=season, car_number=row.car_number).first(),
        "driver": Driver.objects.filter(slug=row.driver).first(),
        "round": _round(season, row.event, row.session),
    }
    stored = list(stored_adjustments(season).filter(**key))
    adjustment = stored[row.number - 1] if row.number <= len(stored) else Adjustment(**key)
    for name, value in plain(row, "kind", "points", "reason", "source").items():
        setattr(adjustment, name, value)
    save(adjustment, reason=reason)


def load_classifications(season: Season, changes: Iterable[Difference], *, reason: str) -> None:
    """Publish and recall versions in the order in which that happened, so that tables are those of each moment.

    Raises LoadError when a published version differs from the files.
    """
    changes = list(changes)
    recalled = {
        (change.new.event, change.new.session, change.new.version): change.new.recalled_at for change in changes
    }
    steps: list[tuple[Any, Any]] = []
    for change in changes:
        row: result_rows.ClassificationRow = change.new
        if change.old is None:
            steps.append(((row.published_at, row.version, 0, 0), partial(_publish, season, row)))
        elif not LIVE_FIELDS.issuperset(change.fields):
            differing = [field for field in change.fields if field not in LIVE_FIELDS]
            raise LoadError(
                f"{change.file}: {change.key} is published and differs from the files ({', '.join(differing)}). "
                f"A published version never changes: publish a new one{_OR_TELL if 'decisions' in differing else ''}."
            )
        if row.recalled_at is not None and (change.old is None or change.old.recalled_at is None):
            # Of versions recalled at one moment the last one goes first, and all before the next is published.
            last = row.version
            while (later := recalled.get((row.event, row.session, last + 1))) and later <= row.recalled_at:
                last += 1
            steps.append(((row.recalled_at, last, 1, -row.version), partial(_recall, season, row)))
        elif change.old is not None and {"recalled_at", "recall_reason"} & set(change.fields):
            raise LoadError(f"{change.file}: {change.key} is recalled. A recall stands: publish a new version instead.")
        if row.pending or (change.old is not None and change.old.pending):
            steps.append(((row.published_at, row.version, 2, 0), partial(_set_pending, season, row, reason)))
    for _, step in sorted(steps, key=itemgetter(0)):
        try:
            step()
        except results.ResultsError as error:
            raise LoadError(f"results/classifications.toml: {error}") from error


def refresh_scores(season: Season, *, reason: str) -> None:
    """Bring the scores of what is published up to date with all they follow from: settings, poles, entries ..."""
    if Classification.objects.of_season(season).exists():
        standings.refresh(season, cause=reason)


def _publish(season: Season, row: result_rows.ClassificationRow) -> None:
    session = _session(season, row.event, row.session)
    classes = dict(season.entries.values_list("car_number", "race_class__slug"))
    decisions = {decision.slug: decision for decision in session.decisions.prefetch_related("effects")}
    results.publish_version(
        session=session,
        lines=[
            results.DraftLine(
                timing=TimingLine(
                    race_class=classes[line.car_number],
                    **plain(line, "car_number", "position", "status", "laps", "total_time"),
                    **plain(line, "best_lap_time", "best_lap_number"),
                ),
                drivers=line.drivers,
            )
            for line in row.lines
        ],
        decisions=[decisions[decision.slug] for decision in row.decisions],
        told=row.decisions,
        from_archive=True,
        **plain(row, "version", "status", "published_at", "published_precision"),
        **plain(row, "document_number", "cause", "source"),
    )


def _recall(season: Season, row: result_rows.ClassificationRow) -> None:
    results.recall(_classification(season, row), by=None, reason=row.recall_reason, at=row.recalled_at)


def _set_pending(season: Season, row: result_rows.ClassificationRow, reason: str) -> None:
    state = _classification(season, row).state
    for word, field in PENDING.items():
        setattr(state, field, word in row.pending)
    save(state, reason=reason)


def _classification(season: Season, row: result_rows.ClassificationRow) -> Classification:
    return Classification.objects.get(session=_session(season, row.event, row.session), version=row.version)


def _session(season: Season, event: str, session: str) -> Session:
    return Session.objects.get(event__season=season, event__slug=event, slug=session)


def _round(season: Season, event: str, session: str) -> Round:
    return Round.objects.get(season=season, event__slug=event, race_session__slug=session)


def _event_entry(season: Season, event: str, car_number: str) -> EventEntry:
    return EventEntry.objects.get(event__season=season, event__slug=event, entry__car_number=car_number)
