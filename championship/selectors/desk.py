"""The desk of a session: what stands, what is being worked on, and what waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from championship import clock
from championship.models import ClassificationDraft, Decision, Session, TimingImport
from championship.rules.protests import ProtestWindow
from championship.rules.times import zone_label
from championship.selectors.desk_versions import DeskVersion, desk_versions, protest_of, standing_of
from championship.selectors.effects import effects_in_words
from championship.selectors.session_facts import SessionFacts, session_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDraft:
    """The next version while it is worked on. Names are "" where nobody is on record; `saved_at` is track time."""

    pk: int
    version: int
    cars: int
    author: str
    author_id: int | None
    checker: str
    retyped_by: str
    saved_at: datetime
    saved_by: str
    cause: str
    source: str
    contained: tuple[str, ...]

    @property
    def is_checked(self) -> bool:
        return bool(self.checker)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDecision:
    """A decision of the session as it is now; `counts` in a version that is published now, `is_published` as text."""

    slug: str
    number: str
    car_number: str
    effects: str
    reason: str
    status: str
    status_label: str
    counts: bool
    in_file: bool
    is_published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskImport:
    """A timing file that waits to be applied or discarded."""

    pk: UUID
    file_name: str
    staged_by: str
    staged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedDraft:
    """A draft that somebody deleted, and that can come back."""

    deleted_by: str
    deleted_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """Everything that the desk shows about a session. `now` is track time, `zone` its label."""

    facts: SessionFacts
    state_label: str
    state_reason: str
    now: datetime
    zone: str
    versions: tuple[DeskVersion, ...]
    draft: DeskDraft | None
    deleted: DeletedDraft | None
    decisions: tuple[DeskDecision, ...]
    imports: tuple[DeskImport, ...]
    protest: ProtestWindow | None
    closes_at: datetime | None

    @property
    def standing(self) -> DeskVersion | None:
        return standing_of(self.versions)

    @property
    def may_become_official(self) -> bool:
        """Whether nothing stands in the way: the time to protest is over and nothing is pending."""
        standing = self.standing
        if standing is None or standing.status != "provisional" or standing.pending:
            return False
        return self.protest is None or not self.protest.is_open


def desk_page_of(session: Session, *, counting: Collection[str], contained: Collection[str]) -> DeskPage:
    """The desk of a session that was fetched with its event's season and circuit, in the same few queries always.

    `counting` are the slugs of the decisions that a version published now applies, `contained` of those in the draft's
    file; which these are services know.
    """
    zone = session.event.zone
    versions = desk_versions(session)
    protest = protest_of(standing_of(versions), session.event.season)
    now = clock.now().astimezone(zone)
    draft = _draft(session)
    return DeskPage(
        facts=session_facts(session),
        state_label=session.get_state_display(),
        state_reason=session.state_reason,
        now=now,
        zone=zone_label(now),
        versions=versions,
        draft=draft,
        deleted=None if draft else _deleted(session),
        decisions=_decisions(session, counting, contained),
        imports=_imports(session),
        protest=protest,
        closes_at=protest.closes_at.astimezone(zone) if protest else None,
    )


def _draft(session: Session) -> DeskDraft | None:
    row = ClassificationDraft.objects.filter(session=session).select_related("author", "checker", "retyped_by").first()
    if row is None:
        return None
    saved = row.history.select_related("history_user").latest()
    return DeskDraft(
        pk=row.pk,
        version=row.version,
        cars=row.lines.count('"car_number"'),
        author=str(row.author or ""),
        author_id=row.author_id,
        checker=str(row.checker or ""),
        retyped_by=str(row.retyped_by or ""),
        saved_at=saved.history_date.astimezone(session.event.zone),
        saved_by=str(saved.history_user or row.author or ""),
        cause=row.cause,
        source=row.source,
        contained=tuple(slug for slug in row.contained.split(",") if slug),
    )


def _deleted(session: Session) -> DeletedDraft | None:
    record = ClassificationDraft.deleted(session)
    if record is None:
        return None
    return DeletedDraft(
        deleted_by=str(record.history_user or ""),
        deleted_at=record.history_date.astimezone(session.event.zone),
        reason=record.history_change_reason or "",
    )


def _decisions(session: Session, counting: Collection[str], contained: Collection[str]) -> tuple[DeskDecision, ...]:
    rows = session.decisions.select_related("event_entry__entry").prefetch_related("effects", "documents")
    return tuple(
        DeskDecision(
            slug=row.slug,
            number=row.number,
            car_number=row.event_entry.entry.car_number,
            effects=effects_in_words(row.as_ruling().effects),
            reason=row.reason,
            status=row.status,
            status_label=Decision.Status(row.status).label,
            counts=row.slug in counting,
            in_file=row.slug in contained,
            is_published=any(document.is_published for document in row.documents.all()),
        )
        for row in rows.order_by("order", "slug")
    )


def _imports(session: Session) -> tuple[DeskImport, ...]:
    rows = session.timing_imports.filter(state=TimingImport.State.STAGED, purpose=TimingImport.Purpose.RESULTS)
    return tuple(
        DeskImport(
            pk=row.pk,
            file_name=row.file_name,
            staged_by=str(row.staged_by or ""),
            staged_at=row.staged_at.astimezone(session.event.zone),
        )
        for row in rows.select_related("staged_by").defer("content", "rows", "matches").order_by("staged_at")
    )
