from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from championship.models.base import Sourced, Versioned, validate_slug


class Manufacturer(Sourced, Versioned):
    slug = models.CharField(
        max_length=50, unique=True, validators=[validate_slug], help_text="In filters: aston-martin."
    )
    name = models.CharField(max_length=60, unique=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CarModel(Sourced, Versioned):
    """A model of car as it is entered, for example “Oreca 07 - Gibson”."""

    slug = models.CharField(max_length=60, unique=True, validators=[validate_slug], help_text="In addresses: oreca-07.")
    manufacturer = models.ForeignKey(Manufacturer, on_delete=models.PROTECT, related_name="car_models")
    name = models.CharField(max_length=80, unique=True, help_text="As on entry lists: Oreca 07 - Gibson.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("car_model", args=[self.slug])


class CarModelAlias(models.Model):
    """Another spelling of a car model in entry lists and timing files."""

    car_model = models.ForeignKey(CarModel, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80, unique=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = "alias"
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.name
