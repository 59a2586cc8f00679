"""What a decision would change, through to the standings, before anybody writes it: it is tried and undone."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from championship.models import Classification, ClassificationDraft, Decision, Session
from championship.rules.consequences import Consequence, Results, consequence
from championship.services.decision_drafts import begin_revision
from championship.services.drafts import locked, standing
from championship.services.publishing import NOTHING_CHANGED, Preview, freeze, preview
from championship.services.results_snapshot import results_now
from championship.services.standings import COUNTS_AS_OFFICIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What the next version would be with the decision, and what differs from the one without it.

    `preview` is None while there is no list that the decision could change. `consequence` is None while that list
    cannot be published: its stops say why.
    """

    preview: Preview | None
    consequence: Consequence | None


def foresee(session: Session, write: Callable[[], Decision], *, by: AbstractBaseUser) -> Foreseen:
    """Try `write`, which saves the decision of the session, publish what follows, look, and undo all of it.

    What else waits for the next version is in both lists that are compared: the decision alone makes a difference.
    """
    with transaction.atomic():
        locked(session)
        _, without = _published(session)
        with transaction.atomic():
            begin_revision(write(), by=by)
            now, after = _published(session)
            transaction.set_rollback(True)
        before = without or results_now(session)
        transaction.set_rollback(True)
    if now is not None and after is None and all(stop.startswith(NOTHING_CHANGED) for stop in now.stops):
        after = results_now(session)
    return Foreseen(preview=now, consequence=consequence(before, after) if after else None)


def _published(session: Session) -> tuple[Preview | None, Results | None]:
    """The next version and what follows from it; None without a draft, and while it cannot be published."""
    draft = ClassificationDraft.objects.filter(session=session).first()
    if draft is None:
        return None, None
    stands = standing(session)
    official = stands is not None and stands.status in COUNTS_AS_OFFICIAL
    now = preview(draft, Classification.Status.OFFICIAL if official else Classification.Status.PROVISIONAL)
    if now.stops:
        return now, None
    with transaction.atomic():
        reason = "Tried" if now.warnings else ""
        freeze(draft, now, author=None, checker=None, single_signed_reason="Tried", warnings_reason=reason)
        after = results_now(session)
        transaction.set_rollback(True)
    return now, after
