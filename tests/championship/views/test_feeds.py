"""The feeds, read as a feed reader does: RFC 4287 says what has to be there."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest

from championship.services.documents import publish_decision
from championship.services.results import recall
from tests import result_factories as results
from tests.document_factories import make_upload, publish_file

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2030, 12, 5, 14, 5, tzinfo=UTC)
FEEDS = ("/feeds/documents.atom", "/feeds/results.atom")


@pytest.fixture
def race(settings):
    settings.SITE_NOW = NOW
    return results.make_racing_season(rounds=1).rounds.get().race_session


def read(client, address):
    """The feed as an element, after what the standard demands of it has been checked."""
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)  # noqa: S314 - our own answer
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    check(feed)
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"http://testserver{address}"]
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        check(entry)
        assert entry.find(f"{ATOM}link").get("rel") == "alternate"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    return feed


def check(element):
    for name in ("id", "title", "updated"):
        assert len(element.findall(f"{ATOM}{name}")) == 1
        assert element.findtext(f"{ATOM}{name}")
    assert element.findtext(f"{ATOM}id").startswith("tag:testserver,")
    assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
    assert all(link.get("href").startswith("http://testserver/") for link in element.findall(f"{ATOM}link"))


def entries(client, address, *names):
    found = read(client, address).findall(f"{ATOM}entry")
    return [tuple(entry.findtext(f"{ATOM}{name}") for name in names) for entry in found]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_without_entries_is_valid_and_never_changes(client, db, address):
    assert read(client, address).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert client.get(address).content == client.get(address).content


def test_every_page_leads_feed_readers_to_both(client, race):
    page = client.get("/corrections/").content.decode()
    for address in FEEDS:
        assert f'<link rel="alternate" type="application/atom+xml" href="{address}"' in page


def test_documents_appear_with_number_and_title_and_drafts_do_not(client, race):
    make_upload(race.event, "Draft")
    publish_file(race.event, "Tyres & fuel")
    publish_decision(results.make_decision(race, "7", {"kind": "disqualified"}), by=None)
    assert entries(client, FEEDS[0], "title", "published", "id") == [
        (
            f"4 Hours of Event-1 2030/31: Document {number}, {title}",
            "2030-12-05T14:05:00+00:00",
            f"tag:testserver,2030-12-05:/2030-31/event-1/documents/{number}/",
        )
        for number, title in ((2, "Race 1, decision on car 7"), (1, "Tyres & fuel"))
    ]


def test_no_feed_says_what_was_decided_or_who_won(client, race):
    decision = results.make_decision(race, "7", {"kind": "disqualified"}, reason="Underweight")
    publish_decision(decision, by=None)
    results.publish_results(race, ["22", "99", "7"], decisions=[decision], at=NOW)
    both = "".join(client.get(address).content.decode() for address in FEEDS)
    assert "isqualified" not in both
    assert "Underweight" not in both
    assert race.event.season.entries.get(car_number="22").team.name not in both


def test_documents_of_the_archive_have_no_number_in_their_title(client, real_results):
    titles = entries(client, FEEDS[0], "title")
    assert ("4 Hours of Abu Dhabi 2023/24: Race 2, decision on car 24",) in titles
    assert len(titles) == 3


def test_every_version_appears_and_a_recall_updates_its_entry(client, race, settings):
    first = results.publish_results(race, ["7", "22"], status="provisional", at=NOW)
    before = entries(client, FEEDS[1], "id", "title", "updated")
    assert before == [
        (
            "tag:testserver,2030-12-05:/2030-31/event-1/race-1/v1/",
            "4 Hours of Event-1 2030/31, Race 1: provisional v1",
            "2030-12-05T14:05:00+00:00",
        )
    ]
    settings.SITE_NOW = NOW + timedelta(minutes=30)
    second = results.publish_results(race, ["22", "7"], status="official", at=NOW + timedelta(minutes=20))
    recall(second, by=None, reason="Car 22 was not the winner", at=NOW + timedelta(minutes=25))
    recall(first, by=None, reason="Car 7 was not the winner", at=NOW + timedelta(minutes=28))
    assert entries(client, FEEDS[1], "id", "title", "updated", "published") == [
        (
            before[0][0],
            "4 Hours of Event-1 2030/31, Race 1: provisional v1, recalled",
            "2030-12-05T14:33:00+00:00",
            "2030-12-05T14:05:00+00:00",
        ),
        (
            "tag:testserver,2030-12-05:/2030-31/event-1/race-1/v2/",
            "4 Hours of Event-1 2030/31, Race 1: official v2, recalled",
            "2030-12-05T14:30:00+00:00",
            "2030-12-05T14:25:00+00:00",
        ),
    ]
    settings.SITE_NOW = NOW + timedelta(minutes=26)
    titles = [title for (title,) in entries(client, FEEDS[1], "title")]
    assert titles == [
        "4 Hours of Event-1 2030/31, Race 1: official v2, recalled",
        "4 Hours of Event-1 2030/31, Race 1: provisional v1",
    ]


def test_a_control_character_in_a_name_breaks_no_feed(client, race):
    type(race).objects.update(name="Race\x0b 1")
    results.publish_results(race, ["7", "22"], at=NOW)
    assert entries(client, FEEDS[1], "title") == [("4 Hours of Event-1 2030/31, Race 1: official v1",)]


@pytest.mark.parametrize("address", FEEDS)
def test_three_entries_cost_no_more_queries_than_one(client, race, django_assert_max_num_queries, address):
    for number in range(3):
        publish_file(race.event, f"Bulletin {number}")
        results.publish_results(race, ["7", "22"], at=NOW + timedelta(seconds=number - 9))
        with django_assert_max_num_queries(1):
            read(client, address)


def test_names_keep_their_spaces_in_a_feed(client, race):
    type(race).objects.update(name="Race\u00a01")
    publish_decision(results.make_decision(race, "7", {"kind": "disqualified"}), by=None)
    assert entries(client, FEEDS[0], "title") == [
        ("4 Hours of Event-1 2030/31: Document 1, Race\u00a01, decision on car 7",)
    ]
