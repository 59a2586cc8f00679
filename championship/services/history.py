"""Bringing a row back to what it was, together with the rows that are part of it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from championship.models import Driver, Entry, EventEntry, StandingList
from championship.models.base import Versioned
from championship.services import consequences
from championship.services.crews import NewSeat, set_crew
from championship.services.saving import StaleVersionError, save


def parts_at(record: Any, relation: str) -> list[Any]:
    """Rows under `relation` (such as "crew") as they stood with `record`, a history record of their parent.

    An official's save writes the parent first, then its parts: they belong to it until the parent's next record.
    """
    model = record.instance_type
    link = model._meta.get_field(relation)
    following = model.history.filter(id=record.id, history_id__gt=record.history_id).order_by("history_id").first()
    parts = link.related_model.history.filter(**{link.field.attname: record.id})
    if following is not None and following.history_type == "-":
        # Deleting takes the parts first: they are to be found before that began.
        parts = parts.filter(history_date__lte=record.history_date)
    elif following is not None:
        parts = parts.filter(history_date__lt=following.history_date)
    newest = {part.id: part for part in parts.order_by("history_id")}
    return [part.instance for part in newest.values() if part.history_type != "-"]


def delete(row: Versioned, *, reason: str = "") -> list[StandingList]:
    """Delete a row so that `restore` finds it whole: its last state is recorded before its parts go.

    Returns the tables that have a new version because of it.
    """
    with transaction.atomic():
        row.version += 1
        row._change_reason = reason  # type: ignore[attr-defined]  # read by simple_history
        row.save()
        row.delete()
        return consequences.follow(row, done="deleted")


def restore(record: Any, *, parts: Sequence[str] = (), reason: str = "", seen_version: int | None) -> Any:
    """Make a row what `record` of its history says, with its `parts` of then, in one transaction.

    `seen_version` is the version that the person saw, None for a row that was deleted. Raises StaleVersionError when
    the row has moved on, ValidationError when something that it needs is no longer there or a rule refuses it.
    """
    model = record.instance_type
    with transaction.atomic():
        row = record.instance
        current = model.objects.select_for_update().filter(pk=row.pk).first()
        if current is None:
            row.version = model.history.filter(id=row.pk).aggregate(newest=Max("version"))["newest"] + 1
            row.full_clean()
            row._change_reason = reason
            row.save(force_insert=True)
        elif seen_version is None:
            raise StaleVersionError(current)
        else:
            row._state.adding = False
            save(row, reason=reason, seen_version=seen_version)
        for relation in parts:
            _restore_parts(row, relation, parts_at(record, relation), reason)
        consequences.follow(row, done="restored")
    return row


def _restore_parts(row: Any, relation: str, then: list[Any], reason: str) -> None:
    if isinstance(row, Entry | EventEntry) and relation == "crew":
        drivers = Driver.objects.in_bulk([member.driver_id for member in then if member.driver_id])
        for member in then:
            if member.driver_id and member.driver_id not in drivers:
                raise ValidationError(f"The driver of seat {member.seat} is no longer on record.")
        seats = [
            NewSeat(
                seat=member.seat,
                driver=drivers.get(member.driver_id),
                rating=member.rating,
                nationality=str(member.nationality),
            )
            for member in then
        ]
        set_crew(row, seats, reason=reason)
        return
    now = {part.pk: part for part in getattr(row, relation).all()}
    for pk in now.keys() - {part.pk for part in then}:
        now[pk]._change_reason = reason
        now[pk].delete()
    for part in then:
        part._state.adding = part.pk not in now
        part.full_clean()
        part._change_reason = reason
        part.save()
