import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from PIL import Image

from championship.models import Session, Team
from championship.services import pictures
from tests import factories as make
from tests.news_factories import publish_page
from tests.picture_files import picture_file
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

# The front page, in the moments of a season


def home_at(client, settings, *moment):
    settings.SITE_NOW = datetime(*moment, tzinfo=UTC)
    return client.get("/")


def test_before_the_season_home_looks_forward_to_the_first_event(client, real_season, settings):
    response = home_at(client, settings, 2023, 11, 25, 2)
    text = text_of(response)
    assert text.startswith("Next session Race 1, 4 Hours of Sepang Sat 2 Dec, 14:00 UTC+8")
    assert "In 7 days 2–3 December 2023 4 Hours of Sepang Malaysia Sepang International Circuit" in text
    assert "Race 1 Round 1 Sat 2 Dec, 14:00 UTC+8 Race 2 Round 2 Sun 3 Dec, 14:00 UTC+8" in text
    assert {"/2023-24/sepang/", "/2023-24/sepang.ics", "/circuits/sepang/"} <= set(links_of(response))


def test_on_the_day_before_home_says_tomorrow_by_the_days_of_the_track(client, real_season, settings):
    assert "Tomorrow 2–3 December 2023" in text_of(home_at(client, settings, 2023, 11, 30, 16))
    assert "In 2 days 2–3 December 2023" in text_of(home_at(client, settings, 2023, 11, 30, 15, 59))


def test_during_a_race_home_says_that_it_is_on_by_the_timetable(client, real_season, settings):
    text = text_of(home_at(client, settings, 2023, 12, 2, 7))
    assert text.startswith("Now, by the timetable Race 1, 4 Hours of Sepang 14:00–18:00 UTC+8")
    assert "This weekend 2–3 December 2023 4 Hours of Sepang" in text


def test_in_the_night_between_two_races_home_names_the_second(client, real_season, settings):
    text = text_of(home_at(client, settings, 2023, 12, 2, 12))
    assert text.startswith("Next session Race 2, 4 Hours of Sepang Sun 3 Dec, 14:00 UTC+8")


def test_between_two_events_home_names_the_next(client, real_season, settings):
    text = text_of(home_at(client, settings, 2024, 1, 5))
    assert text.startswith("Next session Race, 4 Hours of Dubai Sun 4 Feb, 13:00 UTC+4")
    assert "In 30 days 4 February 2024 4 Hours of Dubai" in text
    assert "2–3 December 2023 Held 4 Hours of Sepang" in text


def test_after_the_last_event_the_season_is_over(client, real_season, settings):
    text = text_of(home_at(client, settings, 2024, 2, 11, 20))
    assert text.startswith("The season is over 2 December 2023 – 11 February 2024 Season 2023/24")
    assert "Next session" not in text


def test_home_sums_up_calendar_field_and_stakes(client, real_season, settings):
    response = home_at(client, settings, 2023, 11, 25)
    text = text_of(response)
    assert "39 cars: 11 LMP2, 5 LMP3, 23 GT Provisional" in text
    assert text.count("is invited to the 24 Hours of Le Mans 2024.") == 2
    assert text.count("has priority for a place on the grid of Road to Le Mans 2024.") == 1
    assert {
        "/2023-24/calendar/",
        "/2023-24/entries/",
        "/2023-24/invitations/",
        "/2023-24/dubai/",
        "/2023-24/abu-dhabi/",
    } <= set(links_of(response))


def test_home_leaves_out_what_is_cancelled(client, settings):
    season = make.make_season(is_current=True)
    make.make_round(make.make_event(season, is_cancelled=True), 1)
    dubai = make.make_event(season, "dubai", date(2031, 2, 4))
    make.make_round(dubai, 2, state=Session.State.CANCELLED)
    make.make_round(dubai, 3)
    text = text_of(home_at(client, settings, 2030, 12, 1))
    assert text.startswith("Next session Race 3, 4 Hours of Dubai Tue 4 Feb, 14:00 UTC+8")
    assert "7–8 December 2030 Cancelled" in text


def test_home_promises_no_unconfirmed_clock_time(client, settings):
    event = make.make_event(make.make_season(is_current=True))
    make.make_round(event, start_status=Session.StartStatus.TO_BE_CONFIRMED)
    text = text_of(home_at(client, settings, 2030, 12, 1))
    assert text.startswith("Next session Race 1, 4 Hours of Sepang Sat 7 Dec, time to be confirmed")
    assert "14:00" not in text


def test_home_of_a_season_without_events_says_so(client):
    make.make_season(is_current=True)
    text = text_of(client.get("/"))
    assert text.startswith("The calendar is not published yet Season 2030/31")
    assert "The entry list has not been published yet." in text


def test_home_without_a_season_is_a_page_all_the_same(client):
    assert "No season yet" in text_of(client.get("/"))


def test_the_head_of_the_front_page(client, real_season, settings):
    assert head_of(home_at(client, settings, 2023, 11, 25)) == {
        "title": "Asian Le Mans Series",
        "description": "The Asian Le Mans Series 2023/24: next is the 4 Hours of Sepang, 2–3 December 2023. "
        "39 cars: 11 LMP2, 5 LMP3, 23 GT.",
        "canonical": "http://testserver/",
    }


def test_one_event_or_three_take_as_many_queries(client, settings):
    settings.SITE_NOW = datetime(2030, 12, 1, tzinfo=UTC)
    season = make.make_season(is_current=True)

    def add(number):
        race_class = make.make_race_class(season, f"C{number}", number)
        make.make_invitation(make.make_title(race_class))
        make.make_entry(race_class)
        make.publish_list(season, at=datetime(2020, 1, 1, tzinfo=UTC))
        make.make_round(make.make_event(season, f"event-{number}", date(2031, 1, number)), number)

    add(1)
    one = queries_of(client, "/")
    add(2)
    add(3)
    assert queries_of(client, "/") == one <= 16


# What machines ask for


def test_robots_are_kept_from_the_officials_side_and_shown_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == ("User-agent: *\nDisallow: /admin/\n\nSitemap: http://testserver/sitemap.xml\n")


def test_security_txt_names_a_contact_and_expires_within_a_year(client, settings):
    settings.SITE_NOW = datetime(2024, 1, 15, 10, tzinfo=UTC)
    settings.CONTACT = "mailto:desk@example.org"
    assert client.get("/.well-known/security.txt").content.decode() == (
        "Contact: mailto:desk@example.org\nExpires: 2024-06-29T00:00:00Z\nPreferred-Languages: en\n"
        "Canonical: http://testserver/.well-known/security.txt\n"
    )


def test_security_txt_without_an_address_leads_to_the_page_that_says_so(client, settings):
    settings.SITE_NOW = datetime(2030, 12, 9, tzinfo=UTC)
    settings.CONTACT = ""
    assert client.get("/.well-known/security.txt").content.startswith(b"Contact: http://testserver/\n")
    publish_page(slug="contact")
    assert client.get("/.well-known/security.txt").content.startswith(b"Contact: http://testserver/contact/\n")


def test_the_favicon_is_found_where_browsers_guess_it(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.url) == (302, "/static/img/favicon.svg")


def test_the_process_says_that_it_is_alive_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_the_site_is_ready_when_the_database_answers_and_is_migrated(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert "no-store" in response["Cache-Control"]


def test_the_site_is_not_ready_while_migrations_are_missing(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("0002", False)])
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"1 migrations are missing\n")


def test_the_site_is_not_ready_while_the_database_is_away(client, monkeypatch):
    def away():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


# Errors


def test_an_unknown_address_gets_a_helpful_page(client, real_season):
    response = client.get("/nothing/here/", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert "Off the track" in text_of(response)
    assert {"/", "/2023-24/entries/", "/2023-24/calendar/"} <= set(links_of(response))


def test_a_fault_of_ours_gets_a_page_that_needs_no_database(client, monkeypatch):
    def broken():
        raise RuntimeError

    monkeypatch.setattr("aslms_site.views.home_page", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Red flag" in text_of(response)
    assert "no-store" in response["Cache-Control"]


# The picture that other sites show beside a link


def share_url(response):
    return re.search(r'property="og:image" content="http://testserver(.*?)"', response.text).group(1)


@pytest.mark.parametrize("address", ["/", "/2023-24/standings/", "/2023-24/sepang/race-1/", "/drivers/"])
def test_a_page_without_a_picture_of_its_own_is_shared_with_that_of_the_season(client, real_results, address):
    answer = client.get(share_url(client.get(address)))
    image = Image.open(BytesIO(answer.content)).convert("RGB")
    assert (image.size, answer.headers["Content-Type"]) == ((1200, 630), "image/png")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    colours = [row.plate_colour.lower() for row in real_results.race_classes.order_by("position")]
    ends = [image.getpixel((x, 625)) for x in (10, 600, 1190)]
    assert [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in ends] == colours


def test_a_page_with_a_picture_is_shared_with_that(client, real_season):
    picture = pictures.add(
        picture_file("JPEG", (1280, 720)), title="A", alt="A car at night", credit="Ada", licence="own"
    )
    Team.objects.filter(slug="tf-sport").update(logo=picture)
    page = client.get("/teams/tf-sport/")
    assert share_url(page).startswith(f"/pictures/{picture.name}-")
    assert client.get(share_url(page)).headers["Content-Type"] == "image/jpeg"
    assert 'property="og:image:alt" content="A car at night"' in page.text


def test_an_old_address_of_the_shared_picture_shows_the_present_one_for_a_short_while(client, real_season):
    now, old = client.get(share_url(client.get("/"))), client.get("/share-0.png")
    assert old.content == now.content
    assert "immutable" not in old.headers.get("Cache-Control", "")


def test_before_the_first_season_the_series_is_shared(client):
    assert client.get(share_url(client.get("/"))).headers["Content-Type"] == "image/png"
