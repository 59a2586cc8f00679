"""Tags and filters that help to render."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import resolve, reverse

from championship.templatetags import look

SEASON = SimpleNamespace(slug="2023-24", label="2023/24")


def places(rf, path: str, season: SimpleNamespace | None = SEASON) -> list[look.Place]:
    request = rf.get(path)
    request.resolver_match = resolve(path)
    return look.navigation(Context({"site": SimpleNamespace(season=season), "request": request}))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2024, 2, 4), date(2024, 2, 4), "4 February 2024"),
        (date(2023, 12, 2), date(2023, 12, 3), "2–3 December 2023"),
        (date(2023, 11, 30), date(2023, 12, 2), "30 November – 2 December 2023"),
        (date(2023, 12, 31), date(2024, 1, 1), "31 December 2023 – 1 January 2024"),
    ],
)
def test_a_span_of_dates_does_not_repeat_itself(first, last, text):
    assert look.date_span(first, last) == text


def test_a_stored_state_becomes_a_class_name():
    assert look.hyphens("to_be_confirmed") == "to-be-confirmed"


def test_the_navigation_leads_to_the_current_season(rf):
    assert [(place.label, place.url) for place in places(rf, "/")] == [
        ("Calendar", "/2023-24/calendar/"),
        ("Results", "/2023-24/results/"),
        ("Standings", "/2023-24/standings/"),
        ("Entries", "/2023-24/entries/"),
        ("News", "/news/"),
        ("Teams", "/teams/"),
        ("Drivers", "/drivers/"),
        ("Cars", "/cars/"),
    ]


def test_without_a_season_the_navigation_has_no_dead_link(rf):
    assert [place.label for place in places(rf, "/", season=None)] == ["News", "Teams", "Drivers", "Cars"]


def test_the_page_itself_is_marked_as_current(rf):
    assert [place.key for place in places(rf, "/2023-24/entries/") if place.current == "page"] == ["entries"]


def test_a_page_below_a_place_marks_the_place(rf):
    assert [place.key for place in places(rf, "/2023-24/entries/99/") if place.current == "true"] == ["entries"]


def test_a_session_and_its_corrections_belong_to_the_results(rf):
    for path in ("/2023-24/sepang/race-1/", "/2023-24/sepang/race-1/v1/", "/corrections/"):
        assert [place.key for place in places(rf, path) if place.current] == ["results"]


def test_the_bar_of_a_phone_has_room_for_five(rf):
    in_bar = [place.key for place in places(rf, "/") if place.in_bar]
    assert in_bar == ["calendar", "results", "standings", "entries", "news"]
    bar = [place.key for place in places(rf, "/", season=None) if place.in_bar]
    assert bar == ["news", "teams", "drivers", "cars"]


def test_the_urls_of_the_places_exist():
    arguments = {
        "season_calendar": {"season": "2023-24"},
        "teams": {},
        "drivers": {},
        "cars": {},
        "team": {"slug": "a"},
    }
    for name, kwargs in arguments.items():
        assert name in look.PLACE_OF_URL
        assert reverse(name, kwargs=kwargs)


def test_a_page_without_a_resolved_address_marks_nothing(rf):
    context = Context({"site": SimpleNamespace(season=SEASON), "request": rf.get("/nowhere/")})
    assert {place.current for place in look.navigation(context)} == {""}


def test_captured_text_can_be_used_twice_and_stays_escaped():
    template = Template("{% load look %}{% capture as title %} {{ name }} {% endcapture %}{{ title }}|{{ title }}")
    assert template.render(Context({"name": "A & B"})) == "A &amp; B|A &amp; B"


@pytest.mark.parametrize("tag", ["{% capture %}", "{% capture title %}", "{% capture to title %}"])
def test_a_capture_without_a_name_is_refused(tag):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load look %}" + tag + "{% endcapture %}")
