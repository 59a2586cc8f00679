from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_outline, validate_slug
from championship.models.pictures import Picture


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(f"“{value}” is not a time zone. Use a name such as Asia/Kuala_Lumpur.")


class Circuit(Sourced, Versioned):
    """A race track in one layout."""

    slug = models.CharField(
        max_length=50, unique=True, validators=[validate_slug], help_text="In addresses: yas-marina."
    )
    name = models.CharField(max_length=100, unique=True)
    layout = models.CharField(max_length=60, blank=True, help_text="Which layout is raced: Grand Prix.")
    location = models.CharField(max_length=100)
    country = CountryField()
    length_m = models.PositiveIntegerField("length (m)", validators=[MinValueValidator(1)])
    turns = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    latitude = models.DecimalField(
        max_digits=9, decimal_places=7, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.DecimalField(
        max_digits=10, decimal_places=7, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    time_zone = models.CharField(
        max_length=60,
        validators=[validate_time_zone],
        help_text="Track time follows this zone: Asia/Kuala_Lumpur.",
    )
    outline = models.TextField(
        blank=True,
        validators=[validate_outline],
        help_text="Schematic outline: SVG path data in a box of 200 by 140. Leave empty if there is no drawing.",
    )
    lead_picture = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A picture of the library, shown large. The page is whole without one.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(length_m__gte=1), name="circuit_has_a_length"),
            models.CheckConstraint(condition=models.Q(turns__gte=1), name="circuit_has_turns"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circuit", args=[self.slug])

    @classmethod
    def shown_to_readers(cls) -> models.QuerySet["Circuit"]:
        """Those that have a page: all."""
        return cls._default_manager.all()

    @property
    def length(self) -> str:
        """In kilometres, to the metre: `5.543 km`."""
        return f"{self.length_m // 1000}.{self.length_m % 1000:03} km"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
