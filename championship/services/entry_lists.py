"""Publishing a revision of an entry list: freeze what is entered now, once, for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from championship import clock, stamp
from championship.models import (
    CarModel,
    Driver,
    Entry,
    EntryList,
    EntryListLine,
    EntryListSeat,
    Event,
    EventEntry,
    Season,
    Seat,
    Team,
    freezing,
)
from championship.rules.entry_lists import ListChanges, ListLine, compare, fingerprint, in_order
from championship.services.documents import post_entry_list, take_number


class PublishError(Exception):
    """The list cannot be published as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What publishing now would show the public for the first time.

    `previous` is None before the first revision; `fingerprint` identifies exactly these lines.
    """

    lines: tuple[ListLine, ...]
    previous: EntryList | None
    changes: ListChanges
    revision: int
    fingerprint: str


def working_lines(*, season: Season, event: Event | None) -> list[ListLine]:
    """The lines of the list as it would be published now, from the entries of the season or of the event."""
    positions = dict(season.race_classes.values_list("slug", "position"))
    rows: Sequence[Entry | EventEntry]
    if event is None:
        rows = Entry.objects.filter(season=season).for_list()
    else:
        rows = EventEntry.objects.filter(event=event).for_list()
    return in_order((row.as_list_line() for row in rows), positions)


def preview(*, season: Season, event: Event | None) -> Preview:
    """What would change for the public by publishing now. Nothing is written."""
    lines = working_lines(season=season, event=event)
    previous = EntryList.objects.filter(season=season, event=event).order_by("-revision").first()
    before = [line.as_list_line() for line in previous.lines.for_list()] if previous else []
    return Preview(
        lines=tuple(lines),
        previous=previous,
        changes=compare(before, lines),
        revision=previous.revision + 1 if previous else 1,
        fingerprint=fingerprint(lines),
    )


def publish(
    *,
    season: Season,
    event: Event | None,
    status: str,
    seen: str,
    note: str = "",
    by: AbstractBaseUser | None = None,
) -> EntryList:
    """Publish the next revision, exactly as it was previewed.

    `seen` is the fingerprint of the preview that the official looked at: PublishError when an entry was changed
    since, when there is no car on the list, or when nothing changed since the last revision. The list of an event goes
    on its notice board.
    """
    with transaction.atomic():
        # The parent row is the lock: two officials publishing at once get consecutive revisions, or a refusal.
        (Event if event else Season).objects.select_for_update().get(pk=(event or season).pk)
        now = preview(season=season, event=event)
        if now.fingerprint != seen:
            raise PublishError("An entry was changed since this preview. Look at the changes again, then publish.")
        if not now.lines:
            raise PublishError("There is no car to publish. Enter the cars first.")
        if now.previous and not now.changes and now.previous.status == status:
            raise PublishError(f"Nothing changed since r{now.previous.revision}. There is nothing to publish.")
        place = take_number(event) if event else None
        entry_list = freeze(
            season=season,
            event=event,
            revision=now.revision,
            status=status,
            published_at=clock.now(),
            published_precision=EntryList.Precision.MINUTE,
            note=note,
            source="",
            lines=now.lines,
            by=by,
        )
        if place is not None:
            number, numbering = place
            post_entry_list(entry_list, number=number, numbering=numbering, by=by)
        return entry_list


def freeze(
    *,
    season: Season,
    event: Event | None,
    revision: int,
    status: str,
    published_at: datetime,
    published_precision: str,
    note: str,
    source: str,
    lines: Sequence[ListLine],
    by: AbstractBaseUser | None = None,
) -> EntryList:
    """Write one revision with its lines and crews, in one transaction. Raises ValidationError on a bad header."""
    with transaction.atomic(), freezing():
        entry_list = EntryList(
            season=season,
            event=event,
            revision=revision,
            status=status,
            published_at=published_at,
            published_precision=published_precision,
            published_by=by,
            note=note,
            source=source,
        )
        entry_list.full_clean()
        entry_list.save()
        classes = {row.slug: row for row in season.race_classes.all()}
        entries = {row.car_number: row for row in season.entries.all()}
        teams = Team.objects.in_bulk({line.team for line in lines}, field_name="slug")
        models = CarModel.objects.in_bulk({line.car_model for line in lines}, field_name="slug")
        drivers = Driver.objects.in_bulk({seat.driver for line in lines for seat in line.crew}, field_name="slug")
        rows = [
            EntryListLine(
                entry_list=entry_list,
                position=position,
                entry=entries[line.car_number],
                car_number=line.car_number,
                race_class=classes[line.race_class],
                race_class_name=line.race_class_name,
                team=teams[line.team],
                team_name=line.team_name,
                team_country=line.team_country,
                car_model=models[line.car_model],
                car_model_name=line.car_model_name,
                status=line.status,
                withdrawn_on=line.withdrawn_on,
                withdrawal_reason=line.withdrawal_reason,
            )
            for position, line in enumerate(lines, start=1)
        ]
        EntryListLine.objects.bulk_create(rows)
        EntryListSeat.objects.bulk_create(
            EntryListSeat(
                line=row,
                seat=seat.seat,
                status=Seat.Status.NAMED if seat.driver else Seat.Status.TO_BE_ANNOUNCED,
                driver=drivers[seat.driver] if seat.driver else None,
                given_name=seat.given_name,
                family_name=seat.family_name,
                rating=seat.rating,
                nationality=seat.nationality,
            )
            for row, line in zip(rows, lines, strict=True)
            for seat in line.crew
        )
        stamp.raise_stamp()
    return entry_list
