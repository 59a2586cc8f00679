"""Which decisions a timing file is said to contain already, with what its lines look like."""

from collections.abc import Sequence
from dataclasses import dataclass

from championship.models import Classification, ClassificationDraft, Decision, Session
from championship.record.result_rows import AppliedRow
from championship.rules.classifications import ClassificationError, TimingLine
from championship.rules.decisions import moves_nobody, with_effect
from championship.services.decisions import as_told, marked_as_contained
from championship.services.drafts import contained_decisions, published_lines
from championship.services.results import DraftLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainedChoice:
    """A decision of the session, and whether the file is said to contain it.

    `looks_contained` is what the car's line looks like beside the version that stands; None where that tells nothing.
    """

    decision: Decision
    is_contained: bool
    looks_contained: bool | None
    is_fixed: bool = False
    """Whether its car is not in the file, so that the draft says it already."""

    @property
    def is_doubtful(self) -> bool:
        """Whether the line looks otherwise than is said."""
        return self.looks_contained is not None and self.looks_contained != self.is_contained


def contained_choices(
    session: Session,
    *,
    draft: ClassificationDraft | None,
    stands: Classification | None,
    own: Sequence[DraftLine],
    kept: Sequence[DraftLine],
    chosen: Sequence[str] | None,
) -> list[ContainedChoice]:
    """The decisions that move a car of the draft, each with whether the lines have it already.

    Those of cars that stay in the draft stay as they are there. For the file's cars the person says it; until then it
    is what the decisions are marked with.
    """
    in_draft = set(contained_decisions(draft)) if draft else set()
    ticked = set(marked_as_contained(session) if chosen is None else chosen)
    mine = {line.timing.car_number: line.timing for line in own}
    others = {line.timing.car_number for line in kept}
    bare = {line.timing.car_number: line.timing for line in published_lines(stands)} if stands else {}
    found = []
    rows = session.decisions.select_related("event_entry__entry").prefetch_related("effects")
    for decision in rows.order_by("order", "slug"):
        row = as_told(decision)
        if all(moves_nobody(effect) for effect in row.effects):
            continue
        if row.car_number in mine:
            looks = _looks_contained(row, bare.get(row.car_number), mine[row.car_number])
            found.append(
                ContainedChoice(decision=decision, is_contained=decision.slug in ticked, looks_contained=looks)
            )
        elif row.car_number in others and decision.slug in in_draft:
            found.append(ContainedChoice(decision=decision, is_contained=True, looks_contained=None, is_fixed=True))
    return found


def _looks_contained(row: AppliedRow, bare: TimingLine | None, line: TimingLine) -> bool | None:
    """Whether the line has the figures of the version that stands, whose baseline has no decision, with the decision.

    None when it has neither those with nor those without it, or both are the same.
    """
    if bare is None:
        return None
    after = bare
    try:
        for effect in row.effects:
            if not moves_nobody(effect):
                after = with_effect(after, effect)
    except ClassificationError:
        return None
    seen, without = _figures(line), _figures(bare)
    if _figures(after) == without or seen not in (_figures(after), without):
        return None
    return seen != without


def _figures(line: TimingLine) -> tuple[object, ...]:
    return line.laps, line.total_time, line.status.casefold(), line.best_lap_time
