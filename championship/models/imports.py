import uuid

from django.conf import settings
from django.db import models

from championship.models.events import Event
from championship.models.seasons import Season


class StagedImport(models.Model):
    """A table that somebody was shown and has not confirmed yet. It lives until it is applied, or for a day.

    It is kept here and not in a file, so that every process of the site finds it.
    """

    class Table(models.TextChoices):
        ENTRIES = "entries", "Entries"
        EVENT_ENTRIES = "event_entries", "Event entries"
        TEAMS = "teams", "Teams"
        DRIVERS = "drivers", "Drivers"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=13, choices=Table)
    season = models.ForeignKey(Season, null=True, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=100)
    content = models.TextField(help_text="The table as CSV.")
    digest = models.CharField(max_length=64, help_text="Differs when any change that was shown is another by now.")
    staged_at = models.DateTimeField()
    staged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["staged_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(table__in=["entries", "event_entries", "teams", "drivers"]),
                name="staged_import_table_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_table_display()})"
