"""Everything about results that changed after it had been published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from django.db.models import Q

from championship import clock
from championship.models import Classification
from championship.selectors.classification_heads import SessionScope, Version, session_scope, versions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A version that followed another one (`kind` is "followed"), or the recall of one.

    `moment_text` and `moment_machine` say when, as precisely as it is on record. `stands` is the version that counts
    after a recall, None when none does.
    """

    kind: Literal["followed", "recalled"]
    scope: SessionScope
    version: Version
    at: datetime
    moment_text: str
    moment_machine: str
    is_timed: bool
    stands: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage:
    """All corrections, the newest first."""

    corrections: tuple[Correction, ...]


def corrections_page() -> CorrectionsPage:
    """Corrections of all seasons by the site's clock, in one query."""
    published = Classification.objects.published()
    corrected = published.filter(Q(version__gt=1) | Q(state__recalled_at__lte=clock.now()))
    rows = (
        published.filter(session__in=corrected.order_by().values("session"))
        .select_related("state", "session__event__season")
        .order_by("session", "-version")
    )
    found: list[Correction] = []
    for session, group in groupby(rows, key=lambda row: row.session):
        found += _corrections(session_scope(session), list(group))
    return CorrectionsPage(corrections=tuple(sorted(found, key=lambda one: (one.at, one.version.number), reverse=True)))


def _corrections(scope: SessionScope, rows: Sequence[Classification]) -> list[Correction]:
    """The corrections of one session from its published versions, the newest first."""
    found = []
    versions = versions_of(scope, rows)
    for head in versions.heads:
        if head.number > 1:
            found.append(
                Correction(
                    kind="followed",
                    scope=scope,
                    version=head,
                    at=head.published_at,
                    moment_text=head.published_text,
                    moment_machine=head.published_machine,
                    is_timed=head.published_precision == Classification.Precision.MINUTE,
                    stands=head.number,
                )
            )
        if head.recalled_at:
            found.append(
                Correction(
                    kind="recalled",
                    scope=scope,
                    version=head,
                    at=head.recalled_at,
                    moment_text=f"Recalled {head.recalled_text}",
                    moment_machine=f"{head.recalled_at:%Y-%m-%dT%H:%MZ}",
                    is_timed=True,
                    stands=versions.standing.number if versions.standing else None,
                )
            )
    return found
