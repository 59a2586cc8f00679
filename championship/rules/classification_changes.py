"""What differs between two versions of a classification."""

from collections.abc import Sequence
from dataclasses import dataclass

from championship.rules.classifications import ClassifiedLine

OWN_FIELDS = ("race_class", "status", "laps", "total_time", "best_lap_time", "best_lap_number")
"""What a line says about the car itself; its places follow from the others too."""

FIELDS = ("position", "class_position", *OWN_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """One car that the two versions show differently; `before` or `after` is None where it is not in the list.

    `fields` names what differs, in the order of FIELDS; it is empty for a car that came or went.
    """

    car_number: str
    before: ClassifiedLine | None
    after: ClassifiedLine | None
    fields: tuple[str, ...] = ()

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def is_own(self) -> bool:
        """Whether something about the car itself differs, so that it did not only move because of others."""
        return not self.fields or any(field in OWN_FIELDS for field in self.fields)

    @property
    def places_gained(self) -> int | None:
        """Places gained overall, negative when lost; None for a car that came or went."""
        if self.before is None or self.after is None:
            return None
        return self.before.position - self.after.position

    @property
    def class_places_gained(self) -> int | None:
        """Places gained in the class, negative when lost; None unless it is classified in the same class in both."""
        if self.before is None or self.after is None or self.before.race_class != self.after.race_class:
            return None
        if self.before.class_position is None or self.after.class_position is None:
            return None
        return self.before.class_position - self.after.class_position


def compare(before: Sequence[ClassifiedLine], after: Sequence[ClassifiedLine]) -> tuple[LineChange, ...]:
    """The cars that differ, in the order of the later version; those that are gone stand last (sporting-rules 1.8).

    A car is the same car when its number is the same. Lines come in any order.
    """
    old = {line.car_number: line for line in _in_order(before)}
    new = {line.car_number: line for line in _in_order(after)}
    changes = []
    for number, line in new.items():
        was = old.get(number)
        fields = tuple(field for field in FIELDS if was and getattr(was, field) != getattr(line, field))
        if was is None or fields:
            changes.append(LineChange(car_number=number, before=was, after=line, fields=fields))
    changes += [
        LineChange(car_number=number, before=line, after=None) for number, line in old.items() if number not in new
    ]
    return tuple(changes)


def _in_order(lines: Sequence[ClassifiedLine]) -> list[ClassifiedLine]:
    return sorted(lines, key=lambda line: line.position)
