from datetime import timedelta

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_season_slug


class SeasonQuerySet(models.QuerySet["Season"]):
    def current(self) -> "Season | None":
        """The season that the short addresses lead to, or None when no season is marked."""
        return self.filter(is_current=True).first()


class Season(Sourced, Versioned):
    """One championship, for example 2023/24. It owns its classes, titles, points settings, events and entries."""

    class DocumentNumbering(models.TextChoices):
        """How far the numbers of the notice board count."""

        EVENT = "event", "From 1 at each event"
        SEASON = "season", "From 1 through the season"

    slug = models.CharField(
        max_length=7,
        unique=True,
        validators=[validate_season_slug],
        help_text="In every address: 2023-24. Never change it.",
    )
    label = models.CharField(max_length=20, unique=True, help_text="As people write it: 2023/24.")
    is_current = models.BooleanField(
        "current season",
        default=False,
        help_text="The short addresses /calendar/ and /entries/ lead to the current season.",
    )

    document_numbering = models.CharField(
        "documents are numbered",
        max_length=6,
        choices=DocumentNumbering,
        default=DocumentNumbering.EVENT,
        help_text="What is published already keeps its number.",
    )
    protest_minutes = models.PositiveSmallIntegerField(
        "time to protest (minutes)",
        default=30,
        help_text="Counted from the publication of a provisional classification. 0: no protest is possible.",
    )
    recall_minutes = models.PositiveSmallIntegerField(
        "time to recall one's own version (minutes)",
        default=10,
        help_text="As long a timekeeper may take back a version that he or she published. 0: not at all.",
    )

    history = HistoricalRecords()
    objects = SeasonQuerySet.as_manager()

    class Meta:
        ordering = ["-slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="one_current_season",
                violation_error_message="Another season is the current one. Unmark it first.",
            ),
            models.CheckConstraint(
                condition=models.Q(document_numbering__in=["event", "season"]), name="document_numbering_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("season", args=[self.slug])

    @property
    def time_to_protest(self) -> timedelta:
        return timedelta(minutes=self.protest_minutes)

    @property
    def time_to_recall(self) -> timedelta:
        """How long a timekeeper may take back a version of his or her own."""
        return timedelta(minutes=self.recall_minutes)
