"""What a decision of the stewards does, in words."""

from collections.abc import Iterable

from championship.models import DecisionEffect
from championship.rules.classifications import Effect
from championship.rules.durations import duration, with_unit
from championship.selectors.text import counted, series


def effects_in_words(effects: Iterable[Effect]) -> str:
    """All that a decision does: `1 lap removed and 1.000 s added`, "" when it does nothing."""
    return series([effect_words(effect) for effect in effects])


def effect_words(effect: DecisionEffect | Effect) -> str:
    """One effect as the end of a sentence: `10.000 s added`, `1 lap removed`, `disqualified`."""
    kind = DecisionEffect.Kind
    match effect.kind:
        case kind.TIME_ADDED:
            words = f"{with_unit(effect.time)} added"
        case kind.DRIVE_THROUGH | kind.STOP_AND_GO:
            words = f"{kind(effect.kind).label.lower()} converted, {with_unit(effect.time)} added"
        case kind.LAPS_REMOVED:
            words = f"{counted(effect.laps, 'lap')} removed"
        case kind.POSITIONS_DROPPED:
            words = f"{counted(effect.positions, 'place')} lost in class"
        case kind.GRID_DROPPED:
            words = f"{counted(effect.positions, 'place')} lost on the grid of {effect.race}"
        case kind.FINE if effect.amount is not None:
            words = f"fine of {effect.amount:,} {effect.currency}"
        case kind.LAP_TIME_DELETED if effect.best_lap_time is not None:
            words = f"lap time deleted, so that {duration(effect.best_lap_time)} is the best lap"
        case _:
            words = kind(effect.kind).label.lower()
    return words
