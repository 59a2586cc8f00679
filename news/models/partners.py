"""Who supports the series: shown in a block of the front page and of the pages of seasons."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from championship import clock
from championship.models import Picture
from championship.models.base import Versioned


class PartnerQuerySet(models.QuerySet["Partner"]):
    def current(self) -> "PartnerQuerySet":
        """Those of today (UTC), in their order."""
        today = clock.now().date()
        has_begun = Q(starts_on__isnull=True) | Q(starts_on__lte=today)
        return self.filter(has_begun, Q(ends_on__isnull=True) | Q(ends_on__gte=today)).select_related("logo")


class Partner(Versioned):
    """A partner as readers see it from `starts_on` to `ends_on`, both included; without them always."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40, help_text="What it is to the series: Series partner, Tyre partner.")
    url = models.URLField(
        "address", blank=True, validators=[URLValidator(schemes=["https", "http"])], help_text="Its own site."
    )
    logo = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A picture of the library that is not for editorial use only. The block is whole without one.",
    )
    words = models.CharField(max_length=200, blank=True, help_text="A sentence about what it does for the series.")
    place = models.PositiveSmallIntegerField(default=10, help_text="The smallest number comes first.")
    starts_on = models.DateField("first day", null=True, blank=True, help_text="Empty: from now on.")
    ends_on = models.DateField("last day", null=True, blank=True, help_text="Empty: without an end.")

    history = HistoricalRecords()
    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["place", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partner_ends_after_it_starts",
                violation_error_message="The last day is before the first one.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def shown_to_readers(cls) -> PartnerQuerySet:
        """Those of today with a logo that partners may be shown with."""
        return cls.objects.current().exclude(logo__licence=Picture.Licence.EDITORIAL)

    def clean(self) -> None:
        if self.logo and self.logo.licence == Picture.Licence.EDITORIAL:
            raise ValidationError(
                {"logo": "This picture is for editorial use only. Choose one that a partner may be shown with."}
            )
