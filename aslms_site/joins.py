"""Tags that put the newsroom's stories on the sport's own pages, and only here both meet: championship/ knows no news.

The templates of the championship load `joins`; where there is no story about them, nothing is shown.
"""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context

from news.selectors.stories import StoryLine, news_about, news_on_home, next_moment

register = template.Library()
SECTION = "components/news_on_page.html"


@register.inclusion_tag(SECTION, takes_context=True)
def news_of_home(context: Context) -> dict[str, Any]:
    """The newest stories of all: one large, four small."""
    _keep_until(context, next_moment())
    return _section(news_on_home(), with_lead=True)


@register.inclusion_tag(SECTION)
def news_of_event(season: str, event: str) -> dict[str, Any]:
    """Stories about an event or one of its sessions, both by slug."""
    return _section(news_about(event__season__slug=season, event__slug=event))


@register.inclusion_tag(SECTION)
def news_of_entry(season: str, car_number: str) -> dict[str, Any]:
    """Stories about a car of a season."""
    return _section(news_about(entry__season__slug=season, entry__car_number=car_number))


@register.inclusion_tag(SECTION)
def news_of_team(slug: str) -> dict[str, Any]:
    return _section(news_about(team__slug=slug))


@register.inclusion_tag(SECTION)
def news_of_driver(slug: str) -> dict[str, Any]:
    return _section(news_about(driver__slug=slug))


def _section(stories: tuple[StoryLine, ...], *, with_lead: bool = False) -> dict[str, Any]:
    return {"stories": stories, "title": "News", "with_lead": with_lead}


def _keep_until(context: Context, moment: datetime | None) -> None:
    """Let no cache keep the page beyond the moment at which a story appears on it by itself."""
    context["request"].valid_until = moment
