"""From the files of a season to its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from championship.record.check_results import timing_file_of
from championship.record.checks import check
from championship.record.draft import Draft
from championship.record.errors import RecordError
from championship.record.layout import (
    ENTRY_LIST_FOLDER,
    FILES,
    IGNORED,
    OPTIONAL_FILES,
    RESULT_FOLDER,
    entry_list_file,
    is_entry_list_file,
    is_known_file,
)
from championship.record.order import in_order
from championship.record.read_results import read_results
from championship.record.read_season import read_season_files
from championship.record.read_tables import read_lines, read_tables
from championship.record.schema import SeasonRecord


def read_season(files: Mapping[str, bytes]) -> SeasonRecord:
    """The record that files, by their relative names, hold.

    Its rows stand in the order of `in_order`, whatever their order in the files. Raises RecordError with all
    problems when the files are not the record of one season.
    """
    draft = Draft()
    _report_names(draft, files)
    known = {name: content for name, content in files.items() if is_known_file(name)}
    read_season_files(known, draft)
    read_tables(known, draft)
    for name in sorted(filter(is_entry_list_file, known)):
        read_lines(name, known[name], draft)
    read_results(known, draft)
    check(draft, known)
    if draft.problems or draft.season is None or draft.points is None:
        raise RecordError(sorted(draft.problems, key=lambda problem: (problem.file, problem.line)))
    return in_order(
        SeasonRecord(
            season=draft.season,
            points=draft.points,
            race_classes=tuple(placed.row for placed in draft.race_classes),
            titles=tuple(placed.row for placed in draft.titles),
            invitations=tuple(placed.row for placed in draft.invitations),
            circuits=tuple(placed.row for placed in draft.circuits),
            manufacturers=tuple(placed.row for placed in draft.manufacturers),
            car_models=tuple(placed.row for placed in draft.car_models),
            teams=tuple(placed.row for placed in draft.teams),
            drivers=tuple(placed.row for placed in draft.drivers),
            events=tuple(placed.row for placed in draft.events),
            entries=tuple(placed.row for placed in draft.entries),
            event_entries=tuple(placed.row for placed in draft.event_entries),
            entry_lists=tuple(
                replace(
                    placed.row,
                    lines=tuple(
                        line.row for line in draft.lines[entry_list_file(placed.row.event, placed.row.revision)]
                    ),
                )
                for placed in draft.entry_lists
            ),
            poles=tuple(placed.row for placed in draft.poles),
            decisions=tuple(placed.row for placed in draft.decisions),
            eligibility=tuple(placed.row for placed in draft.eligibility),
            adjustments=tuple(placed.row for placed in draft.adjustments),
            classifications=tuple(
                replace(placed.row, lines=tuple(line.row for line in draft.timing[timing_file_of(placed)]))
                for placed in draft.classifications
            ),
        )
    )


def read_folder(path: str | Path) -> dict[str, bytes]:
    """The files of a season's folder by their relative names; `README.md` is for people and left out.

    Raises RecordError when the folder is not there or holds a file that belongs to no season, since a
    misspelt name would otherwise be a file that silently counts for nothing.
    """
    folder = Path(path)
    draft = Draft()
    if not folder.is_dir():
        draft.report_file(str(path), "There is no such folder.", "Give the folder of a season, data/2023-24.")
        raise RecordError(draft.problems)
    names = sorted(
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if not file.is_dir() and file != folder / IGNORED
    )
    _report_unknown(draft, names)
    if draft.problems:
        raise RecordError(draft.problems)
    return {name: (folder / name).read_bytes() for name in names}


def _report_names(draft: Draft, files: Mapping[str, bytes]) -> None:
    _report_unknown(draft, sorted(files))
    for name in FILES:
        if name not in files:
            draft.report_file(name, "The file is missing.", "Add it; with no rows it has its header only.")


def _report_unknown(draft: Draft, names: list[str]) -> None:
    kinds = (
        f"{', '.join(FILES)}, {ENTRY_LIST_FOLDER}/<event>-r<number>.csv, {', '.join(OPTIONAL_FILES)} "
        f"and {RESULT_FOLDER}/<event>/<session>-v<number>.csv"
    )
    for name in names:
        if not is_known_file(name):
            draft.report_file(name, "The file belongs to no season.", f"Remove it. The files are {kinds}.")
