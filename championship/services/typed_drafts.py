"""Typing a classification: rows of cells become the draft of a session, and a draft becomes rows again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Prefetch

from championship.models import ClassificationDraft, CrewMember, EventEntry, Session
from championship.rules.classifications import TimingLine
from championship.rules.durations import duration
from championship.rules.names import car_number_key
from championship.rules.text import series
from championship.services.drafts import (
    create_draft,
    draft_lines,
    lines_from_text,
    locked,
    published_lines,
    save_draft,
    standing,
)
from championship.services.results import DraftLine, ResultsError
from championship.services.saving import StaleVersionError
from championship.timing.typed import CellProblem, TypedCar, TypedRow, as_rows, read_rows

SOURCE = "Typed at the race desk"
LAPS = "laps"


class TypingError(Exception):
    """Cells that cannot be read; `problems` says each with its row and column. Nothing was saved."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem) for problem in problems))


class DraftGoneError(ResultsError):
    """The draft that was typed into is published or deleted by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The draft that a person was shown, 0 for none: its key and its version."""

    draft: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDifference:
    """A car of which two people typed something else; None where it is not in the list.

    `by` is who changed it: you, they or both, and "" when nobody knows what they began with.
    """

    car_number: str
    mine: str | None
    theirs: str | None
    by: str


def typed_lines(session: Session, rows: Sequence[TypedRow], cars: Mapping[str, EventEntry]) -> list[DraftLine]:
    """What the rows say, as lines of a draft. `cars` are those of the event, with their crews.

    Who drove is the crew of the event unless a row says otherwise. Cars that are not entered, are in it twice or lack
    something are kept: publishing says so. Raises TypingError for cells that cannot be read.
    """
    found, problems = read_rows(rows, is_race=session.kind == Session.Kind.RACE)
    if problems:
        raise TypingError(problems)
    return [_line(car, position, cars.get(car.car_number)) for position, car in enumerate(found, start=1)]


def save_typing(
    *,
    session: Session,
    lines: Sequence[DraftLine],
    seen: Seen,
    by: AbstractBaseUser | None,
    cause: str = "",
    contained: Collection[str] = (),
) -> ClassificationDraft:
    """Make these lines the session's draft, which is begun when there was none. Nobody has checked it then.

    Raises StaleVersionError when somebody saved or began it meanwhile, DraftGoneError when the draft of `seen` was
    published or deleted.
    """
    with transaction.atomic():
        session = locked(session)
        current = ClassificationDraft.objects.filter(session=session).first()
        if current is None and seen.draft:
            raise DraftGoneError("This draft was published or deleted while you were typing.")
        if current is None:
            return create_draft(session=session, lines=lines, by=by, source=SOURCE, cause=cause, contained=contained)
        if current.pk != seen.draft:
            raise StaleVersionError(current)
        return save_draft(current, lines=lines, by=by, seen_version=seen.version, cause=cause, contained=contained)


def cars_to_type(session: Session) -> dict[str, EventEntry]:
    """The cars of the session's event by number, each with its crew."""
    rows = EventEntry.objects.filter(event=session.event_id).select_related(
        "entry__race_class__season", "entry__team", "event"
    )
    crew = Prefetch("crew", CrewMember.objects.select_related("driver"))
    return {row.entry.car_number: row for row in rows.prefetch_related(crew)}


def rows_of(lines: Sequence[DraftLine], cars: Mapping[str, EventEntry]) -> tuple[TypedRow, ...]:
    """Lines as they would be typed; a car that its crew of the event drove needs no names."""
    return as_rows([_typed(line, row, cars) for row, line in enumerate(lines, start=1)])


def rows_to_begin_with(session: Session, cars: Mapping[str, EventEntry], start: str) -> tuple[TypedRow, ...]:
    """The rows of a new sheet: `draft`, `standing` (the baseline of the version that stands), `entries`, or none."""
    if start == "draft":
        draft = ClassificationDraft.objects.filter(session=session).first()
        return rows_of(draft_lines(draft), cars) if draft else ()
    if start == "standing":
        stands = standing(session)
        return rows_of(published_lines(stands), cars) if stands else ()
    if start == "entries":
        group = set(session.race_classes.values_list("slug", flat=True))
        numbers = [
            number
            for number, car in cars.items()
            if car.status == EventEntry.Status.ENTERED and (not group or car.entry.race_class.slug in group)
        ]
        return tuple(TypedRow(car_number=number) for number in sorted(numbers, key=car_number_key))
    return ()


def lines_seen(session: Session, seen: Seen) -> list[DraftLine] | None:
    """The lines that a person was shown: of the draft as it was, or of the version that stands when there was none."""
    if not seen.draft:
        stands = standing(session)
        return published_lines(stands) if stands else None
    record = ClassificationDraft.history.filter(id=seen.draft, version=seen.version, session_id=session.pk).first()
    return lines_from_text(record.lines) if record else None


def differences(
    mine: Sequence[DraftLine],
    theirs: Sequence[DraftLine],
    before: Sequence[DraftLine] | None,
    names: Mapping[str, str],
) -> tuple[LineDifference, ...]:
    """The cars that two people typed otherwise, in the order of mine; `before` is what both of them began with.

    `names` are those of drivers by their slugs. A car has moved when it stands elsewhere among the others; one that
    only made room has not.
    """
    ours, others, old = (_words_by_car(lines, names) for lines in (mine, theirs, before or ()))
    moved, by_me, by_them = _moved(ours, others), _changed(old, ours), _changed(old, others)
    found = []
    for number in dict.fromkeys([*ours, *others]):
        if ours.get(number) == others.get(number) and number not in moved:
            continue
        both = (number in by_me) == (number in by_them)
        found.append(
            LineDifference(
                car_number=number,
                mine=_placed(ours, number),
                theirs=_placed(others, number),
                by="" if before is None else "both" if both else "you" if number in by_me else "they",
            )
        )
    return tuple(found)


def _line(car: TypedCar, position: int, entered: EventEntry | None) -> DraftLine:
    return DraftLine(
        timing=TimingLine(
            car_number=car.car_number,
            race_class=entered.entry.race_class.slug if entered else "",
            position=position,
            status=car.status,
            laps=car.laps or 0,
            total_time=car.total_time,
            best_lap_time=car.best_lap_time,
            best_lap_number=car.best_lap_number,
        ),
        drivers=crew_of(entered) if car.drivers is None else car.drivers,
        missing=(LAPS,) if car.laps is None else (),
    )


def crew_of(car: EventEntry | None) -> tuple[str, ...]:
    """Slugs of the named crew of a car that was fetched with it, in the order of the seats."""
    return tuple(seat.driver.slug for seat in car.crew.all() if seat.driver) if car else ()


def _typed(line: DraftLine, row: int, cars: Mapping[str, EventEntry]) -> TypedCar:
    timing = line.timing
    return TypedCar(
        row=row,
        car_number=timing.car_number,
        laps=None if LAPS in line.missing else timing.laps,
        total_time=timing.total_time,
        status=timing.status,
        best_lap_time=timing.best_lap_time,
        best_lap_number=timing.best_lap_number,
        drivers=None if line.drivers == crew_of(cars.get(timing.car_number)) else line.drivers,
    )


def _words_by_car(lines: Sequence[DraftLine], names: Mapping[str, str]) -> dict[str, str]:
    return {line.timing.car_number: _in_words(line, names) for line in lines}


def _in_words(line: DraftLine, names: Mapping[str, str]) -> str:
    timing = line.timing
    parts = [
        "laps missing" if LAPS in line.missing else f"{timing.laps} laps",
        duration(timing.total_time) if timing.total_time is not None else "no time",
        timing.status,
    ]
    if timing.best_lap_time is not None:
        parts.append(f"best lap {duration(timing.best_lap_time)}")
    if timing.best_lap_number is not None:
        parts.append(f"on lap {timing.best_lap_number}")
    drove = series([names.get(slug, slug) for slug in line.drivers])
    return ", ".join([*parts, f"driven by {drove or 'nobody'}"])


def _placed(sheet: Mapping[str, str], number: str) -> str | None:
    """The car with its row, as the person typed it."""
    return f"row {list(sheet).index(number) + 1}: {sheet[number]}" if number in sheet else None


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Cars that came, went, say something else, or stand elsewhere."""
    others = {number for number in {*before, *after} if before.get(number) != after.get(number)}
    return others | _moved(before, after)


def _moved(some: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
    """Cars that stand in another order among those that both lists have."""
    first, second = ([number for number in one if number in two] for one, two in ((some, others), (others, some)))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    kept = {number for block in blocks for number in first[block.a : block.a + block.size]}
    return set(first) - kept
