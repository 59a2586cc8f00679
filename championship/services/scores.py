"""What each car gets for each round: computed whole from the classification, poles and settings, never typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from championship import stamp
from championship.models import (
    Classification,
    EligibilityOverride,
    Entry,
    EventEntry,
    PointsSettings,
    PolePosition,
    Result,
    Round,
    Score,
    Season,
)
from championship.rules.points import RoundFacts, is_late, score_round
from championship.rules.points import scores as is_scoring

# What makes one score another one. Decimals are compared by value: 25.00 is 25.
_FIGURES = (
    "entry_id",
    "round_id",
    "is_eligible",
    "scoring_position",
    "scale_points",
    "factor",
    "place_points",
    "pole_points",
    "points",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Eligibility:
    """Who scores: `joined` maps an entry's id to its first round, `overrides` to (scores, from which round on)."""

    late_joiners_score: bool
    first_round: int
    joined: Mapping[int, int]
    overrides: Mapping[int, tuple[bool, int]]

    def scores(self, entry: int, round_number: int) -> bool:
        decided, since = self.overrides.get(entry, (None, 0))
        late = is_late(self.joined.get(entry), self.first_round)
        return is_scoring(late, self.late_joiners_score, decided if round_number >= since else None)


def computed(season: Season) -> dict[int, list[Score]]:
    """Of every round's current classification (by its id) the scores as the rules give them now, unsaved.

    A round that is called off scores nothing, and so does a season without points settings.
    """
    current = {
        classification.session_id: classification.pk
        for classification in Classification.objects.filter(session__round__season=season, state__is_current=True)
    }
    found: dict[int, list[Score]] = {pk: [] for pk in current.values()}
    settings = PointsSettings.objects.filter(season=season).prefetch_related("scale").first()
    rounds = list(Round.objects.filter(season=season).select_related("race_session", "event"))
    if settings is None or not current:
        return found
    rules = settings.as_points_rules()
    eligibility = _eligibility(season, settings, rounds)
    entries = {entry.pk: entry for entry in Entry.objects.filter(season=season).select_related("race_class")}
    places = _places(current.values(), entries)
    poles: dict[int, dict[str, str]] = {}
    for pole in PolePosition.objects.filter(round__season=season).select_related("event_entry", "race_class"):
        car = entries[pole.event_entry.entry_id].car_number
        poles.setdefault(pole.round_id, {})[pole.race_class.slug] = car
    by_number = {entry.car_number: entry for entry in entries.values()}
    for round_ in rounds:
        classification = current.get(round_.race_session_id)
        if classification is None or round_.is_cancelled:
            continue
        facts = RoundFacts(
            places=places[classification],
            poles=poles.get(round_.pk, {}),
            ineligible=frozenset(
                car for car, entry in by_number.items() if not eligibility.scores(entry.pk, round_.number)
            ),
            distance_share=round_.distance_share,
        )
        found[classification] = [
            Score(
                classification_id=classification,
                round=round_,
                entry=by_number[score.car_number],
                is_eligible=score.is_eligible,
                scoring_position=score.scoring_position,
                scale_points=score.scale_points,
                factor=score.factor,
                place_points=score.place_points,
                pole_points=score.pole_points,
                points=score.points,
            )
            for score in score_round(facts, rules)
        ]
    return found


def figures(score: Score) -> tuple[object, ...]:
    """All that a score says, to compare two of one classification."""
    return tuple(getattr(score, name) for name in _FIGURES)


def rewrite(season: Season) -> bool:
    """Make the stored scores of current classifications what `computed` says; whether anything had to be written.

    Versions that are no longer current keep the scores that they had.
    """
    with transaction.atomic():
        # The lock, as in services.standings: two changes at once are computed one after the other.
        Season.objects.select_for_update(no_key=True).get(pk=season.pk)
        wanted = computed(season)
        stored: dict[int, list[Score]] = {}
        for score in Score.objects.filter(classification__in=wanted):
            stored.setdefault(score.classification_id, []).append(score)
        stale = [pk for pk, scores in wanted.items() if _differ(scores, stored.get(pk, []))]
        if not stale:
            return False
        Score.objects.filter(classification__in=stale).delete()
        Score.objects.bulk_create(score for pk in stale for score in wanted[pk])
        stamp.raise_stamp()
    return True


def _differ(wanted: Iterable[Score], stored: Iterable[Score]) -> bool:
    return {figures(score) for score in wanted} != {figures(score) for score in stored}


def _eligibility(season: Season, settings: PointsSettings, rounds: list[Round]) -> _Eligibility:
    """Who scores in which round (sporting-rules 2.3).

    A car joined with the first round for whose event it is entered, or was classified: a withdrawal before the
    start, a place on the reserve list or a refusal of admission does not make it a car of the season's beginning.
    The season begins with the first round that is not called off.
    Where officials see that differently, they override it.
    """
    numbers: dict[int, int] = {}
    for round_ in rounds:
        numbers[round_.event_id] = min(round_.number, numbers.get(round_.event_id, round_.number))
    took_part = EventEntry.objects.filter(
        Q(status=EventEntry.Status.ENTERED)
        | Exists(Result.objects.filter(event_entry=OuterRef("pk"), classification__state__is_current=True)),
        event__in=numbers,
    )
    joined: dict[int, int] = {}
    for entry, event in took_part.order_by().values_list("entry_id", "event_id"):
        joined[entry] = min(numbers[event], joined.get(entry, numbers[event]))
    overrides = EligibilityOverride.objects.filter(entry__season=season).select_related("from_round")
    return _Eligibility(
        late_joiners_score=settings.late_joiners_score,
        first_round=min((round_.number for round_ in rounds if not round_.is_cancelled), default=1),
        joined=joined,
        overrides={
            row.entry_id: (row.scores_points, row.from_round.number if row.from_round else 0) for row in overrides
        },
    )


def _places(
    classifications: Iterable[int], entries: Mapping[int, Entry]
) -> dict[int, dict[str, tuple[str, int | None]]]:
    """Of every classification, class and class place of each car, the class as it was published."""
    found: dict[int, dict[str, tuple[str, int | None]]] = {pk: {} for pk in classifications}
    results = Result.objects.filter(classification__in=found).order_by()
    for pk, entry, race_class, place in results.values_list(
        "classification_id", "event_entry__entry_id", "race_class__slug", "class_position"
    ):
        found[pk][entries[entry].car_number] = (race_class, place)
    return found
