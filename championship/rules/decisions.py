"""What stewards decide, as values, and what it does to the timing line of a car. Times are whole milliseconds."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

CLASSIFIED = "Classified"
DISQUALIFIED = "Disqualified"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingLine:
    """One car as timed. `position` is its place in the timekeeper's list, from 1; `status` is kept as given."""

    car_number: str
    race_class: str
    position: int
    status: str
    laps: int
    total_time: int | None
    best_lap_time: int | None
    best_lap_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing that a decision does.

    `kind` is time_added, drive_through or stop_and_go (`time`; the latter two were not driven and are converted into
    it), laps_removed (`laps`), positions_dropped (`positions`, in the class), lap_time_deleted (`best_lap_time`,
    `best_lap_number`: the best lap that remains, None for none), disqualified, reinstated (`status_before`: the status
    that the car gets back), or one that moves nobody in this classification: grid_dropped (`positions` on the grid of
    `race`, in words), fine (`amount` in whole units of `currency`, an ISO 4217 code; None and "" when not on record),
    reprimand. `status_before` of a disqualification is the status without it, needed to undo one that a file contains.
    """

    kind: str
    time: int | None = None
    laps: int | None = None
    positions: int | None = None
    best_lap_time: int | None = None
    best_lap_number: int | None = None
    status_before: str = ""
    race: str = ""
    amount: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision about one car. `is_contained` says that the timing lines have it applied already."""

    key: str
    car_number: str
    effects: tuple[Effect, ...]
    is_contained: bool = False


EFFECT_KEYS: dict[str, tuple[str, ...]] = {
    "time_added": ("time",),
    "drive_through": ("time",),
    "stop_and_go": ("time",),
    "laps_removed": ("laps",),
    "positions_dropped": ("positions",),
    "lap_time_deleted": ("best_lap_time", "best_lap_number"),
    "disqualified": ("status_before",),
    "reinstated": ("status_before",),
    "grid_dropped": ("positions", "race"),
    "fine": ("amount", "currency"),
    "reprimand": (),
}
"""What belongs to each kind of effect; whatever else is said of one means nothing."""


class ClassificationError(Exception):
    """Lines and decisions do not fit together. The message says what is wrong and how to mend it."""


def is_same(status: str, other: str) -> bool:
    """Whether two words of timekeepers mean one status: their case does not matter."""
    return status.casefold() == other.casefold()


def bare(effect: Effect) -> Effect:
    """The effect with nothing but what its kind needs."""
    return Effect(kind=effect.kind, **{key: getattr(effect, key) for key in EFFECT_KEYS[effect.kind]})


def effects_as_text(effects: Iterable[Effect]) -> str:
    """Effects as JSON: a list of objects with the `kind` and what belongs to it, as far as it is known.

    >>> effects_as_text([Effect(kind="time_added", time=5000), Effect(kind="fine")])
    '[{"kind": "time_added", "time": 5000}, {"kind": "fine"}]'
    """
    return json.dumps(
        [{key: value for key, value in asdict(bare(effect)).items() if value not in (None, "")} for effect in effects],
        ensure_ascii=False,
    )


def effects_from_text(text: str) -> tuple[Effect, ...]:
    """The effects that `effects_as_text` wrote."""
    return tuple(Effect(**values) for values in json.loads(text))


def moves_nobody(effect: Effect) -> bool:
    """Whether an effect is only kept on record."""
    return effect.kind in ("grid_dropped", "fine", "reprimand")


def amount(value: int | None, line: TimingLine, what: str) -> int:
    """A figure that an effect needs; `what` says which, in words for the official."""
    if value is None or value < 1:
        raise ClassificationError(f"The decision about car {line.car_number} does not say {what}: enter it.")
    return value


def with_effect(line: TimingLine, effect: Effect) -> TimingLine:
    """The line with what the effect does to its figures, wherever that puts the car (sporting-rules 1.5)."""
    match effect.kind:
        case "time_added" | "drive_through" | "stop_and_go":
            time = amount(effect.time, line, "how much time is added")
            return replace(line, total_time=_total_time(line) + time)
        case "laps_removed":
            laps = amount(effect.laps, line, "how many laps are removed")
            if laps > line.laps:
                raise ClassificationError(
                    f"The decision takes {laps} laps from car {line.car_number}, which drove {line.laps}: "
                    "correct the number of laps."
                )
            return replace(line, laps=line.laps - laps)
        case "lap_time_deleted":
            _check_remaining_lap(line, effect)
            return replace(line, best_lap_time=effect.best_lap_time, best_lap_number=effect.best_lap_number)
        case "disqualified":
            return replace(line, status=DISQUALIFIED)
        case "reinstated":
            return replace(line, status=_status_before(line, effect))
        case "positions_dropped":
            return line
    raise ClassificationError(f"The decision about car {line.car_number} has an unknown effect “{effect.kind}”.")


def without_effect(line: TimingLine, effect: Effect) -> TimingLine:
    """The line as it was before an effect that the timing file contains (sporting-rules 1.4).

    A deleted lap time is not on record, so the best lap stays the one that the file and the decision agree on.
    """
    match effect.kind:
        case "time_added" | "drive_through" | "stop_and_go":
            time = amount(effect.time, line, "how much time is added")
            if time >= _total_time(line):
                raise ClassificationError(
                    f"The timing file cannot contain the time added to car {line.car_number}, "
                    "since it is more than the whole time of the car: correct the time."
                )
            return replace(line, total_time=_total_time(line) - time)
        case "laps_removed":
            return replace(line, laps=line.laps + amount(effect.laps, line, "how many laps are removed"))
        case "lap_time_deleted":
            if (effect.best_lap_time, effect.best_lap_number) != (line.best_lap_time, line.best_lap_number):
                raise ClassificationError(
                    f"The best lap that remains to car {line.car_number} is another one in the timing file, which is "
                    "said to contain the decision: enter the same lap in both."
                )
            return line
        case "disqualified":
            _check_contained_status(line, DISQUALIFIED)
            return replace(line, status=_status_before(line, effect))
        case "reinstated":
            _check_contained_status(line, _status_before(line, effect))
            return replace(line, status=DISQUALIFIED)
        case _:
            return line


def _total_time(line: TimingLine) -> int:
    if line.total_time is None:
        raise ClassificationError(
            f"The decision adds time to car {line.car_number}, which has no total time: enter its time."
        )
    return line.total_time


def _status_before(line: TimingLine, effect: Effect) -> str:
    if not effect.status_before:
        raise ClassificationError(
            f"The decision about car {line.car_number} does not say which status the car has without it: enter it."
        )
    return effect.status_before


def _check_contained_status(line: TimingLine, status: str) -> None:
    if not is_same(line.status, status):
        raise ClassificationError(
            f"Car {line.car_number} is “{line.status}” in the timing file, which is said to contain a decision that "
            f"makes it “{status}”: correct the decision or the status."
        )


def _check_remaining_lap(line: TimingLine, effect: Effect) -> None:
    if effect.best_lap_time is None:
        return
    if line.best_lap_time is None or effect.best_lap_time < line.best_lap_time:
        raise ClassificationError(
            f"The best lap that remains to car {line.car_number} is faster than the one that it had: correct the lap."
        )
