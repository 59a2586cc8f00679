"""What may still be said about a published version: a second signature afterwards, and what is pending."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from championship import clock
from championship.models import Classification, ClassificationState
from championship.services.drafts import locked
from championship.services.results import ResultsError
from championship.services.saving import save

FLAGS = ("is_under_investigation", "is_protested", "is_subject_to_appeal")


def countersign(classification: Classification, *, by: AbstractBaseUser) -> ClassificationState:
    """Sign a version that one person published alone. Raises ResultsError for its author, and where it needs none."""
    with transaction.atomic():
        locked(classification.session)
        state = _state(classification)
        if not classification.single_signed_reason:
            raise ResultsError(f"{classification} has two signatures. There is nothing to countersign.")
        if state.countersigned_by is not None:
            raise ResultsError(f"{classification} is countersigned already, by {state.countersigned_by}.")
        if classification.author == by:
            raise ResultsError("Nobody countersigns their own work. Ask somebody else.")
        state.countersigned_by, state.countersigned_at = by, clock.now()
        return _saved(state, "Countersigned", by)


def set_flags(
    classification: Classification, flags: Mapping[str, bool], *, by: AbstractBaseUser, reason: str, seen_version: int
) -> ClassificationState:
    """Say what is pending about a version; `flags` by name, others stay as they are.

    Raises ResultsError without a reason, StaleVersionError when the state was saved after `seen_version`.
    """
    if not reason.strip():
        raise ResultsError("Say why: colleagues read it in the history.")
    with transaction.atomic():
        state = _state(classification)
        for name in FLAGS:
            setattr(state, name, flags.get(name, getattr(state, name)))
        return _saved(state, reason.strip()[:100], by, seen_version)


def _state(classification: Classification) -> ClassificationState:
    return ClassificationState.objects.select_related("countersigned_by").get(classification=classification)


def _saved(
    state: ClassificationState, reason: str, by: AbstractBaseUser, seen_version: int | None = None
) -> ClassificationState:
    state._history_user = by
    return save(state, reason=reason, seen_version=seen_version)
