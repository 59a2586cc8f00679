"""What no single row can say of itself: that nothing is there twice and every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from championship.record.check_results import check_results
from championship.record.draft import Draft, Placed
from championship.record.fields import Fields, shown, twice
from championship.record.layout import (
    CAR_MODELS,
    CIRCUITS,
    DRIVERS,
    ENTRIES,
    ENTRY_LISTS,
    EVENTS,
    MANUFACTURERS,
    SEASON,
    TEAMS,
    entry_list_file,
    is_entry_list_file,
)
from championship.record.references import Known, report_twice
from championship.record.schema import SessionRow


def check(draft: Draft, files: Iterable[str]) -> None:
    """Report duplicates, references that lead nowhere, and rounds that do not count from 1; `files` are all names."""
    race_classes = Known(SEASON, (placed.row.slug for placed in draft.race_classes), draft)
    titles = Known(SEASON, (placed.row.key for placed in draft.titles), draft)
    circuits = Known(CIRCUITS, (placed.row.slug for placed in draft.circuits), draft)
    manufacturers = Known(MANUFACTURERS, (placed.row.slug for placed in draft.manufacturers), draft)
    car_models = Known(CAR_MODELS, (placed.row.slug for placed in draft.car_models), draft)
    teams = Known(TEAMS, (placed.row.slug for placed in draft.teams), draft)
    drivers = Known(DRIVERS, (placed.row.slug for placed in draft.drivers), draft)
    events = Known(EVENTS, (placed.row.slug for placed in draft.events), draft)
    entries = Known(ENTRIES, (placed.row.car_number for placed in draft.entries), draft)

    _check_duplicates(draft)
    for title in draft.titles:
        race_classes.require(title.fields, "race_class", title.row.race_class, "class")
    for invitation in draft.invitations:
        titles.require(invitation.fields, "title", invitation.row.title, "title")
    for car_model in draft.car_models:
        manufacturers.require(car_model.fields, "manufacturer", car_model.row.manufacturer, "manufacturer")
    for event in draft.events:
        circuits.require(event.fields, "circuit", event.row.circuit, "circuit")
        _check_sessions(event.row.sessions, event.parts, race_classes)
    _check_rounds(draft)
    for entry in draft.entries:
        race_classes.require(entry.fields, "race_class", entry.row.race_class, "class")
        teams.require(entry.fields, "team", entry.row.team, "team")
        car_models.require(entry.fields, "car_model", entry.row.car_model, "car model")
        _check_crew(entry.fields, (seat.driver for seat in entry.row.crew), drivers)
    for event_entry in draft.event_entries:
        events.require(event_entry.fields, "event", event_entry.row.event, "event")
        entries.require(event_entry.fields, "car_number", event_entry.row.car_number, "car")
        car_models.require(event_entry.fields, "car_model", event_entry.row.car_model, "car model")
        _check_crew(event_entry.fields, (seat.driver for seat in event_entry.row.crew), drivers)
    for lines in draft.lines.values():
        report_twice(lines, "car_number", lambda row: row.car_number)
        for line in lines:
            entries.require(line.fields, "car_number", line.row.car_number, "car")
            race_classes.require(line.fields, "race_class", line.row.race_class, "class")
            teams.require(line.fields, "team", line.row.team, "team")
            car_models.require(line.fields, "car_model", line.row.car_model, "car model")
            _check_crew(line.fields, (seat.driver for seat in line.row.crew), drivers)
    names = frozenset(files)
    _check_entry_lists(draft, names, events)
    check_results(draft, names, race_classes=race_classes, titles=titles, drivers=drivers, entries=entries)


def _check_duplicates(draft: Draft) -> None:
    report_twice(draft.race_classes, "slug", lambda row: row.slug)
    report_twice(draft.race_classes, "name", lambda row: row.name)
    report_twice(draft.race_classes, "position", lambda row: str(row.position or ""))
    report_twice(draft.titles, "contender", lambda row: row.key)
    report_twice(draft.invitations, "race", lambda row: f"{row.title}: {row.race} {row.year}" if row.race else "")
    report_twice(draft.circuits, "slug", lambda row: row.slug)
    report_twice(draft.circuits, "name", lambda row: row.name)
    report_twice(draft.manufacturers, "slug", lambda row: row.slug)
    report_twice(draft.manufacturers, "name", lambda row: row.name)
    report_twice(draft.car_models, "slug", lambda row: row.slug)
    report_twice(draft.car_models, "name", lambda row: row.name)
    report_twice(draft.teams, "slug", lambda row: row.slug)
    report_twice(draft.teams, "name", lambda row: row.name)
    _report_shared_aliases((placed.fields, placed.row.aliases) for placed in draft.teams)
    report_twice(draft.drivers, "slug", lambda row: row.slug)
    _report_shared_aliases((placed.fields, placed.row.aliases) for placed in draft.drivers)
    report_twice(draft.events, "slug", lambda row: row.slug)
    report_twice(draft.entries, "car_number", lambda row: row.car_number)
    report_twice(
        draft.event_entries,
        "car_number",
        lambda row: f"{row.event}, {row.car_number}" if row.event and row.car_number else "",
    )


def _report_shared_aliases(rows: Iterable[tuple[Fields, tuple[str, ...]]]) -> None:
    first: dict[str, Fields] = {}
    for fields, aliases in rows:
        for alias in aliases:
            owner = first.setdefault(alias, fields)
            if owner is not fields:
                line = owner.line_of("aliases")
                found = f"{shown(alias)} is an alias on line {line} as well."
                fields.report("aliases", found, "An alias leads to one row: keep it in one of them.")


def _check_sessions(sessions: tuple[SessionRow, ...], parts: tuple[Fields, ...], race_classes: Known) -> None:
    report_twice(
        (Placed(row, fields) for row, fields in zip(sessions, parts, strict=True)), "slug", lambda row: row.slug
    )
    qualifying = {row.slug for row in sessions if row.kind == "qualifying"}
    for row, fields in zip(sessions, parts, strict=True):
        for slug in row.race_classes:
            race_classes.require(fields, "race_classes", slug, "class")
        for slug in row.grid_from:
            if slug not in qualifying:
                found = f"There is no qualifying session {shown(slug)} in this event."
                fields.report("grid_from", found, "Name the sessions whose kind is qualifying.")


def _check_rounds(draft: Draft) -> None:
    """Rounds are numbered through the season from 1, and each has one race."""
    rounds = [
        Placed(row.round, fields)
        for event in draft.events
        for row, fields in zip(event.row.sessions, event.parts, strict=True)
        if row.round is not None
    ]
    report_twice(rounds, "round", str)
    numbers = {placed.row for placed in rounds}
    for placed in rounds:
        if placed.row > 1 and placed.row - 1 not in numbers:
            found = f"There is a round {placed.row}, but no round {placed.row - 1}."
            placed.fields.report("round", found, "Number the rounds from 1 without a gap.")


def _check_crew(fields: Fields, drivers: Iterable[str], known: Known) -> None:
    crew = tuple(drivers)
    for seat, driver in enumerate(crew, start=1):
        known.require(fields, f"driver_{seat}", driver, "driver")
    for driver in twice(tuple(driver for driver in crew if driver)):
        seat = len(crew) - crew[::-1].index(driver)
        fields.report(f"driver_{seat}", f"{shown(driver)} is in this crew twice.", "Name each driver once.")


def _check_entry_lists(draft: Draft, files: frozenset[str], events: Known) -> None:
    """Every header has its file of lines, and every such file its header."""
    report_twice(
        draft.entry_lists,
        "revision",
        lambda row: entry_list_file(row.event, row.revision) if row.revision else "",
    )
    wanted: set[str] = set()
    for placed in draft.entry_lists:
        events.require(placed.fields, "event", placed.row.event, "event")
        file = entry_list_file(placed.row.event, placed.row.revision)
        wanted.add(file)
        if placed.row.revision and file not in files:
            placed.fields.report("revision", f"There is no file {file}.", "Add the file with its lines.")
    if any(problem.file == ENTRY_LISTS for problem in draft.problems):
        return
    for file in sorted(files):
        if is_entry_list_file(file) and file not in wanted:
            draft.report_file(file, f"No [[entry_list]] of {ENTRY_LISTS} is about it.", "Add one.")
