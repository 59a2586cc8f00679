from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_colour
from championship.rules.pictures import NAME, master_path


class PictureQuerySet(models.QuerySet["Picture"]):
    def public(self) -> "PictureQuerySet":
        """Those that readers may see now: something shows them that readers see themselves.

        Each model that shows pictures says which of its rows readers see (`shown_to_readers`); the rows of one that
        does not say it make no picture public.
        """
        shown = models.Q(pk__in=[])
        for model, name in Picture.shown_by():
            if hasattr(model, "shown_to_readers"):
                rows = model.shown_to_readers().order_by()
                shown |= models.Q(models.Exists(rows.filter(**{name: models.OuterRef("pk")})))
        return self.filter(shown)


class Picture(Sourced, Versioned):
    """A picture of the library: who made it, under which licence, what it shows, and where its files are.

    `name` is the random name of its set of files (`rules/pictures.py`), which never change: another file, or another
    point of interest, is another set under another name. Width and height, in pixels, are those of the upright master.
    """

    class Licence(models.TextChoices):
        OWN = "own", "Own picture of the series"
        PERMISSION = "permission", "Used with permission"
        EDITORIAL = "editorial", "For editorial use only"
        PUBLIC_DOMAIN = "cc0", "CC0 or public domain"
        CC_BY = "cc-by-4.0", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"

    title = models.CharField(
        max_length=120, help_text="For you and your colleagues, to find it: readers do not see it."
    )
    alt = models.CharField(
        "description",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for readers who do not see it: “The number 99 car leads into turn 1”. "
        "Leave it empty only if the picture is decorative.",
    )
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="It says nothing that the text beside it does not say: a plain background.",
    )
    credit = models.CharField(
        max_length=120, help_text="Who made it, as it stands below the picture: Asian Le Mans Series."
    )
    licence = models.CharField(max_length=12, choices=Licence, help_text="What allows us to publish it.")
    focus_x = models.PositiveSmallIntegerField(
        "point of interest, from the left (%)", default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        "point of interest, from the top (%)", default=50, validators=[MaxValueValidator(100)]
    )
    name = models.CharField(
        "files", max_length=26, unique=True, editable=False, validators=[RegexValidator(rf"\A{NAME.pattern}\Z")]
    )
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    colour = models.CharField(
        max_length=7,
        editable=False,
        validators=[validate_colour],
        help_text="Its mean colour, shown until it is loaded.",
    )
    sha256 = models.CharField(
        max_length=64,
        unique=True,
        editable=False,
        help_text="Of the file as it was uploaded.",
        error_messages={"unique": "This file is in the library already."},
    )
    uploaded_at = models.DateTimeField(editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords()
    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decorative=True, alt="") | (models.Q(is_decorative=False) & ~models.Q(alt="")),
                name="picture_is_described_or_decorative",
                violation_error_message="Describe what the picture shows, or tick “decorative” and leave the "
                "description empty.",
            ),
            models.CheckConstraint(
                condition=models.Q(focus_x__lte=100, focus_y__lte=100), name="picture_focus_is_inside"
            ),
            models.CheckConstraint(condition=models.Q(width__gte=1, height__gte=1), name="picture_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.name and not default_storage.exists(master_path(self.name)):
            raise ValidationError("The files of this picture are no longer kept. Upload it again.")

    @classmethod
    def shown_by(cls) -> Iterator[tuple[type[models.Model], str]]:
        """Every model that shows pictures, with the name of its relation: whatever relations there are."""
        for relation in cls._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or not relation.is_relation:
                continue
            field, model = relation.field, relation.related_model
            # A history only remembers, and rows between two models are found from the far side.
            if hasattr(model, "history_id") or model._meta.auto_created:
                continue
            yield model, field.name

    def uses(self) -> Iterator[models.Model]:
        """Every row of any model that shows this picture."""
        for model, name in self.shown_by():
            yield from model._base_manager.filter(**{name: self}).select_related()
