"""A story or a page while it is written, and what it is about. Readers see its editions (news.models.editions)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from simple_history.models import HistoricalRecords

from championship import clock
from championship.models import Driver, Entry, Event, Picture, Season, Session, Team
from championship.models.base import Versioned, refuse_reserved, validate_slug
from championship.rules.names import SEASON_SLUG
from news.models.fields import MarkupField

# Words that the site map uses right below /news/, and those that it uses at the root.
RESERVED_STORY_SLUGS = frozenset({"topic", "preview"})
RESERVED_PAGE_SLUGS = frozenset(
    "admin calendar cars circuits corrections data drivers entries feeds healthz media news pictures preferences "
    "readyz results search standings static teams".split()
)


class Topic(Versioned):
    """A heading under which stories are collected; each has at most one."""

    slug = models.CharField(
        max_length=50, unique=True, validators=[validate_slug], help_text="In its address: race-reports. Never change."
    )
    name = models.CharField(max_length=40, unique=True, help_text="As readers see it: Race reports.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class StoryText(models.Model):
    """What a story says, in its working copy and frozen in each of its editions."""

    slug = models.CharField(max_length=80, validators=[validate_slug], help_text="In its address: sepang-returns.")
    headline = models.CharField(max_length=120)
    neutral_headline = models.CharField(
        max_length=120, blank=True, help_text="For readers who hide results: says nothing about who won."
    )
    standfirst = models.CharField(max_length=400, blank=True, help_text="One or two sentences below the headline.")
    body = MarkupField(blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead_picture = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The one large picture. Without one the story has a plate of letters and outlines.",
    )
    byline = models.CharField(max_length=100, blank=True, help_text="Who wrote it, as readers see it.")
    footer_place = models.PositiveSmallIntegerField(
        "place in the footer",
        null=True,
        blank=True,
        help_text="The footer of every page lists those with a number, the smallest first. Empty: not listed.",
    )

    class Meta:
        abstract = True


class StoryQuerySet(models.QuerySet["Story"]):
    def published(self, moment: datetime | None = None) -> "StoryQuerySet":
        """What the public sees at `moment` (the site's clock), the newest first. Ask it for every public answer."""
        moment = moment or clock.now()
        not_embargoed = models.Q(embargo_until__isnull=True) | models.Q(embargo_until__lte=moment)
        return (
            self.filter(not_embargoed, live__isnull=False, publish_at__lte=moment, archived_at__isnull=True)
            .select_related("live__topic", "live__lead_picture")
            .order_by("-publish_at", "-pk")
        )

    def scheduled(self, moment: datetime | None = None) -> "StoryQuerySet":
        """What becomes public by itself after `moment`, the next first."""
        moment = moment or clock.now()
        return self.filter(
            models.Q(publish_at__gt=moment) | models.Q(embargo_until__gt=moment),
            live__isnull=False,
            publish_at__isnull=False,
            archived_at__isnull=True,
        ).order_by(Greatest("publish_at", Coalesce("embargo_until", "publish_at")))

    def in_state(self, state: str, moment: datetime | None = None) -> "StoryQuerySet":
        """Those whose `state` is this one (a value of `Story.State`) at `moment`."""
        public = self.filter(pk__in=self.published(moment).order_by().values("pk"))
        newer = models.Q(has_unsaved=True) | ~models.Q(live__number=models.F("editions_saved"))
        draft = self.filter(live__isnull=True)
        match state:
            case Story.State.ARCHIVED:
                return self.filter(archived_at__isnull=False)
            case Story.State.SCHEDULED:
                return self.filter(pk__in=self.scheduled(moment).order_by().values("pk"))
            case Story.State.LIVE:
                return public.exclude(newer)
            case Story.State.LIVE_WITH_DRAFT:
                return public.filter(newer)
            case Story.State.IN_REVIEW:
                return draft.filter(submitted_at__isnull=False)
        return draft.filter(submitted_at__isnull=True)


class KindManager(models.Manager.from_queryset(StoryQuerySet)):  # type: ignore[misc]  # made at run time
    """Rows of one kind alone: whoever asks for stories never gets a page, and the other way round."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> StoryQuerySet:
        found: StoryQuerySet = super().get_queryset().filter(kind=self.kind)
        return found


class Story(StoryText, Versioned):
    """A story's working copy, with the links to what it is about. Nothing here is public: `live` is.

    A page is a story that stands in the site instead of in the news (`kind`, which never changes). `objects` are
    stories alone, `Page.objects` pages alone; what writes finds both with `everything`.

    `live` is the edition that readers see as of `publish_at`; both are None for a draft. `editions_saved` is the
    number of its newest edition, 0 before the first save; `has_unsaved` says that the working copy was written on
    since (by autosave).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        SCHEDULED = "scheduled", "Scheduled"
        LIVE = "live", "Live"
        LIVE_WITH_DRAFT = "live_with_draft", "Live, with a newer draft"
        ARCHIVED = "archived", "Archived"

    class Kind(models.TextChoices):
        STORY = "story", "Story"
        PAGE = "page", "Page"

    kind = models.CharField(max_length=5, choices=Kind, default=Kind.STORY, editable=False)
    live = models.ForeignKey(
        "StoryEdition", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    publish_at = models.DateTimeField(null=True, blank=True, editable=False)
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Never public before this moment, whoever publishes it."
    )
    submitted_at = models.DateTimeField("in review since", null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When an editor last found that its facts still hold."
    )
    editions_saved = models.PositiveIntegerField(default=0, editable=False)
    has_unsaved = models.BooleanField(default=False, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    seasons = models.ManyToManyField(Season, blank=True, related_name="+")
    events = models.ManyToManyField(Event, blank=True, related_name="+")
    sessions = models.ManyToManyField(Session, blank=True, related_name="+")
    teams = models.ManyToManyField(Team, blank=True, related_name="+")
    drivers = models.ManyToManyField(Driver, blank=True, related_name="+")
    entries = models.ManyToManyField(Entry, blank=True, related_name="+", verbose_name="cars")
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "story"},
        help_text="Shown below it, before those found by links.",
    )

    # What the text of the working copy shows: the library sees it here also while no edition has it yet.
    pictures = models.ManyToManyField(Picture, blank=True, editable=False, related_name="+")

    history = HistoricalRecords()
    # The first is the default: with it Django looks for a slug that is taken, and for the row to be saved.
    everything = StoryQuerySet.as_manager()
    objects = KindManager(Kind.STORY)

    class Meta:
        ordering = ["-edited_at", "-pk"]
        verbose_name_plural = "stories"
        default_permissions = ("add", "change", "view")
        permissions = [("publish_story", "Can publish, schedule and take down a story")]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="story_slug_unique",
                violation_error_message="Another story or page has this address. Choose another word for the slug.",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["story", "page"]), name="story_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(live__isnull=True, publish_at__isnull=True)
                | models.Q(live__isnull=False, publish_at__isnull=False),
                name="published_story_has_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(archived_at__isnull=True) | models.Q(live__isnull=False),
                name="archived_story_was_published",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """Its public address: that of the live edition, or the one that it would get."""
        return reverse(self.kind, args=[self.live.slug if self.live else self.slug])

    @classmethod
    def shown_to_readers(cls) -> StoryQuerySet:
        """None of its rows: readers see editions."""
        return cls.everything.none()

    @property
    def public_from(self) -> datetime | None:
        """When readers see it: the moment of publication, or the end of its embargo; None for a draft."""
        if self.publish_at is None or self.archived_at is not None:
            return None
        return max(self.publish_at, self.embargo_until or self.publish_at)

    @property
    def is_public(self) -> bool:
        return self.public_from is not None and self.public_from <= clock.now()

    @property
    def has_newer_draft(self) -> bool:
        """Whether the working copy says something else than what is, or will be, public."""
        return self.live is not None and (self.has_unsaved or self.live.number != self.editions_saved)

    @property
    def state(self) -> "Story.State":
        if self.archived_at is not None:
            return self.State.ARCHIVED
        if self.is_public:
            return self.State.LIVE_WITH_DRAFT if self.has_newer_draft else self.State.LIVE
        if self.public_from is not None:
            return self.State.SCHEDULED
        return self.State.IN_REVIEW if self.submitted_at else self.State.DRAFT

    @property
    def reserved_slugs(self) -> frozenset[str]:
        """The words that the site map needs where this kind of text has its address."""
        return RESERVED_PAGE_SLUGS if self.kind == self.Kind.PAGE else RESERVED_STORY_SLUGS

    def clean(self) -> None:
        refuse_reserved(self.slug, self.reserved_slugs)
        if self.kind == self.Kind.PAGE and SEASON_SLUG.fullmatch(self.slug):
            raise ValidationError({"slug": f"“{self.slug}” is the address of a season. Add a word to it."})
        from news.models.editions import StoryAddress

        if StoryAddress.objects.filter(slug=self.slug).exclude(story=self.pk).exists():
            raise ValidationError({"slug": "Another story or page was published at this address. Choose another word."})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.editions_saved:
            raise models.ProtectedError(f"A {self.kind} that was saved is kept: archive it instead.", {self})
        return super().delete(*args, **kwargs)
