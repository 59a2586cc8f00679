"""What a car did in the rounds of its season: places, points, poles, decisions, and where it stands in its titles."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from championship.models import Classification, Result, Round, Score, Season
from championship.selectors.applied_decisions import DecisionInShort, decisions_by_session
from championship.selectors.classification_heads import PILLS, session_scope
from championship.selectors.poles import public_poles
from championship.selectors.published_results import (
    latest_standings,
    newest_status,
    race_results,
    with_fastest_laps,
)
from championship.selectors.text import ordinal, plain
from championship.selectors.title_places import TitlePlace, title_place


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRound:
    """The car in one round.

    `place` is its place in the class in words (`1st`), else the status that the timekeeper gave it, "" when it is not
    in the classification at all. `overall` is the place among all cars (`12th`), `laps` how many it drove.
    `points` is text, "" where the season has no points; `is_eligible` False says that the car could not score.
    """

    number: int
    name: str
    url: str
    pill: str
    status_label: str
    place: str
    class_position: int | None
    overall: str
    laps: int
    points: str
    is_eligible: bool
    has_pole: bool
    has_fastest_lap: bool
    decisions: tuple[DecisionInShort, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResults:
    """All rounds whose result is published, and the places in the titles of the season."""

    rounds: tuple[EntryRound, ...]
    places: tuple[TitlePlace, ...]

    def __bool__(self) -> bool:
        return bool(self.rounds)


def entry_results(season: Season, entry: int, listed_at: Collection[int | None]) -> EntryResults:
    """The results of the entry with that key, which the events with the keys `listed_at` list; six queries."""
    results = {
        row.classification.session_id: row for row in with_fastest_laps(race_results().filter(event_entry__entry=entry))
    }
    known = Classification.objects.newest().order_by()
    scores = {row.round_id: row for row in Score.objects.filter(entry=entry, classification__in=known)}
    on_pole = {row.round_id for row in public_poles().filter(event_entry__entry=entry)}
    decisions = decisions_by_session(Q(decision__event_entry__entry=entry))
    rounds = (
        Round.objects.filter(season=season)
        .annotate(result_status=newest_status("race_session"))
        .select_related("race_session__event__season")
        .order_by("number")
    )
    return EntryResults(
        rounds=tuple(
            _round(
                row,
                results.get(row.race_session_id),
                scores.get(row.pk),
                has_pole=row.pk in on_pole,
                decisions=decisions.get(row.race_session_id, ()),
            )
            for row in rounds
            if row.result_status and (row.race_session_id in results or row.event_id in listed_at)
        ),
        places=tuple(title_place(row) for row in latest_standings().filter(entry=entry).select_related("entry")),
    )


def _round(
    row: Round,
    result: Result | None,
    score: Score | None,
    *,
    has_pole: bool,
    decisions: tuple[DecisionInShort, ...],
) -> EntryRound:
    scope = session_scope(row.race_session)
    return EntryRound(
        number=row.number,
        name=scope.name,
        url=scope.session_url,
        pill=PILLS.get(row.result_status, row.result_status),
        status_label=Classification.Status(row.result_status).label,
        place=_place(result) if result else "",
        class_position=result.class_position if result else None,
        overall=ordinal(result.position) if result else "",
        laps=result.laps if result else 0,
        points=plain(score.points) if score else "",
        is_eligible=score.is_eligible if score else True,
        has_pole=has_pole,
        has_fastest_lap=bool(result and result.has_fastest_lap),
        decisions=decisions,
    )


def _place(result: Result) -> str:
    return ordinal(result.class_position) if result.class_position else result.status
