"""The site's one clock. `SITE_NOW` freezes it, for demonstrations and tests of a season's moments."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def real_now() -> datetime:
    """The real time, whatever `SITE_NOW` says: for comparing with what keeps it too, such as files and histories."""
    return timezone.now()


def now() -> datetime:
    """The site's present moment, aware, in UTC: `settings.SITE_NOW` when set, else the real time."""
    frozen: datetime | None = settings.SITE_NOW
    return frozen if frozen is not None else timezone.now()
