"""The one order in which a record stands, so that the same facts are the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar

from championship.record.result_rows import ClassificationRow
from championship.record.schema import EventRow, SeasonRecord, SessionRow
from championship.rules.names import car_number_key


class _HasSlug(Protocol):
    @property
    def slug(self) -> str: ...


_Row = TypeVar("_Row", bound=_HasSlug)


def in_order(record: SeasonRecord) -> SeasonRecord:
    """The same record in the order of its files.

    Classes stand by their position, titles by class, events by date, entries by class and car number,
    everything else by slug. The lines of a published list keep the order in which they were published.
    Results stand by race; classifications in the order of publication, their lines by position.
    """
    positions = {row.slug: row.position for row in record.race_classes}
    events = tuple(sorted((_event(row, positions) for row in record.events), key=lambda row: (row.starts_on, row.slug)))
    title_order = {row.key: (positions.get(row.race_class, 0), row.group, row.key) for row in record.titles}
    event_order = {row.slug: number for number, row in enumerate(events, start=1)}
    session_order = {
        (event.slug, session.slug): number
        for number, (event, session) in enumerate(
            ((event, session) for event in events for session in event.sessions), start=1
        )
    }
    class_of = {row.car_number: positions.get(row.race_class, 0) for row in record.entries}
    return replace(
        record,
        race_classes=tuple(sorted(record.race_classes, key=lambda row: row.position)),
        titles=tuple(
            sorted(
                record.titles,
                key=lambda row: (positions.get(row.race_class, 0), row.group, row.contender == "drivers"),
            )
        ),
        invitations=tuple(
            sorted(record.invitations, key=lambda row: (title_order.get(row.title, (0, "", "")), row.year, row.race))
        ),
        circuits=_by_slug(record.circuits),
        manufacturers=_by_slug(record.manufacturers),
        car_models=_by_slug(record.car_models),
        teams=_by_slug(replace(row, aliases=tuple(sorted(row.aliases))) for row in record.teams),
        drivers=_by_slug(replace(row, aliases=tuple(sorted(row.aliases))) for row in record.drivers),
        events=events,
        entries=tuple(
            sorted(record.entries, key=lambda row: (positions.get(row.race_class, 0), car_number_key(row.car_number)))
        ),
        event_entries=tuple(
            sorted(
                record.event_entries,
                key=lambda row: (
                    event_order.get(row.event, 0),
                    class_of.get(row.car_number, 0),
                    car_number_key(row.car_number),
                ),
            )
        ),
        entry_lists=tuple(sorted(record.entry_lists, key=lambda row: (event_order.get(row.event, 0), row.revision))),
        poles=tuple(
            sorted(
                record.poles,
                key=lambda row: (session_order.get((row.event, row.session), 0), positions.get(row.race_class, 0)),
            )
        ),
        decisions=tuple(
            sorted(
                record.decisions,
                key=lambda row: (session_order.get((row.event, row.session), 0), row.order, row.slug),
            )
        ),
        eligibility=tuple(
            sorted(
                record.eligibility,
                key=lambda row: (class_of.get(row.car_number, 0), car_number_key(row.car_number)),
            )
        ),
        adjustments=tuple(
            sorted(
                record.adjustments,
                key=lambda row: (
                    title_order.get(row.title, (0, "", "")),
                    session_order.get((row.event, row.session), 0),
                    car_number_key(row.car_number),
                    row.driver,
                    row.number,
                ),
            )
        ),
        classifications=tuple(
            sorted(
                (_classification(row) for row in record.classifications),
                key=lambda row: (row.published_at, session_order.get((row.event, row.session), 0), row.version),
            )
        ),
    )


def _classification(row: ClassificationRow) -> ClassificationRow:
    """The version with its lines by position; the same decisions in the order in which they were applied."""
    return replace(row, lines=tuple(sorted(row.lines, key=lambda line: line.position)))


def _by_slug(rows: Iterable[_Row]) -> tuple[_Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.slug))


def _event(row: EventRow, positions: dict[str, int]) -> EventRow:
    """The event with its sessions by time; one without a day or a time stands first."""
    sessions = sorted(row.sessions, key=_session_key)
    order = {session.slug: number for number, session in enumerate(sessions)}
    return replace(
        row,
        sessions=tuple(
            replace(
                session,
                race_classes=tuple(sorted(session.race_classes, key=lambda slug: positions.get(slug, 0))),
                grid_from=tuple(sorted(session.grid_from, key=lambda slug: order.get(slug, 0))),
            )
            for session in sessions
        ),
    )


def _session_key(row: SessionRow) -> tuple[date, str, str]:
    return (row.date or date.min, row.starts_at.isoformat() if row.starts_at else "", row.slug)
