"""The components, rendered alone."""

import re
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string


def component(which: str, /, **parameters: object) -> str:
    return render_to_string(f"components/{which}.html", parameters)


def text(html: str) -> str:
    return " ".join(re.sub(r"<title>.*?</title>|<[^>]+>", " ", html).split())


MEMBER = {
    "name": "Ahmad Al Harthy",
    "short_name": "A. Al Harthy",
    "url": "/drivers/ahmad-al-harthy/",
    "country": "OM",
    "country_name": "Oman",
    "rating": "bronze",
    "status": "named",
}
OPEN_SEAT = MEMBER | {"name": "", "short_name": "", "url": "", "country": "", "status": "to_be_announced"}
LINE = {
    "url": "/2023-24/entries/99/",
    "car_number": "99",
    "team_name": "99 Racing",
    "team_url": "/teams/99-racing/",
    "country": "JO",
    "country_name": "Jordan",
    "car_model_name": "Oreca 07 - Gibson",
    "car_model_url": "/cars/oreca-07/",
    "crew": [MEMBER],
    "state": "",
    "state_label": "",
    "withdrawal_text": "",
}


def table(**changes: object) -> str:
    section = {
        "race_class_name": "LMP2",
        "style_key": "rc-2023-24-lmp2",
        "count_label": "1 car",
        "lines": [LINE | changes],
    }
    return component("entry_table", name="Cars", sections=[section])


def test_a_plate_is_text_that_names_car_and_class():
    html = component("plate", car_number="007", race_class_name="LMP2", style_key="rc-2023-24-lmp2", size="xl")
    assert text(html) == "Car 007 LMP2"
    assert 'class="plate plate-xl rc-2023-24-lmp2"' in html


def test_a_flag_points_into_the_sprite():
    html = component("flag", country="DE", name="Germany")
    assert 'href="/static/img/flags.svg#de"' in html
    assert 'aria-label="Germany"' in html


def test_a_driver_without_a_country_has_the_neutral_flag():
    html = component("flag", country="", name="")
    assert 'aria-label="Neutral"' in html
    assert "<use" not in html


@pytest.mark.parametrize(("rating", "letter"), [("bronze", "B"), ("silver", "S"), ("gold", "G"), ("platinum", "P")])
def test_a_rating_is_a_letter_with_its_word(rating, letter):
    html = component("rating", rating=rating)
    assert text(html) == f"{letter} {rating.capitalize()}"
    assert f'class="rating rating-{rating}"' in html


def test_no_rating_renders_nothing():
    assert text(component("rating", rating="")) == ""


@pytest.mark.parametrize(
    ("state", "has_mark"),
    [("provisional", False), ("final", True), ("official", True), ("withdrawn", True), ("cancelled", True)],
)
def test_a_pill_says_its_state_in_words(state, has_mark):
    html = component("state_pill", state=state, label="Words")
    assert text(html) == "Words"
    assert f'class="pill pill-{state}"' in html
    assert ("<svg" in html) is has_mark


def test_a_stored_state_finds_its_pill():
    assert 'class="pill pill-to-be-confirmed"' in component("state_pill", state="to_be_confirmed", label="x")


def test_a_confirmed_time_is_shown_in_track_time_with_its_offset():
    start = datetime(2023, 12, 2, 14, 0, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))
    html = component("track_time", starts_at=start, confirmed=True, zone="MYT", with_date=True)
    assert '<time datetime="2023-12-02T14:00:00+08:00" data-local>' in html
    assert text(html) == "Sat 2 Dec, 14:00 MYT"


def test_an_unconfirmed_time_states_no_clock():
    start = datetime(2024, 2, 11, 0, 0, tzinfo=ZoneInfo("Asia/Dubai"))
    html = component("track_time", starts_at=start, confirmed=False, zone="GST", with_date=True)
    assert text(html) == "Sun 11 Feb , time to be confirmed"
    assert "data-local" not in html


def test_a_session_without_a_day_says_so():
    assert text(component("track_time", starts_at=None, confirmed=False)) == "Time to be confirmed"


def test_a_crew_names_its_members_in_full_and_short():
    html = component("crew", members=[MEMBER])
    assert text(html) == "Ahmad Al Harthy A. Al Harthy B Bronze"
    assert 'href="/drivers/ahmad-al-harthy/"' in html


def test_an_open_seat_shows_the_rating_that_is_required():
    html = component("crew", members=[OPEN_SEAT])
    assert text(html) == "To be announced B Bronze"
    assert "<a " not in html


def test_an_outline_says_that_it_is_schematic():
    html = component("circuit_outline", outline="M0 0L9 9Z", name="Sepang")
    assert 'aria-label="Schematic outline of Sepang"' in html


def test_an_outline_beside_the_name_is_decoration():
    html = component("circuit_outline", outline="M0 0L9 9Z", name="")
    assert 'aria-hidden="true"' in html


def test_a_circuit_without_an_outline_renders_nothing():
    assert text(component("circuit_outline", outline="", name="Sepang")) == ""


def test_the_entry_table_stays_a_table_when_its_rows_become_grids():
    html = table()
    assert [html.count(f'role="{role}"') for role in ("table", "columnheader", "row", "cell")] == [1, 5, 3, 4]
    assert 'role="region" aria-label="Cars" tabindex="0"' in html


def test_an_entered_car_has_no_pill():
    assert "pill" not in table()


def test_a_withdrawn_car_without_a_crew_says_what_is_on_record():
    html = table(state="withdrawn", state_label="Withdrawn", crew=[], withdrawal_text="date not on record")
    assert "entry-withdrawn" in html
    assert "Date not on record" in text(html)
    assert text(html).endswith("Withdrawn")


def test_an_event_card_lists_its_rounds():
    zone = ZoneInfo("Asia/Dubai")
    start = datetime(2024, 2, 4, 13, 0, tzinfo=zone)
    one = {"number": 3, "name": "Race", "starts_at": start, "confirmed": True, "zone": "GST", "state": ""}
    event = SimpleNamespace(
        name="4 Hours of Dubai",
        url="/2023-24/dubai/",
        starts_on=start.date(),
        ends_on=start.date(),
        circuit_name="Dubai Autodrome",
        circuit_url="/circuits/dubai/",
        country="AE",
        country_name="United Arab Emirates",
        outline="",
        is_past=False,
        state="",
        state_label="",
        rounds=[one],
    )
    html = component("event_card", event=event, level=3)
    assert text(html) == ("4 February 2024 4 Hours of Dubai Dubai Autodrome Round 3 Race Sun 4 Feb, 13:00 GST")
    assert "<h3" in html


def test_an_empty_state_leads_somewhere():
    html = component("empty", title="No events yet", text="Come back.", url="/", action="To the front page")
    assert text(html) == "No events yet Come back. To the front page"
    assert 'href="/"' in html


def test_breadcrumbs_are_numbered_for_machines():
    html = render_to_string("includes/breadcrumbs.html", {"crumbs": [("Home", "/"), ("Teams", "")]})
    assert re.findall(r'itemprop="position" content="(\d)"', html) == ["1", "2"]
    assert text(html) == "Home Teams"
    assert html.count("<a ") == 1


def test_the_page_for_a_fault_needs_nothing_at_all():
    assert "Something went wrong" in render_to_string("500.html")


def shown_as(**parameters: object) -> str:
    picture = {
        "alt": "The 99 leads",
        "credit": "A. Photographer",
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "colour": "#c81e1e",
        "width": 1920,
        "height": 1080,
        "src": "/pictures/a-960.jpg",
        "avif": "/pictures/a-320.avif 320w",
        "jpeg": "/pictures/a-320.jpg 320w",
    }
    picture.update(parameters.pop("changes", {}))
    return component(parameters.pop("which", "picture"), picture=picture, sizes="92vw", **parameters)


def test_a_picture_says_its_size_and_colour_and_waits_until_it_is_near():
    html = shown_as(is_lead=False)
    assert '<rect width="100%" height="100%" fill="#c81e1e"/>' in html
    assert '<source type="image/avif" srcset="/pictures/a-320.avif 320w" sizes="92vw">' in html
    assert 'src="/pictures/a-960.jpg" srcset="/pictures/a-320.jpg 320w" sizes="92vw" width="1920" height="1080"' in html
    assert 'alt="The 99 leads" loading="lazy"' in html
    assert "fetchpriority" not in html
    assert "style" not in html


def test_a_lead_picture_is_asked_for_first():
    html = shown_as(is_lead=True)
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_decorative_picture_is_passed_over_by_screen_readers():
    assert 'alt=""' in shown_as(is_lead=False, changes={"alt": ""})


def test_a_figure_names_who_made_it_and_links_the_licence():
    html = shown_as(which="figure", is_lead=False, caption="Into turn 1.")
    assert text(html) == "Into turn 1. Picture: A. Photographer, CC BY 4.0"
    assert 'href="https://creativecommons.org/licenses/by/4.0/" rel="license external"' in html
    closed = shown_as(which="figure", is_lead=False, caption="", changes={"licence": "", "licence_url": ""})
    assert text(closed) == "Picture: A. Photographer"
