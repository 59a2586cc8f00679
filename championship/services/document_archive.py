"""Decisions that were published before this site kept a notice board: documents outside the numbering."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from django.db import transaction

from championship.models import AppliedDecision, Decision, Document, Season, freezing
from championship.rules.decision_texts import DecisionText, as_text
from championship.rules.decisions import effects_from_text
from championship.services.documents import decision_text, new_document
from championship.services.saving import save


def archive_decisions(season: Season, *, reason: str) -> list[Document]:
    """Put the decisions that archived versions applied on the notice boards of their events; returns what is new.

    Each was published with the first version that applied it, as that one told it, as precisely as that is on record;
    a later version that told it otherwise makes a document that amends the one before. What is there already stays, and
    so does a decision that was published here: doing it again changes nothing.
    """
    with transaction.atomic(), freezing():
        known: dict[int, list[Document]] = {}
        for row in Document.objects.filter(season=season, decision__isnull=False).order_by("pk"):
            known.setdefault(row.decision_id, []).append(row)
        added = []
        for decision, applied in groupby(_applied(season), key=lambda one: one.decision):
            documents = known.get(decision.pk, [])
            if all(row.from_archive for row in documents):
                added += _archived(decision, applied, documents, reason)
        return added


def _applied(season: Season) -> Iterable[AppliedDecision]:
    """What archived versions tell of decisions, decision by decision, the first version first."""
    rows = AppliedDecision.objects.filter(
        classification__session__event__season=season, classification__from_archive=True
    )
    rows = rows.select_related(
        "classification",
        "decision__session__event__season",
        "decision__session__event__circuit",
        "decision__event_entry__entry__team",
    ).prefetch_related("decision__effects")
    return sorted(
        rows, key=lambda one: (one.decision.session_id, one.decision.order, one.decision_id, one.classification.version)
    )


def _archived(
    decision: Decision, applied: Iterable[AppliedDecision], documents: list[Document], reason: str
) -> list[Document]:
    """The documents of a decision beyond those that there are: one for each text that versions told in turn."""
    added: list[Document] = []
    told = [next(same) for _, same in groupby(applied, key=lambda one: as_text(_as_told(one)))]
    before = documents[-1] if documents else None
    for place, one in enumerate(told[len(documents) :], start=len(documents) + 1):
        version = one.classification
        before = new_document(decision, _as_told(one), before)
        before.from_archive, before.source = True, decision.source or version.source
        before.published_at, before.published_precision = version.published_at, version.published_precision
        # The same in every database, since people link to it.
        slug = f"archive-{decision.session.slug}-{decision.slug}"
        before.archive_slug = slug if place == 1 else f"{slug}-v{place}"
        added.append(save(before, reason=reason))
    return added


def _as_told(applied: AppliedDecision) -> DecisionText:
    """What the version told of the decision, and of the rest what is on record; it counted then."""
    return replace(
        decision_text(applied.decision),
        number=applied.number,
        car_number=applied.car_number,
        effects=effects_from_text(applied.effects),
        reason=applied.reason,
        status=Decision.Status.APPLIED.value,
    )
