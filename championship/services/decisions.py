"""Which decisions count in the next version of a classification, and what a version keeps of them."""

from collections.abc import Collection, Sequence

from championship.models import AppliedDecision, Classification, Decision, Session
from championship.record.result_rows import AppliedRow
from championship.rules.classifications import Ruling
from championship.rules.decisions import bare, effects_as_text, effects_from_text

_IN_FORCE = frozenset({Decision.Status.IMPOSED, Decision.Status.SERVED, Decision.Status.APPLIED})


def decisions_in_force(session: Session, contained: Collection[str] = ()) -> list[Decision]:
    """The decisions that a version published now applies, in their order.

    Those whose status is “Applied”. Unless they are suspended or withdrawn also those that count in the version that
    stands, and those that the timing file contains (`contained`, their slugs): a time penalty served in the pits was
    really driven. Imposed or served outside the file, they move nobody.
    """
    rows = session.decisions.select_related("event_entry__entry").prefetch_related("effects").order_by("order", "slug")
    counting = AppliedDecision.objects.filter(
        classification__session=session, classification__state__is_current=True
    ).values_list("decision__slug", flat=True)
    driven = {*contained, *counting}
    return [
        row for row in rows if row.status == Decision.Status.APPLIED or (row.slug in driven and row.status in _IN_FORCE)
    ]


def marked_as_contained(session: Session) -> list[str]:
    """Slugs of the decisions that the timekeeper's next file contains, as officials have marked them."""
    return list(session.decisions.filter(is_contained=True).values_list("slug", flat=True))


def as_told(decision: Decision) -> AppliedRow:
    """What a version that is published now tells of the decision, and applies."""
    return AppliedRow(
        slug=decision.slug,
        car_number=decision.event_entry.entry.car_number,
        number=decision.number,
        reason=decision.reason,
        effects=tuple(bare(effect.as_effect()) for effect in decision.effects.all()),
    )


def was_told(applied: AppliedDecision) -> AppliedRow:
    """What a published version told of a decision, fetched with it."""
    return AppliedRow(
        slug=applied.decision.slug,
        car_number=applied.car_number,
        number=applied.number,
        reason=applied.reason,
        effects=effects_from_text(applied.effects),
    )


def as_ruling(row: AppliedRow) -> Ruling:
    return Ruling(key=row.slug, car_number=row.car_number, effects=row.effects)


def frozen(
    classification: Classification, decisions: Sequence[Decision], told: Sequence[AppliedRow]
) -> list[AppliedDecision]:
    """The rows of a version, unsaved: its decisions in their order, with what it tells of each."""
    return [
        AppliedDecision(
            classification=classification,
            decision=decision,
            position=position,
            car_number=row.car_number,
            number=row.number,
            reason=row.reason,
            effects=effects_as_text(row.effects),
        )
        for position, (decision, row) in enumerate(zip(decisions, told, strict=True), start=1)
    ]
