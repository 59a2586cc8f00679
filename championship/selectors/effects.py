"""What a decision of the stewards does, in words."""

from championship.models import DecisionEffect
from championship.rules.durations import difference, duration
from championship.selectors.text import counted


def effect_words(effect: DecisionEffect) -> str:
    """One effect as the end of a sentence: `10.000 s added`, `1 lap removed`, `disqualified`."""
    kind = DecisionEffect.Kind
    match effect.kind:
        case kind.TIME_ADDED if effect.time < 60_000:
            return f"{difference(effect.time)} s added"
        case kind.TIME_ADDED:
            return f"{duration(effect.time)} added"
        case kind.LAPS_REMOVED:
            return f"{counted(effect.laps, 'lap')} removed"
        case kind.POSITIONS_DROPPED:
            return f"{counted(effect.positions, 'place')} lost in class"
        case kind.LAP_TIME_DELETED if effect.best_lap_time is not None:
            return f"lap time deleted, so that {duration(effect.best_lap_time)} is the best lap"
        case kind.LAP_TIME_DELETED:
            return "lap time deleted"
        case _:
            return str(effect.get_kind_display()).lower()
