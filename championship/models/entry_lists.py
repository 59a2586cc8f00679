from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django_countries.fields import CountryField

from championship import clock
from championship.models.base import Frozen, FrozenQuerySet, Precision, Sourced
from championship.models.cars import CarModel
from championship.models.classes import RaceClass
from championship.models.crews import Seat, seat_constraints
from championship.models.entries import Entry, EventEntry, Withdrawable
from championship.models.events import Event
from championship.models.seasons import Season
from championship.models.teams import Team
from championship.rules.entry_lists import ListLine, ListSeat


class EntryListQuerySet(FrozenQuerySet):
    def published(self, moment: datetime | None = None) -> "EntryListQuerySet":
        """Revisions that the public knows at `moment` (the site's clock), the newest first."""
        return self.filter(published_at__lte=moment or clock.now()).order_by("-revision")

    def newest(self, moment: datetime | None = None) -> "EntryListQuerySet":
        """Of every list, of a season or an event, the newest revision that the public knows at `moment`."""
        known = self.model.objects.published(moment)
        newer = known.filter(revision__gt=models.OuterRef("revision"))
        return self.published(moment).filter(
            ~models.Exists(newer.filter(event=models.OuterRef("event"))),
            models.Q(event__isnull=False) | ~models.Exists(newer.filter(event=None, season=models.OuterRef("season"))),
        )

    def of_season(self, season: Season) -> "EntryListQuerySet":
        """The season's own list, not those of its events."""
        return self.filter(season=season, event=None)

    def of_event(self, event: Event) -> "EntryListQuerySet":
        return self.filter(event=event)


class EntryList(Frozen, Sourced):
    """A published revision of who is entered, for a season or for one of its events. It never changes."""

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", "Provisional"
        FINAL = "final", "Final"
        AMENDED = "amended", "Amended"

    Precision = Precision

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="entry_lists")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="entry_lists")
    revision = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=11, choices=Status)
    published_at = models.DateTimeField()
    published_precision = models.CharField(max_length=6, choices=Precision, default=Precision.MINUTE)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True, help_text="What readers should know about this revision.")

    objects = EntryListQuerySet.as_manager()

    class Meta:
        ordering = ["season", models.F("event").asc(nulls_first=True), "revision"]
        permissions = [("publish_entrylist", "Can publish a revision of an entry list")]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "revision"], condition=models.Q(event=None), name="season_revision_unique"
            ),
            models.UniqueConstraint(
                fields=["event", "revision"],
                condition=models.Q(event__isnull=False),
                name="event_revision_unique",
            ),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="revision_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.event or self.season}: entry list r{self.revision} ({self.get_status_display().lower()})"

    def get_absolute_url(self) -> str:
        if self.event is None:
            return reverse("entry_list_revision", args=[self.season.slug, self.revision])
        return reverse("event_entry_list_revision", args=[self.season.slug, self.event.slug, self.revision])


class EntryListLineQuerySet(FrozenQuerySet):
    def for_list(self) -> "EntryListLineQuerySet":
        """With all that `as_list_line` and a page's links read, in two queries."""
        crew = models.Prefetch("crew", EntryListSeat.objects.select_related("driver"))
        return self.without_crew().prefetch_related(crew)

    def without_crew(self) -> "EntryListLineQuerySet":
        """With what a page says about the cars alone."""
        return self.select_related("race_class__season", "team", "car_model__manufacturer", "entry_list__event")

    def published(self) -> "EntryListLineQuerySet":
        """Lines of every revision that the public knows."""
        return self.filter(entry_list__in=EntryList.objects.published())

    def on_newest_lists(self) -> "EntryListLineQuerySet":
        """What is listed now: lines of the newest published revision of each season's and each event's list."""
        return self.filter(entry_list__in=EntryList.objects.newest())


class EntryListLine(Frozen, Withdrawable):
    """One car of a published list, copied at publication: names stay as they were, links lead to what is known now."""

    entry_list = models.ForeignKey(EntryList, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(help_text="Order in the list, from 1.")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    car_number = models.CharField(max_length=4)
    race_class = models.ForeignKey(RaceClass, on_delete=models.PROTECT, related_name="lines")
    race_class_name = models.CharField(max_length=20)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="lines")
    team_name = models.CharField(max_length=100)
    team_country = CountryField()
    car_model = models.ForeignKey(CarModel, on_delete=models.PROTECT, related_name="lines")
    car_model_name = models.CharField(max_length=80)
    status = models.CharField(max_length=12, choices=EventEntry.Status)

    objects = EntryListLineQuerySet.as_manager()

    class Meta:
        ordering = ["entry_list", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry_list", "position"], name="line_position_once"),
            models.UniqueConstraint(fields=["entry_list", "entry"], name="line_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.car_number} {self.team_name}"

    def as_list_line(self) -> ListLine:
        """The line as it was published."""
        return ListLine(
            car_number=self.car_number,
            race_class=self.race_class.slug,
            race_class_name=self.race_class_name,
            team=self.team.slug,
            team_name=self.team_name,
            team_country=str(self.team_country),
            car_model=self.car_model.slug,
            car_model_name=self.car_model_name,
            status=self.status,
            withdrawn_on=self.withdrawn_on,
            withdrawal_reason=self.withdrawal_reason,
            crew=tuple(seat.as_list_seat() for seat in self.crew.all()),
        )


class EntryListSeat(Frozen, Seat):
    """One seat of a published line, copied at publication."""

    line = models.ForeignKey(EntryListLine, on_delete=models.PROTECT, related_name="crew")
    given_name = models.CharField(max_length=60, blank=True)
    family_name = models.CharField(max_length=60, blank=True)

    class Meta(Seat.Meta):
        constraints = seat_constraints("line", "line_crew")

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.get_status_display()

    def as_list_seat(self) -> ListSeat:
        """The seat under the name that was published."""
        return ListSeat(
            seat=self.seat,
            driver=self.driver.slug if self.driver else "",
            given_name=self.given_name,
            family_name=self.family_name,
            rating=self.rating,
            nationality=str(self.nationality),
        )
