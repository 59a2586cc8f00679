"""Decisions of the stewards in words: as footnotes of a classification, and on their own pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from championship.models import AppliedDecision, Classification, Decision
from championship.selectors.classification_heads import SessionScope
from championship.selectors.effects import effect_words
from championship.selectors.text import series


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A decision in short. `note` is its number as a footnote, in the order of application; `effects` are words,
    such as `1 lap removed and 1.000 s added`.

    `number` and `reason` are "" when they are not on record.
    """

    note: int
    slug: str
    url: str
    car_number: str
    number: str
    effects: str
    reason: str
    status_label: str


def applied_decisions(classification: Classification, scope: SessionScope) -> tuple[DecisionLine, ...]:
    """The decisions that count in a version, in the order in which they were applied; two queries."""
    applied = (
        AppliedDecision.objects.filter(classification=classification)
        .select_related("decision__event_entry__entry")
        .prefetch_related("decision__effects")
    )
    return tuple(decision_line(row.decision, scope, note=note) for note, row in enumerate(applied, start=1))


def decision_line(decision: Decision, scope: SessionScope, *, note: int = 0) -> DecisionLine:
    """Shape a decision of the session of `scope`, fetched with its car and its effects."""
    return DecisionLine(
        note=note,
        slug=decision.slug,
        url=reverse("decision", args=[scope.season, scope.event, scope.session, decision.slug]),
        car_number=decision.event_entry.entry.car_number,
        number=decision.number,
        effects=series([effect_words(effect) for effect in decision.effects.all()]),
        reason=decision.reason,
        status_label=decision.get_status_display(),
    )


def notes_by_car(decisions: Iterable[DecisionLine]) -> Mapping[str, tuple[int, ...]]:
    """The footnotes of each car."""
    found: dict[str, tuple[int, ...]] = {}
    for decision in decisions:
        found[decision.car_number] = (*found.get(decision.car_number, ()), decision.note)
    return found
