"""Stories, pages and partners for tests, written by the services."""

from datetime import UTC, datetime
from typing import Any

from championship.services.saving import save
from news.models import Page, Partner, Story, Topic
from news.services import publishing, stories

# Before any event of the factories.
MORNING = datetime(2030, 12, 1, 6, tzinfo=UTC)


def make_topic(slug: str = "race-reports", name: str = "") -> Topic:
    existing = Topic.objects.filter(slug=slug).first()
    return existing or Topic.objects.create(slug=slug, name=name or slug.replace("-", " ").capitalize())


def make_story(headline: str = "Sepang is back", *, links: stories.Links | None = None, **typed: Any) -> Story:
    """A draft with one edition and a text."""
    defaults = {"standfirst": f"About: {headline}.", "body": f"<p>{headline}, at length.</p>", "byline": "Ada Editor"}
    return stories.create(by=None, typed={"headline": headline, **defaults | typed}, links=links)


def make_page(headline: str = "About this site", **typed: Any) -> Story:
    """The draft of a page, at the address `/about/` when no slug is given."""
    defaults = {"slug": "about", "standfirst": f"In short: {headline}.", "body": f"<p>{headline}, at length.</p>"}
    return stories.create(by=None, typed={"headline": headline, **defaults | typed}, story=Page())


def publish_page(*, at: datetime | None = MORNING, **values: Any) -> Story:
    """A page that readers see as of `at`; `values` are those of `make_page`."""
    return publish_story(make_page(**values), at=at)


def make_partner(name: str = "Rubber", **values: Any) -> Partner:
    return save(Partner(name=name, kind="Tyre partner", **values))


def publish_story(story: Story | None = None, *, at: datetime | None = MORNING, **values: Any) -> Story:
    """A story that readers see as of `at`; `values` are those of `make_story`."""
    story = story or make_story(**values)
    publishing.publish(story, by=None, at=at, seen_version=story.version)
    return story
