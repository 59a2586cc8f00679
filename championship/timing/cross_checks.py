"""What a person should look at in a file that can be read: shown, never enforced, since the file may be right.

No check depends on another; each says what was found and what would have been expected.
"""

from collections.abc import Callable, Iterator, Mapping

from championship.timing import car_checks, entry_checks, order_checks
from championship.timing.tables import Remark, TimingTable

MOST_ALIKE = 8
"""Remarks of one check: one wrong cell can make every car below it look wrong."""

_CHECKS: tuple[Callable[[TimingTable], Iterator[Remark]], ...] = (
    order_checks.earlier_hour,
    order_checks.positions,
    order_checks.statuses,
    order_checks.laps_and_times,
    car_checks.gaps,
    car_checks.speeds,
    car_checks.laps,
    car_checks.best_laps,
    car_checks.empty_cells,
    entry_checks.unknown_words,
    entry_checks.drivers_of_two_cars,
)


def remarks(table: TimingTable, *, entered: Mapping[str, str] | None, planned: int | None = None) -> tuple[Remark, ...]:
    """All remarks about a file, those about the file as a whole first, then by line.

    `entered` is the entry list: car number to slug or name of its class; None when there is none to compare with.
    `planned` is how long the session was to be, in minutes.
    """
    found = [remark for check in _CHECKS for remark in _few(list(check(table)))]
    if planned is not None and not any(order_checks.earlier_hour(table)):
        found += order_checks.planned_length(table, planned)
    if entered is not None:
        found += _few(list(entry_checks.not_entered(table, entered)))
        found += _few(list(entry_checks.absent(table, entered)))
        found += _few(list(entry_checks.other_class(table, entered)))
    return tuple(sorted(found, key=lambda remark: remark.line))


def _few(alike: list[Remark]) -> list[Remark]:
    rest = len(alike) - MOST_ALIKE
    if rest <= 1:
        return alike
    cars = ", ".join(dict.fromkeys(remark.car_number for remark in alike[MOST_ALIKE:]))
    text = f"The same check has {rest} more remarks, about cars {cars}."
    return [*alike[:MOST_ALIKE], Remark(line=0, car_number="", text=text)]
