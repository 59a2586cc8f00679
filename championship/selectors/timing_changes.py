"""What a timing file would change about each car, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from championship.rules.classification_changes import LineChange
from championship.selectors.classification_changes import NOT_IN_THE_LIST, Change, lines_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class CarChanges:
    """One car that differs from before; `is_own` when not only the others moved around it."""

    car_number: str
    is_own: bool
    changes: tuple[Change, ...]


def car_changes(
    changes: Sequence[LineChange], crews: Mapping[str, tuple[str, str]], class_names: Mapping[str, str]
) -> tuple[CarChanges, ...]:
    """The cars that differ; `crews` has the drivers before and after, in words, by car."""
    found = {change.car_number: (change.is_own, _words(change, class_names)) for change in changes}
    for number, (before, after) in crews.items():
        _, words = found.get(number, (True, ()))
        found[number] = (True, (*words, Change(what="Drivers", before=before, after=after)))
    return tuple(
        CarChanges(car_number=number, is_own=is_own, changes=words) for number, (is_own, words) in found.items()
    )


def _words(change: LineChange, class_names: Mapping[str, str]) -> tuple[Change, ...]:
    if change.before is not None and change.after is not None:
        return lines_in_words(change.before, change.after, class_names[change.after.race_class])
    here = "in the list"
    before, after = (NOT_IN_THE_LIST, here) if change.before is None else (here, NOT_IN_THE_LIST)
    return (Change(what="Car", before=before, after=after),)
