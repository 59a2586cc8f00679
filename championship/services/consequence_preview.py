"""The exact consequence of a publication or a recall: it is tried in a transaction, and undone."""

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.db import transaction

from championship import stamp
from championship.models import Classification, ClassificationDraft, Session
from championship.rules.consequences import Consequence, consequence
from championship.services.drafts import locked
from championship.services.publishing import Preview, freeze
from championship.services.results import ResultsError, recall
from championship.services.results_snapshot import results_now

# Until something is written, which the stamp in the key tells; this only bounds what is kept.
KEPT_SECONDS = 3600


def of_publishing(draft: ClassificationDraft, now: Preview, *, anew: bool = False) -> Consequence | None:
    """What publishing the draft as `now` shows it would change; None while there are stops, and when it is gone by now.

    Looking twice costs nothing: the answer is kept until anything of the sport is written. `anew` tries it all the
    same: after a refusal nobody is shown again what was refused.
    """
    if now.stops:
        return None
    try:
        return _tried(
            now.session,
            f"publish:{now.fingerprint}",
            lambda: freeze(
                draft,
                now,
                author=None,
                checker=None,
                single_signed_reason="Tried",
                warnings_reason="Tried" if now.warnings else "",
            ),
            anew=anew,
        )
    except ResultsError:
        # Somebody published or recalled a version since the preview: whoever looks again sees that.
        return None


def of_recalling(classification: Classification, *, by: AbstractBaseUser, anew: bool = False) -> Consequence:
    """The same for recalling the version that stands. Raises ResultsError where it cannot be recalled."""
    return _tried(
        classification.session,
        f"recall:{classification.pk}",
        lambda: recall(classification, by=by, reason="Tried"),
        anew=anew,
    )


def _tried(session: Session, what: str, act: Callable[[], object], *, anew: bool) -> Consequence:
    key = f"consequence:{stamp.current()}:{what}"
    known: Consequence | None = None if anew else cache.get(key)
    if known is not None:
        return known
    with transaction.atomic():
        locked(session)
        before = results_now(session)
        act()
        after = results_now(session)
        transaction.set_rollback(True)
    found = consequence(before, after)
    cache.set(key, found, KEPT_SECONDS)
    return found
