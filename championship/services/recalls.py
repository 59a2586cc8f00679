"""Taking a published version back: who may, and exactly what was foreseen."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from championship import clock, rights
from championship.models import Classification
from championship.rules.consequences import consequence
from championship.services.drafts import locked
from championship.services.results import ResultsError, recall
from championship.services.results_snapshot import results_now

ANY, OWN = "recall_classification", "recall_own_classification"


def refusal(classification: Classification, user: AbstractBaseUser) -> str:
    """Why this person may not recall the version, in a sentence; "" when he or she may.

    Who has only the right to recall what is his or her own may do so for the season's minutes after publication; one's
    own is what one signed.
    """
    event = classification.session.event
    if rights.may(user, ANY, event):
        return ""
    allowed = event.season.recall_minutes
    if not rights.may(user, OWN, event):
        return "You may not recall a version."
    if user.pk not in {classification.author_id, classification.checker_id}:
        return "You may recall only what you signed yourself."
    if clock.now() >= classification.published_at + event.season.time_to_recall:
        return f"You may recall your own version for {allowed} minutes, and they are over."
    return ""


def take_back(
    classification: Classification, *, by: AbstractBaseUser, reason: str, foreseen: str
) -> Classification | None:
    """Recall the version that stands, if `by` may and exactly that follows which was shown; returns what stands then.

    `foreseen` is the fingerprint of the consequence (`services.consequence_preview`). Raises ResultsError else.
    """
    with transaction.atomic():
        session = locked(classification.session)
        if refused := refusal(classification, by):
            raise ResultsError(refused)
        before = results_now(session)
        stands = recall(classification, by=by, reason=reason)
        if consequence(before, results_now(session)).fingerprint != foreseen:
            raise ResultsError("Something was changed since this preview. Look at what follows again, then recall.")
    return stands
