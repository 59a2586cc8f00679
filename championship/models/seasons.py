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
            )
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("season", args=[self.slug])
