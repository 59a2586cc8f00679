"""What feed readers are told of the news: the whole text of the newest stories."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from championship.selectors.pictures import LEAD, ShownPicture, shown_picture
from news.models import Story, StoryLink
from news.selectors.blocks import Part, parts_of_many
from news.selectors.links import public_links
from news.selectors.share import share_address
from news.selectors.stories import next_moment

MOST_STORIES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStory:
    """`title` is the neutral headline where there is one: who follows a feed did not ask who won.

    `key` never changes: the day of publication and the number of the story.
    """

    key: str
    title: str
    standfirst: str
    url: str
    share_url: str
    picture: ShownPicture | None
    byline: str
    topic: str
    parts: tuple[Part, ...]
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFeed:
    """`valid_until` is when a story appears by itself, None while none is scheduled."""

    url: str
    page_url: str
    stories: tuple[FeedStory, ...]
    valid_until: datetime | None


def news_feed() -> NewsFeed:
    """The newest stories; nine queries at most, whatever their blocks show."""
    stories = list(Story.objects.published()[:MOST_STORIES])
    links = list(public_links([story.live_id for story in stories]))
    texts = parts_of_many([story.live.body for story in stories], links)
    by_edition: dict[int, list[StoryLink]] = {}
    for link in links:
        by_edition.setdefault(link.edition_id, []).append(link)
    return NewsFeed(
        url=reverse("news_feed"),
        page_url=reverse("news"),
        stories=tuple(
            _story(story, by_edition.get(story.live_id, []), parts) for story, parts in zip(stories, texts, strict=True)
        ),
        valid_until=next_moment(),
    )


def _story(story: Story, links: list[StoryLink], parts: tuple[Part, ...]) -> FeedStory:
    edition = story.live
    return FeedStory(
        key=f"{story.publish_at:%Y-%m-%d}:/news/{story.pk}",
        title=edition.neutral_headline or edition.headline,
        standfirst=edition.standfirst,
        url=reverse("story", args=[edition.slug]),
        share_url=share_address(story, links),
        picture=shown_picture(edition.lead_picture, LEAD),
        byline=edition.byline,
        topic=edition.topic.name if edition.topic else "",
        parts=parts,
        published_at=story.public_from,
        updated_at=max(edition.public_from, story.public_from),
    )
