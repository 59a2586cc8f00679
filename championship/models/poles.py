from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from championship.models.base import Milliseconds, Sourced, Versioned
from championship.models.classes import RaceClass
from championship.models.drivers import Driver
from championship.models.entries import EventEntry
from championship.models.rounds import Round


class PolePosition(Sourced, Versioned):
    """Who starts a round first in a class. It is stored, since a grid may be set by a lap that no file has."""

    class SetBy(models.TextChoices):
        BEST_LAP = "best_lap", "Best lap of qualifying"
        SECOND_BEST_LAP = "second_best_lap", "Second-best lap of qualifying"
        NOT_ON_RECORD = "not_on_record", "Not on record"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="poles")
    race_class = models.ForeignKey(RaceClass, on_delete=models.PROTECT, related_name="poles", verbose_name="class")
    event_entry = models.ForeignKey(EventEntry, on_delete=models.PROTECT, related_name="poles", verbose_name="car")
    driver = models.ForeignKey(
        Driver,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="poles",
        help_text="Who drove the lap. Empty when it is not on record.",
    )
    set_by = models.CharField("set by", max_length=15, choices=SetBy, default=SetBy.BEST_LAP)
    lap_time = Milliseconds("lap time", null=True, blank=True, help_text="Empty when it is not on record.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["round", "race_class__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "race_class"],
                name="one_pole_per_round_and_class",
                violation_error_message="This class has a pole position in this round already.",
            ),
            models.CheckConstraint(
                condition=models.Q(set_by__in=["best_lap", "second_best_lap", "not_on_record"]),
                name="pole_set_by_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: pole {self.race_class.name}"

    def clean(self) -> None:
        if not (self.round_id and self.event_entry_id and self.race_class_id):
            return
        if self.event_entry.event_id != self.round.event_id:
            raise ValidationError({"event_entry": "Choose a car of this round's event."})
        if self.event_entry.entry.race_class_id != self.race_class_id:
            raise ValidationError({"event_entry": f"Choose a car of the class {self.race_class.name}."})
