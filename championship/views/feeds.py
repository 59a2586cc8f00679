"""Feeds in Atom, for feed readers and programs."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from championship.selectors import feeds
from championship.selectors.feeds import Feed

# What an empty feed says of its age: there was nothing yet.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
def documents_feed(request: HttpRequest) -> HttpResponse:
    return _atom(feeds.documents_feed())


@require_safe
def results_feed(request: HttpRequest) -> HttpResponse:
    return _atom(feeds.results_feed())


class AtomFile(Atom1Feed):
    """Atom whose age is that of what it says, never that of the question."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def _atom(feed: Feed) -> HttpResponse:
    site = settings.SITE_URL.rstrip("/")
    name = urlsplit(site).hostname
    file = AtomFile(
        title=feed.title,
        subtitle=feed.subtitle,
        description="",
        link=site + feed.page_url,
        feed_url=site + feed.url,
        feed_guid=f"tag:{name},2023:{feed.url}",
        author_name="Asian Le Mans Series",
        language="en",
    )
    for entry in feed.entries:
        file.add_item(
            title=_printable(entry.title),
            link=site + entry.url,
            description=escape(_printable(entry.summary)),
            unique_id=f"tag:{name},{entry.key}",
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=(entry.category,),
        )
    return HttpResponse(file.writeString("utf-8"), content_type=file.content_type)


def _printable(text: str) -> str:
    """Without the control characters that XML cannot write, whoever typed them."""
    return "".join(letter for letter in text if letter.isprintable())
