from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned
from championship.models.seasons import Season
from championship.rules.points import PointsRules
from championship.rules.standings import TableRules


class PointsSettings(Sourced, Versioned):
    """How one season scores. Every figure of the regulations that can change between seasons is a field here."""

    class CountBack(models.TextChoices):
        ALL_CLASSIFIED = (
            "all_classified",
            "Most wins, then most second places, and so on over all classified places",
        )
        NONE = "none", "No count-back: contenders on equal points share the place"

    season = models.OneToOneField(Season, on_delete=models.PROTECT, related_name="points_settings")
    pole_points = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text="Points for the pole position of a class in each round.",
    )
    classified_share = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="Share of the class winner's laps that a car must cover to be classified: 0.700 is 70 %.",
    )
    count_back = models.CharField(
        max_length=20,
        choices=CountBack,
        default=CountBack.ALL_CLASSIFIED,
        help_text="How equal points are separated.",
    )
    late_joiners_score = models.BooleanField(
        "cars that join later score",
        help_text="Off: a car that joins during the season is classified, but the cars behind it move up for points.",
    )

    dropped_scores = models.PositiveSmallIntegerField(
        default=0, help_text="How many of a contender's worst rounds do not count. 0: every round counts."
    )
    short_race_share = models.DecimalField(
        "shortened race below",
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="A race that covered less than this share of its distance pays reduced points. Empty: it never does.",
    )
    short_race_factor = models.DecimalField(
        "factor for a shortened race",
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="What the points for places are multiplied by then: 0.5 is half points.",
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "points settings"
        verbose_name_plural = "points settings"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(short_race_share__isnull=True, short_race_factor__isnull=True)
                | models.Q(short_race_share__isnull=False, short_race_factor__isnull=False),
                name="short_race_share_with_factor",
                violation_error_message="Enter both the share and the factor of a shortened race, or neither.",
            ),
            models.CheckConstraint(condition=models.Q(pole_points__gte=0), name="pole_points_not_negative"),
            models.CheckConstraint(
                condition=models.Q(classified_share__gte=0, classified_share__lte=1),
                name="classified_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"Points settings {self.season.label}"

    def as_points_rules(self) -> PointsRules:
        """How a round is scored, as the rules take it; reads the scale."""
        scale = {line.position: line.points for line in self.scale.all()}
        return PointsRules(
            scale=tuple(scale.get(position, Decimal(0)) for position in range(1, max(scale, default=0) + 1)),
            pole_points=self.pole_points,
            short_race_share=self.short_race_share,
            short_race_factor=self.short_race_factor,
        )

    def as_table_rules(self) -> TableRules:
        """How a table is made of scores, as the rules take it."""
        return TableRules(
            count_back=self.count_back == self.CountBack.ALL_CLASSIFIED, dropped_scores=self.dropped_scores
        )


class PointsScaleLine(models.Model):
    """One line of a season's scale: what a scoring position is worth. Positions without a line score nothing."""

    settings = models.ForeignKey(PointsSettings, on_delete=models.CASCADE, related_name="scale")
    position = models.PositiveSmallIntegerField("scoring position", validators=[MinValueValidator(1)])
    points = models.DecimalField(max_digits=6, decimal_places=2, validators=[MinValueValidator(0)])

    history = HistoricalRecords()

    class Meta:
        ordering = ["settings", "position"]
        verbose_name = "line of the points scale"
        verbose_name_plural = "points scale"
        constraints = [
            models.UniqueConstraint(fields=["settings", "position"], name="scale_position_unique"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="scale_position_from_1"),
            models.CheckConstraint(condition=models.Q(points__gte=0), name="scale_points_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.points}"
