from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_car_number
from championship.models.cars import CarModel
from championship.models.classes import RaceClass
from championship.models.crews import Seat, seat_constraints
from championship.models.events import Event
from championship.models.pictures import Picture
from championship.models.seasons import Season
from championship.models.teams import Team
from championship.rules.entry_lists import ListLine
from championship.rules.names import car_number_key


class Withdrawable(models.Model):
    """An entry that may be withdrawn. Day and reason may both be unknown: then they are not on record."""

    withdrawn_on = models.DateField(
        "withdrawn on", null=True, blank=True, help_text="Leave empty if it is not on record."
    )
    withdrawal_reason = models.CharField(
        "reason", max_length=200, blank=True, help_text="Leave empty if it is not on record."
    )

    class Meta:
        abstract = True


def withdrawal_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(status="withdrawn") | models.Q(withdrawn_on__isnull=True, withdrawal_reason=""),
        name=name,
        violation_error_message="Only a withdrawn entry has a day and a reason of withdrawal. "
        "Set the status to “Withdrawn” or clear them.",
    )


class EntryQuerySet(models.QuerySet["Entry"]):
    def for_list(self) -> "EntryQuerySet":
        """With all that `as_list_line` reads, in a fixed number of queries."""
        return self.select_related("race_class", "team", "car_model").prefetch_related("crew__driver")


class EventEntryQuerySet(models.QuerySet["EventEntry"]):
    def for_list(self) -> "EventEntryQuerySet":
        """With all that `as_list_line` reads, in a fixed number of queries."""
        return self.select_related("entry__race_class", "entry__team", "car_model").prefetch_related("crew__driver")


class Entry(Sourced, Versioned, Withdrawable):
    """One car number in a class for a team in a season: the contender of the teams' titles."""

    class Status(models.TextChoices):
        ENTERED = "entered", "Entered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="entries")
    car_number = models.CharField(
        max_length=4,
        validators=[validate_car_number],
        help_text="As on the plate: 007 is another car than 7.",
    )
    race_class = models.ForeignKey(RaceClass, on_delete=models.PROTECT, related_name="entries", verbose_name="class")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="entries")
    car_model = models.ForeignKey(CarModel, on_delete=models.PROTECT, related_name="entries")
    status = models.CharField(max_length=12, choices=Status, default=Status.ENTERED)
    livery = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The car in its colours of this season: a picture of the library. The page is whole without one.",
    )

    history = HistoricalRecords()
    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["season", "race_class__position", "car_number"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["season", "car_number"],
                name="car_number_unique_in_season",
                violation_error_message="This car number is taken in this season.",
            ),
            withdrawal_constraint("entry_withdrawal_facts"),
        ]

    def __str__(self) -> str:
        return f"{self.car_number} {self.team} ({self.season.label})"

    def get_absolute_url(self) -> str:
        return reverse("entry", args=[self.season.slug, self.car_number])

    @classmethod
    def shown_to_readers(cls) -> models.QuerySet["Entry"]:
        """Those that a published list or classification names."""
        from championship.models.public_names import publicly_named

        return publicly_named(cls._default_manager.all(), line="entry", result="event_entry__entry")

    @property
    def car_number_key(self) -> tuple[int, str]:
        return car_number_key(self.car_number)

    def as_list_line(self) -> ListLine:
        """The car as the season's own entry list shows it: under the team's own name and country."""
        return ListLine(
            car_number=self.car_number,
            race_class=self.race_class.slug,
            race_class_name=self.race_class.name,
            team=self.team.slug,
            team_name=self.team.name,
            team_country=str(self.team.country),
            car_model=self.car_model.slug,
            car_model_name=self.car_model.name,
            status=self.status,
            withdrawn_on=self.withdrawn_on,
            withdrawal_reason=self.withdrawal_reason,
            crew=tuple(member.as_list_seat() for member in self.crew.all()),
        )

    def clean(self) -> None:
        if self.season_id and self.race_class_id and self.race_class.season_id != self.season_id:
            raise ValidationError({"race_class": f"Choose a class of the season {self.season.label}."})


class SeasonCrewMember(Seat):
    """Who is nominated for a car for the season, before the crews of its events are known."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="crew")

    history = HistoricalRecords()

    class Meta(Seat.Meta):
        verbose_name = "crew member for the season"
        verbose_name_plural = "crew for the season"
        constraints = seat_constraints("entry", "season_crew")

    def __str__(self) -> str:
        return str(self.driver or self.get_status_display())


class EventEntry(Sourced, Versioned, Withdrawable):
    """An entry at one event: its name, country and car as listed there, with its crew."""

    class Status(models.TextChoices):
        ENTERED = "entered", "Entered"
        RESERVE = "reserve", "Reserve"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOT_ADMITTED = "not_admitted", "Not admitted"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="event_entries")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="event_entries")
    listed_name = models.CharField(
        max_length=100, blank=True, help_text="Only if this event lists the team under another name."
    )
    listed_country = CountryField(blank=True, help_text="Only if this event lists the team under another country.")
    car_model = models.ForeignKey(CarModel, on_delete=models.PROTECT, related_name="event_entries")
    status = models.CharField(max_length=12, choices=Status, default=Status.ENTERED)

    history = HistoricalRecords()
    objects = EventEntryQuerySet.as_manager()

    class Meta:
        ordering = ["event", "entry__race_class__position", "entry__car_number"]
        verbose_name = "event entry"
        verbose_name_plural = "event entries"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "entry"],
                name="entry_once_per_event",
                violation_error_message="This car is entered for this event already.",
            ),
            withdrawal_constraint("event_entry_withdrawal_facts"),
        ]

    def __str__(self) -> str:
        return f"{self.entry.car_number} {self.team_name} at {self.event}"

    @property
    def team_name(self) -> str:
        """The team's name as this event lists it."""
        return self.listed_name or self.entry.team.name

    @property
    def team_country(self) -> str:
        """The team's country (alpha-2) as this event lists it."""
        return str(self.listed_country or self.entry.team.country)

    def as_list_line(self) -> ListLine:
        """The car as the entry list of its event shows it."""
        return ListLine(
            car_number=self.entry.car_number,
            race_class=self.entry.race_class.slug,
            race_class_name=self.entry.race_class.name,
            team=self.entry.team.slug,
            team_name=self.team_name,
            team_country=self.team_country,
            car_model=self.car_model.slug,
            car_model_name=self.car_model.name,
            status=self.status,
            withdrawn_on=self.withdrawn_on,
            withdrawal_reason=self.withdrawal_reason,
            crew=tuple(member.as_list_seat() for member in self.crew.all()),
        )

    def clean(self) -> None:
        if self.event_id and self.entry_id and self.entry.season_id != self.event.season_id:
            raise ValidationError({"entry": f"Choose an entry of the season {self.event.season.label}."})


class CrewMember(Seat):
    """Who sits in a car at one event."""

    event_entry = models.ForeignKey(EventEntry, on_delete=models.CASCADE, related_name="crew")

    history = HistoricalRecords()

    class Meta(Seat.Meta):
        verbose_name = "crew member"
        verbose_name_plural = "crew"
        constraints = seat_constraints("event_entry", "crew")

    def __str__(self) -> str:
        return str(self.driver or self.get_status_display())
