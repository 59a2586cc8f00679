"""From a decision to the next version of the list: the draft in which it counts, begun by itself."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from championship.models import ClassificationDraft, Decision
from championship.services.drafts import locked, revise, say_cause, standing

_LONGEST_CAUSE = ClassificationDraft._meta.get_field("cause").max_length or 0


def cause_of(decision: Decision) -> str:
    """Why a decision makes another version, as readers are told: `Decision 31, car 24`."""
    car = decision.event_entry.entry.car_number
    return f"Decision {decision.number}, car {car}" if decision.number else f"Decision on car {car}"


def begin_revision(decision: Decision, *, by: AbstractBaseUser) -> ClassificationDraft | None:
    """The draft in which the decision counts next, None while nothing is published and nobody has begun.

    Without a draft, the version that stands is revised, if the decision changes it: because it is applied now, or
    because that version tells it otherwise. A draft that decisions began says the decision in its cause, and its number
    once there is one; every other draft stays as it is, since publishing takes decisions as they are then. Raises
    ResultsError when the version that stands cannot be revised.
    """
    with transaction.atomic():
        session = locked(decision.session)
        draft = ClassificationDraft.objects.filter(session=session).first()
        stands = standing(session)
        if draft is not None:
            return _told(draft, decision, by=by) if stands else draft
        counts = stands is not None and stands.applied.filter(decision=decision).exists()
        if stands is None or not (counts or decision.status == Decision.Status.APPLIED):
            return None
        return revise(session=session, by=by, cause=cause_of(decision))


def _told(draft: ClassificationDraft, decision: Decision, *, by: AbstractBaseUser) -> ClassificationDraft:
    """The draft with the decision in its cause, if only decisions are named there."""
    named = [part for part in draft.cause.split("; ") if part]
    if not all(part.startswith("Decision ") for part in named):
        return draft
    cause = cause_of(decision)
    unnumbered = f"Decision on car {decision.event_entry.entry.car_number}"
    now = [cause if part == unnumbered else part for part in named]
    counts = decision.status == Decision.Status.APPLIED
    told = "; ".join(now if cause in now or not counts else [*now, cause])
    if told == draft.cause or len(told) > _LONGEST_CAUSE:
        return draft
    return say_cause(draft, cause=told, by=by, seen_version=draft.version)
