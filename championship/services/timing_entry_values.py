"""What the file of a timed session would make of an event's entries, as values."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from championship.models import TimingImport
from championship.record.schema import EntryRow, EventEntryRow
from championship.rules.entry_lists import Change
from championship.services.timing_matching import NewAlias, Question
from championship.timing.tables import Remark, TimingTable


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryProblem:
    """What is to be mended about a car before the file can be applied, or the car is left as it is."""

    car_number: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A car that the file lists under another team name than the event; `is_taken` when the file's is to be used."""

    car_number: str
    now: str
    in_file: str
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CarPlan:
    """One car of the file: its row at the event, and for a car that is new in the season its entry too.

    `before` is its row at the event so far, None for a car that enters it; `changes` are in words.
    """

    car_number: str
    line: int
    entry: EntryRow | None
    before: EventEntryRow | None
    after: EventEntryRow
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesPreview:
    """Exactly what confirming would write. Cars of the event that are not in the file (`missing`) stay as they are."""

    staged: TimingImport
    table: TimingTable
    problems: tuple[EntryProblem, ...]
    questions: tuple[Question, ...]
    listings: tuple[Listing, ...]
    cars: tuple[CarPlan, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[Remark, ...]
    aliases: tuple[NewAlias, ...]
    new_drivers: Mapping[str, Mapping[str, str]]
    new_teams: Mapping[str, Mapping[str, str]]
    fingerprint: str

    @property
    def open_questions(self) -> int:
        return sum(question.is_open for question in self.questions)

    @property
    def is_as_it_stands(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.cars or self.problems or self.open_questions)

    @property
    def can_be_applied(self) -> bool:
        return bool(self.cars) and not (self.problems or self.open_questions)

    @property
    def new_cars(self) -> int:
        return sum(car.before is None for car in self.cars)


def fingerprint(shown: EntriesPreview) -> str:
    """Identifies all that is shown, and the rows that it was made from."""
    seen = (
        str(shown.staged.pk),
        shown.problems,
        shown.questions,
        shown.listings,
        shown.cars,
        shown.unchanged,
        shown.skipped,
        shown.missing,
        shown.remarks,
        shown.aliases,
        sorted((slug, sorted(new.items())) for slug, new in shown.new_drivers.items()),
        sorted((slug, sorted(new.items())) for slug, new in shown.new_teams.items()),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
