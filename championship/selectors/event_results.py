"""What came of the sessions of an event: podiums, pole positions, decisions of the stewards."""

from dataclasses import dataclass

from django.db.models import Q

from championship.models import Event
from championship.selectors.applied_decisions import DecisionInShort, decisions_by_session
from championship.selectors.podiums import SessionResult, podiums_of_event
from championship.selectors.poles import Pole, pole, public_poles


@dataclass(frozen=True, slots=True, kw_only=True)
class EventResult:
    """A session of the event whose classification is published; only a round's race has poles."""

    result: SessionResult
    poles: tuple[Pole, ...]
    decisions: tuple[DecisionInShort, ...]


def event_results(event: Event) -> tuple[EventResult, ...]:
    """In the order of the timetable, none before the first classification; five queries."""
    poles = [pole(row) for row in public_poles().filter(round__event=event)]
    decisions = decisions_by_session(Q(decision__event_entry__event=event))
    return tuple(
        EventResult(
            result=result,
            poles=tuple(one for one in poles if one.round_number == result.round_number),
            decisions=decisions.get(result.session_id, ()),
        )
        for result in podiums_of_event(event)
    )
