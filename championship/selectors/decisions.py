"""One decision of the stewards: what was decided, where it counts, and what it moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from championship.models import AppliedDecision, Result, Session
from championship.rules.classification_changes import compare
from championship.rules.classifications import classify
from championship.selectors.classification_changes import Change, lines_in_words
from championship.selectors.classification_heads import (
    SessionScope,
    Version,
    published_versions,
    session_scope,
)
from championship.selectors.decision_lines import DecisionLine, decision_line, told_line
from championship.selectors.document_lines import DocumentLine
from championship.selectors.documents import decision_documents
from championship.selectors.result_lines import ResultLine, for_lines, result_lines
from championship.selectors.session_facts import find_session


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedCar:
    """A car that stands elsewhere because of the decision."""

    line: ResultLine
    is_own: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOtherwise:
    """What a version told of a decision that says something else by now."""

    version: Version
    decision: DecisionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """A decision that counts or counted in a published version.

    `decision` is what it says now; `told_otherwise` has the versions that told, and applied, something else. `car` is
    how the first version in which it counts shows the car, None when it is not in that list. `counts_in` are the
    versions, the newest first. `moved` compares that first version with the same without this one decision.
    `documents` are those of the notice board that tell it, the newest first.
    `fact_at` is track time. Texts are "" and `fact_at` is None when they are not on record.
    """

    scope: SessionScope
    decision: DecisionLine
    status_label: str
    car: ResultLine | None
    fact: str
    fact_at: datetime | None
    offence: str
    source: str
    counts_in: tuple[Version, ...]
    told_otherwise: tuple[ToldOtherwise, ...]
    standing: Version | None
    moved: tuple[MovedCar, ...]
    documents: tuple[DocumentLine, ...]

    @property
    def counts_now(self) -> bool:
        return self.standing is not None and self.standing in self.counts_in


def decision_page(*, season: str, event: str, session: str, slug: str) -> DecisionPage | None:
    """The page of a decision; None until a published version applies it."""
    found = find_session(season, event, session)
    decision = (
        found.decisions.filter(slug=slug).select_related("event_entry__entry").prefetch_related("effects").first()
        if found
        else None
    )
    if found is None or decision is None:
        return None
    versions = published_versions(found)
    applied: dict[int, list[AppliedDecision]] = {row.pk: [] for row in versions.rows}
    for one in AppliedDecision.objects.filter(classification__in=versions.rows).select_related("decision"):
        applied[one.classification_id].append(one)
    told = {row.version: one for row in versions.rows for one in applied[row.pk] if one.decision_id == decision.pk}
    if not told:
        return None
    counts_in = tuple(head for head in versions.heads if head.number in told)
    first = versions.row(min(told))
    rows = list(for_lines(first.results.all()))
    scope = session_scope(found)
    now = decision_line(decision, scope)
    then = ((head, replace(told_line(told[head.number], scope), note=now.note)) for head in counts_in)
    return DecisionPage(
        scope=scope,
        decision=now,
        status_label=decision.get_status_display(),
        car=next((line for line in result_lines(rows) if line.car_number == told[first.version].car_number), None),
        fact=decision.fact,
        fact_at=decision.fact_at.astimezone(found.event.zone) if decision.fact_at else None,
        offence=decision.offence,
        source=decision.source,
        counts_in=counts_in,
        told_otherwise=tuple(ToldOtherwise(version=head, decision=line) for head, line in then if line != now),
        standing=versions.standing,
        moved=_moved(found, rows, applied[first.pk], told[first.version]),
        documents=decision_documents(decision, found.event),
    )


def _moved(
    session: Session, rows: Sequence[Result], applied: Sequence[AppliedDecision], decision: AppliedDecision
) -> tuple[MovedCar, ...]:
    """The version as it was published against a replay without this decision (sporting-rules 1.5); its car first."""
    lines = {line.car_number: line for line in result_lines(rows)}
    without = classify(
        [row.as_timing_line() for row in rows],
        [one.as_ruling() for one in applied if one != decision],
        by_best_lap=session.kind != Session.Kind.RACE,
    )
    found = (
        MovedCar(
            line=lines[change.car_number],
            is_own=change.car_number == decision.car_number,
            changes=lines_in_words(change.before, change.after, lines[change.car_number].race_class_name),
        )
        for change in compare(without, [row.as_classified_line() for row in rows])
        if change.before and change.after
    )
    return tuple(sorted(found, key=lambda car: not car.is_own))
