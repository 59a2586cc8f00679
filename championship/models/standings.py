"""Points and tables. Scores and standings are computed and stored whole, never typed; adjustments are typed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from championship import clock
from championship.models.base import Frozen, FrozenQuerySet, Precision, Sourced, Versioned
from championship.models.classes import Title
from championship.models.drivers import Driver
from championship.models.entries import Entry
from championship.models.rounds import Round
from championship.models.seasons import Season

ONE_CONTENDER = models.Q(entry__isnull=False, driver__isnull=True) | models.Q(entry__isnull=True, driver__isnull=False)


class EligibilityOverrideQuerySet(models.QuerySet["EligibilityOverride"]):
    def barred(self, season: Season) -> dict[str, int]:
        """By car number the round from which a car of the season scores no more (sporting-rules 4.2)."""
        off = self.filter(entry__season=season, scores_points=False)
        return dict(off.order_by().values_list("entry__car_number", Coalesce("from_round__number", 1)))


class EligibilityOverride(Sourced, Versioned):
    """Whether an entry scores, against the season's default for cars that join later."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="eligibility")
    scores_points = models.BooleanField(
        "scores", default=True, help_text="Off: the car is classified, but the cars behind it move up for points."
    )
    from_round = models.ForeignKey(
        Round,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The first round for which this counts. Empty: from the first round on.",
    )
    reason = models.CharField(max_length=300)

    objects = EligibilityOverrideQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["entry"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="eligibility_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {'scores' if self.scores_points else 'does not score'}"

    def clean(self) -> None:
        if self.entry_id and self.from_round_id and self.from_round.season_id != self.entry.season_id:
            raise ValidationError({"from_round": "Choose a round of the entry's season."})


class Adjustment(Sourced, Versioned):
    """Points taken from a contender, or an exclusion from a title, with the reason."""

    class Kind(models.TextChoices):
        DEDUCTION = "deduction", "Points deducted"
        EXCLUSION = "exclusion", "Excluded from the title"

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="adjustments")
    entry = models.ForeignKey(
        Entry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="adjustments",
        verbose_name="car",
        help_text="For a teams' title.",
    )
    driver = models.ForeignKey(
        Driver,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="adjustments",
        help_text="For a drivers' title.",
    )
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        related_name="adjustments",
        help_text="Counts in the tables from this round on.",
    )
    kind = models.CharField(max_length=9, choices=Kind)
    points = models.DecimalField(
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="How many points are taken away.",
    )
    reason = models.CharField(max_length=300)

    history = HistoricalRecords()

    class Meta:
        ordering = ["title", "round", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=ONE_CONTENDER,
                name="adjustment_has_one_contender",
                violation_error_message="Choose a car for a teams' title, or a driver for a drivers' title.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="deduction", points__isnull=False, points__gt=0)
                | models.Q(kind="exclusion", points__isnull=True),
                name="adjustment_points_with_deduction",
                violation_error_message="A deduction needs its points; an exclusion has none.",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="adjustment_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_kind_display().lower()} ({self.entry or self.driver})"

    def clean(self) -> None:
        if self.title_id is None:
            return
        wanted = "entry" if self.title.contender == Title.Contender.TEAMS else "driver"
        if getattr(self, f"{wanted}_id") is None:
            raise ValidationError({wanted: "This title needs it."})
        season_id = self.title.race_class.season_id
        if self.round_id and self.round.season_id != season_id:
            raise ValidationError({"round": "Choose a round of the title's season."})
        if self.entry_id and self.entry.race_class_id != self.title.race_class_id:
            raise ValidationError({"entry": f"Choose a car of the class {self.title.race_class.name}."})


class StandingListQuerySet(FrozenQuerySet):
    def published(self, moment: datetime | None = None) -> "StandingListQuerySet":
        """Tables that the public has seen by `moment` (the site's clock)."""
        return self.filter(published_at__lte=moment or clock.now())

    def newest(self, moment: datetime | None = None) -> "StandingListQuerySet":
        """Of every title, round and basis the newest version known at `moment`."""
        known = self.model.objects.published(moment)
        newer = known.filter(
            title=models.OuterRef("title"),
            round=models.OuterRef("round"),
            basis=models.OuterRef("basis"),
            version__gt=models.OuterRef("version"),
        )
        return self.published(moment).filter(~models.Exists(newer))


class StandingList(Frozen):
    """The table of a title after a round, on one basis. A recomputed table that differs is a new version.

    `is_void` says that the round no longer counts (its classification was recalled): the table has no lines.
    """

    class Basis(models.TextChoices):
        ALL = "all", "Provisional results included"
        OFFICIAL = "official", "Official results only"

    class TitleState(models.TextChoices):
        OPEN = "open", "Open"
        CLINCHED = "clinched", "Clinched"
        SUBJECT_TO_OFFICIAL_RESULTS = "subject", "Decided, subject to official results"
        AWARDED = "awarded", "Awarded"

    Precision = Precision

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="standing_lists")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="standing_lists")
    basis = models.CharField(max_length=8, choices=Basis)
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_precision = models.CharField(max_length=6, choices=Precision, default=Precision.MINUTE)
    title_state = models.CharField(max_length=8, choices=TitleState)
    is_void = models.BooleanField(default=False)
    cause = models.CharField(max_length=300, help_text="What made this version: a publication, a correction.")

    objects = StandingListQuerySet.as_manager()

    class Meta:
        ordering = ["title", "round", "basis", "version"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["title", "round", "basis", "version"], name="standing_list_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="standing_list_version_from_1"),
            models.CheckConstraint(condition=models.Q(basis__in=["all", "official"]), name="standing_basis_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title} after round {self.round.number}"


class Standing(Frozen):
    """One line of a table: a car of a teams' title, or a driver of a drivers' title."""

    standing_list = models.ForeignKey(StandingList, on_delete=models.PROTECT, related_name="standings")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="standings")
    driver = models.ForeignKey(Driver, null=True, on_delete=models.PROTECT, related_name="standings")
    order = models.PositiveSmallIntegerField(help_text="Order in the table, from 1.")
    position = models.PositiveSmallIntegerField(
        null=True, help_text="Shared by contenders that nothing separates; empty for an excluded one."
    )
    points = models.DecimalField(max_digits=7, decimal_places=2)
    dropped_rounds = models.CharField(
        max_length=200, blank=True, help_text="Numbers of the rounds that do not count, with commas between."
    )
    # What put this line before the next one on equal points: rules.standings.TieBreak; empty when nothing had to.
    tie_place = models.PositiveSmallIntegerField(null=True)
    tie_count = models.PositiveSmallIntegerField(null=True)
    tie_other = models.PositiveSmallIntegerField(null=True)
    is_champion = models.BooleanField(default=False, help_text="The title is decided, and for this contender.")

    class Meta:
        ordering = ["standing_list", "order"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=ONE_CONTENDER, name="standing_has_one_contender"),
            models.UniqueConstraint(fields=["standing_list", "order"], name="standing_order_once"),
            models.UniqueConstraint(fields=["standing_list", "entry"], name="standing_entry_once"),
            models.UniqueConstraint(fields=["standing_list", "driver"], name="standing_driver_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position or '-'}. {self.entry or self.driver}: {self.points}"
