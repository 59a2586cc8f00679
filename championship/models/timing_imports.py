"""A file of the timing provider between its upload and its use: kept whole, shown, then applied exactly as shown."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from championship.models.base import Versioned
from championship.models.events import Event, Session


class TimingImport(Versioned):
    """A timing file that somebody uploaded for a session's results, or for an event's entries.

    The bytes are kept as they came, with their hash. `rows` are the parsed lines and `matches` what the names in them
    mean so far, both as JSON text; `shown` identifies what was shown (the difference to the session as it stood), so
    that exactly this is applied or nothing. An applied import stays, so that the same file is recognised.
    """

    class Purpose(models.TextChoices):
        RESULTS = "results", "Results of a session"
        ENTRIES = "entries", "Entries of an event"

    class State(models.TextChoices):
        STAGED = "staged", "Waiting"
        APPLIED = "applied", "Applied"
        DISCARDED = "discarded", "Discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=7, choices=Purpose)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="timing_imports")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.CASCADE, related_name="timing_imports")
    layout = models.CharField(max_length=1, help_text="A to D, by the header of the file.")
    file_name = models.CharField(max_length=150)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    rows = models.TextField()
    matches = models.TextField(default="{}")
    shown = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.STAGED)
    staged_at = models.DateTimeField()
    staged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords(excluded_fields=["content", "rows"])

    class Meta:
        ordering = ["-staged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sha256"],
                condition=models.Q(state="applied", purpose="results"),
                name="timing_file_applied_once_to_a_session",
                violation_error_message="This very file is applied to this session already.",
            ),
            models.UniqueConstraint(
                fields=["event", "sha256"],
                condition=models.Q(state="applied", purpose="entries"),
                name="timing_file_applied_once_to_entries",
                violation_error_message="This very file is applied to the entries of this event already.",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="entries") | models.Q(purpose="results", session__isnull=False),
                name="timing_import_has_its_place",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["staged", "discarded"], applied_at__isnull=True)
                | models.Q(state="applied", applied_at__isnull=False),
                name="timing_import_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display().lower()})"
