from django.db import models
from django.urls import reverse
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_slug
from championship.models.pictures import Picture


class Team(Sourced, Versioned):
    """The name cars are entered under. Other spellings of it are aliases, not teams."""

    slug = models.CharField(max_length=60, unique=True, validators=[validate_slug], help_text="In addresses: af-corse.")
    name = models.CharField(max_length=100, unique=True)
    country = CountryField()
    logo = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A picture of the library. The page is whole without one.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("team", args=[self.slug])

    @classmethod
    def shown_to_readers(cls) -> models.QuerySet["Team"]:
        """Those that a published list or classification names."""
        from championship.models.public_names import publicly_named

        return publicly_named(cls._default_manager.all(), line="team", result="team")


class TeamAlias(models.Model):
    """Another spelling under which a team appears in entry lists and timing files."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100, unique=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = "alias"
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.name
