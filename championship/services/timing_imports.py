"""The timing provider's file between upload and use: kept, matched, shown, and then applied exactly as shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from championship import clock
from championship.models import Event, Session, TimingImport
from championship.services.drafts import locked
from championship.services.results import ResultsError
from championship.services.saving import StaleVersionError, save
from championship.services.timing_entries import entries_preview
from championship.services.timing_entry_values import EntriesPreview
from championship.services.timing_results import ResultsPreview, results_preview
from championship.services.timing_writing import write_entries, write_results
from championship.timing.read import read_timing
from championship.timing.tables import TimingFileError, TimingProblem, TimingTable

LONGEST_NAME = 150

AnyPreview = ResultsPreview | EntriesPreview


class TimingImportError(Exception):
    """It cannot be done as asked; the message says why and what to do."""


class ImportMovedOnError(Exception):
    """What the import would write is not what was shown. `preview` shows it as it is now; nothing was written."""

    def __init__(self, preview: Any) -> None:
        self.preview = preview
        super().__init__("Something was changed since this preview. Nothing was written.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file that waits, or was applied: `is_known` when this very file was there already."""

    staged: TimingImport
    is_known: bool


def stage(
    *,
    content: bytes,
    file_name: str,
    by: AbstractBaseUser | None,
    session: Session | None = None,
    event: Event | None = None,
) -> Staged:
    """Read a file and keep it, for the results of `session` or else for the entries of `event`.

    The same file is not kept twice: the one that waits, or that was applied, is returned. Raises TimingFileError, and
    keeps nothing, when the file cannot be read or is of another kind than the session.
    """
    file_name = file_name[-LONGEST_NAME:] or "file"
    table = read_timing(content, file_name=file_name)
    purpose = TimingImport.Purpose.RESULTS if session else TimingImport.Purpose.ENTRIES
    _check_layout(table, session, file_name)
    event = session.event if session else event
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        # The lock: of two who upload the same file, the second finds it waiting.
        if session:
            locked(session)
        else:
            Event.objects.select_for_update().get(pk=event.pk)
        known = TimingImport.objects.filter(purpose=purpose, event=event, session=session, sha256=sha256).exclude(
            state=TimingImport.State.DISCARDED
        )
        if (found := known.first()) is not None:
            return Staged(staged=found, is_known=True)
        new = TimingImport(
            purpose=purpose,
            event=event,
            session=session,
            layout=table.layout,
            file_name=file_name,
            content=content,
            sha256=sha256,
            rows=msgspec.json.encode(table).decode(),
            staged_at=clock.now(),
            staged_by=by,
        )
        return Staged(staged=_saved(new, f"Uploaded {file_name}"), is_known=False)


def _check_layout(table: TimingTable, session: Session | None, file_name: str) -> None:
    is_race = session is not None and session.kind == Session.Kind.RACE
    if session is not None and table.is_race != is_race:
        is_, wanted = ("a race", "a timed session") if table.is_race else ("a timed session", "a race")
        message = f"This is the result of {is_} (layout {table.layout}), but {session.name} is {wanted}."
        mend = "Choose the file of this session, or upload this one at the session that it is of."
    elif session is None and table.layout not in ("B", "D"):
        message = f"This is the result of a race (layout {table.layout}), which has no ratings and no nationalities."
        mend = "Choose the file of a practice or a qualifying session."
    else:
        return
    problem = TimingProblem(file=file_name, line=1, column="", message=message, mend=mend)
    raise TimingFileError((problem,))


def table_of(staged: TimingImport) -> TimingTable:
    """The file as it was read."""
    return msgspec.json.decode(staged.rows, type=TimingTable)


def matches_of(staged: TimingImport) -> dict[str, Any]:
    """What people said so far: `names` by kind and folded name, `contained` decisions, `others` keep or drop."""
    found: dict[str, Any] = json.loads(staged.matches)
    return found


def preview(staged: TimingImport) -> AnyPreview:
    """What applying the import now would write. Nothing is written."""
    read = results_preview if staged.purpose == TimingImport.Purpose.RESULTS else entries_preview
    return read(staged, table_of(staged), matches_of(staged))


def choose(staged: TimingImport, *, matches: Mapping[str, Any], seen_version: int) -> TimingImport:
    """Keep what a person said about the file, in the place of what was said before.

    Raises StaleVersionError when somebody else said something meanwhile, TimingImportError when it does not wait.
    """
    with transaction.atomic():
        found = _waiting(staged.pk)
        if found.version != seen_version:
            raise StaleVersionError(found)
        text = json.dumps(matches, ensure_ascii=False, sort_keys=True)
        if text == found.matches:
            return found
        found.matches = text
        return _saved(found, "Names and decisions chosen")


def apply(staged: TimingImport, *, seen: str, by: AbstractBaseUser | None, cause: str | None = None) -> TimingImport:
    """Write exactly what was shown (`seen`, the fingerprint of its preview), in one transaction, and mark it applied.

    Results become the session's draft: a new one, or the one that there is; `cause` is why there is another version,
    None leaves that of the draft. Entries become the event's entries, and tables follow. Raises ImportMovedOnError with
    a fresh preview when it would write something else by now, TimingImportError when it was applied already, was
    discarded, or cannot be applied.
    """
    moved = None
    with transaction.atomic():
        session = locked(staged.session) if staged.session else None
        Event.objects.select_for_update().get(pk=staged.event_id)
        found = _waiting(staged.pk)
        now = preview(found)
        if now.fingerprint != seen:
            moved = now
        elif not now.can_be_applied:
            raise TimingImportError(why_not(now))
        else:
            try:
                if isinstance(now, ResultsPreview):
                    write_results(now, session=session, by=by, cause=cause)
                else:
                    write_entries(now, event=found.event)
            except (ResultsError, ValidationError) as error:
                raise TimingImportError(" ".join(getattr(error, "messages", [str(error)]))) from error
            _mark_applied(found, seen, by)
            return found
    raise ImportMovedOnError(moved)


def why_not(now: AnyPreview) -> str:
    """Why what is shown cannot be applied, in words."""
    if now.problems:
        return " ".join(problem.text for problem in now.problems)
    if now.open_questions:
        return "There are names that nobody has said anything about yet. Choose what they mean."
    return "Everything reads just so already. There is nothing to write."


def discard(staged: TimingImport) -> TimingImport:
    """Lay a waiting file aside. It stays on record; uploading it again begins anew. Raises TimingImportError."""
    with transaction.atomic():
        found = _waiting(staged.pk)
        found.state = TimingImport.State.DISCARDED
        return _saved(found, "Discarded")


def reopen(staged: TimingImport) -> TimingImport:
    """Let an applied file wait again, with what was said about it: to go back to it after other changes."""
    with transaction.atomic():
        found = TimingImport.objects.select_for_update().get(pk=staged.pk)
        if found.state != TimingImport.State.APPLIED:
            raise TimingImportError("This file was not applied. Go on with it, or upload it again.")
        found.state, found.applied_at, found.applied_by = TimingImport.State.STAGED, None, None
        return _saved(found, "Opened again")


def _waiting(pk: UUID) -> TimingImport:
    found = TimingImport.objects.select_for_update(of=("self",)).select_related("session__event", "event").get(pk=pk)
    if found.state == TimingImport.State.APPLIED:
        who = f" by {found.applied_by}" if found.applied_by else ""
        raise TimingImportError(f"This file is applied already{who}, {found.applied_at:%d %B, %H:%M} UTC.")
    if found.state == TimingImport.State.DISCARDED:
        raise TimingImportError("This file was discarded. Upload it again to use it.")
    return found


def _mark_applied(staged: TimingImport, seen: str, by: AbstractBaseUser | None) -> None:
    staged.state, staged.shown = TimingImport.State.APPLIED, seen
    staged.applied_at, staged.applied_by = clock.now(), by
    _saved(staged, "Applied")


def _saved(staged: TimingImport, reason: str) -> TimingImport:
    try:
        return save(staged, reason=reason[:100])
    except ValidationError as error:
        raise TimingImportError(" ".join(error.messages)) from error
