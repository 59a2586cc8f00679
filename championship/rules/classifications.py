"""From the timing order and the stewards' decisions to the classification. Times are whole milliseconds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from championship.rules.decisions import (
    CLASSIFIED,
    DISQUALIFIED,
    ClassificationError,
    Effect,
    Ruling,
    TimingLine,
    amount,
    is_same,
    moves_nobody,
    with_effect,
    without_effect,
)

__all__ = [
    "CLASSIFIED",
    "DISQUALIFIED",
    "ClassificationError",
    "ClassifiedLine",
    "Effect",
    "Gap",
    "Gaps",
    "Ruling",
    "TimingLine",
    "baseline",
    "classify",
    "gaps",
    "is_classified",
    "warnings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedLine:
    """One car as classified. `class_position` is None for a car that is not classified."""

    car_number: str
    race_class: str
    position: int
    class_position: int | None
    status: str
    laps: int
    total_time: int | None
    best_lap_time: int | None
    best_lap_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far behind: whole `laps`, or on the same lap (`laps` 0) `time` in milliseconds.

    Negative where a car stands further down although it went further: one that is not classified, or that lost places.
    """

    laps: int
    time: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Gap to the first car and interval to the car in front: among all cars, and among those of the class.

    None where there is none (the first car, a disqualified one) or none can be said (times are missing).
    """

    gap: Gap | None
    interval: Gap | None
    class_gap: Gap | None
    class_interval: Gap | None


def is_classified(status: str) -> bool:
    """Whether a timekeeper's status means classified; no other word does (sporting-rules 1.2).

    >>> is_classified("Classified"), is_classified("Not classified"), is_classified("")
    (True, False, False)
    """
    return is_same(status, CLASSIFIED)


def baseline(
    lines: Sequence[TimingLine], rulings: Sequence[Ruling], *, by_best_lap: bool = False
) -> tuple[TimingLine, ...]:
    """The timing order without the rulings that it contains, in order of position 1..n (sporting-rules 1.4).

    `by_best_lap`: the best lap decides, as in qualifying, and not distance and time. Raises ClassificationError.
    """
    return _numbered(_Sheet(lines, by_best_lap).baseline(rulings))


def classify(
    lines: Sequence[TimingLine], rulings: Sequence[Ruling], *, by_best_lap: bool = False
) -> tuple[ClassifiedLine, ...]:
    """The classification in order of position 1..n: the baseline, then all rulings in the given order.

    Lines come in any order, their `position` counts. Only cars that a ruling touches move, all others keep the
    timekeeper's order among themselves (sporting-rules 1.5). `by_best_lap` as in `baseline`.
    Raises ClassificationError.
    """
    sheet = _Sheet(lines, by_best_lap)
    in_class: Counter[str] = Counter()
    classified = []
    for line in _numbered(sheet.replayed(sheet.baseline(rulings), rulings)):
        counts = is_classified(line.status)
        in_class[line.race_class] += counts
        classified.append(
            ClassifiedLine(
                car_number=line.car_number,
                race_class=line.race_class,
                position=line.position,
                class_position=in_class[line.race_class] if counts else None,
                status=line.status,
                laps=line.laps,
                total_time=line.total_time,
                best_lap_time=line.best_lap_time,
                best_lap_number=line.best_lap_number,
            )
        )
    return tuple(classified)


def gaps(lines: Sequence[ClassifiedLine], *, by_best_lap: bool = False) -> dict[str, Gaps]:
    """Gaps and intervals of every car, by car number (sporting-rules 1.7). `by_best_lap` as in `classify`."""
    in_front: dict[str | None, tuple[ClassifiedLine, ClassifiedLine]] = {}
    found = {}
    for line in sorted(lines, key=lambda line: line.position):
        if is_same(line.status, DISQUALIFIED):
            found[line.car_number] = Gaps(gap=None, interval=None, class_gap=None, class_interval=None)
            continue
        gap, interval, class_gap, class_interval = (
            _gap(line, other, by_best_lap)
            for group in (None, line.race_class)
            for other in in_front.get(group, (None, None))
        )
        found[line.car_number] = Gaps(gap=gap, interval=interval, class_gap=class_gap, class_interval=class_interval)
        for group in (None, line.race_class):
            first, _ = in_front.get(group, (line, line))
            in_front[group] = first, line
    return found


def warnings(lines: Sequence[ClassifiedLine], classified_share: Decimal) -> tuple[str, ...]:
    """Cars that are classified although they covered less than `classified_share` of their class winner's laps.

    Statuses are the timekeeper's, so this only warns (sporting-rules 1.3).
    """
    winner_laps: dict[str, int] = {}
    found = []
    for line in sorted(lines, key=lambda line: line.position):
        if not is_classified(line.status):
            continue
        laps = winner_laps.setdefault(line.race_class, line.laps)
        if line.laps < laps * classified_share:
            found.append(
                f"Car {line.car_number} is classified with {line.laps} of the {laps} laps of its class winner, "
                f"which is less than {(classified_share * 100).normalize():f} %."
            )
    return tuple(found)


_Key = tuple[int, bool, int]
_Lines = tuple[TimingLine, ...]


class _Sheet:
    """The lines of a session, and where a car belongs among them."""

    def __init__(self, lines: Sequence[TimingLine], by_best_lap: bool) -> None:
        self._lines = tuple(sorted(lines, key=lambda line: line.position))
        self._by_best_lap = by_best_lap
        for what, values in (
            ("Car", [line.car_number for line in self._lines]),
            ("Position", [str(line.position) for line in self._lines]),
        ):
            value, times = next(iter(Counter(values).most_common(1)), ("", 1))
            if times > 1:
                raise ClassificationError(f"{what} {value} is in the list {times} times: leave one line.")
        middle = dict.fromkeys(line.status.casefold() for line in self._lines)
        self._blocks = [
            CLASSIFIED.casefold(),
            *(status for status in middle if status not in (CLASSIFIED.casefold(), DISQUALIFIED.casefold())),
        ]

    def baseline(self, rulings: Sequence[Ruling]) -> _Lines:
        """The lines without the contained rulings: laps and times decide where their cars were.

        Where that order does not lead back to the lines, since the timekeeper's own differs from laps and times, each
        effect is undone by itself: to a place from which it leads to where the car is now.
        """
        contained = [ruling for ruling in rulings if ruling.is_contained]
        steps = [
            (ruling.car_number, effect)
            for ruling in reversed(contained)
            for effect in reversed(ruling.effects)
            if not moves_nobody(effect)
        ]
        restored = self._lines
        for car_number, effect in steps:
            line, index = _find(restored, car_number)
            restored = (*restored[:index], without_effect(line, effect), *restored[index + 1 :])
        moved = {number for number, effect in steps if effect.kind == "positions_dropped"} | {
            before.car_number
            for line, before in zip(self._lines, restored, strict=True)
            if self._belonging(line) != self._belonging(before)
        }
        order = tuple(line for line in restored if line.car_number not in moved)
        for line in restored:
            if line.car_number in moved:
                order = _inserted(order, self._place(order, line), line)
        if self.replayed(order, contained) == self._lines:
            return order
        order = self._lines
        for car_number, effect in steps:
            order = self._undone(order, car_number, effect)
        return order

    def replayed(self, order: _Lines, rulings: Sequence[Ruling]) -> _Lines:
        for ruling in rulings:
            for effect in ruling.effects:
                if not moves_nobody(effect):
                    order = self._applied(order, ruling.car_number, effect)
        return order

    def _applied(self, order: _Lines, car_number: str, effect: Effect) -> _Lines:
        line, index = _find(order, car_number)
        others = order[:index] + order[index + 1 :]
        after = with_effect(line, effect)
        if not is_same(after.status, line.status):
            index = self._place(others, after)
        elif is_same(line.status, DISQUALIFIED):
            pass
        elif effect.kind == "positions_dropped":
            index = _dropped(others, index, line, amount(effect.positions, line, "how many places it loses"))
        else:
            index = self._overtaken(others, index, line, after)
        return _inserted(others, index, after)

    def _undone(self, order: _Lines, car_number: str, effect: Effect) -> _Lines:
        line, index = _find(order, car_number)
        others = order[:index] + order[index + 1 :]
        before = without_effect(line, effect)
        natural = self._place(others, before)
        fitting = [
            place
            for place in range(len(order))
            if self._applied(_inserted(others, place, before), car_number, effect) == order
        ]
        return _inserted(others, min(fitting or [natural], key=lambda place: abs(place - natural)), before)

    def _place(self, others: _Lines, line: TimingLine) -> int:
        """Where a car belongs among others (1.6): before the first of its status that it beats, or behind its block."""
        if is_same(line.status, DISQUALIFIED):
            return len(others)
        place = 0
        for index, other in enumerate(others):
            if is_same(other.status, line.status) and self._key(line) < self._key(other):
                return index
            if self._block(other) <= self._block(line):
                place = index + 1
        return place

    def _overtaken(self, others: _Lines, index: int, line: TimingLine, after: TimingLine) -> int:
        """The new place of a penalised car: behind those that it no longer beats (1.6).

        A car that a decision has put behind it without losing a second stays behind it.
        """
        place = index
        if self._key(after) == self._key(line):
            return place
        for behind, other in enumerate(others[index:], start=index + 1):
            if not is_same(other.status, line.status) or self._key(other) < self._key(line):
                continue
            if self._key(after) < self._key(other):
                break
            place = behind
        return place

    def _key(self, line: TimingLine) -> _Key:
        if self._by_best_lap:
            return 0, line.best_lap_time is None, line.best_lap_time or 0
        return -line.laps, line.total_time is None, line.total_time or 0

    def _belonging(self, line: TimingLine) -> tuple[int, _Key]:
        """What decides where a car stands."""
        return self._block(line), self._key(line)

    def _block(self, line: TimingLine) -> int:
        """Classified cars come first, disqualified ones last, others as the timekeeper's list has them."""
        status = line.status.casefold()
        if status in self._blocks:
            return self._blocks.index(status)
        return len(self._blocks) + is_same(status, DISQUALIFIED)


def _numbered(order: _Lines) -> _Lines:
    return tuple(replace(line, position=position) for position, line in enumerate(order, start=1))


def _inserted(others: _Lines, index: int, line: TimingLine) -> _Lines:
    return (*others[:index], line, *others[index:])


def _gap(line: ClassifiedLine, other: ClassifiedLine | None, by_best_lap: bool) -> Gap | None:
    if other is None:
        return None
    laps = 0 if by_best_lap else other.laps - line.laps
    if laps:
        return Gap(laps=laps, time=None)
    mine, others = (car.best_lap_time if by_best_lap else car.total_time for car in (line, other))
    return None if mine is None or others is None else Gap(laps=0, time=mine - others)


def _find(order: _Lines, car_number: str) -> tuple[TimingLine, int]:
    for index, line in enumerate(order):
        if line.car_number == car_number:
            return line, index
    raise ClassificationError(
        f"A decision is about car {car_number}, which is not in the list: add the car, or correct the decision."
    )


def _dropped(others: _Lines, index: int, line: TimingLine, positions: int) -> int:
    """Behind the car of its class and status that followed `positions` places later, or the last that there is."""
    followers = [
        place
        for place, other in enumerate(others[index:], start=index + 1)
        if other.race_class == line.race_class and is_same(other.status, line.status)
    ]
    return followers[:positions][-1] if followers else index
