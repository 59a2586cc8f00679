from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from championship.models.events import Event


class EventDuty(models.Model):
    """Limits what somebody may do to an event. Whoever has no duty at all works at every event that the role opens."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_duties")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="duties")

    history = HistoricalRecords()

    class Meta:
        ordering = ["user", "event"]
        verbose_name_plural = "event duties"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="event_duty_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.event}"
