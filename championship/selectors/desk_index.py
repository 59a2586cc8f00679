"""All desks of a season: what stands at each session, and what waits there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Count, F, Q
from django.urls import reverse

from championship import clock
from championship.models import (
    Classification,
    ClassificationDraft,
    ClassificationState,
    Decision,
    Season,
    Session,
    TimingImport,
)
from championship.rules.protests import protest_window
from championship.selectors.classification_heads import PILLS
from championship.selectors.desk_versions import FLAGS


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A session: `pill`, `status_label` and `version` tell what stands, "" and 0 for nothing.

    `waits` are what somebody has to do or to wait for, in words. `starts_at` is track time, None while it is not
    confirmed; `day` is that of the track.
    """

    name: str
    url: str
    day: datetime | None
    is_confirmed: bool
    pill: str
    status_label: str
    version: int
    waits: tuple[str, ...]
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEvent:
    pk: int
    name: str
    rows: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskIndex:
    """The events of a season with their sessions; `now` is the session that runs or was the last one."""

    label: str
    events: tuple[DeskEvent, ...]

    @property
    def now(self) -> tuple[str, DeskRow] | None:
        """(event, session) that is on, or was last."""
        found = ((event.name, row) for event in self.events for row in event.rows if row.is_now)
        return next(found, None)

    @property
    def waiting(self) -> int:
        return sum(bool(row.waits) for event in self.events for row in event.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    states: Mapping[int, ClassificationState]
    drafts: Mapping[int, ClassificationDraft]
    imports: Mapping[int, int]
    untold: Mapping[int, int]
    now_at: int | None


def desk_index(season: Season) -> DeskIndex:
    """The desks of a season, in the same five queries however many sessions it has."""
    sessions = list(
        Session.objects.filter(event__season=season)
        .select_related("event__season", "event__circuit")
        .order_by("event__starts_on", "event__slug", F("date").asc(nulls_first=True), F("starts_at").asc(), "slug")
    )
    of_season = Q(session__event__season=season)
    states = ClassificationState.objects.filter(of_season, is_current=True).select_related("classification")
    drafts = ClassificationDraft.objects.filter(of_season).select_related("checker").defer("lines")
    imports = TimingImport.objects.filter(of_season, state=TimingImport.State.STAGED).values_list("session", flat=True)
    untold = (
        Decision.objects.filter(of_season)
        .filter(status=Decision.Status.APPLIED)
        .annotate(told=Count("documents", filter=Q(documents__published_at__isnull=False)))
        .filter(told=0)
    )
    facts = _Facts(
        states={row.session_id: row for row in states},
        drafts={row.session_id: row for row in drafts},
        imports=Counter(imports),
        untold=Counter(untold.values_list("session", flat=True)),
        now_at=_running_or_last(sessions),
    )
    events = groupby(sessions, key=lambda row: row.event)
    return DeskIndex(
        label=season.label,
        events=tuple(
            DeskEvent(pk=event.pk, name=event.name, rows=tuple(_row(row, facts) for row in rows))
            for event, rows in events
        ),
    )


def _running_or_last(sessions: list[Session]) -> int | None:
    """The session that began last; None before the first of the season."""
    begun = [row for row in sessions if row.starts_at and row.starts_at <= clock.now()]
    return max(begun, key=lambda row: row.starts_at).pk if begun else None


def _row(session: Session, facts: _Facts) -> DeskRow:
    state = facts.states.get(session.pk)
    stands = state.classification if state else None
    event = session.event
    return DeskRow(
        name=session.name,
        url=reverse("admin:desk", args=[event.season.slug, event.slug, session.slug]),
        day=session.starts_at_track or _noon(session),
        is_confirmed=session.start_confirmed,
        pill=PILLS.get(stands.status, stands.status) if stands else "",
        status_label=stands.get_status_display() if stands else "",
        version=stands.version if stands else 0,
        waits=tuple(_waits(session, state, facts)),
        is_now=session.pk == facts.now_at,
    )


def _noon(session: Session) -> datetime | None:
    """A moment of the day at the track, where only the day is known."""
    if session.date is None:
        return None
    return datetime.combine(session.date, datetime.min.time(), tzinfo=session.event.zone) + timedelta(hours=12)


def _waits(session: Session, state: ClassificationState | None, facts: _Facts) -> list[str]:
    found = []
    if imports := facts.imports.get(session.pk):
        found.append(f"{imports} file{'' if imports == 1 else 's'} to look at")
    draft = facts.drafts.get(session.pk)
    if draft is not None:
        found.append(f"draft, checked by {draft.checker}" if draft.checker else "draft, not checked")
    if untold := facts.untold.get(session.pk):
        found.append(f"{untold} decision{'' if untold == 1 else 's'} on no document")
    if state is not None:
        found += [label for name, label in FLAGS.items() if getattr(state, name)]
        found += _protest(session, state.classification)
    return found


def _protest(session: Session, stands: Classification) -> list[str]:
    season = session.event.season
    is_precise = stands.published_precision == Classification.Precision.MINUTE
    if stands.status != Classification.Status.PROVISIONAL or not is_precise or not season.protest_minutes:
        return []
    window = protest_window(stands.published_at, season.time_to_protest, clock.now())
    if not window.is_open:
        return ["may become official"]
    closes_at = window.closes_at.astimezone(session.event.zone)
    return [f"protests until {closes_at:%H:%M} track time"]
