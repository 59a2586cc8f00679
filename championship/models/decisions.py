"""What the stewards decided, with its effects on a classification."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from championship.models.base import (
    Milliseconds,
    Sourced,
    Versioned,
    refuse_reserved,
    validate_currency,
    validate_slug,
)
from championship.models.entries import EventEntry
from championship.models.events import Session
from championship.rules.classifications import Effect, Ruling
from championship.rules.names import RESERVED_DECISION_SLUGS


class Decision(Sourced, Versioned):
    """A decision of the stewards about one car in one session. What is not on record stays empty."""

    class Status(models.TextChoices):
        IMPOSED = "imposed", "Imposed"
        SERVED = "served", "Served"
        APPLIED = "applied", "Applied to the classification"
        SUSPENDED = "suspended", "Suspended"
        WITHDRAWN = "withdrawn", "Withdrawn"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="decisions")
    slug = models.CharField(
        max_length=50,
        validators=[validate_slug],
        help_text="In its address, unique at the session: car-24, car-24-2. Never change it.",
    )
    number = models.CharField(max_length=20, blank=True, help_text="Empty when it is not on record.")
    event_entry = models.ForeignKey(EventEntry, on_delete=models.PROTECT, related_name="decisions", verbose_name="car")
    fact_at = models.DateTimeField("time of the fact", null=True, blank=True, help_text="Empty when not on record.")
    fact = models.CharField(max_length=300, blank=True, help_text="What happened. Empty when it is not on record.")
    offence = models.CharField(max_length=300, blank=True, help_text="The rule that was broken. Empty: not on record.")
    reason = models.CharField(max_length=500, blank=True, help_text="Why the stewards decided so.")
    status = models.CharField(max_length=9, choices=Status, default=Status.APPLIED)
    is_contained = models.BooleanField(
        "the next timing file contains it",
        default=False,
        help_text="A draft that begins with the timekeeper's next file takes this over: there the decision is applied "
        "already, and must not be applied twice.",
    )
    order = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)], help_text="Decisions of a session are applied in this order."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["session", "order", "slug"]
        permissions = [("publish_decision", "Can publish a decision as a document")]
        constraints = [
            models.UniqueConstraint(fields=["session", "slug"], name="decision_slug_unique_in_session"),
            models.CheckConstraint(
                condition=models.Q(status__in=["imposed", "served", "applied", "suspended", "withdrawn"]),
                name="decision_status_known",
            ),
        ]

    def __str__(self) -> str:
        name = f"Decision {self.number}" if self.number else "Decision"
        return f"{name}: car {self.event_entry.entry.car_number}, {self.session}"

    def get_absolute_url(self) -> str:
        event = self.session.event
        return reverse("decision", args=[event.season.slug, event.slug, self.session.slug, self.slug])

    def as_ruling(self) -> Ruling:
        """The decision as it is now, as the rules apply it. Which file contains it is known to the draft."""
        return Ruling(
            key=self.slug,
            car_number=self.event_entry.entry.car_number,
            effects=tuple(effect.as_effect() for effect in self.effects.all()),
        )

    def clean(self) -> None:
        refuse_reserved(self.slug, RESERVED_DECISION_SLUGS)
        if self.session_id and self.event_entry_id and self.session.event_id != self.event_entry.event_id:
            raise ValidationError({"event_entry": "Choose a car of this event."})


class DecisionEffect(models.Model):
    """One thing that a decision does; a decision may take a lap and add a second."""

    class Kind(models.TextChoices):
        TIME_ADDED = "time_added", "Time added"
        # Not driven in the race, and converted into time.
        DRIVE_THROUGH = "drive_through", "Drive-through"
        STOP_AND_GO = "stop_and_go", "Stop-and-go"
        LAPS_REMOVED = "laps_removed", "Laps removed"
        POSITIONS_DROPPED = "positions_dropped", "Positions dropped in class"
        LAP_TIME_DELETED = "lap_time_deleted", "Lap time deleted"
        DISQUALIFIED = "disqualified", "Disqualified"
        REINSTATED = "reinstated", "Reinstated"
        # Kept on record; they move nobody in the classification.
        GRID_DROPPED = "grid_dropped", "Grid places dropped"
        FINE = "fine", "Fine"
        REPRIMAND = "reprimand", "Reprimand"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="effects")
    order = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    kind = models.CharField(max_length=17, choices=Kind)
    time = Milliseconds("time", null=True, blank=True, help_text="Time added.")
    laps = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Laps removed.")
    positions = models.PositiveSmallIntegerField(
        "places", null=True, blank=True, help_text="Lost in the class, or on the grid."
    )
    best_lap_time = Milliseconds(
        "best lap that remains", null=True, blank=True, help_text="After a lap time was deleted."
    )
    best_lap_number = models.PositiveSmallIntegerField("its lap number", null=True, blank=True)
    status_before = models.CharField(
        max_length=30,
        blank=True,
        help_text="The status without this decision: needed when a timing file contains it. "
        "A reinstated car gets this status back.",
    )
    race = models.CharField(max_length=60, blank=True, help_text="On whose grid places are lost: Race 2, Round 3.")
    amount = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Of a fine, in whole units."
    )
    currency = models.CharField(max_length=3, blank=True, validators=[validate_currency], help_text="EUR, USD.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["decision", "order"]
        verbose_name = "effect"
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="effect_order_once"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["time_added", "drive_through", "stop_and_go"])
                | models.Q(time__isnull=False, time__gt=0),
                name="time_added_has_a_time",
                violation_error_message="Enter the time that is added.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="laps_removed") | models.Q(laps__isnull=False, laps__gt=0),
                name="laps_removed_has_laps",
                violation_error_message="Enter how many laps are removed.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["positions_dropped", "grid_dropped"])
                | models.Q(positions__isnull=False, positions__gt=0),
                name="positions_dropped_has_positions",
                violation_error_message="Enter how many places are lost.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="grid_dropped") | ~models.Q(race=""),
                name="grid_dropped_has_a_race",
                violation_error_message="Say on the grid of which race the places are lost.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | (models.Q(amount__isnull=False, amount__gt=0) & ~models.Q(currency="")),
                name="amount_has_a_currency",
                violation_error_message="Enter both the amount and its currency, or neither.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "time_added",
                        "drive_through",
                        "stop_and_go",
                        "laps_removed",
                        "positions_dropped",
                        "lap_time_deleted",
                        "disqualified",
                        "reinstated",
                        "grid_dropped",
                        "fine",
                        "reprimand",
                    ]
                ),
                name="effect_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def as_effect(self) -> Effect:
        """The effect as the rules apply it."""
        return Effect(
            kind=self.kind,
            time=self.time,
            laps=self.laps,
            positions=self.positions,
            best_lap_time=self.best_lap_time,
            best_lap_number=self.best_lap_number,
            status_before=self.status_before,
            race=self.race,
            amount=self.amount,
            currency=self.currency,
        )
