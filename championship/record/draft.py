"""What the files say while it is still being checked: each row together with the place it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from championship.record.errors import RecordProblem
from championship.record.fields import Fields
from championship.record.result_rows import (
    AdjustmentRow,
    ClassificationRow,
    DecisionRow,
    EligibilityRow,
    PoleRow,
    TimingRow,
)
from championship.record.schema import (
    CarModelRow,
    CircuitRow,
    DriverRow,
    EntryListRow,
    EntryRow,
    EventEntryRow,
    EventRow,
    InvitationRow,
    ManufacturerRow,
    PointsRow,
    RaceClassRow,
    SeasonRow,
    TeamRow,
    TitleRow,
)
from championship.rules.entry_lists import ListLine

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Row]):
    """A row and its fields in the file; `parts` are those of its sessions, where it has any."""

    row: Row
    fields: Fields
    parts: tuple[Fields, ...] = ()


@dataclass(slots=True)
class Draft:
    """The rows of all files, in the order of the files; a file that cannot be read leaves no rows."""

    problems: list[RecordProblem] = field(default_factory=list)
    season: SeasonRow | None = None
    points: PointsRow | None = None
    race_classes: list[Placed[RaceClassRow]] = field(default_factory=list)
    titles: list[Placed[TitleRow]] = field(default_factory=list)
    invitations: list[Placed[InvitationRow]] = field(default_factory=list)
    circuits: list[Placed[CircuitRow]] = field(default_factory=list)
    manufacturers: list[Placed[ManufacturerRow]] = field(default_factory=list)
    car_models: list[Placed[CarModelRow]] = field(default_factory=list)
    teams: list[Placed[TeamRow]] = field(default_factory=list)
    drivers: list[Placed[DriverRow]] = field(default_factory=list)
    events: list[Placed[EventRow]] = field(default_factory=list)
    entries: list[Placed[EntryRow]] = field(default_factory=list)
    event_entries: list[Placed[EventEntryRow]] = field(default_factory=list)
    entry_lists: list[Placed[EntryListRow]] = field(default_factory=list)
    lines: dict[str, list[Placed[ListLine]]] = field(default_factory=dict)
    """The lines of the published entry lists by the name of their file."""
    poles: list[Placed[PoleRow]] = field(default_factory=list)
    decisions: list[Placed[DecisionRow]] = field(default_factory=list)
    eligibility: list[Placed[EligibilityRow]] = field(default_factory=list)
    adjustments: list[Placed[AdjustmentRow]] = field(default_factory=list)
    classifications: list[Placed[ClassificationRow]] = field(default_factory=list)
    timing: dict[str, list[Placed[TimingRow]]] = field(default_factory=dict)
    """The timing lines of classifications by the name of their file."""

    def report_file(self, file: str, message: str, mend: str) -> None:
        """Note a problem of a file as a whole."""
        self.problems.append(RecordProblem(file=file, line=0, column="", message=message, mend=mend))
