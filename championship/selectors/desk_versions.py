"""The versions of a session as officials see them: who signed, what was warned of, what is pending."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from championship import clock
from championship.models import Classification, Season, Session
from championship.rules.protests import ProtestWindow, protest_window
from championship.selectors.classification_heads import PILLS


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVersion:
    """A published version. `author` and `checker` are names, "" where nobody is on record.

    `signatures` says in a sentence who signed; `is_single_signed` until somebody countersigned. `published_at` and
    `recalled_at` are in track time.
    """

    pk: int
    number: int
    status: str
    status_label: str
    pill: str
    published_at: datetime
    published_precision: str
    document_number: str
    document_url: str
    cause: str
    author: str
    author_id: int | None
    checker: str
    signatures: str
    is_single_signed: bool
    countersigned: str
    is_retyped: bool
    warnings: tuple[str, ...]
    warnings_reason: str
    is_current: bool
    recalled_at: datetime | None
    recalled_by: str
    recall_reason: str
    flags: tuple["PendingFlag", ...]
    state_version: int
    url: str

    @property
    def pending(self) -> tuple[str, ...]:
        return tuple(flag.label for flag in self.flags if flag.is_set)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingFlag:
    """One thing that may be pending about a version."""

    name: str
    label: str
    is_set: bool


FLAGS = {
    "is_under_investigation": "under investigation",
    "is_protested": "protest open",
    "is_subject_to_appeal": "subject to appeal",
}


def desk_versions(session: Session) -> tuple[DeskVersion, ...]:
    """All versions of a session that was fetched with its event's season and circuit, the newest first; one query."""
    rows = session.classifications.select_related(
        "author", "checker", "state__recalled_by", "state__countersigned_by", "document"
    ).order_by("-version")
    return tuple(_version(session, row) for row in rows)


def protest_of(version: DeskVersion | None, season: Season) -> ProtestWindow | None:
    """The time to protest against the version that stands; None where there is none to wait for."""
    if version is None or version.status != Classification.Status.PROVISIONAL or not season.protest_minutes:
        return None
    if version.published_precision != Classification.Precision.MINUTE:
        return None
    return protest_window(version.published_at, season.time_to_protest, clock.now())


def standing_of(versions: Iterable[DeskVersion]) -> DeskVersion | None:
    return next((version for version in versions if version.is_current), None)


def _version(session: Session, row: Classification) -> DeskVersion:
    state, zone = row.state, session.event.zone
    author, checker = (str(user) if user else "" for user in (row.author, row.checker))
    countersigned = ""
    if state.countersigned_by and state.countersigned_at:
        at = state.countersigned_at.astimezone(zone)
        countersigned = f"{state.countersigned_by}, {at.day} {at:%B %Y, %H:%M} track time"
    event = session.event
    row.session = session
    return DeskVersion(
        pk=row.pk,
        number=row.version,
        status=row.status,
        status_label=row.get_status_display(),
        pill=PILLS.get(row.status, row.status),
        published_at=row.published_at.astimezone(event.zone),
        published_precision=row.published_precision,
        document_number=row.document_number,
        document_url=_document_url(session, row),
        cause=row.cause,
        author=author,
        author_id=row.author_id,
        checker=checker,
        signatures=_signatures(row, author, checker),
        is_single_signed=bool(row.single_signed_reason) and not state.countersigned_by_id,
        countersigned=countersigned,
        is_retyped=row.is_retyped,
        warnings=tuple(row.warnings.splitlines()),
        warnings_reason=row.warnings_reason,
        is_current=state.is_current,
        recalled_at=state.recalled_at.astimezone(zone) if state.recalled_at else None,
        recalled_by=str(state.recalled_by) if state.recalled_by else "",
        recall_reason=state.recall_reason,
        flags=tuple(PendingFlag(name=name, label=label, is_set=getattr(state, name)) for name, label in FLAGS.items()),
        state_version=state.version,
        url=row.get_absolute_url(),
    )


def _document_url(session: Session, row: Classification) -> str:
    """The page of the document that the version is, "" where it is on no notice board."""
    document = getattr(row, "document", None)
    if document is None:
        return ""
    document.event = session.event
    return str(document.get_absolute_url())


def _signatures(row: Classification, author: str, checker: str) -> str:
    if row.from_archive:
        return "From the archive"
    if row.single_signed_reason:
        return f"Signed by {author} alone: {row.single_signed_reason}"
    return f"By {author}, checked by {checker}"
