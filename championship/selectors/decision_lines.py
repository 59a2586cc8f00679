"""Decisions of the stewards in words: as footnotes of a classification, and on their own pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from championship.models import AppliedDecision, Classification, Decision
from championship.selectors.classification_heads import SessionScope
from championship.selectors.effects import effects_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A decision in short. `note` is its number as a footnote, in the order of application, 0 outside a version;
    `effects` are words, such as `1 lap removed and 1.000 s added`.

    `number` and `reason` are "" when they are not on record.
    """

    note: int
    slug: str
    url: str
    car_number: str
    number: str
    effects: str
    reason: str


def applied_decisions(classification: Classification, scope: SessionScope) -> tuple[DecisionLine, ...]:
    """The decisions that count in a version as its readers were told, in the order of application; one query."""
    rows = AppliedDecision.objects.filter(classification=classification).select_related("decision")
    return tuple(told_line(row, scope) for row in rows)


def told_line(applied: AppliedDecision, scope: SessionScope) -> DecisionLine:
    """A decision as a version of the session of `scope` told it, fetched with the decision itself."""
    return DecisionLine(
        note=applied.position,
        slug=applied.decision.slug,
        url=_url(applied.decision, scope),
        car_number=applied.car_number,
        number=applied.number,
        effects=effects_in_words(applied.as_ruling().effects),
        reason=applied.reason,
    )


def decision_line(decision: Decision, scope: SessionScope) -> DecisionLine:
    """A decision of the session of `scope` as it is now, fetched with its car and its effects."""
    return DecisionLine(
        note=0,
        slug=decision.slug,
        url=_url(decision, scope),
        car_number=decision.event_entry.entry.car_number,
        number=decision.number,
        effects=effects_in_words(decision.as_ruling().effects),
        reason=decision.reason,
    )


def _url(decision: Decision, scope: SessionScope) -> str:
    return reverse("decision", args=[scope.season, scope.event, scope.session, decision.slug])


def notes_by_car(decisions: Iterable[DecisionLine]) -> Mapping[str, tuple[int, ...]]:
    """The footnotes of each car."""
    found: dict[str, tuple[int, ...]] = {}
    for decision in decisions:
        found[decision.car_number] = (*found.get(decision.car_number, ()), decision.note)
    return found
