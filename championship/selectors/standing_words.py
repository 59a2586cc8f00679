"""A title in a sentence: who leads it, or who has won it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from championship.models import StandingList
from championship.selectors.standing_contenders import Contender, in_points, mentions, points_text
from championship.selectors.standing_lines import StandingLine

State = StandingList.TitleState
# The pill component's state for that of a title.
PILLS = {
    State.OPEN.value: "neutral",
    State.CLINCHED.value: "final",
    State.SUBJECT_TO_OFFICIAL_RESULTS.value: "provisional",
    State.AWARDED.value: "official",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Contenders that share a place, with their points."""

    contenders: tuple[Contender, ...]
    points: Decimal


def placed(lines: Sequence[StandingLine]) -> tuple[Placed, ...]:
    """The places of a table from the top, without excluded contenders."""
    ranked = [line for line in lines if line.position is not None]
    groups = [list(group) for _, group in groupby(ranked, key=lambda line: line.position)]
    return tuple(Placed(contenders=tuple(line.contender for line in g), points=g[0].points) for g in groups)


def title_sentence(places: Sequence[Placed], state: str) -> str:
    """`Car 4 of Crowdstrike Racing by APR leads with 73 points, 3 ahead of car 99.`; "" for a table without lines."""
    if not places:
        return ""
    first = places[0].contenders
    many = len(first) > 1
    who, points, gap = full_mention(first), in_points(places[0].points), _gap(places)
    match state:
        case State.AWARDED:
            return f"{who} {'are the champions' if many else 'is the champion'} with {points}{gap}."
        case State.SUBJECT_TO_OFFICIAL_RESULTS:
            return f"{who} {'have' if many else 'has'} won the title, subject to official results: {points}{gap}."
        case State.CLINCHED:
            return f"{who} can no longer be caught: {points}{gap}."
        case _:
            return f"{who} {'lead' if many else 'leads'} with {points}{gap}."


def full_mention(contenders: Sequence[Contender]) -> str:
    """The beginning of a sentence about contenders: a single car is named with its team."""
    if len(contenders) == 1 and not contenders[0].is_driver:
        return f"Car {contenders[0].car_number} of {contenders[0].name}"
    text = mentions(contenders)
    return f"{text[:1].upper()}{text[1:]}"


def _gap(places: Sequence[Placed]) -> str:
    """How far the first are ahead of the next, as the end of a sentence."""
    if len(places) < 2:
        return ""
    chasers = mentions(places[1].contenders)
    gap = places[0].points - places[1].points
    return f", {points_text(gap)} ahead of {chasers}" if gap else f", ahead of {chasers} by count-back"
