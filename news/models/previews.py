from django.conf import settings
from django.db import models

from championship import clock
from news.models.stories import Story


class StoryPreviewQuerySet(models.QuerySet["StoryPreview"]):
    def open(self) -> "StoryPreviewQuerySet":
        """Links that still work."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=clock.now())


class StoryPreview(models.Model):
    """A link that shows a story's working copy to whoever has it, until it expires or is revoked.

    Of its secret only the SHA-256 is kept: whoever reads the database cannot open it.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="previews")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StoryPreviewQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"Preview of {self.story} until {self.expires_at:%d %B %Y, %H:%M} UTC"
