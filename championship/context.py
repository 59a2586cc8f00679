"""What every page needs: one lazy value named `site` in all templates."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from championship import clock, stamp
from championship.models import Season


class SiteContext:
    """Looked up only when a template asks, so that a page that fails before its first query can still be styled."""

    @property
    def url(self) -> str:
        """The site's own address without a trailing slash."""
        return str(settings.SITE_URL).rstrip("/")

    @property
    def now(self) -> datetime:
        return clock.now()

    @cached_property
    def stamp(self) -> int:
        return stamp.current()

    @cached_property
    def season(self) -> Season | None:
        """The current season."""
        return Season.objects.current()


def site(_request: HttpRequest) -> dict[str, SiteContext]:
    return {"site": SiteContext()}
