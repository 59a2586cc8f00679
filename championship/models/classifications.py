"""The official list of a session: working drafts, and the chain of published versions that never change."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from championship import clock
from championship.models.base import Frozen, FrozenQuerySet, Precision, Sourced, Versioned
from championship.models.cars import CarModel
from championship.models.classes import RaceClass
from championship.models.decisions import Decision
from championship.models.drivers import Driver
from championship.models.entries import EventEntry
from championship.models.events import Session
from championship.models.seasons import Season
from championship.models.teams import Team
from championship.rules.classifications import ClassifiedLine, Ruling, TimingLine
from championship.rules.decisions import effects_from_text


class ClassificationDraft(Sourced, Versioned):
    """The next version of a session's classification while officials work on it; at most one per session.

    `lines` is the timing order as JSON (text, since SQLite's own check of JSON is refused under
    `trusted_schema=OFF`): a list of objects, one per car, with the fields of `rules.classifications.TimingLine`,
    `drivers`, the slugs of who drove, in seat order, and where something was not typed yet `missing`, its names.
    Decisions are not applied to it: publishing does that, after it has undone those that the file has already:
    `contained` are their slugs, with commas between.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="draft")
    lines = models.TextField()
    contained = models.TextField(blank=True)
    cause = models.CharField(
        max_length=300, blank=True, help_text="Why there is another version. Needed from the second on."
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    retyped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who typed the same finishing order a second time, without seeing the first.",
    )

    history = HistoricalRecords()

    # How the history of a draft begins to tell its end, where it was published and not deleted.
    PUBLISHED_AS = "Published as"

    class Meta:
        ordering = ["session"]
        verbose_name = "draft of a classification"
        verbose_name_plural = "drafts of classifications"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checker__isnull=True) | ~models.Q(checker=models.F("author")),
                name="draft_checked_by_somebody_else",
                violation_error_message="Nobody checks their own work. Ask somebody else to check this draft.",
            ),
            models.CheckConstraint(
                condition=models.Q(retyped_by__isnull=True) | ~models.Q(retyped_by=models.F("author")),
                name="draft_retyped_by_somebody_else",
                violation_error_message="The order is typed a second time by somebody else than its author.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: draft"

    @classmethod
    def deleted(cls, session: Session) -> Any:
        """The history record of the draft that was deleted last, None where there is one, or the last was published."""
        record = cls.history.filter(session_id=session.pk).select_related("history_user").order_by("history_id").last()
        if record is None or record.history_type != "-":
            return None
        return None if (record.history_change_reason or "").startswith(cls.PUBLISHED_AS) else record


class ClassificationQuerySet(FrozenQuerySet):
    def published(self, moment: datetime | None = None) -> "ClassificationQuerySet":
        """Versions that the public has seen by `moment` (the site's clock), recalled ones too; the newest first."""
        return self.filter(published_at__lte=moment or clock.now()).order_by("-version")

    def newest(self, moment: datetime | None = None) -> "ClassificationQuerySet":
        """Of every session, the newest version that stands at `moment`: published by then, and not recalled."""
        moment = moment or clock.now()
        recalled = models.Q(state__recalled_at__lte=moment)
        newer = (
            self.model.objects.filter(session=models.OuterRef("session"), version__gt=models.OuterRef("version"))
            .filter(published_at__lte=moment)
            .exclude(recalled)
        )
        return self.published(moment).exclude(recalled).filter(~models.Exists(newer))

    def of_season(self, season: Season) -> "ClassificationQuerySet":
        return self.filter(session__event__season=season)


class Classification(Frozen, Sourced):
    """A published version of a session's classification. What may change about it stands in its `state`."""

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", "Provisional"
        OFFICIAL = "official", "Official"
        REVISED = "revised", "Revised"

    Precision = Precision

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="classifications")
    version = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    status = models.CharField(max_length=11, choices=Status)
    published_at = models.DateTimeField()
    published_precision = models.CharField(max_length=6, choices=Precision, default=Precision.MINUTE)
    document_number = models.CharField(max_length=20, blank=True, help_text="Empty when none is on record.")
    cause = models.CharField(max_length=300, blank=True, help_text="Why this version follows the one before.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    single_signed_reason = models.CharField(max_length=200, blank=True)
    is_retyped = models.BooleanField(
        "typed twice", default=False, help_text="Two people typed the finishing order, and both orders were the same."
    )
    warnings = models.TextField(blank=True, help_text="What the checks warned of at publication, a line each.")
    warnings_reason = models.CharField(max_length=300, blank=True, help_text="Why it was published all the same.")
    from_archive = models.BooleanField(default=False, help_text="Copied from what was published elsewhere.")

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        ordering = ["session", "version"]
        permissions = [
            ("check_classification", "Can check a draft of somebody else, and countersign a version"),
            ("publish_classification", "Can publish a provisional version of a classification"),
            ("make_classification_official", "Can publish an official or a revised version"),
            ("recall_classification", "Can recall a published version"),
            ("recall_own_classification", "Can recall a version of one's own for some minutes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "version"], name="classification_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="classification_version_from_1"),
            models.CheckConstraint(
                condition=models.Q(status__in=["provisional", "official", "revised"]),
                name="classification_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(cause=""),
                name="classification_has_a_cause",
                violation_error_message="Say why there is another version.",
            ),
            models.CheckConstraint(
                condition=models.Q(from_archive=True)
                | ~models.Q(single_signed_reason="")
                | (models.Q(author__isnull=False, checker__isnull=False) & ~models.Q(author=models.F("checker"))),
                name="classification_has_two_signatures",
                violation_error_message="Somebody else has to check the draft, or give the reason for one signature.",
            ),
            models.CheckConstraint(
                condition=models.Q(from_archive=True)
                | models.Q(warnings="", warnings_reason="")
                | (~models.Q(warnings="") & ~models.Q(warnings_reason="")),
                name="classification_warnings_have_a_reason",
                violation_error_message="There are warnings. Give the reason why it is published all the same.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: v{self.version} ({self.get_status_display().lower()})"

    def get_absolute_url(self) -> str:
        event = self.session.event
        return reverse("classification_version", args=[event.season.slug, event.slug, self.session.slug, self.version])


class ClassificationState(Versioned):
    """What may still change about a published version: whether it is the current one, and what is pending."""

    classification = models.OneToOneField(Classification, on_delete=models.PROTECT, related_name="state")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+", editable=False)
    is_current = models.BooleanField(default=True, editable=False)
    is_under_investigation = models.BooleanField("under investigation", default=False)
    is_protested = models.BooleanField("protest open", default=False)
    is_subject_to_appeal = models.BooleanField("subject to appeal", default=False)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    countersigned_at = models.DateTimeField(null=True, blank=True, editable=False)
    recalled_at = models.DateTimeField(null=True, blank=True, editable=False)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recall_reason = models.CharField(max_length=300, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["classification"]
        verbose_name = "state of a classification"
        verbose_name_plural = "states of classifications"
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(is_current=True), name="one_current_classification"
            ),
            models.CheckConstraint(
                condition=models.Q(recalled_at__isnull=True, recall_reason="")
                | (models.Q(recalled_at__isnull=False, is_current=False) & ~models.Q(recall_reason="")),
                name="recall_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(countersigned_by__isnull=True, countersigned_at__isnull=True)
                | models.Q(countersigned_by__isnull=False, countersigned_at__isnull=False),
                name="countersignature_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.classification)

    def clean(self) -> None:
        if self.countersigned_by_id is not None and self.countersigned_by_id == self.classification.author_id:
            raise ValidationError("Nobody countersigns their own work. Ask somebody else.")


class AppliedDecision(Frozen):
    """A decision that counts in a published version, in the order in which it was applied, as readers were told.

    The decision itself may be corrected later; this stays. `effects` is JSON: see `rules.decisions.effects_as_text`.
    """

    classification = models.ForeignKey(Classification, on_delete=models.PROTECT, related_name="applied")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="applied")
    position = models.PositiveSmallIntegerField(help_text="Order of application, from 1.")
    car_number = models.CharField(max_length=4)
    number = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    effects = models.TextField()

    class Meta:
        ordering = ["classification", "position"]
        constraints = [
            models.UniqueConstraint(fields=["classification", "decision"], name="decision_applied_once"),
            models.UniqueConstraint(fields=["classification", "position"], name="applied_position_once"),
        ]

    def __str__(self) -> str:
        return str(self.decision)

    def as_ruling(self) -> Ruling:
        """What was applied; `decision` has to be fetched with it."""
        return Ruling(key=self.decision.slug, car_number=self.car_number, effects=effects_from_text(self.effects))


class Result(Frozen):
    """One car of a published classification, copied at publication; times are whole milliseconds.

    The fields `timing_...` are the car in the baseline: as the timing file has it without any decision, so that others
    can be replayed on it.
    """

    classification = models.ForeignKey(Classification, on_delete=models.PROTECT, related_name="results")
    event_entry = models.ForeignKey(EventEntry, on_delete=models.PROTECT, related_name="results")
    position = models.PositiveSmallIntegerField(
        help_text="Place in the list, from 1; not classified cars have one too."
    )
    class_position = models.PositiveSmallIntegerField(
        null=True, help_text="Place in the class; empty for a car that is not classified."
    )
    car_number = models.CharField(max_length=4)
    race_class = models.ForeignKey(RaceClass, on_delete=models.PROTECT, related_name="results")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="results")
    team_name = models.CharField(max_length=100)
    team_country = CountryField()
    car_model = models.ForeignKey(CarModel, on_delete=models.PROTECT, related_name="results")
    car_model_name = models.CharField(max_length=80)
    status = models.CharField(max_length=30, help_text="As the timekeeper gave it: Classified, Not classified ...")
    laps = models.PositiveSmallIntegerField()
    total_time = models.PositiveIntegerField(null=True, help_text="Milliseconds.")
    best_lap_time = models.PositiveIntegerField(null=True, help_text="Milliseconds.")
    best_lap_number = models.PositiveSmallIntegerField(null=True)
    timing_position = models.PositiveSmallIntegerField()
    timing_status = models.CharField(max_length=30)
    timing_laps = models.PositiveSmallIntegerField()
    timing_total_time = models.PositiveIntegerField(null=True)
    timing_best_lap_time = models.PositiveIntegerField(null=True)
    timing_best_lap_number = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["classification", "position"]
        constraints = [
            models.UniqueConstraint(fields=["classification", "position"], name="result_position_once"),
            models.UniqueConstraint(fields=["classification", "event_entry"], name="result_entry_once"),
            models.UniqueConstraint(fields=["classification", "timing_position"], name="result_timing_position_once"),
            models.UniqueConstraint(
                fields=["classification", "race_class", "class_position"],
                condition=models.Q(class_position__isnull=False),
                name="result_class_position_once",
            ),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="result_position_from_1"),
            models.CheckConstraint(
                condition=models.Q(class_position__isnull=True) | models.Q(class_position__gte=1),
                name="result_class_position_from_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.car_number} {self.team_name}"

    def as_timing_line(self) -> TimingLine:
        """The car as timed, without any decision."""
        return TimingLine(
            car_number=self.car_number,
            race_class=self.race_class.slug,
            position=self.timing_position,
            status=self.timing_status,
            laps=self.timing_laps,
            total_time=self.timing_total_time,
            best_lap_time=self.timing_best_lap_time,
            best_lap_number=self.timing_best_lap_number,
        )

    def as_classified_line(self) -> ClassifiedLine:
        """The car as it is classified in this version."""
        return ClassifiedLine(
            car_number=self.car_number,
            race_class=self.race_class.slug,
            position=self.position,
            class_position=self.class_position,
            status=self.status,
            laps=self.laps,
            total_time=self.total_time,
            best_lap_time=self.best_lap_time,
            best_lap_number=self.best_lap_number,
        )


class ResultDriver(Frozen):
    """Somebody who drove a car in that session, under the name of then."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="drivers")
    seat = models.PositiveSmallIntegerField(help_text="Order in the list, from 1.")
    driver = models.ForeignKey(Driver, on_delete=models.PROTECT, related_name="result_drivers")
    given_name = models.CharField(max_length=60, blank=True)
    family_name = models.CharField(max_length=60, blank=True)
    nationality = CountryField(blank=True)

    class Meta:
        ordering = ["result", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["result", "seat"], name="result_driver_seat_once"),
            models.UniqueConstraint(fields=["result", "driver"], name="result_driver_once"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
