"""The news in Atom: full text, with pictures, every link absolute."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from championship.views.atom_file import AtomFile
from news.markup import absolute
from news.selectors.feed import FeedStory
from news.selectors.feed import news_feed as the_feed


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    feed = the_feed()
    request.valid_until = feed.valid_until  # type: ignore[attr-defined]  # read by aslms_site.middleware
    file = AtomFile(
        title="Asian Le Mans Series: news",
        subtitle="Stories of the series, with results and tables as they stand when you read them.",
        url=feed.url,
        page_url=feed.page_url,
    )
    for story in feed.stories:
        file.add_entry(
            key=story.key,
            title=story.title,
            url=story.url,
            summary=story.standfirst,
            published_at=story.published_at,
            updated_at=story.updated_at,
            category=story.topic,
            author=story.byline,
            content=_content(story, file.site),
        )
    return file.answer()


def _content(story: FeedStory, site: str) -> str:
    return absolute(render_to_string("components/story_in_feed.html", {"story": story, "site_url": site}), site)
