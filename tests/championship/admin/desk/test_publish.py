"""From the draft to the published version: what the page shows is what happens."""

from datetime import UTC, datetime

import pytest

from championship.models import Classification, ClassificationDraft
from championship.services import documents, drafts
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, fill, send, signed_in

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]
DESK = "/admin/desk/2030-31/event-1/race-1/"
PUBLISH = f"{DESK}publish/"


@pytest.fixture
def session(settings):
    settings.SITE_NOW = datetime(2030, 12, 5, 18, 30, tzinfo=UTC)
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def anna():
    return signed_in("anna")


@pytest.fixture
def ben():
    return signed_in("ben")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def person(client):
    return client.get("/admin/").wsgi_request.user


def new_draft(session, by, order=FILE, **values):
    return drafts.create_draft(session=session, lines=results.draft_lines(session, order), by=by, **values)


def test_the_first_list_goes_from_the_desk_to_the_readers(session, anna, ben):
    new_draft(session, person(anna))
    said = "puts 3 cars online; changes points of 3 teams, the leaders of LMP2 Teams and LMP2 Drivers"
    button = f"Publish as provisional v1, document 1: {said}"
    assert button in text_of(ben.get(DESK))
    page = ben.get(PUBLISH)
    assert button in text_of(page)
    assert "You sign as its checker" in text_of(page)
    answer, _ = send(ben, PUBLISH, fields_of(page))
    assert answer.url == DESK
    published = Classification.objects.get()
    assert (published.status, published.author.username, published.checker.username) == ("provisional", "anna", "ben")
    assert f'href="{published.get_absolute_url()}">See it as readers do' in text_of(ben.get(DESK))
    assert not ClassificationDraft.objects.exists()
    assert 'href="/2030-31/event-1/documents/1/">Document 1</a>' in text_of(ben.get(DESK))


def test_another_document_was_published_since(session, anna, ben):
    new_draft(session, person(anna))
    seen = fields_of(ben.get(PUBLISH))
    documents.publish_decision(
        results.make_decision(session, "7", {"kind": "fine"}, status="suspended"), by=person(ben)
    )
    answer, _ = send(ben, PUBLISH, seen)
    assert "<strong>Document:</strong> 1 → 2" in text_of(answer)
    assert not Classification.objects.exists()


def test_the_consequence_of_a_penalty_is_told_before_the_button_and_happens(session, anna, ben):
    results.publish_results(session, FILE, status="provisional")
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    drafts.revise(session=session, by=person(anna), cause="Decision 31, car 7")
    page = ben.get(PUBLISH)
    said = "changes LMP2 places 1 and 2, points of 2 teams, the leaders of LMP2 Teams and LMP2 Drivers"
    assert f"Publish as provisional v2, document 1: {said}" in text_of(page)
    answer, _ = send(ben, PUBLISH, fields_of(page), warnings_reason="The document follows")
    assert answer.status_code == 302
    published = Classification.objects.get(version=2)
    assert [row.car_number for row in published.results.all()] == ["22", "7", "99"]
    assert published.warnings_reason == "The document follows"
    assert "on no document of the notice board" in published.warnings


def test_warnings_want_a_reason_and_what_was_typed_stays(session, anna):
    new_draft(session, person(anna), ["7", "22"])
    answer, _ = fill(anna, PUBLISH, single_signed_reason="Nobody else is here")
    assert "There are warnings. Give the reason why it is published all the same." in text_of(answer)
    assert fields_of(answer)["single_signed_reason"] == "Nobody else is here"
    assert not Classification.objects.exists()


def test_whoever_works_alone_gives_a_reason_that_readers_see(session, anna, client):
    new_draft(session, person(anna))
    answer, sent = fill(anna, PUBLISH)
    assert "Nobody checked this draft" in text_of(answer)
    send(anna, PUBLISH, fields_of(answer), single_signed_reason="Alone at night")
    published = Classification.objects.get()
    assert (published.checker, published.single_signed_reason) == (None, "Alone at night")
    assert "One signature: Alone at night" in text_of(client.get(published.get_absolute_url()))
    assert sent["seen"]


def test_a_draft_that_was_saved_since_is_shown_again_with_what_changed(session, anna, ben):
    draft = new_draft(session, person(anna))
    seen = fields_of(ben.get(PUBLISH))
    drafts.save_draft(draft, lines=results.draft_lines(session, ["22", "7", "99"]), by=person(anna), seen_version=1)
    answer, _ = send(ben, PUBLISH, seen)
    assert "Something was changed since this preview." in text_of(answer)
    assert "<strong>Car 22:</strong> 2nd → 1st" in text_of(answer)
    assert not Classification.objects.exists()
    send(ben, PUBLISH, fields_of(answer))
    assert [row.car_number for row in Classification.objects.get().results.all()] == ["22", "7", "99"]


def test_a_pole_that_was_entered_since_is_another_consequence(session, anna, ben):
    new_draft(session, person(anna))
    seen = fields_of(ben.get(PUBLISH))
    results.make_pole(session.round, "99")
    answer, _ = send(ben, PUBLISH, seen)
    assert "Something was changed since this preview." in text_of(answer)
    assert not Classification.objects.exists()
    send(ben, PUBLISH, fields_of(answer))
    assert Classification.objects.exists()
