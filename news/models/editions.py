"""What was saved and published of a story: editions that never change, what they are about, and their addresses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from championship.models import Driver, Entry, Event, Picture, Season, Session, Team, Title
from championship.models.base import Frozen
from news.models.stories import Story, StoryText


class StoryEdition(Frozen, StoryText):
    """A story as it was at one save, frozen. With `public_from` it was made by publishing.

    `public_from` is the moment from which it was meant for readers, None for a save. `update_note` tells them what is
    new in an edition that follows a public one.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=100, blank=True)
    public_from = models.DateTimeField(null=True, blank=True)
    update_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["story", "-number"]
        default_permissions = ("view",)
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="edition_number_once_per_story"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_1"),
            models.CheckConstraint(
                condition=Q(update_note="") | Q(public_from__isnull=False), name="update_note_is_for_readers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (edition {self.number})"

    @property
    def part_of(self) -> Story:
        """What somebody looks for who finds this row among the uses of a picture."""
        return self.story

    @classmethod
    def shown_to_readers(cls) -> models.QuerySet["StoryEdition"]:
        """The editions that readers see now."""
        return cls.objects.filter(pk__in=Story.everything.published().order_by().values("live"))


SUBJECTS = ("season", "event", "session", "team", "driver", "entry", "title", "picture", "related")
# The links of a working copy, and what a row of an edition's links calls each.
LINKS = {
    "seasons": "season",
    "events": "event",
    "sessions": "session",
    "teams": "team",
    "drivers": "driver",
    "entries": "entry",
    "related": "related",
}


def _exactly_one(names: tuple[str, ...]) -> Q:
    """That of these relations one is set, and no other."""
    found = Q()
    for chosen in names:
        found |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return found


class StoryLink(Frozen):
    """One thing that an edition is about, one of its related stories, or what one of its blocks shows (`in_block`).

    Rows of the sport that somebody deletes take their links along: a story never keeps an official from the work. A
    picture of the library stays as long as an edition shows it.
    """

    edition = models.ForeignKey(StoryEdition, on_delete=models.PROTECT, related_name="links")
    season = models.ForeignKey(Season, null=True, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    driver = models.ForeignKey(Driver, null=True, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey(Title, null=True, on_delete=models.CASCADE, related_name="+")
    picture = models.ForeignKey(Picture, null=True, on_delete=models.PROTECT, related_name="+")
    related = models.ForeignKey(Story, null=True, on_delete=models.PROTECT, related_name="+")
    in_block = models.BooleanField(default=False)

    class Meta:
        ordering = ["edition", "pk"]
        default_permissions = ()
        base_manager_name = "objects"
        constraints = [models.CheckConstraint(condition=_exactly_one(SUBJECTS), name="story_link_to_one_thing")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.subject}"

    @property
    def part_of(self) -> Story:
        return self.edition.story

    @classmethod
    def shown_to_readers(cls) -> models.QuerySet["StoryLink"]:
        """Those of the editions that readers see now."""
        return cls.objects.filter(edition__in=StoryEdition.shown_to_readers())

    @property
    def kind(self) -> str:
        """Which of `SUBJECTS` it leads to."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)

    @property
    def subject(self) -> models.Model:
        return getattr(self, self.kind)


class StoryAddress(models.Model):
    """A slug that a story was published under. It stays the story's own: an old one leads to the present one."""

    slug = models.CharField(max_length=80, unique=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "story addresses"
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug


class Milestone(models.Model):
    """A name that somebody gave to an edition, to find it again."""

    edition = models.OneToOneField(StoryEdition, on_delete=models.PROTECT, related_name="milestone")
    name = models.CharField(max_length=60)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["edition"]
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="milestone_has_a_name")]

    def __str__(self) -> str:
        return self.name
