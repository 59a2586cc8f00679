"""One decision of the stewards: what was decided, where it counts, and what it moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from championship.models import Classification, Decision, Result, Session
from championship.rules.classification_changes import compare
from championship.rules.classifications import ClassificationError, ClassifiedLine, TimingLine, baseline, classify
from championship.selectors.classification_changes import Change, lines_in_words
from championship.selectors.classification_heads import (
    SessionScope,
    Version,
    published_versions,
    session_scope,
)
from championship.selectors.decision_lines import DecisionLine, decision_line
from championship.selectors.result_lines import ResultLine, for_lines, result_lines
from championship.selectors.session_facts import find_session


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedCar:
    """A car that stands elsewhere because of the decision."""

    line: ResultLine
    is_own: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """A decision that counts or counted in a published version.

    `car` is how the first version in which it counts shows the car, None when it is not in that list. `counts_in` are
    the versions, the newest first. `moved` compares that first version with the same without this one decision.
    `fact_at` is track time. Texts are "" and `fact_at` is None when they are not on record.
    """

    scope: SessionScope
    decision: DecisionLine
    car: ResultLine | None
    fact: str
    fact_at: datetime | None
    offence: str
    source: str
    counts_in: tuple[Version, ...]
    standing: Version | None
    moved: tuple[MovedCar, ...]

    @property
    def counts_now(self) -> bool:
        return self.standing is not None and self.standing in self.counts_in


def decision_page(*, season: str, event: str, session: str, slug: str) -> DecisionPage | None:
    """The page of a decision; None until a published version applies it."""
    found = find_session(season, event, session)
    if found is None:
        return None
    decisions = list(found.decisions.select_related("event_entry__entry").prefetch_related("effects", "applied"))
    decision = next((one for one in decisions if one.slug == slug), None)
    versions = published_versions(found)
    counts_in = [row for row in versions.rows if decision and _place_in(decision, row)]
    if decision is None or not counts_in:
        return None
    first = counts_in[-1]
    rows = list(for_lines(first.results.all()))
    car_number = decision.event_entry.entry.car_number
    scope = session_scope(found)
    return DecisionPage(
        scope=scope,
        decision=decision_line(decision, scope),
        car=next((line for line in result_lines(rows) if line.car_number == car_number), None),
        fact=decision.fact,
        fact_at=decision.fact_at.astimezone(found.event.zone) if decision.fact_at else None,
        offence=decision.offence,
        source=decision.source,
        counts_in=tuple(head for row in counts_in if (head := versions.head(row.version))),
        standing=versions.standing,
        moved=_moved(found, first, rows, decisions, decision),
    )


def _place_in(decision: Decision, classification: Classification) -> int:
    """The place of the decision among those of a version, from 1; 0 when it does not count in it."""
    places = (row.position for row in decision.applied.all() if row.classification_id == classification.pk)
    return next(places, 0)


def _moved(
    session: Session,
    classification: Classification,
    rows: Sequence[Result],
    decisions: Sequence[Decision],
    decision: Decision,
) -> tuple[MovedCar, ...]:
    """The version as it was published against a replay without this decision (sporting-rules 1.5); its car first."""
    lines = {line.car_number: line for line in result_lines(rows)}
    without = _replayed(
        session,
        [row.as_timing_line() for row in rows],
        contained=[one for one in decisions if one.is_contained],
        applied=sorted(
            (one for one in decisions if one != decision and _place_in(one, classification)),
            key=lambda one: _place_in(one, classification),
        ),
    )
    found = (
        MovedCar(
            line=lines[change.car_number],
            is_own=change.car_number == decision.event_entry.entry.car_number,
            changes=lines_in_words(change.before, change.after, lines[change.car_number].race_class_name),
        )
        for change in compare(without, [row.as_classified_line() for row in rows])
        if change.before and change.after
    )
    return tuple(sorted(found, key=lambda car: not car.is_own))


def _replayed(
    session: Session, lines: Sequence[TimingLine], *, contained: Sequence[Decision], applied: Sequence[Decision]
) -> tuple[ClassifiedLine, ...]:
    """The classification that follows from the timing lines and these decisions."""
    by_best_lap = session.kind != Session.Kind.RACE
    try:
        timed = baseline(lines, [one.as_ruling() for one in contained], by_best_lap=by_best_lap)
        rulings = [replace(one.as_ruling(), is_contained=False) for one in applied]
        return classify(timed, rulings, by_best_lap=by_best_lap)
    except ClassificationError:
        # A decision that was edited since may no longer fit the lines: then nothing is said about moves.
        return ()
