"""What stands against publishing a list as it is: a stop prevents it, a warning wants a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from championship.rules.classifications import TimingLine, is_classified
from championship.rules.text import counted

Place = Literal["", "draft", "line", "car", "crew", "decision", "driver", "version", "protest", "import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to look at, in words that say how to mend it; `place` and `key` say where that is done.

    `line`, `car` and `crew` have a car number as their key, `decision` and `driver` a slug, `import` that of a timing
    file, the others none. Without
    a place there is nothing to open.
    """

    text: str
    place: Place = ""
    key: str = ""
    is_stop: bool = False


def stop(text: str, place: Place = "", key: str = "") -> Check:
    return Check(text=text, place=place, key=key, is_stop=True)


def warning(text: str, place: Place = "", key: str = "") -> Check:
    return Check(text=text, place=place, key=key)


def odd_laps(lines: Sequence[TimingLine]) -> list[Check]:
    """Classified cars of a race whose laps do not fit their places: more than the car in front, or none at all."""
    classified = [line for line in sorted(lines, key=lambda line: line.position) if is_classified(line.status)]
    found = [
        warning(f"Car {line.car_number} is classified without a lap. Look at its line.", "line", line.car_number)
        for line in classified
        if not line.laps
    ]
    for front, line in pairwise(classified):
        if line.laps > front.laps:
            found.append(
                warning(
                    f"Car {line.car_number} has {line.laps} laps and stands behind car {front.car_number} with "
                    f"{front.laps}. Look at both lines.",
                    "line",
                    line.car_number,
                )
            )
    return found


def retyping_problem(order: Sequence[str], typed: Sequence[str]) -> str:
    """Where a finishing order that was typed a second time first differs, without telling what stands there; "" when
    both are the same.

    >>> retyping_problem(["7", "22"], ["7", "22"])
    ''
    >>> retyping_problem(["7", "22"], ["7", "99"])
    'At place 2 you typed car 99. The draft has another car there.'
    """
    for place, (wanted, number) in enumerate(zip(order, typed, strict=False), start=1):
        if wanted != number:
            return f"At place {place} you typed car {number}. The draft has another car there."
    if len(typed) < len(order):
        return f"You typed {counted(len(typed), 'car')}, and the draft goes on after place {len(typed)}."
    if len(typed) > len(order):
        return f"At place {len(order) + 1} you typed car {typed[len(order)]}. The draft has no car there."
    return ""
