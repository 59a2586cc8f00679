"""What every page needs: one lazy value named `site` in all templates."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest

from championship import clock, stamp
from championship.models import ContentStamp, Season


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
        return stamp.current() if self.season is None else self.season.stamp or 0  # type: ignore[attr-defined]

    @cached_property
    def season(self) -> Season | None:
        """The current season, with the content stamp: every page asks for both, in one query."""
        found = ContentStamp.objects.filter(pk=1).values("value")
        return Season.objects.annotate(stamp=Subquery(found)).current()


def site(_request: HttpRequest) -> dict[str, SiteContext]:
    return {"site": SiteContext()}
