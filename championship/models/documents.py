"""The notice board of an event: numbered documents that never change, and the files of those that are uploaded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from championship import clock
from championship.models.base import FrozenError, Precision, Sourced, Versioned, is_freezing
from championship.models.classifications import Classification
from championship.models.decisions import Decision
from championship.models.entries import EventEntry
from championship.models.entry_lists import EntryList
from championship.models.events import Event, Session
from championship.models.seasons import Season

# What a publication gives to a document: `services.documents` writes it, and nothing else does.
GIVEN = frozenset(
    {"number", "numbering", "published_at", "published_precision", "published_by", "from_archive", "archive_slug"}
)


def _refuse(what: str = "This document is published and never changes: publish one that amends it.") -> NoReturn:
    raise FrozenError(what)


def _refuse_unless_publishing() -> None:
    if not is_freezing():
        _refuse("A document is published by services.documents, which gives it its number.")


class DocumentQuerySet(models.QuerySet["Document"]):
    """Drafts may change. What is published raises FrozenError, and so does publishing past the services."""

    def published(self, moment: datetime | None = None) -> "DocumentQuerySet":
        """What the public has seen by `moment` (the site's clock), the newest first."""
        return self.filter(published_at__lte=moment or clock.now()).order_by("-published_at", "-number", "-pk")

    def drafts(self) -> "DocumentQuerySet":
        return self.filter(published_at__isnull=True)

    def update(self, **values: Any) -> int:
        self._refuse_published()
        if GIVEN & set(values):
            _refuse_unless_publishing()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete()

    def bulk_update(self, objs: Iterable["Document"], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        rows, names = list(objs), list(fields)
        self.model._base_manager.filter(pk__in=[row.pk for row in rows])._refuse_published()
        if GIVEN & set(names):
            _refuse_unless_publishing()
        return super().bulk_update(rows, names, *args, **kwargs)

    def bulk_create(self, objs: Iterable["Document"], *args: Any, **kwargs: Any) -> list["Document"]:
        rows = list(objs)
        if kwargs.get("update_conflicts"):
            _refuse()
        if any(row.is_published for row in rows):
            _refuse_unless_publishing()
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse_published(self) -> None:
        # Without the ordering and the slice that a queryset may have.
        if self.model._base_manager.filter(pk__in=self.values("pk"), published_at__isnull=False).exists():
            _refuse()


class Document(Sourced, Versioned):
    """One document of an event's notice board; a draft until it is published, and unchangeable from then on.

    `number` is given at publication, without gaps in its scope (`numbering`); what was copied from an archive stands
    outside the numbering. `body` is what readers read of a decision, as JSON text, as it was told at publication
    (`services.documents`); a file lies in `DocumentFile`. To correct a document, publish one that `amends` it.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "Decision"
        CLASSIFICATION = "classification", "Classification"
        ENTRY_LIST = "entry_list", "Entry list"
        BULLETIN = "bulletin", "Bulletin"
        REGULATIONS = "regulations", "Regulations"
        TIMETABLE = "timetable", "Timetable"
        SUMMONS = "summons", "Summons"
        OTHER = "other", "Other"

    class Language(models.TextChoices):
        """As ISO 639-1 has them."""

        ENGLISH = "en", "English"
        FRENCH = "fr", "French"
        ARABIC = "ar", "Arabic"
        CHINESE = "zh", "Chinese"
        GERMAN = "de", "German"
        ITALIAN = "it", "Italian"
        JAPANESE = "ja", "Japanese"
        KOREAN = "ko", "Korean"
        MALAY = "ms", "Malay"
        PORTUGUESE = "pt", "Portuguese"
        SPANISH = "es", "Spanish"
        THAI = "th", "Thai"

    Precision = Precision

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="documents")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(max_length=14, choices=Kind)
    title = models.CharField(max_length=150)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="documents", help_text="If it is of one."
    )
    event_entry = models.ForeignKey(
        EventEntry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name="car",
        help_text="If it is about one.",
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="documents"
    )
    classification = models.OneToOneField(
        Classification, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="document"
    )
    entry_list = models.OneToOneField(
        EntryList, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="document"
    )
    amends = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="amended_by",
        help_text="What it corrects.",
    )
    body = models.TextField(blank=True, editable=False)
    number = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False, validators=[MinValueValidator(1)], help_text="Given at publication."
    )
    numbering = models.CharField(
        max_length=6, blank=True, editable=False, help_text="How far its number counts: Season.DocumentNumbering."
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_precision = models.CharField(max_length=6, choices=Precision, default=Precision.MINUTE, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    from_archive = models.BooleanField(default=False, editable=False)
    archive_slug = models.CharField(
        max_length=120, blank=True, editable=False, help_text="In its address, outside the numbering."
    )

    history = HistoricalRecords()
    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["event", "-number", "-pk"]
        # Related managers write through it: `event.documents.update(...)` is refused as well.
        base_manager_name = "objects"
        permissions = [("publish_document", "Can publish a document on the notice board")]
        constraints = [
            # However far numbers count: a document's address at its event is its number.
            models.UniqueConstraint(fields=["event", "number"], name="document_number_once_per_event"),
            models.UniqueConstraint(
                fields=["season", "number"],
                condition=models.Q(numbering="season"),
                name="document_number_once_per_season",
            ),
            models.UniqueConstraint(
                fields=["event", "archive_slug"],
                condition=~models.Q(archive_slug=""),
                name="archived_document_slug_once_per_event",
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True, numbering="")
                | models.Q(number__gte=1, numbering__in=["event", "season"], published_at__isnull=False),
                name="document_number_has_a_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | models.Q(number__isnull=False)
                | (models.Q(from_archive=True) & ~models.Q(archive_slug="")),
                name="published_document_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"Document {self.number}: {self.title}" if self.number else self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def address(self) -> str:
        """The last part of its page's address: its number, or a slug outside the numbering; "" for a draft."""
        return str(self.number) if self.number else self.archive_slug

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.event.season.slug, self.event.slug, self.address])

    def clean(self) -> None:
        if self.event_id is None:
            return
        self.season_id = self.event.season_id
        for name in ("session", "event_entry"):
            row = getattr(self, name)
            if row is not None and row.event_id != self.event_id:
                raise ValidationError({name: "Choose one of this event."})
        if self.amends is not None and (self.amends.event_id != self.event_id or not self.amends.is_published):
            raise ValidationError({"amends": "Choose a published document of this event."})

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_published()
        if self.is_published:
            _refuse_unless_publishing()
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        if self.pk:
            type(self)._base_manager.filter(pk=self.pk)._refuse_published()


class DocumentFileQuerySet(models.QuerySet["DocumentFile"]):
    """The file of a draft may be changed and taken away, that of a published document never."""

    def update(self, **values: Any) -> int:
        self._refuse_published()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete()

    def bulk_update(self, objs: Iterable["DocumentFile"], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        self.model._base_manager.filter(pk__in=[row.pk for row in rows])._refuse_published()
        return super().bulk_update(rows, *args, **kwargs)

    def bulk_create(self, objs: Iterable["DocumentFile"], *args: Any, **kwargs: Any) -> list["DocumentFile"]:
        rows = list(objs)
        if kwargs.get("update_conflicts"):
            _refuse()
        if not is_freezing():
            Document.objects.filter(pk__in=[row.document_id for row in rows])._refuse_published()
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse_published(self) -> None:
        Document._base_manager.filter(pk__in=self.values("document"))._refuse_published()


class DocumentFile(models.Model):
    """The file of an uploaded document, kept in the database: a publication is one transaction, and so is a backup."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(max_length=100, help_text="As it was uploaded.")
    content_type = models.CharField(max_length=40)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        ordering = ["document"]
        base_manager_name = "objects"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_published()
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        Document._base_manager.filter(pk=self.document_id)._refuse_published()
