import re
from datetime import UTC, datetime, timedelta

import pytest

from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.document_factories import make_upload, publish_file

pytestmark = pytest.mark.django_db


def addresses(client):
    page = client.get("/sitemap.xml").content.decode()
    return re.findall(r"<loc>(.*?)</loc>", page)


def test_every_address_of_the_sitemap_is_a_page_and_stands_there_once(client, real_results):
    found = addresses(client)
    assert len(found) == len(set(found)) > 200
    assert {client.get(address.removeprefix("http://testserver")).status_code for address in found} == {200}


def test_the_sitemap_has_a_page_of_every_kind(client, real_results):
    assert {
        f"http://testserver{path}"
        for path in (
            "/",
            "/data/",
            "/2023-24/",
            "/2023-24/calendar/",
            "/2023-24/invitations/",
            "/2023-24/entries/",
            "/2023-24/entries/r1/",
            "/2023-24/entries/99/",
            "/2023-24/sepang/",
            "/2023-24/sepang/entries/",
            "/2023-24/dubai/entries/r1/",
            "/2023-24/results/",
            "/2023-24/abu-dhabi/race-2/",
            "/2023-24/abu-dhabi/race-2/v1/",
            "/2023-24/abu-dhabi/race-2/decisions/car-24/",
            "/corrections/",
            "/teams/",
            "/teams/af-corse/",
            "/drivers/louis-deletraz/",
            "/cars/oreca-07/",
            "/circuits/yas-marina/",
        )
    } <= set(addresses(client))


def test_nothing_unpublished_is_in_the_sitemap(client, real_results, settings):
    settings.SITE_NOW = datetime(2023, 10, 1, tzinfo=UTC)
    found = " ".join(addresses(client))
    assert "/2023-24/sepang/ " in found
    pages = r"/(?:entries/\w+|drivers/[\w-]+|teams/[\w-]+|cars/[\w-]+|sepang/entries|race[\w-]*|decisions/[\w-]+)/"
    assert re.findall(pages, found) == []


def test_a_working_entry_is_nobody_s_business(client):
    race_class = make.make_race_class(make.make_season())
    make.make_entry(race_class, "77", team=make.make_team("secret-racing"))
    found = " ".join(addresses(client))
    assert "secret-racing" not in found
    assert "/entries/77/" not in found


def test_addresses_are_those_of_the_site_s_own_name(client, settings):
    settings.SITE_URL = "https://www.example.org"
    settings.ALLOWED_HOSTS = ["other.example.org"]
    page = client.get("/sitemap.xml", headers={"host": "other.example.org"}).content.decode()
    assert {
        address.partition("/")[0] + "//" + address.split("/")[2] for address in re.findall(r"<loc>(.*?)</loc>", page)
    } == {"https://www.example.org"}


def test_tables_are_in_the_sitemap_once_they_are_public(client, settings):
    season = results.make_racing_season()
    published = results.publish_results(season.rounds.first(), ["7", "22"])
    pages = {f"http://testserver/2030-31/standings/lmp2-{kind}/" for kind in ("teams", "drivers")}
    settings.SITE_NOW = published.published_at - timedelta(minutes=1)
    assert pages & set(addresses(client)) == set()
    settings.SITE_NOW = published.published_at
    assert pages <= set(addresses(client))
    assert "http://testserver/2030-31/title-fight/" in addresses(client)


def test_a_recalled_version_is_not_what_search_engines_are_led_to(client, settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    race = results.make_racing_season(rounds=1).rounds.get()
    results.publish_results(race, ["7", "22"])
    second = results.publish_results(race, ["22", "7"], cause="Wrong file")
    recall(second, by=None, reason="It was the file of another race.", at=second.published_at)
    found = [address for address in addresses(client) if "/race-1/" in address]
    assert found == [f"http://testserver/2030-31/event-1/race-1/{end}" for end in ("v1/", "")]


def test_boards_and_documents_are_in_the_sitemap_once_they_are_public(client, settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    event = results.make_racing_season(rounds=1).events.get()
    make_upload(event, "Draft")
    board = "http://testserver/2030-31/event-1/documents/"
    assert [address for address in addresses(client) if address.startswith(board)] == []
    publish_file(event)
    assert [address for address in addresses(client) if address.startswith(board)] == [f"{board}1/", board]
