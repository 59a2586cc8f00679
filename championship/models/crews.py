"""A seat in a car: who sits in it, with which rating, from which country, as of one list."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django_countries.fields import CountryField

from championship.models.drivers import Driver
from championship.rules.entry_lists import ListSeat

# A timing file has room for six drivers.
MOST_SEATS = 6


class Rating(models.TextChoices):
    """The FIA driver categorisation."""

    BRONZE = "bronze", "Bronze"
    SILVER = "silver", "Silver"
    GOLD = "gold", "Gold"
    PLATINUM = "platinum", "Platinum"


class Seat(models.Model):
    """What every crew table has in common. A seat is named, or to be announced with the rating that it needs."""

    class Status(models.TextChoices):
        NAMED = "named", "Named"
        TO_BE_ANNOUNCED = "to_be_announced", "To be announced"

    seat = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
        help_text="Order in the crew, from 1.",
    )
    status = models.CharField(max_length=15, choices=Status, default=Status.NAMED)
    driver = models.ForeignKey(
        Driver,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="Empty while to be announced.",
    )
    rating = models.CharField(
        max_length=8,
        choices=Rating,
        help_text="As of this list; of a seat to be announced: the rating it needs.",
    )
    nationality = CountryField(
        blank=True, help_text="As of this list. Empty for a driver listed without a country (neutral)."
    )

    class Meta:
        abstract = True
        ordering = ["seat"]

    def as_list_seat(self) -> ListSeat:
        """The seat as a list shows it, under the driver's name of today."""
        driver = self.driver
        return ListSeat(
            seat=self.seat,
            driver=driver.slug if driver else "",
            given_name=driver.given_name if driver else "",
            family_name=driver.family_name if driver else "",
            rating=self.rating,
            nationality=str(self.nationality),
        )

    def clean(self) -> None:
        if self.status == self.Status.NAMED and self.driver_id is None:
            raise ValidationError({"driver": "Choose the driver, or set the seat to “To be announced”."})
        if self.status == self.Status.TO_BE_ANNOUNCED and self.driver_id is not None:
            raise ValidationError(
                {"status": "A driver is chosen, so the seat is named. Set it to “Named” or clear the driver."}
            )


def seat_constraints(parent: str, prefix: str) -> list[models.BaseConstraint]:
    """The constraints of a crew table whose rows belong to `parent`: seat order, a driver once, no half-known seat."""
    return [
        models.UniqueConstraint(
            fields=[parent, "seat"],
            name=f"{prefix}_seat_once",
            violation_error_message="This seat is in the crew twice.",
        ),
        models.UniqueConstraint(
            fields=[parent, "driver"],
            name=f"{prefix}_driver_once",
            violation_error_message="This driver is in the crew twice.",
        ),
        models.CheckConstraint(condition=models.Q(seat__gte=1, seat__lte=MOST_SEATS), name=f"{prefix}_seat_from_1"),
        models.CheckConstraint(
            condition=models.Q(status="named", driver__isnull=False)
            | models.Q(status="to_be_announced", driver__isnull=True),
            name=f"{prefix}_seat_named_or_not",
        ),
        models.CheckConstraint(condition=models.Q(rating__in=Rating.values), name=f"{prefix}_rating_known"),
    ]
