"""What the timing file of a session would make of its draft: the lines, what differs, what is to be mended first."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from championship.models import Classification, ClassificationDraft, Driver, EventEntry, Session, TimingImport
from championship.record.result_rows import AppliedRow
from championship.rules.classification_changes import LineChange, compare
from championship.rules.classifications import ClassifiedLine
from championship.services.decisions import as_told, decisions_in_force
from championship.services.drafts import contained_decisions, draft_lines, published_lines, standing
from championship.services.results import DraftLine, ResultsError, line_problems, replayed
from championship.services.timing_contained import ContainedChoice, contained_choices
from championship.services.timing_lines import counts, file_lines, others, together
from championship.services.timing_matching import (
    NewAlias,
    Question,
    crews_at,
    match_classes,
    match_drivers,
    unsaved_driver,
)
from championship.services.timing_names import class_book, driver_book
from championship.services.timing_remarks import results_remarks
from championship.timing.tables import Remark, TimingTable


@dataclass(frozen=True, slots=True, kw_only=True)
class CarProblem:
    """What keeps the file from being applied. `unknown_car` is a number that is not entered at the event."""

    text: str
    unknown_car: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewChange:
    """Other drivers of a car than before, as slugs."""

    car_number: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPreview:
    """Exactly what confirming would write. Nothing can be confirmed while something is open or to be mended.

    `draft` is the one that it would be written into, `stands` the version that stands; `changes` and `crews` compare
    with the draft, and without one with that version. `kept` are the cars of other classes than the file's that stay,
    or may stay, in the draft (`keeps_others`). `aliases` are remembered and `new_drivers` made with it.
    """

    staged: TimingImport
    table: TimingTable
    draft: ClassificationDraft | None
    stands: Classification | None
    problems: tuple[CarProblem, ...]
    questions: tuple[Question, ...]
    lines: tuple[DraftLine, ...]
    classified: tuple[ClassifiedLine, ...]
    changes: tuple[LineChange, ...]
    crews: tuple[CrewChange, ...]
    counts: tuple[tuple[str, str, int], ...]
    remarks: tuple[Remark, ...]
    decisions: tuple[ContainedChoice, ...]
    kept: tuple[DraftLine, ...]
    keeps_others: bool
    aliases: tuple[NewAlias, ...]
    new_drivers: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    """Names of drivers by slug, new ones too."""
    is_as_it_stands: bool
    """Whether the draft reads just so already, so that there is nothing to write."""
    fingerprint: str

    @property
    def open_questions(self) -> int:
        return sum(question.is_open for question in self.questions)

    @property
    def can_be_applied(self) -> bool:
        return not (self.problems or self.open_questions or self.is_as_it_stands)

    @property
    def contained(self) -> tuple[str, ...]:
        """Slugs of the decisions that the draft's lines contain."""
        return tuple(choice.decision.slug for choice in self.decisions if choice.is_contained)

    @property
    def changed_cars(self) -> tuple[str, ...]:
        """Numbers of the cars that differ from before."""
        numbers = [change.car_number for change in self.changes] + [crew.car_number for crew in self.crews]
        return tuple(dict.fromkeys(numbers))


def results_preview(staged: TimingImport, table: TimingTable, matches: Mapping[str, Any]) -> ResultsPreview:
    """What applying the import now would write. Nothing is written."""
    session = Session.objects.select_related("event__season", "event__circuit").get(pk=staged.session_id)
    cars = {car.entry.car_number: car for car in EventEntry.objects.filter(event=session.event_id).for_list()}
    entered = {number: car.entry.race_class.slug for number, car in cars.items()}
    names = matches.get("names", {})
    classes = match_classes(table, entered, class_book(session.event.season), names.get("race_class", {}))
    drivers = match_drivers(table, crews_at(cars), driver_book(), names.get("driver", {}))
    by_best_lap = session.kind != Session.Kind.RACE
    own = file_lines(table, classes, drivers)
    draft, stands = draft_of(session), standing(session)
    before = draft_lines(draft) if draft else published_lines(stands) if stands else []
    kept = others(before, own)
    keeps_others = bool(kept) and matches.get("others", "keep") == "keep"
    lines = together(kept, own, by_best_lap) if keeps_others else own
    choices = contained_choices(
        session,
        draft=draft,
        stands=stands,
        own=own,
        kept=kept if keeps_others else (),
        chosen=matches.get("contained"),
    )
    contained = [choice.decision.slug for choice in choices if choice.is_contained]
    people = Driver.objects.in_bulk({slug for line in (*lines, *before) for slug in line.drivers}, field_name="slug")
    people |= {slug: unsaved_driver(slug, fields) for slug, fields in drivers.new.items()}
    questions = (*classes.questions, *drivers.questions)
    problems = _problems(lines, cars, people, questions)
    told = [as_told(decision) for decision in decisions_in_force(session, contained)]
    classified: tuple[ClassifiedLine, ...] = ()
    if not problems and not any(question.is_open for question in questions):
        try:
            _, classified = replayed(session, lines, told, contained)
        except ResultsError as error:
            problems.append(CarProblem(text=str(error)))
    changes = compare(_classified_before(session, draft, stands), classified) if classified and before else ()
    preview = ResultsPreview(
        staged=staged,
        table=table,
        draft=draft,
        stands=stands,
        problems=tuple(problems),
        questions=questions,
        lines=tuple(lines),
        classified=classified,
        changes=changes,
        crews=_crew_changes(before, lines) if classified else (),
        counts=counts(table),
        remarks=results_remarks(session, table, cars, matched=(classes, drivers), people=people),
        decisions=tuple(choices),
        kept=kept,
        keeps_others=keeps_others,
        aliases=(*classes.aliases, *drivers.aliases),
        new_drivers=drivers.new,
        names={slug: str(person) for slug, person in people.items()},
        is_as_it_stands=draft is not None and _is_same(draft, lines, contained),
        fingerprint="",
    )
    return replace(preview, fingerprint=_fingerprint(preview, told, cars))


def draft_of(session: Session) -> ClassificationDraft | None:
    return ClassificationDraft.objects.select_related("author").filter(session=session).first()


def _problems(
    lines: Sequence[DraftLine],
    cars: Mapping[str, EventEntry],
    people: Mapping[str, Driver],
    questions: Sequence[Question],
) -> list[CarProblem]:
    """What is to be mended before the lines can be a draft; what questions are about is left out."""
    unknown = [line.timing.car_number for line in lines if line.timing.car_number not in cars]
    found = [
        CarProblem(text=f"Car {number} is not entered at the event.", unknown_car=number)
        for number in dict.fromkeys(unknown)
    ]
    certain = [
        replace(line, drivers=tuple(slug for slug in line.drivers if slug)) for line in lines if line.timing.race_class
    ]
    numbered = [replace(line, timing=replace(line.timing, position=n)) for n, line in enumerate(certain, start=1)]
    stops = line_problems(numbered, cars, people) if numbered else []
    return [*found, *(CarProblem(text=stop.text) for stop in stops if stop.key not in unknown)]


def _classified_before(
    session: Session, draft: ClassificationDraft | None, stands: Classification | None
) -> Sequence[ClassifiedLine]:
    if draft is None:
        return [row.as_classified_line() for row in stands.results.select_related("race_class")] if stands else []
    contained = contained_decisions(draft)
    told = [as_told(decision) for decision in decisions_in_force(session, contained)]
    try:
        return replayed(session, draft_lines(draft), told, contained)[1]
    except ResultsError:
        # A draft may be wrong while somebody works on it.
        return []


def _crew_changes(before: Sequence[DraftLine], after: Sequence[DraftLine]) -> tuple[CrewChange, ...]:
    then = {line.timing.car_number: line.drivers for line in before}
    return tuple(
        CrewChange(car_number=line.timing.car_number, before=then[line.timing.car_number], after=line.drivers)
        for line in after
        if line.timing.car_number in then and then[line.timing.car_number] != line.drivers
    )


def _is_same(draft: ClassificationDraft, lines: Sequence[DraftLine], contained: Sequence[str]) -> bool:
    now = sorted(draft_lines(draft), key=lambda line: line.timing.position)
    same = now == sorted(lines, key=lambda line: line.timing.position)
    return same and set(contained_decisions(draft)) == set(contained)


def _fingerprint(preview: ResultsPreview, told: Sequence[AppliedRow], cars: Mapping[str, EventEntry]) -> str:
    """Identifies all that is shown, and the rows that it was made from."""
    draft, stands = preview.draft, preview.stands
    entered = [(number, car.pk, car.status, car.entry.race_class.slug) for number, car in sorted(cars.items())]
    seen = (
        str(preview.staged.pk),
        (draft.pk, draft.version) if draft else None,
        stands.pk if stands else None,
        entered,
        preview.lines,
        preview.classified,
        preview.contained,
        tuple(told),
        preview.problems,
        preview.questions,
        preview.changes,
        preview.crews,
        preview.remarks,
        preview.aliases,
        sorted((slug, sorted(fields.items())) for slug, fields in preview.new_drivers.items()),
        sorted(preview.names.items()),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
