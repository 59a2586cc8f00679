"""The notice board of an event as readers see it."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest

from championship.models import Decision
from championship.selectors.document_files import COLUMNS, schema
from championship.services import entry_lists
from championship.services.documents import post_classification, publish_decision, take_number
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.document_factories import make_pdf, make_upload, publish_file
from tests.json_schema import complaints
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

BOARD = "/2030-31/event-1/documents/"
NOW = datetime(2030, 12, 5, 14, 5, tzinfo=UTC)
PENALTY = {"kind": "time_added", "time": 5_000}


@pytest.fixture
def race(settings):
    settings.SITE_NOW = NOW
    return results.make_racing_season(rounds=1, cars=("7", "22", "007")).rounds.get().race_session


def decide(race, car="7", effect=PENALTY, **values):
    decision = results.make_decision(race, car, effect, **values)
    return publish_decision(decision, by=None)


def rows_of(response) -> list[str]:
    page = response.content.decode().split("<tbody", 1)[1]
    return [" ".join(text_of_row(row).split()) for row in page.split("<tr ")[1:]]


def text_of_row(row):
    return re.sub(r"<[^>]*>", " ", "<" + row.split("</tr>")[0])


def test_the_three_decisions_of_abu_dhabi_stand_on_its_board_without_a_number(client, real_results):
    response = client.get("/2023-24/abu-dhabi/documents/")
    assert [row.replace(" LMP2", "").replace(" GT", "") for row in rows_of(response)] == [
        f"– Number not on record Published on 11 February 2024 Decision Car {car} Race 2, decision on car {car}"
        for car in (19, 3, 24)
    ]
    assert "/2023-24/abu-dhabi/documents/archive-race-2-car-24/" in links_of(response)
    assert "/2023-24/entries/24/" in links_of(response)
    text = text_of(client.get("/2023-24/abu-dhabi/documents/archive-race-2-car-24/"))
    assert "Number not on record Decision 4 Hours of Abu Dhabi 2023/24 Published on 11 February 2024" in text
    assert "Number Not on record Car Car 24 LMP2 Competitor Nielsen Racing Session Race 2" in text
    assert "Fact Not on record Offence Not on record Decision 1 lap removed and 1.000 s added" in text
    assert "Reason A driver fell short of the minimum driving time Status Applied to the classification" in text
    assert "Source: italian-endurance.com" in text
    assert "before this site kept the board" in text


def test_a_document_is_a_line_with_number_track_time_kind_car_title_language_and_size(client, race):
    publish_file(race.event, "Bulletin 1", language="fr", session=race, event_entry=results.car_at(race, "007"))
    (row,) = rows_of(client.get(BOARD))
    assert row.startswith("1 Thu 5 Dec, 22:05 UTC+8 Bulletin Car 007 LMP2 Bulletin 1 PDF of Bulletin 1 FR,")


def test_an_event_without_a_document_says_so_and_an_unknown_event_is_not_found(client, race):
    response = client.get(BOARD)
    assert "No document yet" in text_of(response)
    assert "/2030-31/event-1/" in links_of(response)
    assert client.get("/2030-31/nowhere/documents/").status_code == 404
    assert "No document yet" in text_of(client.get("/2030-31/event-1/"))


def test_a_draft_and_what_is_published_later_is_not_there(client, race, settings):
    make_upload(race.event, "Draft")
    publish_file(race.event, "Later")
    settings.SITE_NOW = NOW.replace(hour=14, minute=4)
    assert "No document yet" in text_of(client.get(BOARD))
    assert client.get(f"{BOARD}1/").status_code == 404


def test_kind_car_and_session_filter_the_board_under_an_address_to_share(client, race):
    decide(race)
    decide(race, "22")
    publish_file(race.event, "Bulletin 1", session=race)
    publish_file(race.event, "Bulletin 2")
    assert len(rows_of(client.get(f"{BOARD}?kind=decision"))) == 2
    assert len(rows_of(client.get(f"{BOARD}?session=race-1"))) == 3
    response = client.get(f"{BOARD}?car=22&kind=Decision&session=")
    assert "1 of 4 documents" in text_of(response)
    assert head_of(response)["canonical"] == f"http://testserver{BOARD}?kind=decision&car=22"
    assert head_of(response)["title"].startswith("Documents, 4 Hours of Event-1 2030/31 (filtered)")
    assert "No document matches" in text_of(client.get(f"{BOARD}?kind=bulletin&car=7"))


def test_a_filter_that_the_board_does_not_know_is_said_and_everything_shown(client, race):
    decide(race, "007")
    response = client.get(f"{BOARD}?car=7")
    assert "Car “7” is not on this list. Known here: 007." in text_of(response)
    assert "these are all documents" in text_of(response)
    assert len(rows_of(response)) == 1
    for ending in ("csv", "json"):
        answer = client.get(f"/2030-31/event-1/documents.{ending}?car=7")
        assert answer.status_code == 400
        assert "Known here: 007." in answer.content.decode()


def test_a_decision_is_a_page_of_text(client, race):
    at = datetime(2030, 12, 5, 7, 30, tzinfo=UTC)
    document = decide(race, fact="Cut the chicane", offence="Article 14", reason="video evidence", fact_at=at)
    response = client.get(document.get_absolute_url())
    text = text_of(response)
    assert "Document 1 Decision 4 Hours of Event-1 2030/31 Published 5 December 2030, 22:05 UTC+8" in text
    assert f"Number 1 Car Car 7 LMP2 Competitor {document.event_entry.team_name} Session Race 1" in text
    assert "Time of the fact 5 December 2030, 15:30 track time Fact Cut the chicane Offence Article 14" in text
    assert "Decision 5.000 s added Reason Video evidence Status Applied to the classification" in text
    assert head_of(response)["title"].startswith("Document 1: Race 1, decision on car 7, 4 Hours of Event-1 2030/31")
    assert "/2030-31/event-1/race-1/" in links_of(response)


def test_what_was_published_stays_when_the_decision_changes_and_both_documents_lead_to_each_other(client, race):
    first = decide(race, reason="Video evidence")
    Decision.objects.update(reason="Onboard video")
    second = publish_decision(Decision.objects.get(), by=None, reason="the reason was wrong")
    old, new = (client.get(row.get_absolute_url()) for row in (first, second))
    assert "Reason Video evidence" in text_of(old)
    assert "Amended by document 2: Race 1, decision on car 7 (amended)." in text_of(old)
    assert f"{BOARD}2/" in links_of(old)
    assert "Reason Onboard video" in text_of(new)
    assert "Amended because The reason was wrong" in text_of(new)
    assert "Amends document 1: Race 1, decision on car 7." in text_of(new)
    assert f"{BOARD}1/" in links_of(new)
    assert [row.split(" Car 7 LMP2 ")[1] for row in rows_of(client.get(BOARD))] == [
        "Race 1, decision on car 7 (amended) amends 1",
        "Race 1, decision on car 7 Amended",
    ]


def test_an_amendment_is_unknown_until_it_is_published(client, race, settings):
    first = decide(race)
    Decision.objects.update(status="withdrawn")
    settings.SITE_NOW = NOW.replace(hour=15)
    second = publish_decision(Decision.objects.get(), by=None)
    assert "Withdrawn" in text_of(client.get(second.get_absolute_url()))
    settings.SITE_NOW = NOW
    text = text_of(client.get(first.get_absolute_url()))
    assert "Amended" not in text
    assert "Status Applied" in text


def test_a_decision_leads_to_its_place_in_the_result_once_it_counts_there_and_back(client, race, settings):
    document = decide(race)
    page = "/2030-31/event-1/race-1/decisions/car-7/"
    assert page not in links_of(client.get(document.get_absolute_url()))
    decision = Decision.objects.get()
    results.publish_results(race, ["7", "22"], decisions=[decision], at=NOW)
    assert page in links_of(client.get(document.get_absolute_url()))
    assert "Notice board Document 1" in text_of(client.get(page))
    assert f"{BOARD}1/" in links_of(client.get(page))


def post(version):
    number, numbering = take_number(version.session.event)
    return post_classification(version, number=number, numbering=numbering, by=None)


def test_a_classification_leads_to_its_version_until_that_is_recalled(client, race):
    version = results.publish_results(race, ["7", "22"], status="provisional", at=NOW)
    document = post(version)
    response = client.get(document.get_absolute_url())
    assert "Provisional classification of Race 1, version v1." in text_of(response)
    assert "/2030-31/event-1/race-1/v1/" in links_of(response)
    recall(version, by=None, reason="It was the file of another race.", at=NOW)
    response = client.get(document.get_absolute_url())
    assert "Version v1 was recalled On 5 December 2030, 14:05 UTC: It was the file" in text_of(response)
    assert "Recalled" in rows_of(client.get(BOARD))[0]


def test_an_entry_list_leads_to_its_revision(client, race):
    season, event = race.event.season, race.event
    seen = entry_lists.preview(season=season, event=event).fingerprint
    entry_lists.publish(season=season, event=event, status="final", seen=seen)
    response = client.get(f"{BOARD}1/")
    assert "Final entry list, revision r1." in text_of(response)
    assert "/2030-31/event-1/entries/r1/" in links_of(response)


def test_a_car_is_linked_once_it_has_a_page(client, race):
    document = decide(race)
    page = "/2030-31/entries/7/"
    assert page not in links_of(client.get(document.get_absolute_url())) + links_of(client.get(BOARD))
    make.publish_list(race.event.season, race.event)
    assert page in links_of(client.get(document.get_absolute_url()))
    assert page in links_of(client.get(BOARD))


def test_a_car_has_all_its_published_decisions_on_its_page_also_those_that_move_nobody(client, race):
    make.publish_list(race.event.season, race.event)
    assert "Decisions of the stewards" not in text_of(client.get("/2030-31/entries/7/"))
    decide(race, effect={"kind": "fine"}, reason="speeding in the pits")
    results.make_decision(race, "7", {"kind": "reprimand"}, slug="unpublished")
    decide(race, "22", {"kind": "reprimand"})
    response = client.get("/2030-31/entries/7/")
    assert "Decisions of the stewards Fine 4 Hours of Event-1, Race 1 Document 1 Speeding in the pits" in text_of(
        response
    )
    assert "Reprimand" not in text_of(response)
    assert f"{BOARD}1/" in links_of(response)


def test_an_event_shows_its_newest_documents_and_leads_to_its_board(client, race):
    for number in range(1, 7):
        publish_file(race.event, f"Bulletin {number}")
    response = client.get("/2030-31/event-1/")
    assert "Notice board, all 6 documents" in text_of(response)
    assert BOARD in links_of(response)
    found = [link for link in links_of(response) if link.startswith(BOARD) and link.endswith("/")]
    assert found == [BOARD, *(f"{BOARD}{number}/" for number in (6, 5, 4, 3, 2))]


def test_a_file_is_offered_with_language_size_and_hash(client, race):
    document = publish_file(race.event, "Bulletin 1", language="fr")
    text = text_of(client.get(document.get_absolute_url()))
    file = document.file
    assert "Download the PDF French," in text
    assert f"({file.size} bytes) SHA-256 {file.sha256}" in text
    assert "File Bulletin 1.pdf Language French" in text


def test_a_file_is_handed_out_as_an_inert_download_that_caches_may_keep(client, race):
    document = publish_file(race.event)
    response = client.get(f"{BOARD}1/{document.file.sha256[:16]}.pdf")
    assert response.content == make_pdf("Bulletin 1 event-1")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="2030-31-event-1-document-1.pdf"'
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["1/0123456789abcdef.pdf", "1/a.pdf", "2/{}.pdf", "nothing/{}.pdf", "01/{}.pdf"])
def test_a_file_is_at_no_other_address(client, race, address):
    document = publish_file(race.event)
    assert client.get(BOARD + address.format(document.file.sha256[:16])).status_code == 404


@pytest.mark.parametrize("address", ["2", "01", "0", "archive-race-1-car-7", "99999999999999999999", "changes"])
def test_a_document_is_at_no_other_address(client, race, address):
    publish_file(race.event)
    assert client.get(f"{BOARD}{address}/").status_code == 404


def test_the_files_of_the_board_say_the_same_as_the_page(client, race):
    at = datetime(2030, 12, 5, 7, 30, tzinfo=UTC)
    decide(race, fact="=Cut the chicane", fact_at=at)
    document = publish_file(race.event, "Bulletin 1")
    answer = client.get("/2030-31/event-1/documents.json")
    assert answer["Link"] == '</data/documents.schema.json>; rel="describedby"'
    assert complaints(answer.json(), schema()) == []
    assert client.get("/data/documents.schema.json").json() == schema()
    second, first = answer.json()["documents"]
    assert (answer.json()["count"], answer.json()["total"]) == (2, 2)
    assert (first["number"], first["path"], first["car_number"]) == (1, f"{BOARD}1/", "7")
    assert first["decision"]["decision"] == "5.000 s added"
    assert first["decision"]["fact_at"] == "2030-12-05T15:30:00+08:00"
    assert second["file"]["sha256"] == document.file.sha256
    assert second["published_at"] == "2030-12-05T14:05:00Z"
    table = client.get("/2030-31/event-1/documents.csv?kind=decision")
    assert table["Content-Disposition"] == 'attachment; filename="2030-31-event-1-documents.csv"'
    (row,) = csv.DictReader(io.StringIO(table.content.decode(), newline=""), strict=True)
    assert (row["number"], row["decision"], row["published_at"]) == ("1", "5.000 s added", "2030-12-05T14:05:00Z")
    assert row["fact"] == "'=Cut the chicane"
    assert "/2030-31/event-1/documents.csv?kind=decision" in links_of(client.get(f"{BOARD}?kind=decision"))


def test_the_data_page_offers_every_board_and_says_what_stands_in_the_files(client, race):
    assert "No documents yet" in text_of(client.get("/data/"))
    publish_file(race.event)
    response = client.get("/data/")
    assert {"/2030-31/event-1/documents.csv", "/2030-31/event-1/documents.json", BOARD} <= set(links_of(response))
    assert {"/feeds/documents.atom", "/feeds/results.atom"} <= set(links_of(response))
    columns = set(re.findall(r"<code>([a-z0-9_]+)</code>", response.content.decode()))
    assert set(COLUMNS) <= columns


def test_three_documents_cost_no_more_queries_than_one(client, race):
    pages = (BOARD, "/2030-31/event-1/", "/2030-31/entries/7/", "/2030-31/event-1/documents.json")
    make.publish_list(race.event.season, race.event)

    def add(number):
        decide(race, slug=f"car-7-{number}")
        publish_file(race.event, f"Bulletin {number}", event_entry=results.car_at(race, "7"), session=race)
        return {page: queries_of(client, page) for page in pages}

    one = add(1)
    add(2)
    assert add(3) == one
    assert max(one.values()) <= 17
    assert one[BOARD] <= 7
