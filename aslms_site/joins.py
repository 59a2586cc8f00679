"""Tags that put what the newsroom wrote on the sport's own pages, and only here both meet: championship/ knows no news.

The templates of the championship load `joins`; where there is no story about them, nothing is shown.
"""

from typing import Any

from django import template
from django.template.context import Context

from news.selectors.pages import PageLink, pages_in_footer
from news.selectors.partners import partners as partners_of_today
from news.selectors.stories import (
    StoryLine,
    news_about_driver,
    news_about_entry,
    news_about_event,
    news_about_team,
    news_on_home,
)

register = template.Library()
SECTION = "components/news_on_page.html"


@register.simple_tag
def site_pages() -> tuple[PageLink, ...]:
    """The pages that editors wrote and gave a place in the footer."""
    return pages_in_footer()


@register.inclusion_tag("components/partners.html")
def partners() -> dict[str, Any]:
    """Who supports the series today."""
    return {"partners": partners_of_today()}


@register.inclusion_tag(SECTION, takes_context=True)
def news_of_home(context: Context) -> dict[str, Any]:
    """The newest stories of all: one large, four small."""
    stories, valid_until = news_on_home()
    # No cache keeps the page beyond the moment at which a story appears on it by itself.
    context["request"].valid_until = valid_until
    return _section(stories, with_lead=True)


@register.inclusion_tag(SECTION)
def news_of_event(season: str, event: str) -> dict[str, Any]:
    """Stories about an event or one of its sessions, both by slug."""
    return _section(news_about_event(season, event))


@register.inclusion_tag(SECTION)
def news_of_entry(season: str, car_number: str) -> dict[str, Any]:
    """Stories about a car of a season."""
    return _section(news_about_entry(season, car_number))


@register.inclusion_tag(SECTION)
def news_of_team(slug: str) -> dict[str, Any]:
    return _section(news_about_team(slug))


@register.inclusion_tag(SECTION)
def news_of_driver(slug: str) -> dict[str, Any]:
    return _section(news_about_driver(slug))


def _section(stories: tuple[StoryLine, ...], *, with_lead: bool = False) -> dict[str, Any]:
    return {"stories": stories, "title": "News", "with_lead": with_lead}
