"""Stories in lists: the newsroom's front page, a topic, what other pages show of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from championship.models.base import Precision
from championship.selectors.pictures import LEAD, ShownPicture, shown_picture
from championship.selectors.text import published_words
from news.models import Story, StoryLink, Topic
from news.selectors.links import Tile, public_links, tile

PAGE = 12
ON_HOME = 5
ON_PAGE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in a list. `published_text` is for people, `published_machine` for `<time>`.

    The tile stands where there is no picture.
    """

    headline: str
    neutral_headline: str
    standfirst: str
    url: str
    published_text: str
    published_machine: str
    topic_name: str
    topic_url: str
    picture: ShownPicture | None
    tile: Tile


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLink:
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryListPage:
    """A page of stories, the newest first. `topic` is "" for all; the addresses beside it are "" where there are none.

    `valid_until` is when a story appears by itself, None while none is scheduled.
    """

    topic: str
    number: int
    stories: tuple[StoryLine, ...]
    topics: tuple[TopicLink, ...]
    newer_url: str
    older_url: str
    url: str
    valid_until: datetime | None

    @property
    def lead(self) -> StoryLine | None:
        """The one story that is shown large: the first of the first page."""
        return self.stories[0] if self.number == 1 and self.stories else None

    @property
    def others(self) -> tuple[StoryLine, ...]:
        return self.stories[1:] if self.lead else self.stories


def story_list_page(*, topic: str = "", number: int = 1) -> StoryListPage | None:
    """The `number`-th page of all stories, or of those of a topic (a slug); None when there is no such page."""
    if number < 1:
        return None
    rows = Story.objects.published()
    topics = list(Topic.objects.filter(Exists(rows.filter(live__topic=OuterRef("pk")).order_by())))
    chosen = next((one for one in topics if one.slug == topic), None)
    if topic and chosen is None:
        return None
    if chosen:
        rows = rows.filter(live__topic=chosen)
    first = (number - 1) * PAGE
    found = list(rows[first : first + PAGE + 1])
    if number > 1 and not found:
        return None
    base = chosen.get_absolute_url() if chosen else reverse("news")
    return StoryListPage(
        topic=chosen.name if chosen else "",
        number=number,
        stories=story_lines(found[:PAGE]),
        topics=tuple(TopicLink(name=one.name, url=one.get_absolute_url(), is_current=one == chosen) for one in topics),
        newer_url=_page_url(base, number - 1) if number > 1 else "",
        older_url=_page_url(base, number + 1) if len(found) > PAGE else "",
        url=_page_url(base, number),
        valid_until=next_moment(),
    )


def news_on_home() -> tuple[tuple[StoryLine, ...], datetime | None]:
    """The newest stories for the front page, one large and four small, and when the next one appears; two queries."""
    stories = list(with_next_moment(Story.objects.published())[:ON_HOME])
    return story_lines(stories), stories[0].next_moment if stories else next_moment()


def news_about_event(season: str, event: str) -> tuple[StoryLine, ...]:
    """The newest stories about an event or one of its sessions; two queries, one when there are none."""
    return _news_about(
        Q(event__season__slug=season, event__slug=event),
        Q(session__event__season__slug=season, session__event__slug=event),
    )


def news_about_entry(season: str, car_number: str) -> tuple[StoryLine, ...]:
    """The same about a car of a season."""
    return _news_about(Q(entry__season__slug=season, entry__car_number=car_number))


def news_about_team(slug: str) -> tuple[StoryLine, ...]:
    """The same about a team or one of its cars."""
    return _news_about(Q(team__slug=slug), Q(entry__team__slug=slug))


def news_about_driver(slug: str) -> tuple[StoryLine, ...]:
    """The same about a driver."""
    return _news_about(Q(driver__slug=slug))


def _news_about(*links: Q) -> tuple[StoryLine, ...]:
    """The newest stories with one of these links."""
    linked = StoryLink.objects.filter(reduce(or_, links), edition=OuterRef("live"))
    return story_lines(list(Story.objects.published().filter(Exists(linked))[:ON_PAGE]))


def story_lines(stories: Sequence[Story]) -> tuple[StoryLine, ...]:
    """Shape stories that `published()` found; one query."""
    by_edition: dict[int, list[StoryLink]] = {}
    for link in public_links([story.live_id for story in stories]) if stories else ():
        by_edition.setdefault(link.edition_id, []).append(link)
    return tuple(story_line(story, by_edition.get(story.live_id, ())) for story in stories)


def story_line(story: Story, links: Sequence[StoryLink]) -> StoryLine:
    """One story with the public links of its live edition."""
    edition = story.live
    topic = edition.topic
    text, machine = published_words(story.public_from, Precision.MINUTE)
    return StoryLine(
        headline=edition.headline,
        neutral_headline=edition.neutral_headline,
        standfirst=edition.standfirst,
        url=reverse("story", args=[edition.slug]),
        published_text=text.removeprefix("Published "),
        published_machine=machine,
        topic_name=topic.name if topic else "",
        topic_url=topic.get_absolute_url() if topic else "",
        picture=shown_picture(edition.lead_picture, LEAD),
        tile=tile(links, topic.name if topic else ""),
    )


def next_moment() -> datetime | None:
    """When the next scheduled story appears, None while none is scheduled; one query."""
    return next(iter(_moments()), None)


def with_next_moment(stories: QuerySet[Story]) -> QuerySet[Story]:
    """The same with `next_moment`, without a query of its own."""
    return stories.annotate(next_moment=Subquery(_moments()[:1]))


def _moments() -> QuerySet[Story, datetime]:
    moment = Greatest(F("publish_at"), Coalesce(F("embargo_until"), F("publish_at")))
    return Story.objects.scheduled().annotate(moment=moment).values_list("moment", flat=True)


def _page_url(base: str, number: int) -> str:
    return base if number == 1 else f"{base}?page={number}"
