"""Feeds in Atom, for feed readers and programs."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from championship.selectors import feeds
from championship.selectors.feeds import Feed
from championship.views.atom_file import AtomFile


@require_safe
def documents_feed(request: HttpRequest) -> HttpResponse:
    return _atom(feeds.documents_feed())


@require_safe
def results_feed(request: HttpRequest) -> HttpResponse:
    return _atom(feeds.results_feed())


def _atom(feed: Feed) -> HttpResponse:
    file = AtomFile(title=feed.title, subtitle=feed.subtitle, url=feed.url, page_url=feed.page_url)
    for entry in feed.entries:
        file.add_entry(
            key=entry.key,
            title=entry.title,
            url=entry.url,
            summary=entry.summary,
            published_at=entry.published_at,
            updated_at=entry.updated_at,
            category=entry.category,
        )
    return file.answer()
