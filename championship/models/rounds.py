from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from championship.models.events import Event, Session
from championship.models.seasons import Season


class Round(models.Model):
    """One points-scoring race. It has exactly one race session; qualifying sessions set its grid."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="rounds", editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="Counted through the season, from 1."
    )
    race_session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="round")
    grid_from = models.ManyToManyField(
        Session,
        blank=True,
        related_name="grids",
        verbose_name="grid set by",
        help_text="The qualifying sessions that set the grid. One session may set the grids of two rounds.",
    )

    distance_share = models.DecimalField(
        "share of the distance",
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="Only for a race that was stopped for good: 0.600 is 60 % of the distance or time. Empty: all of it.",
    )

    history = HistoricalRecords(m2m_fields=[grid_from])

    class Meta:
        ordering = ["season", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "number"],
                name="round_number_unique_in_season",
                violation_error_message="The season has a round with this number already.",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="round_number_from_1",
                violation_error_message="Rounds are counted from 1.",
            ),
            models.CheckConstraint(
                condition=models.Q(distance_share__isnull=True)
                | models.Q(distance_share__gte=0, distance_share__lte=1),
                name="round_distance_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}: {self.race_session}"

    @property
    def is_cancelled(self) -> bool:
        """Whether its race, or the whole event, is called off: then it counts for nobody."""
        return self.race_session.state == Session.State.CANCELLED or self.event.is_cancelled

    def clean(self) -> None:
        if self.event_id is None:
            return
        self.season_id = self.event.season_id
        if self.race_session_id is None:
            return
        if self.race_session.event_id != self.event_id:
            raise ValidationError({"race_session": "Choose a session of this event."})
        if self.race_session.kind != Session.Kind.RACE:
            raise ValidationError({"race_session": "Choose a session of the kind “Race”."})
