"""Whose classification it is, and the heads of its published versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from championship import clock
from championship.models import Classification, Session
from championship.selectors.text import published_words

# A revised classification is as binding as an official one.
PILLS = {Classification.Status.REVISED: "official"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionScope:
    """A session by its slugs and names."""

    season: str
    season_label: str
    event: str
    event_name: str
    session: str
    session_name: str

    @property
    def name(self) -> str:
        """For example `4 Hours of Sepang, Race 1`."""
        return f"{self.event_name}, {self.session_name}"

    @property
    def event_url(self) -> str:
        return reverse("event", args=[self.season, self.event])

    @property
    def results_url(self) -> str:
        return reverse("season_results", args=[self.season])

    @property
    def session_url(self) -> str:
        """The page of the newest classification."""
        return self.url("classification")

    @property
    def changes_url(self) -> str:
        return self.url("classification_changes")

    def url(self, page: str, *args: object) -> str:
        """The address of a page of this session: `url("classification")`, `url("classification_version", 1)`."""
        return reverse(page, args=[self.season, self.event, self.session, *args])


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The head of a published version; `pill` is a state of the pill component.

    `published_text` says the moment as precisely as it is on record, `published_machine` is the same for `<time>`.
    `flags` are remarks such as "protest open". `recalled_text` and `recall_reason` are "" for a version that was not
    recalled. `follows` is the version that stood when this one was published, None for the first.
    """

    number: int
    status: str
    status_label: str
    pill: str
    published_at: datetime
    published_precision: str
    published_text: str
    published_machine: str
    document_number: str
    cause: str
    source: str
    flags: tuple[str, ...]
    recalled_at: datetime | None
    recalled_text: str
    recall_reason: str
    follows: int | None
    url: str

    @property
    def is_recalled(self) -> bool:
        return self.recalled_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The published versions of a session, the newest first; `rows` are the same as they are stored."""

    rows: tuple[Classification, ...]
    heads: tuple[Version, ...]

    @property
    def standing(self) -> Version | None:
        """The newest version that was not recalled."""
        return next((head for head in self.heads if not head.is_recalled), None)

    def head(self, number: int) -> Version | None:
        return next((head for head in self.heads if head.number == number), None)

    def row(self, number: int) -> Classification:
        """The stored version of a head."""
        return next(row for row in self.rows if row.version == number)


def session_scope(session: Session) -> SessionScope:
    """The scope of a session that was fetched with `event__season`."""
    event = session.event
    return SessionScope(
        season=event.season.slug,
        season_label=event.season.label,
        event=event.slug,
        event_name=event.name,
        session=session.slug,
        session_name=session.name,
    )


def published_versions(session: Session) -> Versions:
    """All versions of a session that the public has seen, in one query."""
    return versions_of(session_scope(session), session.classifications.published().select_related("state"))


def versions_of(scope: SessionScope, rows: Sequence[Classification]) -> Versions:
    """The same from rows that were fetched with their state, the newest first."""
    found = tuple(rows)
    return Versions(rows=found, heads=tuple(_version(scope, row, found) for row in found))


def _version(scope: SessionScope, row: Classification, rows: Sequence[Classification]) -> Version:
    text, machine = published_words(row.published_at, row.published_precision)
    recalled_at = _recalled_at(row, clock.now())
    return Version(
        number=row.version,
        status=row.status,
        status_label=row.get_status_display(),
        pill=PILLS.get(row.status, row.status),
        published_at=row.published_at,
        published_precision=row.published_precision,
        published_text=text,
        published_machine=machine,
        document_number=row.document_number,
        cause=row.cause,
        source=row.source,
        flags=_flags(row),
        recalled_at=recalled_at,
        recalled_text=_moment(recalled_at) if recalled_at else "",
        recall_reason=row.state.recall_reason if recalled_at else "",
        follows=_follows(row, rows),
        url=scope.url("classification_version", row.version),
    )


def _recalled_at(row: Classification, moment: datetime) -> datetime | None:
    """When the version was recalled, None while it was not by `moment`."""
    recalled_at: datetime | None = row.state.recalled_at
    return recalled_at if recalled_at and recalled_at <= moment else None


def _follows(row: Classification, rows: Sequence[Classification]) -> int | None:
    """The version that this one replaced: the newest before it that had not been recalled by then."""
    before = (one for one in rows if one.version < row.version and not _recalled_at(one, row.published_at))
    return next((one.version for one in before), None)


def _flags(row: Classification) -> tuple[str, ...]:
    state = row.state
    flags = [
        ("under investigation", state.is_under_investigation),
        ("protest open", state.is_protested),
        ("subject to appeal", state.is_subject_to_appeal),
        (f"one signature: {row.single_signed_reason}", row.single_signed_reason and not state.countersigned_by_id),
    ]
    return tuple(text for text, is_set in flags if is_set)


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}, {at:%H:%M} UTC"
