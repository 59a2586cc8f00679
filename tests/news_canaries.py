"""Stories, pages, partners and pictures that readers must not see yet, or never, for the test of leaks.

What is called Zyzzyva becomes public with the rest in November 2030, what is called Quagga never does.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from championship.models import Driver, Entry, Event, Picture, Season
from news.models import Story
from news.services import publishing, stories
from tests import factories as make
from tests import news_factories as news

AT, BEFORE = datetime(2030, 11, 1, 12, tzinfo=UTC), datetime(2023, 9, 1, tzinfo=UTC)
_shades = count(1)


def picture(words: str) -> Picture:
    """A picture that says these words wherever one may say any."""
    return make.make_picture(shade=next(_shades) % 256, title=words, alt=words, credit=f"{words} credit")


def pictured(words: str, text: str = "") -> dict[str, Any]:
    """A lead picture of these words, and a text with another one."""
    inside = picture(f"{words} inside")
    block = f'<figure data-block="picture" data-ref="{inside.name}"><figcaption>{words} caption</figcaption></figure>'
    return {"lead_picture": picture(f"{words} lead"), "body": f"<p>{words}</p>{text}{block}"}


def write_stories(season: Season, event: Event, entry: Entry, driver: Driver) -> None:
    """Stories that the public will see with the rest, that it will never see, and one that it has always seen.

    The public one is about what nobody knows yet, and related to stories that nobody sees.
    """
    links = {"events": [event], "entries": [entry, *season.entries.filter(car_number="4")], "drivers": [driver]}
    plate = f'<figure data-block="plate" data-ref="{season.slug}/{entry.car_number}"></figure>'
    scheduled = news.make_story(
        "Zyzzyva scheduled", topic=news.make_topic("zyzzyva-topic"), links=links, **pictured("Zyzzyva soon", plate)
    )
    held = news.make_story("Zyzzyva held", embargo_until=AT, links=links, **pictured("Zyzzyva held"))
    for story in (scheduled, held):
        publishing.publish(story, by=None, at=AT, seen_version=story.version)
    draft = write_drafts([event], "Quagga")
    archived = news.publish_story(headline="Quagga once", at=BEFORE, links=links, **pictured("Quagga once"))
    stories.save(archived, by=None, typed={"slug": "quagga-archived"}, seen_version=archived.version)
    publishing.publish(archived, by=None, update_note="Quagga note", seen_version=archived.version)
    publishing.archive(archived, by=None, seen_version=archived.version, reason="Quagga reason")
    related = {**links, "related": [scheduled, draft, archived]}
    public = news.publish_story(headline="Public story", at=BEFORE, links=related, **pictured("Public", plate))
    typed = {"headline": "Quagga later", "slug": "quagga-later", "neutral_headline": "Quagga neutral"}
    stories.save(public, by=None, typed=typed | pictured("Quagga later"), seen_version=public.version)
    write_pages(plate)


def write_drafts(events: Iterable[Event], words: str) -> Story:
    """A draft with all that belongs to one, and another in review; nothing of them is ever published."""
    links = {"events": list(events)}
    slug = words.lower().replace(" ", "-")
    draft = news.make_story(
        f"{words} draft",
        neutral_headline=f"{words} neutral",
        byline=f"{words} byline",
        topic=news.make_topic(f"{slug}-topic"),
        links=links,
        **pictured(f"{words} draft"),
    )
    stories.autosave(draft, by=None, typed={"standfirst": f"{words} typed"}, seen_version=draft.version)
    stories.name_milestone(draft.editions.get(), name=f"{words} milestone", by=None)
    publishing.make_preview(draft, by=None)
    review = news.make_story(f"{words} in review", links=links, **pictured(f"{words} in review"))
    stories.submit(review, by=None, seen_version=review.version)
    news.make_partner(f"{words} partner", words=f"{words} words", ends_on=date(2022, 1, 1))
    return draft


def write_pages(plate: str) -> None:
    """The same of pages and partners; those that nobody sees would stand on every page."""
    news.publish_page(headline="Zyzzyva page", slug="zyzzyva-page", at=AT, **pictured("Zyzzyva page", plate))
    news.make_page("Quagga draft page", slug="quagga-draft-page", footer_place=1, **pictured("Quagga page"))
    archived = news.publish_page(headline="Quagga once page", slug="quagga-once-page", footer_place=2, at=BEFORE)
    publishing.archive(archived, by=None, seen_version=archived.version, reason="Quagga reason")
    public = news.publish_page(headline="Public page", slug="public-page", body=plate, footer_place=3, at=BEFORE)
    typed = {"headline": "Quagga later page", "slug": "quagga-later-page", "footer_place": 4}
    stories.save(public, by=None, typed=typed, seen_version=public.version)
    news.make_partner("Zyzzyva partner", words="Zyzzyva words", logo=picture("Zyzzyva logo"), starts_on=AT.date())
