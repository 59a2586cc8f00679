from django.db import models


class ContentStamp(models.Model):
    """The one row behind `championship.stamp`."""

    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="content_stamp_is_one_row")]

    def __str__(self) -> str:
        return str(self.value)
