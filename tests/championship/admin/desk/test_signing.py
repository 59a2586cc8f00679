"""Two pairs of eyes on the pages of the desk: nobody signs what is their own, and nothing that was typed is lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from championship.models import Classification, ClassificationDraft, ClassificationState
from championship.services import drafts
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, fill, send, signed_in

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]
DESK = "/admin/desk/2030-31/event-1/race-1/"
TWO_EYES = [f"{DESK}check/", f"{DESK}retype/"]


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


@pytest.fixture
def draft(session, anna):
    return drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=person(anna))


def text_of(answer):
    return " ".join(answer.content.decode().split())


def person(client):
    return client.get("/admin/").wsgi_request.user


def test_a_check_shows_the_whole_order_with_what_differs_and_signs_it(session, anna, ben):
    results.publish_results(session, FILE, status="provisional")
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    drafts.revise(session=session, by=person(anna), cause="Decision 31")
    page = ben.get(f"{DESK}check/")
    assert [(line.position, line.car_number) for line in page.context["order"]] == [(1, "22"), (2, "7"), (3, "99")]
    assert '<ins><span class="visually-hidden">is now </span>2nd</ins>' in text_of(page)
    assert "Ada Seat 1 of 7, Ada Seat 2 of 7" in text_of(page)
    answer, _ = send(ben, f"{DESK}check/", fields_of(page))
    assert answer.url == DESK
    assert ClassificationDraft.objects.get().checker == person(ben)


def test_a_draft_that_was_saved_since_is_not_signed_and_shown_again(session, anna, ben, draft):
    page = ben.get(f"{DESK}check/")
    drafts.save_draft(draft, lines=results.draft_lines(session, ["22", "7"]), by=person(anna), seen_version=1)
    answer, _ = send(ben, f"{DESK}check/", fields_of(page))
    assert "saved the draft after you opened this page. Nothing is signed" in text_of(answer)
    assert [line.car_number for line in answer.context["order"]] == ["22", "7"]
    assert ClassificationDraft.objects.get().checker is None
    send(ben, f"{DESK}check/", fields_of(answer))
    assert ClassificationDraft.objects.get().checker == person(ben)


@pytest.mark.parametrize("address", TWO_EYES)
def test_its_author_is_told_to_ask_somebody_else(anna, draft, address):
    assert "so somebody else has to" in text_of(anna.get(address))
    answer = anna.post(address, {"seen_version": "1", "order": "7 22 99"})
    assert "sk somebody else" in text_of(answer)
    assert ClassificationDraft.objects.get().checker is None


@pytest.mark.parametrize("address", TWO_EYES)
def test_without_a_draft_there_is_nothing_to_sign(session, ben, address):
    assert ben.get(address).url == DESK
    assert "There is no draft to look at." in text_of(ben.get(DESK))


def test_the_order_typed_again_signs_the_draft(ben, draft):
    answer, _ = fill(ben, f"{DESK}retype/", order="7, 22\r\n99")
    assert answer.url == DESK
    found = ClassificationDraft.objects.get()
    assert (found.checker, found.retyped_by) == (person(ben), person(ben))
    assert "who typed it a second time" in text_of(ben.get(DESK))


def test_the_page_to_type_it_again_never_shows_the_order(ben, draft):
    assert "Car numbers in finishing order" in text_of(ben.get(f"{DESK}retype/"))
    answer, _ = fill(ben, f"{DESK}retype/", order="7 99 22")
    assert "At place 2 you typed car 99. The draft has another car there." in text_of(answer)
    assert fields_of(answer)["order"] == "7 99 22"
    for page in (ben.get(f"{DESK}retype/"), answer):
        assert "7 22 99" not in text_of(page)
    assert ClassificationDraft.objects.get().checker is None


def test_an_order_typed_for_a_draft_that_was_saved_since_is_kept(session, anna, ben, draft):
    page = ben.get(f"{DESK}retype/")
    drafts.save_draft(draft, lines=results.draft_lines(session, ["22", "7"]), by=person(anna), seen_version=1)
    answer, _ = send(ben, f"{DESK}retype/", fields_of(page), order="22 7")
    assert "What you typed is still below." in text_of(answer)
    again = fields_of(answer)
    assert again["order"] == "22 7"
    send(ben, f"{DESK}retype/", again)
    assert ClassificationDraft.objects.get().retyped_by == person(ben)


def test_nothing_typed_is_no_order(ben, draft):
    answer, _ = fill(ben, f"{DESK}retype/", order="")
    assert "This field is required." in text_of(answer)


# One signature, and the second one afterwards


@pytest.fixture
def alone(session, anna):
    return results.publish_results(
        session, FILE, from_archive=False, author=person(anna), single_signed_reason="Alone at night"
    )


def test_somebody_else_countersigns_and_readers_see_no_single_signature_any_more(alone, ben, client):
    assert "One signature: Alone at night" in text_of(client.get(alone.get_absolute_url()))
    page = ben.get(f"{DESK}countersign/?version=1")
    assert "with one signature: Alone at night" in text_of(page)
    answer = ben.post(f"{DESK}countersign/?version=1")
    assert answer.url == DESK
    state = ClassificationState.objects.get()
    assert (state.countersigned_by, state.history.latest().history_change_reason) == (person(ben), "Countersigned")
    assert "One signature" not in text_of(client.get(alone.get_absolute_url()))
    assert "No version waits for a second signature." in text_of(ben.get(f"{DESK}countersign/"))


def test_nobody_countersigns_what_is_their_own(alone, anna):
    assert "It is your own work" in text_of(anna.get(f"{DESK}countersign/"))
    answer = anna.post(f"{DESK}countersign/?version=1")
    assert "Nobody countersigns their own work. Ask somebody else." in text_of(answer)
    assert ClassificationState.objects.get().countersigned_by is None


@pytest.mark.parametrize("version", ["2", "x", "99999999"])
def test_an_unknown_version_waits_for_nothing(alone, ben, version):
    page = ben.get(f"{DESK}countersign/?version={version}")
    assert page.status_code == 200
    assert ("No version waits" in text_of(page)) == version.isdigit() * (len(version) < 6)


def test_only_who_may_check_signs(session, draft):
    entries = signed_in("emma", "Entries secretary")
    for address in (*TWO_EYES, f"{DESK}countersign/"):
        assert entries.get(address).status_code == 403
        assert entries.post(address, {"seen_version": "1"}).status_code == 403
    assert not Classification.objects.exists()
    assert make.make_user("nobody").pk


def test_a_check_leads_nobody_to_a_page_that_is_closed_to_them(session, anna):
    first, *others = results.draft_lines(session, FILE)
    drafts.create_draft(session=session, lines=[replace(first, drivers=()), *others], by=person(anna))
    sue = signed_in("sue", "Stewards' secretary")
    all_of_them, hers = (who.get(f"{DESK}check/").context["checks"] for who in (signed_in("ben"), sue))
    assert [check.text for check in hers] == [check.text for check in all_of_them]
    assert any(check.link == "Correct the draft" for check in all_of_them)
    assert not any(check.link == "Correct the draft" for check in hers)
    assert {sue.get(check.url).status_code for check in hers if check.url} <= {200}
