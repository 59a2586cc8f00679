from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, refuse_reserved, validate_slug
from championship.models.circuits import Circuit
from championship.models.classes import RaceClass
from championship.models.pictures import Picture
from championship.models.seasons import Season
from championship.rules.names import RESERVED_EVENT_SLUGS, RESERVED_SESSION_SLUGS

if TYPE_CHECKING:
    from championship.models.rounds import Round


class Event(Sourced, Versioned):
    """A race weekend at one circuit, with one or two rounds."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="events")
    slug = models.CharField(
        max_length=50, validators=[validate_slug], help_text="In addresses: sepang. Never change it."
    )
    name = models.CharField(max_length=100, help_text="4 Hours of Sepang.")
    circuit = models.ForeignKey(Circuit, on_delete=models.PROTECT, related_name="events")
    starts_on = models.DateField("first day", help_text="At the track.")
    ends_on = models.DateField("last day", help_text="At the track.")
    is_cancelled = models.BooleanField("cancelled", default=False)
    live_timing_url = models.URLField("live timing", blank=True, help_text="Shown on the event page when it is set.")
    broadcast_url = models.URLField("broadcast", blank=True, help_text="Shown on the event page when it is set.")
    tickets_url = models.URLField("tickets", blank=True, help_text="Shown on the event page when it is set.")
    lead_picture = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A picture of the library, shown large. The page is whole without one.",
    )
    note = models.TextField(blank=True, help_text="One or two plain sentences for the event page.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_on", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["season", "slug"], name="event_slug_unique_in_season"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="event_ends_after_it_starts",
                violation_error_message="The last day is before the first day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.season.label}"

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.season.slug, self.slug])

    @classmethod
    def shown_to_readers(cls) -> models.QuerySet["Event"]:
        """Those that have a page: all."""
        return cls._default_manager.all()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise `calendar_revision` of all its sessions when the event is called off, called on again, or moves."""
        before = type(self).objects.filter(pk=self.pk).values("is_cancelled", "circuit_id").first() if self.pk else None
        super().save(*args, **kwargs)
        if before and any(before[name] != getattr(self, name) for name in before):
            self.sessions.update(calendar_revision=models.F("calendar_revision") + 1)

    def clean(self) -> None:
        refuse_reserved(self.slug, RESERVED_EVENT_SLUGS)
        # Browsers send line breaks as CR LF; the record knows LF only.
        self.note = self.note.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def zone(self) -> ZoneInfo:
        """The zone of track time."""
        return self.circuit.zone


class Session(models.Model):
    """A timed period of an event: practice, qualifying or race."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", "Practice"
        QUALIFYING = "qualifying", "Qualifying"
        RACE = "race", "Race"

    class StartStatus(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        TO_BE_CONFIRMED = "to_be_confirmed", "To be confirmed"
        NOT_ON_RECORD = "not_on_record", "Held, times not on record"

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        POSTPONED = "postponed", "Postponed"
        CANCELLED = "cancelled", "Cancelled"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    slug = models.CharField(
        max_length=50,
        validators=[validate_slug],
        help_text="In addresses: race-1, qualifying-gt. Never change it.",
    )
    name = models.CharField(max_length=60, help_text="Race 1, Qualifying GT.")
    kind = models.CharField(max_length=10, choices=Kind)
    date = models.DateField(null=True, blank=True, help_text="The day at the track.")
    starts_at = models.DateTimeField("start", null=True, blank=True, help_text="Track time.")
    start_status = models.CharField(
        max_length=16,
        choices=StartStatus,
        default=StartStatus.TO_BE_CONFIRMED,
        help_text="Only a confirmed start is shown with its clock time.",
    )
    duration_minutes = models.PositiveSmallIntegerField(
        "duration (minutes)", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    state_reason = models.CharField(
        "reason", max_length=200, blank=True, help_text="Why it was postponed or cancelled."
    )
    race_classes = models.ManyToManyField(
        RaceClass,
        blank=True,
        related_name="sessions",
        verbose_name="classes",
        help_text="Empty means all classes.",
    )
    calendar_revision = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Raised when time or state change, so that subscribed calendars follow.",
    )

    history = HistoricalRecords(m2m_fields=[race_classes])

    class Meta:
        ordering = [
            "event",
            models.F("date").asc(nulls_first=True),
            models.F("starts_at").asc(nulls_first=True),
            "slug",
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="session_slug_unique_in_event"),
            models.CheckConstraint(
                condition=~models.Q(start_status="confirmed") | models.Q(starts_at__isnull=False, date__isnull=False),
                name="confirmed_start_has_a_time",
                violation_error_message="A confirmed start needs day and time. Enter them, or say “To be confirmed”.",
            ),
            models.CheckConstraint(
                condition=~models.Q(start_status="to_be_confirmed", state="scheduled") | models.Q(date__isnull=False),
                name="unconfirmed_start_has_a_day",
                violation_error_message="Enter the day, even if the time is still to be confirmed.",
            ),
            models.CheckConstraint(
                condition=~models.Q(start_status="not_on_record") | models.Q(starts_at__isnull=True),
                name="start_not_on_record_has_no_time",
                violation_error_message="There is a start time, so it is on record. Choose another start status.",
            ),
            models.CheckConstraint(
                condition=models.Q(duration_minutes__isnull=True) | models.Q(duration_minutes__gte=1),
                name="session_lasts_a_minute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event.name}, {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise `calendar_revision` (RFC 5545 SEQUENCE) when what a calendar shows has changed."""
        shown = ("date", "starts_at", "start_status", "duration_minutes", "state")
        if self.pk:
            before = type(self).objects.filter(pk=self.pk).values(*shown, "calendar_revision").first()
            if before is not None:
                changed = any(before[name] != getattr(self, name) for name in shown)
                self.calendar_revision = before["calendar_revision"] + changed
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "calendar_revision"}
        super().save(*args, **kwargs)

    @property
    def start_confirmed(self) -> bool:
        """Whether readers may be told the clock time.

        That of a postponed session is void, however firm it was: with its new time the session is scheduled again.
        """
        return self.start_status == self.StartStatus.CONFIRMED and self.state != self.State.POSTPONED

    @property
    def starts_at_track(self) -> datetime | None:
        """The start in track time, with the zone rules of that date."""
        return self.starts_at.astimezone(self.event.zone) if self.starts_at else None

    @property
    def round_or_none(self) -> "Round | None":
        """The round whose race this is; None for practice and qualifying."""
        return getattr(self, "round", None)

    def clean(self) -> None:
        refuse_reserved(self.slug, RESERVED_SESSION_SLUGS)
        if self.event_id is None:
            return
        event = self.event
        start = self.starts_at_track
        if start is not None and self.date is None:
            self.date = start.date()
        if start is not None and start.date() != self.date:
            raise ValidationError(
                {"starts_at": f"At the track this is {start:%d %B %Y}, but the day is {self.date:%d %B %Y}."}
            )
        self.check_days(event)

    def check_days(self, event: Event) -> None:
        """Raise a ValidationError when the session lies outside the days of `event`, which may be unsaved."""
        if self.date is None or event.starts_on is None or event.ends_on is None:
            return
        if not event.starts_on <= self.date <= event.ends_on:
            raise ValidationError(
                {"date": f"The event lasts from {event.starts_on:%d %B %Y} to {event.ends_on:%d %B %Y}."}
            )
