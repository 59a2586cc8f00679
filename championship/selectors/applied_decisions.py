"""Decisions of the stewards that count in the newest classifications, in short."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from championship.models import Classification, DecisionEffect
from championship.selectors.effects import effect_words
from championship.selectors.text import series


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInShort:
    """The car, and what the decision did: `1 lap removed and 1.000 s added`; `reason` is "" when not on record."""

    car_number: str
    effects: str
    reason: str
    url: str


def decisions_by_session(where: Q) -> dict[int, tuple[DecisionInShort, ...]]:
    """By the key of the session, in the order of application; one query. `where` is said of their effects."""
    known = Classification.objects.newest().order_by()
    rows = (
        DecisionEffect.objects.filter(where, decision__applied__classification__in=known)
        .select_related("decision__event_entry__entry", "decision__session__event__season")
        .order_by("decision__session", "decision__order", "decision__slug", "order")
    )
    found: dict[int, tuple[DecisionInShort, ...]] = {}
    for decision, effects in groupby(rows, key=attrgetter("decision")):
        short = DecisionInShort(
            car_number=decision.event_entry.entry.car_number,
            effects=series([effect_words(effect) for effect in effects]),
            reason=decision.reason,
            url=decision.get_absolute_url(),
        )
        found[decision.session_id] = (*found.get(decision.session_id, ()), short)
    return found
