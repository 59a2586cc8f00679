"""A feed in Atom (RFC 4287): every link absolute, its age that of what it says."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

# What an empty feed says of its age: there was nothing yet.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML cannot write, whoever typed it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class AtomFile(Atom1Feed):
    """A feed of the site; `url` and `page_url` are paths of the feed and of the page with the same entries."""

    def __init__(self, *, title: str, subtitle: str, url: str, page_url: str) -> None:
        self.site = settings.SITE_URL.rstrip("/")
        self.name = urlsplit(self.site).hostname
        super().__init__(
            title=title,
            subtitle=subtitle,
            description="",
            link=self.site + page_url,
            feed_url=self.site + url,
            feed_guid=f"tag:{self.name},2023:{url}",
            author_name="Asian Le Mans Series",
            language="en",
        )

    def add_entry(
        self,
        *,
        key: str,
        title: str,
        url: str,
        summary: str,
        published_at: datetime,
        updated_at: datetime,
        category: str = "",
        author: str = "",
        content: str = "",
    ) -> None:
        """`key` makes the entry's id and never changes. Title, summary and author are plain text, `content` is HTML."""
        self.add_item(
            title=_writable(title),
            link=self.site + url,
            # Feed readers take a summary for HTML.
            description=escape(_writable(summary)),
            unique_id=f"tag:{self.name},{key}",
            author_name=_writable(author) or None,
            pubdate=published_at,
            updateddate=updated_at,
            categories=(_writable(category),) if category else (),
            content=_writable(content),
        )

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        """Never that of the question."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def answer(self) -> HttpResponse:
        return HttpResponse(self.writeString("utf-8"), content_type=self.content_type)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
