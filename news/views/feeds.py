"""The news in Atom: full text, with pictures, every link absolute."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from championship.views.feeds import AtomFile
from news.markup import absolute
from news.selectors.feed import FeedStory
from news.selectors.feed import news_feed as the_feed

# What XML cannot write, whoever typed it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class NewsFile(AtomFile):
    """Atom with the whole text of each entry."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    feed = the_feed()
    request.valid_until = feed.valid_until  # type: ignore[attr-defined]  # read by aslms_site.middleware
    site = settings.SITE_URL
    name = urlsplit(site).hostname
    file = NewsFile(
        title="Asian Le Mans Series: news",
        subtitle="Stories of the series, with results and tables as they stand when you read them.",
        description="",
        link=site + feed.page_url,
        feed_url=site + feed.url,
        feed_guid=f"tag:{name},2023:{feed.url}",
        author_name="Asian Le Mans Series",
        language="en",
    )
    for story in feed.stories:
        file.add_item(
            title=_printable(story.title),
            link=site + story.url,
            description=_printable(story.standfirst),
            unique_id=f"tag:{name},{story.key}",
            author_name=_printable(story.byline) or None,
            pubdate=story.published_at,
            updateddate=story.updated_at,
            categories=(story.topic,) if story.topic else (),
            content=_content(story, site),
        )
    return HttpResponse(file.writeString("utf-8"), content_type=file.content_type)


def _content(story: FeedStory, site: str) -> str:
    html = render_to_string("components/story_in_feed.html", {"story": story, "site_url": site})
    return _printable(absolute(html, site))


def _printable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
