"""Tags and filters that only help to render: nothing here asks the database or knows a rule."""

from dataclasses import dataclass
from datetime import date

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Places of the navigation that show the current season, with the names of their URLs.
SEASON_PLACES = {
    "calendar": "season_calendar",
    "results": "season_results",
    "standings": "season_standings",
    "entries": "entry_list",
}
BAR = frozenset({*SEASON_PLACES, "news"})

# Which place of the navigation a page belongs to, by the name of its URL.
PLACE_OF_URL = {
    "season_calendar": "calendar",
    "event": "calendar",
    "documents": "calendar",
    "document": "calendar",
    "season_results": "results",
    "classification": "results",
    "classification_version": "results",
    "classification_changes": "results",
    "decision": "results",
    "corrections": "results",
    "season_standings": "standings",
    "title_standings": "standings",
    "title_fight": "standings",
    "entry_list": "entries",
    "entry_list_revision": "entries",
    "entry_list_changes": "entries",
    "entry": "entries",
    "event_entry_list": "entries",
    "event_entry_list_revision": "entries",
    "event_entry_list_changes": "entries",
    "teams": "teams",
    "team": "teams",
    "drivers": "drivers",
    "driver": "drivers",
    "cars": "cars",
    "car_model": "cars",
    "news": "news",
    "topic": "news",
    "story": "news",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One link of the navigation; `current` is "page", "true" (a page below it) or "" as in aria-current.

    `in_bar`: one of the five that the bar at the bottom of a phone has room for.
    """

    key: str
    label: str
    url: str
    current: str
    in_bar: bool


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[Place]:
    """The places of the main navigation. Without a current season those that need one are left out."""
    season = context["site"].season
    of_season = {} if season is None else SEASON_PLACES
    targets = [(key, key.title(), reverse(name, args=[season.slug])) for key, name in of_season.items()]
    targets += [(key, key.title(), reverse(key)) for key in ("news", "teams", "drivers", "cars")]
    request = context.get("request")
    path = request.path if request else ""
    match = request.resolver_match if request else None
    here = PLACE_OF_URL.get(match.url_name or "", "") if match else ""
    return [
        Place(key, label, url, "page" if url == path else "true" if key == here else "", key in BAR or not of_season)
        for key, label, url in targets
    ]


@register.simple_tag
def date_span(first: date, last: date) -> str:
    """Dates of an event without what repeats: `2–3 December 2023`, `30 November – 2 December 2023`."""
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year} \N{EN DASH} {end}"


@register.filter
def hyphens(value: object) -> str:
    """A stored state (`to_be_confirmed`) as part of a CSS class (`to-be-confirmed`)."""
    return str(value).replace("_", "-")


class CaptureNode(template.Node):
    """Renders its content once and keeps it under a name, since a block cannot appear twice in a template."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 (rendered by the engine)
        return mark_safe("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture as name %}...{% endcapture %}`."""
    words = token.split_contents()
    if len(words) != 3 or words[1] != "as":
        raise template.TemplateSyntaxError("Write {% capture as name %}.")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, words[2])
