"""Importing a table of entries, event entries, teams or drivers: read, match, show, and then apply exactly that.

The columns are those of the season's own files (`championship.record.layout`). A row of the file stands for the whole
row of the database; rows that the file does not mention stay as they are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from championship import clock
from championship.models import StagedImport
from championship.record.draft import Placed
from championship.record.errors import RecordProblem
from championship.rules.entry_lists import Change
from championship.services import consequences
from championship.services.import_rows import Scope, read_rows, stored_rows, table_cells
from championship.services.import_tables import ImportTable
from championship.services.parking import make_way
from championship.services.rows import save_driver, save_entry, save_event_entry, save_team

KEPT = timedelta(days=1)
LONGEST_NAME = 100


class ImportGoneError(Exception):
    """There is nothing staged to apply: it was applied, is too old, or is somebody else's."""


class ImportMovedOnError(Exception):
    """What the import would change is not what was shown. `preview` shows it as it is now; nothing was written."""

    def __init__(self, preview: ImportPreview) -> None:
        self.preview = preview
        super().__init__("The data were changed since this preview.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What a line of the file does to its row; `changes` are by column; of a new row they are all that it has."""

    line: int
    name: str
    is_new: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What an import would do: `problems` to mend, or `changes`. `content` is the table as CSV."""

    scope: Scope
    file_name: str
    content: bytes
    problems: tuple[RecordProblem, ...] = ()
    changes: tuple[RowChange, ...] = ()
    unchanged: int = 0
    digest: str = ""

    @property
    def new(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        return len(self.changes) - self.new


def preview(*, scope: Scope, file_name: str, content: bytes) -> ImportPreview:
    """Try the import of a table (as CSV) and undo it: what it would change, or every problem that it has."""
    with transaction.atomic():
        outcome = _import(scope, file_name, content)
        transaction.set_rollback(True)
    return outcome


def stage(shown: ImportPreview, *, by: AbstractBaseUser) -> StagedImport:
    """Keep what is shown until it is confirmed. Only for a preview without problems."""
    now = clock.now()
    with transaction.atomic():
        StagedImport.objects.filter(staged_at__lt=now - KEPT).delete()
        return StagedImport.objects.create(
            table=shown.scope.table.name,
            season=shown.scope.season,
            event=shown.scope.event,
            file_name=shown.file_name,
            content=shown.content.decode(),
            digest=shown.digest,
            staged_at=now,
            staged_by=by,
        )


def apply(*, staged: UUID, table: ImportTable, by: AbstractBaseUser) -> ImportPreview:
    """Write what was staged, in one transaction, and return it; its rows say in their history where they come from.

    Raises ImportGoneError when it is not there any more, ImportMovedOnError when it would change something else than
    was shown.
    """
    with transaction.atomic():
        kept = StagedImport.objects.select_for_update().filter(pk=staged, table=table.name, staged_by=by).first()
        if kept is None or kept.staged_at < clock.now() - KEPT:
            raise ImportGoneError
        scope = Scope(table=table, season=kept.season, event=kept.event)
        outcome = _import(scope, kept.file_name, kept.content.encode())
        is_as_shown = not outcome.problems and outcome.digest == kept.digest
        if is_as_shown:
            kept.delete()
            if scope.season or scope.event:
                consequences.follow_in(scope.required_season, cause="Entries imported")
        else:
            transaction.set_rollback(True)
    if not is_as_shown:
        raise ImportMovedOnError(outcome)
    return outcome


def _import(scope: Scope, file_name: str, content: bytes) -> ImportPreview:
    """Write the rows of the table and say what that changed. To be called in a transaction."""
    file_name = file_name[:LONGEST_NAME]
    stored = {scope.table.key_of(row): row for row in stored_rows(scope, lock=True)}
    problems: list[RecordProblem] = []
    rows = read_rows(scope, content, stored, problems)
    pairs = [(stored.get(scope.table.key_of(one.row)), one) for one in rows]
    changed = [(old, one) for old, one in pairs if old != one.row]
    reason = f"Imported from {file_name}"[:LONGEST_NAME]
    make_way(scope.table.name, [one.row for old, one in changed if old], season=None, reason=reason)
    for _, one in changed:
        _save(scope, one, problems, reason=reason)
    if problems:
        found = sorted((replace(problem, file=file_name) for problem in problems), key=lambda problem: problem.line)
        return ImportPreview(scope=scope, file_name=file_name, content=content, problems=tuple(found))
    return ImportPreview(
        scope=scope,
        file_name=file_name,
        content=content,
        changes=tuple(_row_change(scope.table, old, one) for old, one in changed),
        unchanged=len(rows) - len(changed),
        digest=hashlib.sha256(repr([(old, one.row) for old, one in changed]).encode()).hexdigest(),
    )


def _save(scope: Scope, placed: Placed[Any], problems: list[RecordProblem], *, reason: str) -> None:
    """Save one row like any other change; what the database refuses becomes a problem of its line."""
    try:
        with transaction.atomic():
            match scope.table.name:
                case "entries":
                    save_entry(placed.row, season=scope.required_season, reason=reason)
                case "event_entries":
                    save_event_entry(placed.row, season=scope.required_season, reason=reason)
                case "teams":
                    save_team(placed.row, reason=reason)
                case _:
                    save_driver(placed.row, reason=reason)
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            column = name if name in scope.table.columns else ""
            for message in messages:
                placed.fields.report(column, message, "")
    except IntegrityError:
        placed.fields.report("", "It collides with another row.", "Look for the same name, slug or car number.")


def _row_change(table: ImportTable, old: Any, placed: Placed[Any]) -> RowChange:
    after = table_cells(table, placed.row)
    before = table_cells(table, old) if old is not None else {}
    columns = dict.fromkeys([*after, *before])
    changes = tuple(
        Change(what=column, before=before.get(column, ""), after=after.get(column, ""))
        for column in columns
        if before.get(column, "") != after.get(column, "")
    )
    return RowChange(
        line=placed.fields.line_of(""), name=table.name_of(placed.row), is_new=old is None, changes=changes
    )
