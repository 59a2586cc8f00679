"""The history of a row and of the rows that are part of it, and the page that brings an earlier state back."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Model, ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

from championship import rights
from championship.admin.conflicts import NOTHING
from championship.admin.forms import as_version
from championship.admin.words import Words, part_label, said
from championship.services import history
from championship.services.saving import StaleVersionError

DONE = {"+": "Added", "~": "Changed", "-": "Deleted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one field was and became, in words."""

    label: str
    before: str
    after: str


@dataclass(slots=True, kw_only=True)
class Edition:
    """One save of a row: who, when (UTC), why, and what changed in it and in its parts."""

    record: Any
    done: str
    who: str
    when: datetime
    reason: str
    changes: list[Change] = field(default_factory=list)


class HistoryPages:
    """The two pages, for a ModelAdmin. `parts` are the relations whose rows are restored with the row, `watched`
    those whose changes are only shown."""

    parts: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        records, row = self._records(request, object_id)
        context = {
            **self._context(request, row),
            "title": f"History of {row}",
            "editions": list(reversed(self.editions(records))),
            "is_deleted": records[-1].history_type == "-" if records else False,
            "may_restore": self.may_restore(request, row),
            "parts": self._part_names(),
        }
        return render(request, "admin/history.html", context | (extra_context or {}))

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        records, row = self._records(request, object_id)
        record = next((record for record in records if str(record.history_id) == version_id), None)
        if record is None or record.history_type == "-":
            raise Http404
        current = self.model._default_manager.filter(pk=row.pk).first()
        if request.method == "POST":
            if not self.may_restore(request, row):
                raise PermissionDenied
            if response := self._restore(request, record, current):
                return response
        context = {
            **self._context(request, row),
            "title": f"Restore {row}",
            "record": record,
            "who": record.history_user or "somebody",
            "rows": self._now_and_then(record, current),
            "current": current,
            "may_restore": self.may_restore(request, row),
            "parts": self._part_names(),
            "watched": [self._link(name).related_model._meta.verbose_name_plural for name in self.watched],
            "reason": request.POST.get("change_reason", ""),
        }
        return render(request, "admin/restore.html", context | (extra_context or {}))

    def editions(self, records: Sequence[Any]) -> list[Edition]:
        """The saves of a row from the first to the last, each with the changes of its parts until the next."""
        parts = self._part_records(records[0].id) if records else []
        words = Words([*records, *(record for _, record in parts)])
        editions = []
        before = None
        for record in records:
            editions.append(
                Edition(
                    record=record,
                    done=DONE[record.history_type],
                    who=str(record.history_user or "the site"),
                    when=record.history_date,
                    reason=record.history_change_reason or "",
                    changes=list(_changes(before, record, words)) if before is not None else [],
                )
            )
            before = record
        dates = [edition.when for edition in editions]
        for when, change in _part_changes(parts, words):
            index = max(bisect_right(dates, when) - 1, 0)
            # What a new row began with need not be told as a change.
            if editions and editions[index].done != "Added":
                editions[index].changes.append(change)
        return editions

    def may_restore(self, request: HttpRequest, row: Model) -> bool:
        deleted = not self.model._default_manager.filter(pk=row.pk).exists()
        if deleted:
            return self.has_add_permission(request) and not rights.refusal(request.user, row)
        return self.has_change_permission(request, row)

    def _restore(self, request: HttpRequest, record: Any, current: Any) -> HttpResponse | None:
        seen = as_version(request.POST.get("seen_version", "")) if current is not None else None
        reason = request.POST.get("change_reason", "")[:100]
        try:
            row = history.restore(record, parts=self.parts, reason=reason or "Restored", seen_version=seen)
        except StaleVersionError:
            messages.error(request, "Somebody changed it just now. Compare again before you restore.")
        except ValidationError as error:
            messages.error(request, "It cannot be restored: " + " ".join(error.messages))
        except (IntegrityError, ProtectedError):
            messages.error(request, "It cannot be restored: something else stands in its place by now.")
        else:
            self.log_change(request, row, "Restored an earlier state.")
            messages.success(request, f"{row} is what it was on {record.history_date:%d %B %Y, %H:%M} UTC.")
            return HttpResponseRedirect(self._url("change", row.pk))
        return None

    # --- reading ------------------------------------------------------------------------------------------

    def _records(self, request: HttpRequest, object_id: str) -> tuple[list[Any], Any]:
        """The history of a row from the first to the last, and the row as it is or as it last was."""
        try:
            pk = self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError as error:
            raise Http404 from error
        records = list(self.model.history.filter(id=pk).select_related("history_user").order_by("history_id"))
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None and not records:
            raise Http404
        row = row or records[-1].instance
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return records, row

    def _link(self, relation: str) -> Any:
        return self.model._meta.get_field(relation)

    def _part_names(self) -> list[str]:
        return [str(self._link(name).related_model._meta.verbose_name_plural) for name in self.parts]

    def _part_records(self, pk: int) -> list[tuple[Any, Any]]:
        """(relation, record) of all rows that are or were below this one; per relation from the first to the last."""
        return [
            (link, record)
            for link in map(self._link, (*self.parts, *self.watched))
            for record in link.related_model.history.filter(**{link.field.attname: pk}).order_by("history_id")
        ]

    def _now_and_then(self, record: Any, current: Any) -> list[Change]:
        """What restoring would change: `before` is now, `after` is then. Empty when nothing."""
        then = record.instance
        parts = [
            (
                link,
                list(getattr(current, link.name).all()) if current is not None else [],
                history.parts_at(record, link.name),
            )
            for link in map(self._link, self.parts)
        ]
        states = [then] if current is None else [then, current]
        words = Words([*states, *chain.from_iterable([*new, *old] for _, new, old in parts)])
        rows = []
        for column in said(self.model):
            now_words = words.of(column, current) if current is not None else NOTHING
            then_words = words.of(column, then)
            if now_words != then_words:
                rows.append(Change(label=capfirst(column.verbose_name), before=now_words, after=then_words))
        for link, new, old in parts:
            parts_now = {part_label(part): words.line(part, link) for part in new}
            parts_then = {part_label(part): words.line(part, link) for part in old}
            rows += [
                Change(label=label, before=parts_now.get(label, NOTHING), after=parts_then.get(label, NOTHING))
                for label in sorted(parts_now.keys() | parts_then.keys())
                if parts_now.get(label) != parts_then.get(label)
            ]
        return rows

    def _context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        exists = self.model._default_manager.filter(pk=row.pk).exists()
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "changelist_url": self._url("changelist"),
            "change_url": self._url("change", row.pk) if exists else "",
            "history_url": self._url("history", row.pk),
        }

    def _url(self, page: str, pk: object = None) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[quote(str(pk))] if pk is not None else [])


def _changes(before: Any, after: Any, words: Words) -> Iterator[Change]:
    for column in said(after.instance_type):
        if getattr(before, column.attname) != getattr(after, column.attname):
            yield Change(
                label=capfirst(column.verbose_name), before=words.of(column, before), after=words.of(column, after)
            )


def _part_changes(records: Sequence[tuple[Any, Any]], words: Words) -> Iterator[tuple[datetime, Change]]:
    """What happened to the rows below the page, each with its moment."""
    newest: dict[tuple[Any, int], Any] = {}
    for link, record in records:
        old = newest.get((link, record.id))
        before, after = words.line(old, link) if old is not None else NOTHING, words.line(record, link)
        if record.history_type == "-":
            before, after = before if old is not None else after, NOTHING
        if old is None or before != after:
            yield record.history_date, Change(label=part_label(record), before=before, after=after)
        newest[link, record.id] = record
