"""What a car gets for one round, and whose points that are: computed and stored whole, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models.functions import Coalesce
from django.db.models.functions import Round as Rounded

from championship.models.classes import Title
from championship.models.classifications import Classification, Result, ResultDriver
from championship.models.entries import CrewMember, Entry
from championship.models.poles import PolePosition
from championship.models.rounds import Round
from championship.rules.standings import ContenderScore


@dataclass(frozen=True, slots=True)
class ContenderScores:
    """What tables are made of: `scores` by class id and kind of contender.

    Contenders are car numbers and slugs of drivers; `drivers` has the ids of these by slug.
    """

    scores: dict[tuple[int, str], list[ContenderScore]] = field(default_factory=dict)
    drivers: dict[str, int] = field(default_factory=dict)


class ScoreQuerySet(models.QuerySet["Score"]):
    def with_class(self) -> "ScoreQuerySet":
        """With `class_id`: the class in which the car was published, whatever its entry says by now.

        A car that `is_absent` from the classification is here for a pole position, which has its class.
        """
        of_car = {"event_entry__entry": models.OuterRef("entry")}
        results = Result.objects.filter(classification=models.OuterRef("classification"), **of_car).order_by()
        poles = PolePosition.objects.filter(round=models.OuterRef("round"), **of_car).order_by()
        return self.annotate(
            published_class=models.Subquery(results.values("race_class")[:1]),
            is_absent=models.ExpressionWrapper(
                models.Q(published_class__isnull=True), output_field=models.BooleanField()
            ),
            class_id=Coalesce(
                "published_class",
                models.Subquery(poles.values("race_class")[:1]),
                "entry__race_class",
                output_field=models.BigIntegerField(),
            ),
        )

    def by_contender(self) -> ContenderScores:
        """What cars and drivers got in these scores. A car that does not score is no contender by it."""
        scores = list(self.filter(is_eligible=True).with_class().select_related("entry", "round").order_by("pk"))
        crews = crews_of(scores)
        found = ContenderScores()
        for score in scores:
            crew = crews.get((score.classification_id, score.entry_id), {})
            found.drivers.update(crew)
            for kind, contenders in (
                (Title.Contender.TEAMS, [score.entry.car_number]),
                (Title.Contender.DRIVERS, crew),
            ):
                found.scores.setdefault((score.class_id, kind), []).extend(map(score.of_contender, contenders))
        return found


def crews_of(scores: Iterable["Score"]) -> dict[tuple[int, int], dict[str, int]]:
    """Whose points these are, by classification and entry: ids of drivers by slug, in the order of their seats.

    A car's points belong to those who drove it by the classification. A car on pole that is not in it has its crew
    of the event, without those who drove another car (sporting-rules 2.4 and 2.5). `scores` come `with_class()`,
    with their rounds; two queries, or one when no car is absent.
    """
    versions = {score.classification_id: score.round for score in scores}
    found: dict[tuple[int, int], dict[str, int]] = {}
    raced: dict[int, set[str]] = {version: set() for version in versions}
    seats = ResultDriver.objects.filter(result__classification__in=versions).order_by("seat")
    for version, entry, slug, pk in seats.values_list(
        "result__classification_id", "result__event_entry__entry_id", "driver__slug", "driver_id"
    ):
        found.setdefault((version, entry), {})[slug] = pk
        raced[version].add(slug)
    absent: dict[tuple[int, int], list[int]] = {}
    for score in scores:
        if score.is_absent:
            absent.setdefault((score.round.event_id, score.entry_id), []).append(score.classification_id)
    if absent:
        members = CrewMember.objects.filter(
            event_entry__event__in=[event for event, _ in absent],
            event_entry__entry__in=[entry for _, entry in absent],
            driver__isnull=False,
        )
        for event, entry, slug, pk in members.order_by("seat").values_list(
            "event_entry__event_id", "event_entry__entry_id", "driver__slug", "driver_id"
        ):
            for version in absent.get((event, entry), ()):
                if slug not in raced[version]:
                    found.setdefault((version, entry), {})[slug] = pk
    return found


class Score(models.Model):
    """What a car gets for one round by one version of its classification. Computed; written whole.

    `classification` is that of the round's race. A car with a pole position that is not in the classification
    has a score without a scoring position.
    """

    classification = models.ForeignKey(Classification, on_delete=models.CASCADE, related_name="scores")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="scores")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="scores")
    is_eligible = models.BooleanField(default=True)
    scoring_position = models.PositiveSmallIntegerField(
        null=True, help_text="Class position after cars that are not eligible are left out."
    )
    scale_points = models.DecimalField(max_digits=6, decimal_places=2, help_text="What the scale gives for it.")
    factor = models.DecimalField(max_digits=4, decimal_places=3, help_text="1, or that of a shortened race.")
    place_points = models.DecimalField(max_digits=6, decimal_places=2, help_text="scale_points x factor.")
    pole_points = models.DecimalField(max_digits=5, decimal_places=2)
    points = models.DecimalField(max_digits=6, decimal_places=2, help_text="place_points + pole_points.")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["classification", "entry"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["classification", "entry"], name="score_once_per_classification"),
            models.CheckConstraint(
                # Rounded, since SQLite adds in binary fractions: there 31.99 + 1 is not quite 32.99.
                condition=models.Q(points=Rounded(models.F("place_points") + models.F("pole_points"), precision=2)),
                name="score_is_the_sum_of_its_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry.car_number}: {self.points}"

    def of_contender(self, contender: str) -> ContenderScore:
        """The score as that of the car, or of one of its drivers; with entry and round fetched."""
        return ContenderScore(
            contender=contender,
            round=self.round.number,
            points=self.points,
            place=self.scoring_position,
            car_number=self.entry.car_number,
        )
