"""Entry lists as values: the line of a list, its order, and what changed between two lists."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from championship.rules.names import car_number_key

ENTERED = "entered"
WITHDRAWN = "withdrawn"
TO_BE_ANNOUNCED = "To be announced"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSeat:
    """One seat of a crew. `driver` is a slug, "" while the seat is to be announced; `nationality` is alpha-2 or ""."""

    seat: int
    driver: str
    given_name: str
    family_name: str
    rating: str
    nationality: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or TO_BE_ANNOUNCED


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One car of a list, with everything a reader sees; `race_class`, `team` and `car_model` are slugs."""

    car_number: str
    race_class: str
    race_class_name: str
    team: str
    team_name: str
    team_country: str
    car_model: str
    car_model_name: str
    status: str
    withdrawn_on: date | None
    withdrawal_reason: str
    crew: tuple[ListSeat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing about a car that differs: `what` names it, `before` and `after` say how it read."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    line: ListLine
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanges:
    """What readers of the later list see for the first time. Every car stands in at most one of the groups."""

    added: tuple[ListLine, ...] = ()
    removed: tuple[ListLine, ...] = ()
    withdrawn: tuple[ListLine, ...] = ()
    changed: tuple[ChangedLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.withdrawn or self.changed)


def in_order(lines: Iterable[ListLine], class_positions: dict[str, int]) -> list[ListLine]:
    """Lines by class, then by car number: the order in which every list is published.

    `class_positions` maps the slug of a class to its position in the season.
    """
    return sorted(lines, key=lambda line: (class_positions[line.race_class], car_number_key(line.car_number)))


def compare(before: Sequence[ListLine], after: Sequence[ListLine]) -> ListChanges:
    """What changed from one list to the next; a car is the same car when its number is the same."""
    old = {line.car_number: line for line in before}
    new = {line.car_number: line for line in after}
    withdrawn = [
        line
        for line in after
        if line.status == WITHDRAWN and line.car_number in old and old[line.car_number].status != WITHDRAWN
    ]
    gone = {line.car_number for line in withdrawn}
    changed = [
        ChangedLine(line=line, changes=changes)
        for line in after
        if line.car_number in old
        and line.car_number not in gone
        and (changes := _differences(old[line.car_number], line))
    ]
    return ListChanges(
        added=tuple(line for line in after if line.car_number not in old),
        removed=tuple(line for line in before if line.car_number not in new),
        withdrawn=tuple(withdrawn),
        changed=tuple(changed),
    )


def fingerprint(lines: Sequence[ListLine]) -> str:
    """A short text that differs when any part of any line differs: what was previewed is what is published."""
    return hashlib.sha256(repr(list(lines)).encode()).hexdigest()[:32]


def _differences(old: ListLine, new: ListLine) -> tuple[Change, ...]:
    pairs = [
        ("Class", old.race_class_name, new.race_class_name),
        ("Team", old.team_name, new.team_name),
        ("Team country", old.team_country, new.team_country),
        ("Car", old.car_model_name, new.car_model_name),
        ("Status", old.status, new.status),
        ("Withdrawn on", str(old.withdrawn_on or ""), str(new.withdrawn_on or "")),
        ("Reason", old.withdrawal_reason, new.withdrawal_reason),
    ]
    old_crew, new_crew = ({seat.seat: seat for seat in line.crew} for line in (old, new))
    for seat in sorted(old_crew.keys() | new_crew.keys()):
        pairs.append((f"Seat {seat}", _seat_text(old_crew.get(seat)), _seat_text(new_crew.get(seat))))
    return tuple(Change(what=what, before=was, after=now) for what, was, now in pairs if was != now)


def _seat_text(seat: ListSeat | None) -> str:
    if seat is None:
        return ""
    return ", ".join(part for part in (seat.name, seat.rating.capitalize(), seat.nationality) if part)
