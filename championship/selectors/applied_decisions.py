"""Decisions of the stewards that count in the newest classifications, in short."""

from dataclasses import dataclass

from django.db.models import Q

from championship.models import AppliedDecision, Classification
from championship.selectors.effects import effects_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInShort:
    """The car, and what the decision did: `1 lap removed and 1.000 s added`; `reason` is "" when not on record."""

    car_number: str
    effects: str
    reason: str
    url: str


def decisions_by_session(where: Q) -> dict[int, tuple[DecisionInShort, ...]]:
    """By the key of the session, in the order of application, as published; one query. `where` is said of them.

    A decision without any effect is left out.
    """
    rows = (
        AppliedDecision.objects.filter(where, classification__in=Classification.objects.newest().order_by())
        .select_related("decision__session__event__season")
        .order_by("classification__session", "position")
    )
    found: dict[int, tuple[DecisionInShort, ...]] = {}
    for row in rows:
        short = DecisionInShort(
            car_number=row.car_number,
            effects=effects_in_words(row.as_ruling().effects),
            reason=row.reason,
            url=row.decision.get_absolute_url(),
        )
        if short.effects:
            found[row.decision.session_id] = (*found.get(row.decision.session_id, ()), short)
    return found
