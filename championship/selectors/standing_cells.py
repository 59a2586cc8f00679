"""What every contender got in every round of a table, and why: the facts behind each number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db.models import Exists, OuterRef, QuerySet

from championship.models import (
    AppliedDecision,
    Classification,
    PolePosition,
    Result,
    Score,
    Title,
)
from championship.models.scores import crews_of
from championship.selectors.effects import effects_in_words
from championship.selectors.standing_contenders import in_points, is_for_teams, points_text
from championship.selectors.standing_rounds import RoundHead
from championship.selectors.text import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDecision:
    """A decision that changed a car's place: what it did to which car, and the address of its text."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundCell:
    """One contender in one round of the table.

    `car_number` is "" when the contender took no part; then nothing else is set. `class_position` is None when the car
    is not classified or, on pole, not in the classification at all (`status` "").
    """

    round: RoundHead
    car_number: str = ""
    status: str = ""
    class_position: int | None = None
    scoring_position: int | None = None
    is_eligible: bool = True
    scale_points: Decimal = Decimal(0)
    factor: Decimal = Decimal(1)
    place_points: Decimal = Decimal(0)
    pole_points: Decimal = Decimal(0)
    points: Decimal = Decimal(0)
    is_pole: bool = False
    is_dropped: bool = False
    decisions: tuple[CellDecision, ...] = ()

    @property
    def took_part(self) -> bool:
        return bool(self.car_number)

    @property
    def points_text(self) -> str:
        return points_text(self.points)

    @property
    def place_text(self) -> str:
        """The place below the points: `P3`, `NC` for not classified, "" when the car has no result."""
        if self.class_position is not None:
            return f"P{self.class_position}"
        return "NC" if self.status else ""

    @property
    def in_words(self) -> str:
        """How the points of the round came about, as a sentence without its end."""
        if not self.took_part:
            return "not in the classification, no points"
        parts = [self._place_in_words()]
        if self.is_pole and not self.is_eligible:
            parts.append("pole position, without points")
        elif self.is_pole:
            parts.append(f"pole position: {in_points(self.pole_points)}")
        if self.is_dropped:
            parts.append("this round is dropped and does not count")
        return "; ".join(parts)

    def _place_in_words(self) -> str:
        if not self.status:
            return "not in the classification, no points for a place"
        if self.class_position is None:
            return f"{self.status.lower()}, no points for a place"
        place = f"{ordinal(self.class_position)} in class"
        if not self.is_eligible:
            return f"{place}, but the car does not score"
        if self.scoring_position != self.class_position:
            place = f"{place}, {ordinal(self.scoring_position)} of the cars that score"
        if not self.scale_points:
            return f"{place}: the scale gives no points for it"
        if self.factor == 1:
            return f"{place}: {in_points(self.place_points)}"
        scaled = f"{plain(self.scale_points)} × {plain(self.factor)} = {plain(self.place_points)} points"
        return f"{place}: {scaled}, since the race was shortened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """All that the database knows about one class in one counted round, by car number; `drivers` are slugs."""

    scores: Mapping[str, Score]
    results: Mapping[str, Result]
    drivers: Mapping[str, str]
    decisions: Sequence[AppliedDecision]


def facts_of(title: Title, versions: Mapping[int, Classification], heads: Iterable[RoundHead]) -> dict[int, RoundFacts]:
    """The facts of every counted round, by its number; `versions` are the versions that count, by that number.

    Three or four queries: drivers are only asked for when the title is theirs.
    """
    counted = [head.number for head in heads if head.is_counted]
    chosen = {number: versions[number] for number in counted}
    scores: dict[int, dict[str, Score]] = {one.pk: {} for one in chosen.values()}
    results: dict[int, dict[str, Result]] = {one.pk: {} for one in chosen.values()}
    decisions: dict[int, list[AppliedDecision]] = {one.pk: [] for one in chosen.values()}
    drivers: dict[int, dict[str, str]] = {one.pk: {} for one in chosen.values()}
    of_class = list(_scores(title, chosen.values()))
    crews = {} if is_for_teams(title) else crews_of(of_class)
    for score in of_class:
        version, car_number = score.classification_id, score.entry.car_number
        scores[version][car_number] = score
        drivers[version].update(dict.fromkeys(crews.get((version, score.entry_id), ()), car_number))
    for result in Result.objects.filter(classification__in=chosen.values(), race_class=title.race_class):
        results[result.classification_id][result.car_number] = result
    for applied in _decisions(chosen.values()):
        decisions[applied.classification_id].append(applied)
    return {
        number: RoundFacts(
            scores=scores[one.pk], results=results[one.pk], drivers=drivers[one.pk], decisions=decisions[one.pk]
        )
        for number, one in chosen.items()
    }


def cell(head: RoundHead, facts: RoundFacts | None, contender: str, *, for_teams: bool, dropped: bool) -> RoundCell:
    """What the contender got in the round of `head`; `facts` None when the round does not count."""
    if facts is None:
        return RoundCell(round=head)
    car_number = contender if for_teams else facts.drivers.get(contender, "")
    score, result = facts.scores.get(car_number), facts.results.get(car_number)
    if score is None:
        return RoundCell(round=head, is_dropped=dropped)
    return RoundCell(
        round=head,
        car_number=car_number,
        status=result.status if result else "",
        class_position=result.class_position if result else None,
        scoring_position=score.scoring_position,
        is_eligible=score.is_eligible,
        scale_points=score.scale_points,
        factor=score.factor,
        place_points=score.place_points,
        pole_points=score.pole_points,
        points=score.points,
        is_pole=score.is_pole,
        is_dropped=dropped,
        decisions=tuple(_moves(facts, result)) if result else (),
    )


def _scores(title: Title, versions: Iterable[Classification]) -> QuerySet[Score]:
    poles = PolePosition.objects.filter(
        round__race_session=OuterRef("classification__session"), event_entry__entry=OuterRef("entry")
    )
    found = Score.objects.filter(classification__in=versions).with_class().filter(class_id=title.race_class_id)
    return found.select_related("entry", "round").annotate(is_pole=Exists(poles))


def _decisions(versions: Iterable[Classification]) -> QuerySet[AppliedDecision]:
    """The decisions that count in these versions, as they were told, in the order in which they were applied."""
    found = AppliedDecision.objects.filter(classification__in=versions)
    return found.select_related("decision__session__event__season").order_by("classification", "position")


def _moves(facts: RoundFacts, result: Result) -> Iterable[CellDecision]:
    """The decisions on this car, and those on cars of its class that it changed places with because of them."""
    for applied in facts.decisions:
        car_number, words = applied.car_number, effects_in_words(applied.as_ruling().effects)
        other = facts.results.get(car_number)
        if words and (car_number == result.car_number or (other is not None and _have_swapped(result, other))):
            yield CellDecision(text=f"car {car_number}: {words}", url=applied.decision.get_absolute_url())


def _have_swapped(one: Result, other: Result) -> bool:
    """Whether the order of two cars is another one than as timed, before any decision."""
    return (one.timing_position < other.timing_position) != (one.position < other.position)
