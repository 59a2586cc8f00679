"""What the rows of `results/` have to agree about, with each other and with the rest of the season."""

from __future__ import annotations

from collections.abc import Iterable

from championship.record.draft import Draft, Placed
from championship.record.fields import Fields, shown, twice
from championship.record.layout import (
    CLASSIFICATIONS,
    DECISIONS,
    EVENT_ENTRIES,
    EVENTS,
    is_timing_file,
    timing_file,
)
from championship.record.references import Known, report_twice
from championship.record.result_rows import AppliedRow, ClassificationRow, PoleRow, TimingRow
from championship.rules.decisions import moves_nobody


def check_results(
    draft: Draft, files: frozenset[str], *, race_classes: Known, titles: Known, drivers: Known, entries: Known
) -> None:
    """Report duplicates and references that lead nowhere; `files` are the names of all files."""
    sessions = [(event.row.slug, session) for event in draft.events for session in event.row.sessions]
    known_sessions = Known(EVENTS, (_name(event, session.slug) for event, session in sessions), draft)
    races = Known(EVENTS, (_name(event, session.slug) for event, session in sessions if session.round), draft)
    cars = Known(EVENT_ENTRIES, (_name(row.row.event, row.row.car_number) for row in draft.event_entries), draft)
    class_of = {placed.row.car_number: placed.row.race_class for placed in draft.entries}

    for pole in draft.poles:
        races.require(pole.fields, "session", _name(pole.row.event, pole.row.session), "round")
        race_classes.require(pole.fields, "race_class", pole.row.race_class, "class")
        cars.require(pole.fields, "car_number", _name(pole.row.event, pole.row.car_number), "event entry")
        drivers.require(pole.fields, "driver", pole.row.driver, "driver")
        _check_class(pole, class_of)
    for decision in draft.decisions:
        known_sessions.require(decision.fields, "session", _name(decision.row.event, decision.row.session), "session")
        cars.require(decision.fields, "car_number", _name(decision.row.event, decision.row.car_number), "event entry")
    for eligibility in draft.eligibility:
        entries.require(eligibility.fields, "car_number", eligibility.row.car_number, "car")
        races.require(eligibility.fields, "session", _name(eligibility.row.event, eligibility.row.session), "round")
    for adjustment in draft.adjustments:
        titles.require(adjustment.fields, "title", adjustment.row.title, "title")
        entries.require(adjustment.fields, "car_number", adjustment.row.car_number, "car")
        drivers.require(adjustment.fields, "driver", adjustment.row.driver, "driver")
        races.require(adjustment.fields, "session", _name(adjustment.row.event, adjustment.row.session), "round")
    _check_contenders(draft, class_of)
    _check_duplicates(draft)
    _check_timing(draft, cars, drivers)
    _check_classifications(draft, files, known_sessions)


def timing_file_of(placed: Placed[ClassificationRow]) -> str:
    """The file with the timing lines of a version: its own, or that of the earlier version that it names."""
    timing = placed.fields.value("timing")
    version = timing if isinstance(timing, int) else placed.row.version
    return timing_file(placed.row.event, placed.row.session, version)


def _name(*parts: str) -> str:
    """How messages name what has a key of several parts; "" when one is missing, which was reported already."""
    return ", ".join(parts) if all(parts) else ""


def _check_class(pole: Placed[PoleRow], class_of: dict[str, str]) -> None:
    race_class = class_of.get(pole.row.car_number, pole.row.race_class)
    if pole.row.race_class and race_class != pole.row.race_class:
        found = f"Car {pole.row.car_number} races in {race_class}."
        pole.fields.report("race_class", found, "Name a car of the class, or correct the class.")


def _check_contenders(draft: Draft, class_of: dict[str, str]) -> None:
    """A teams' title is about a car of its class, a drivers' title about a driver."""
    titles = {placed.row.key: placed.row for placed in draft.titles}
    for placed in draft.adjustments:
        row = placed.row
        title = titles.get(row.title)
        if title is None:
            continue
        wanted, other = ("car_number", "driver") if title.contender == "teams" else ("driver", "car_number")
        if not getattr(row, wanted):
            placed.fields.report(wanted, f"The title {row.title} needs it.", "Fill it in.")
        if getattr(row, other):
            found = f"The title {row.title} is one of {title.contender}."
            placed.fields.report(other, found, "Clear the cell, or name the other title.")
        elif row.car_number and class_of.get(row.car_number, title.race_class) != title.race_class:
            found = f"Car {row.car_number} races in {class_of[row.car_number]}."
            placed.fields.report("car_number", found, "Name a car of the title's class.")


def _check_duplicates(draft: Draft) -> None:
    report_twice(draft.poles, "race_class", lambda row: _name(row.event, row.session, row.race_class))
    report_twice(draft.decisions, "slug", lambda row: _name(row.event, row.session, row.slug))
    report_twice(draft.eligibility, "car_number", lambda row: row.car_number)
    report_twice(
        draft.adjustments,
        "number",
        lambda row: _name(row.title, row.car_number or row.driver, row.event, row.session, str(row.number)),
    )
    report_twice(
        draft.classifications,
        "version",
        lambda row: _name(row.event, row.session, f"v{row.version}" if row.version else ""),
    )
    for placed in draft.adjustments:
        row = placed.row
        before = {
            (other.row.title, other.row.car_number, other.row.driver, other.row.event, other.row.session)
            for other in draft.adjustments
            if other.row.number == row.number - 1
        }
        if row.number > 1 and (row.title, row.car_number, row.driver, row.event, row.session) not in before:
            found = f"There is a number {row.number}, but no number {row.number - 1}."
            placed.fields.report("number", found, "Number them from 1 without a gap.")


def _check_timing(draft: Draft, cars: Known, drivers: Known) -> None:
    for file, lines in draft.timing.items():
        event = file.split("/")[1]
        report_twice(lines, "car_number", lambda row: row.car_number)
        report_twice(lines, "position", lambda row: str(row.position or ""))
        is_whole = not any(problem.file == file for problem in draft.problems)
        car_of: dict[str, str] = {}
        for line in lines:
            cars.require(line.fields, "car_number", _name(event, line.row.car_number), "event entry")
            for column, driver in enumerate(line.row.drivers, start=1):
                drivers.require(line.fields, f"driver_{column}", driver, "driver")
            for driver in twice(tuple(filter(None, line.row.drivers))):
                column = len(line.row.drivers) - line.row.drivers[::-1].index(driver)
                line.fields.report(f"driver_{column}", f"{shown(driver)} drove this car twice.", "Name each one once.")
            for column, driver in enumerate(line.row.drivers, start=1):
                if driver and car_of.setdefault(driver, line.row.car_number) != line.row.car_number:
                    found = f"{shown(driver)} drove car {car_of[driver]} as well."
                    line.fields.report(f"driver_{column}", found, "Name everybody in one car.")
            if is_whole and line.row.position > len(lines):
                found = f"Found position {line.row.position} of {len(lines)}."
                line.fields.report("position", found, "Count the positions from 1 without a gap.")


def _check_classifications(draft: Draft, files: frozenset[str], sessions: Known) -> None:
    """Versions count from 1 in the order of publication; timing lines and decisions are there."""
    known_decisions = Known(
        DECISIONS, (_name(row.row.event, row.row.session, row.row.slug) for row in draft.decisions), draft
    )
    rows = [placed.row for placed in draft.classifications if placed.row.version]
    versions = {(row.event, row.session, row.version): row for row in rows}
    unreadable = {problem.file for problem in draft.problems}
    wanted: set[str] = set()
    for placed in draft.classifications:
        row, fields = placed.row, placed.fields
        sessions.require(fields, "session", _name(row.event, row.session), "session")
        file = timing_file_of(placed)
        wanted.add(file)
        timing = fields.value("timing")
        # A version that could not be read, or that names no earlier one, was reported when it was read.
        is_named = all((row.event, row.session, row.version)) and timing in (None, *range(1, row.version + 1))
        if is_named and file not in files:
            column = "version" if timing is None else "timing"
            mend = "Add the file, or name the version whose timing lines it has: timing = 1."
            fields.report(column, f"There is no file {file}.", mend)
        _check_follows(row, versions.get((row.event, row.session, row.version - 1)), fields)
        for decision in row.decisions:
            known_decisions.require(fields, "decisions", _name(row.event, row.session, decision.slug), "decision")
        if file in draft.timing and file not in unreadable:
            _check_applied(row.decisions, (line.row for line in draft.timing[file]), file, fields)
    if not any(problem.file == CLASSIFICATIONS for problem in draft.problems):
        for file in sorted(files):
            if is_timing_file(file) and file not in wanted:
                draft.report_file(file, f"No [[classification]] of {CLASSIFICATIONS} has these lines.", "Add one.")


def _check_follows(row: ClassificationRow, before: ClassificationRow | None, fields: Fields) -> None:
    if row.version > 1 and before is None:
        found = f"There is a version {row.version}, but no version {row.version - 1}."
        fields.report("version", found, "Number the versions of a session from 1 without a gap.")
    if before is not None and row.published_at < before.published_at:
        fields.report("published_at", f"Version {before.version} is later.", "Correct one of the two.")


def _check_applied(applied: Iterable[AppliedRow], lines: Iterable[TimingRow], file: str, fields: Fields) -> None:
    cars = {line.car_number for line in lines}
    for decision in applied:
        # A fine may be about a car that did not start.
        if all(moves_nobody(effect) for effect in decision.effects):
            continue
        if decision.car_number and decision.car_number not in cars:
            found = f"Decision {shown(decision.slug)} is about car {decision.car_number}, which is not in {file}."
            fields.report("decisions", found, "Leave the decision out, or correct its car.")
