"""Two lists of one session, each of other classes, as one timing order."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from championship.rules.classifications import is_classified
from championship.rules.decisions import TimingLine

_Key = tuple[bool, int, bool, int]


def merged(one: Sequence[TimingLine], other: Sequence[TimingLine], *, by_best_lap: bool) -> tuple[TimingLine, ...]:
    """All lines in one order, numbered 1..n; cars of the same list keep their order among themselves.

    Classified cars come first, then those that went further (`by_best_lap`: were faster). Where a list's own order
    differs from that, a car stands no higher than the one above it in its list.
    """
    keyed = [
        (key, line)
        for lines in (one, other)
        for key, line in zip(
            accumulate((_key(line, by_best_lap) for line in _in_order(lines)), max), _in_order(lines), strict=True
        )
    ]
    in_order = [line for _, line in sorted(keyed, key=lambda pair: pair[0])]
    return tuple(replace(line, position=position) for position, line in enumerate(in_order, start=1))


def _in_order(lines: Sequence[TimingLine]) -> list[TimingLine]:
    return sorted(lines, key=lambda line: line.position)


def _key(line: TimingLine, by_best_lap: bool) -> _Key:
    if by_best_lap:
        return not is_classified(line.status), 0, line.best_lap_time is None, line.best_lap_time or 0
    return not is_classified(line.status), -line.laps, line.total_time is None, line.total_time or 0
