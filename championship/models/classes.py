from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_colour, validate_slug
from championship.models.seasons import Season


class RaceClass(Sourced, Versioned):
    """A class of one season (LMP2, LMP3, GT). Its colours are those of the number plates on the cars."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="race_classes")
    slug = models.CharField(max_length=20, validators=[validate_slug], help_text="In addresses and filters: lmp2.")
    name = models.CharField(max_length=20, help_text="As on the number plate: LMP2.")
    position = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="Order on the pages; the fastest class is 1."
    )
    for_overall_victory = models.BooleanField(
        "races for overall victory",
        default=False,
        help_text="The winner of this class is expected to win the race outright.",
    )
    plate_colour = models.CharField(max_length=7, validators=[validate_colour], help_text="Colour of the number plate.")
    plate_ink = models.CharField(max_length=7, validators=[validate_colour], help_text="Colour of the number on it.")
    accent_on_dark = models.CharField(
        max_length=7, validators=[validate_colour], help_text="The class colour where the page is dark."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["season", "position"]
        verbose_name = "class"
        verbose_name_plural = "classes"
        constraints = [
            models.UniqueConstraint(fields=["season", "slug"], name="class_slug_unique_in_season"),
            models.UniqueConstraint(fields=["season", "name"], name="class_name_unique_in_season"),
            models.UniqueConstraint(fields=["season", "position"], name="class_position_unique_in_season"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="class_position_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.season.label}"

    @property
    def style_key(self) -> str:
        """The CSS class under which the colour stylesheet defines this class's colours."""
        return f"rc-{self.season.slug}-{self.slug}"


class RaceClassAlias(models.Model):
    """What timing files call a class of a season where that is not its name: LMP2 Pro/Am, GT3."""

    race_class = models.ForeignKey(RaceClass, on_delete=models.CASCADE, related_name="aliases")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+", editable=False)
    name = models.CharField(max_length=40)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = "alias"
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["season", "name"],
                name="class_alias_unique_in_season",
                violation_error_message="A class of this season is called so already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        # The class itself may be new as well, on the same page.
        if self.race_class_id or self._state.fields_cache.get("race_class"):
            self.season_id = self.race_class.season_id
        # A form leaves the constraint out, since the season is no field of it.
        others = RaceClassAlias.objects.filter(season=self.season_id, name=self.name).exclude(pk=self.pk)
        if self.season_id and others.exists():
            raise ValidationError({"name": "A class of this season is called so already."})


class TitleQuerySet(models.QuerySet["Title"]):
    def of_season(self, season: Season) -> "TitleQuerySet":
        return self.filter(race_class__season=season).select_related("race_class")


class Title(Sourced, Versioned):
    """What can be won: a class for teams (per car) or for drivers, or a group inside the class."""

    class Contender(models.TextChoices):
        TEAMS = "teams", "Teams (per car)"
        DRIVERS = "drivers", "Drivers"

    race_class = models.ForeignKey(RaceClass, on_delete=models.PROTECT, related_name="titles", verbose_name="class")
    contender = models.CharField(max_length=7, choices=Contender, help_text="Who competes for this title.")
    group = models.CharField(
        max_length=20, blank=True, help_text="Only for a smaller prize inside the class, for example Am."
    )

    history = HistoricalRecords()
    objects = TitleQuerySet.as_manager()

    class Meta:
        ordering = ["race_class__season", "race_class__position", "group", "-contender"]
        constraints = [
            models.UniqueConstraint(
                fields=["race_class", "contender", "group"],
                name="title_unique_in_class",
                violation_error_message="This class has that title already.",
            ),
            models.CheckConstraint(
                condition=models.Q(contender__in=["teams", "drivers"]), name="title_has_one_contender"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.race_class.season.label}"

    @property
    def name(self) -> str:
        """For example “LMP2 Teams”, or with a group “LMP2 Am Drivers”."""
        return " ".join(part for part in (self.race_class.name, self.group, self.contender.capitalize()) if part)

    @property
    def slug(self) -> str:
        """For example `lmp2-teams`, unique in the season."""
        return "-".join(
            part for part in (self.race_class.slug, self.group.lower().replace(" ", "-"), self.contender) if part
        )


class Invitation(Sourced, Versioned):
    """What the winner of a title is given: a place in another race, or priority for one."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        PRIORITY = "priority", "Priority for a place on the grid"

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.INVITATION)
    race = models.CharField(max_length=80, help_text="The race that it is for: 24 Hours of Le Mans.")
    year = models.PositiveSmallIntegerField(help_text="The year of that race.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "kind", "title__race_class__position"]
        constraints = [
            models.UniqueConstraint(fields=["title", "race", "year"], name="invitation_unique"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["invitation", "priority"]), name="invitation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.race} {self.year} ({self.get_kind_display().lower()})"
