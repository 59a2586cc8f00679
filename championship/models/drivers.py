from django.db import models
from django.urls import reverse
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_slug
from championship.models.pictures import Picture


class Driver(Sourced, Versioned):
    """A person. Which car he or she drives is a matter of each event's crew."""

    slug = models.CharField(
        max_length=80, unique=True, validators=[validate_slug], help_text="In addresses: louis-deletraz."
    )
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60)
    country = CountryField(blank=True, help_text="Leave empty for a driver who is listed without a country (neutral).")
    portrait = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A picture of the library. The page is whole without one.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["family_name", "given_name", "slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("driver", args=[self.slug])

    @classmethod
    def shown_to_readers(cls) -> models.QuerySet["Driver"]:
        """Those that a published list or classification names."""
        from championship.models.public_names import publicly_named

        return publicly_named(cls._default_manager.all(), line="crew__driver", result="drivers__driver")

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class DriverAlias(models.Model):
    """Another spelling of a driver's full name in entry lists and timing files."""

    driver = models.ForeignKey(Driver, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120, unique=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = "alias"
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.name
