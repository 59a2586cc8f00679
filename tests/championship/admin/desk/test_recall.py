"""Taking a version back, and what is done to drafts as a whole."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from championship.models import Classification, ClassificationDraft, ClassificationState
from championship.services import consequence_preview, drafts
from championship.services.results import ResultsError
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, fill, send, signed_in

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]
DESK = "/admin/desk/2030-31/event-1/race-1/"
RECALL = f"{DESK}recall/"
EVENING = datetime(2030, 12, 5, 18, 30, tzinfo=UTC)


@pytest.fixture
def session(settings):
    settings.SITE_NOW = EVENING
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def stella():
    return signed_in("stella", "Stewards' secretary")


@pytest.fixture
def tim():
    return signed_in("tim", "Timekeeper")


@pytest.fixture
def two(session, tim, stella):
    """Two provisional versions; the second one is signed by both."""
    first = results.publish_results(session, FILE, at=EVENING, status="provisional")
    signed = {"from_archive": False, "author": person(tim), "checker": person(stella), "cause": "Another file"}
    second = results.publish_results(session, ["22", "7", "99"], at=EVENING, status="provisional", **signed)
    return first, second


def text_of(answer):
    return " ".join(unescape(answer.content.decode()).split())


def person(client):
    return client.get("/admin/").wsgi_request.user


def test_a_recall_shows_what_follows_and_leaves_a_page_with_reason_and_successor(two, stella, client):
    first, second = two
    page = stella.get(RECALL)
    said = "changes LMP2 places 1 and 2, points of 2 teams, the leaders of LMP2 Teams and LMP2 Drivers"
    assert f"Recall v2: {said}" in text_of(page)
    answer, _ = send(stella, RECALL, fields_of(page), reason="It was the file of another race")
    assert answer.url == DESK
    assert "Recalled v2: v1 stands again." in text_of(stella.get(DESK))
    tombstone = text_of(client.get(second.get_absolute_url()))
    assert "It was the file of another race" in tombstone
    assert f'<a href="{first.get_absolute_url()}">version v1</a>' in tombstone
    assert ClassificationState.objects.get(classification=first).is_current


def test_a_recall_needs_a_reason(two, stella):
    answer, _ = fill(stella, RECALL, reason="  ")
    assert "This field is required." in text_of(answer)
    assert not ClassificationState.objects.exclude(recalled_at=None).exists()


def test_a_recall_of_a_version_that_stands_no_more_is_refused_and_keeps_the_reason(session, two, stella):
    page = fields_of(stella.get(RECALL))
    third = results.publish_results(session, ["99", "7", "22"], status="provisional", cause="A third file")
    answer, _ = send(stella, RECALL, page, reason="Another race")
    assert "v3 stands now. Look at what recalling it changes." in text_of(answer)
    assert fields_of(answer)["reason"] == "Another race"
    assert ClassificationState.objects.get(classification=third).is_current
    send(stella, RECALL, fields_of(answer))
    assert not ClassificationState.objects.get(classification=third).is_current


def test_a_timekeeper_recalls_what_is_his_own_for_some_minutes(two, tim, settings):
    assert "Recall v2" in text_of(tim.get(DESK))
    settings.SITE_NOW = EVENING + timedelta(minutes=10)
    desk, page = tim.get(DESK), tim.get(RECALL)
    refusal = "You may recall your own version for 10 minutes, and they are over."
    assert refusal in text_of(desk)
    assert refusal in text_of(page)
    assert "Who may: Stewards' secretary and administrators." in text_of(page)
    tim.post(RECALL, {"seen": "2.x", "reason": "Late"})
    assert Classification.objects.get(version=2).state.is_current


def test_without_a_version_there_is_nothing_to_recall(session, stella):
    assert stella.get(RECALL).url == DESK
    assert "No version stands, so there is nothing to recall." in text_of(stella.get(DESK))


def test_a_version_that_somebody_recalls_while_the_page_is_made_is_said_to_be_recalled(two, stella, monkeypatch):
    def gone(*_args, **_kwargs):
        raise ResultsError("v2 is recalled already.")

    monkeypatch.setattr(consequence_preview, "of_recalling", gone)
    assert stella.get(RECALL).url == DESK
    page = stella.get(DESK)
    assert [str(message) for message in page.context["messages"]] == ["v2 is recalled already."]


# Beginning the next version


def test_the_next_version_begins_with_the_one_that_stands(two, stella):
    answer, _ = fill(stella, f"{DESK}revise/", cause="Decision 31")
    assert answer.url == DESK
    draft = ClassificationDraft.objects.get()
    assert (draft.cause, draft.author) == ("Decision 31", person(stella))
    assert [line.timing.car_number for line in drafts.draft_lines(draft)] == ["22", "7", "99"]
    answer, _ = fill(stella, f"{DESK}revise/", cause="Once more")
    assert "has a draft already by stella" in text_of(answer)
    assert fields_of(answer)["cause"] == "Once more"


def test_going_back_to_an_earlier_version_is_one_action(two, stella):
    assert f"{DESK}revise/?version=1" in stella.get(DESK).content.decode()
    page = stella.get(f"{DESK}revise/?version=1")
    send(stella, f"{DESK}revise/", fields_of(page), cause="The first file was right")
    assert [line.timing.car_number for line in drafts.draft_lines(ClassificationDraft.objects.get())] == FILE


def test_what_is_provisional_becomes_official_in_two_pages(two, stella, settings):
    settings.SITE_NOW = EVENING + timedelta(hours=1)
    page = stella.get(f"{DESK}revise/?to=official")
    assert fields_of(page)["cause"] == "Made official"
    answer, _ = send(stella, f"{DESK}revise/", fields_of(page))
    assert answer.url == f"{DESK}publish/?as=official"
    page = stella.get(answer.url)
    assert "Publish as official v3: changes no place, no points and no title" not in text_of(page)
    assert "Publish as official v3" in text_of(page)
    send(stella, answer.url, fields_of(page), single_signed_reason="The timekeeper has left")
    assert Classification.objects.get(version=3).status == "official"


@pytest.mark.parametrize("version", ["9", "99999999"])
def test_there_is_no_going_back_to_a_version_that_is_not(two, stella, version):
    assert stella.get(f"{DESK}revise/?version={version}").status_code == (404 if len(version) < 6 else 200)


# A draft as a whole


def test_the_cause_is_mended_on_the_desk(session, tim):
    drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=person(tim))
    page = tim.get(DESK)
    send(tim, f"{DESK}draft/cause/", fields_of(page, "cause-form"), cause="Second file")
    assert ClassificationDraft.objects.get().cause == "Second file"
    send(tim, f"{DESK}draft/cause/", fields_of(page, "cause-form"), cause="Third file")
    assert "You had typed: Third file" in text_of(tim.get(DESK))
    send(tim, f"{DESK}draft/cause/", {"seen_version": "x", "cause": ""})
    assert "This field is required." in text_of(tim.get(DESK))
    assert ClassificationDraft.objects.get().cause == "Second file"


def test_a_draft_is_thrown_away_and_brought_back(session, tim):
    drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=person(tim))
    send(tim, f"{DESK}draft/delete/", fields_of(tim.get(DESK), "delete-form"), reason="Another race")
    assert not ClassificationDraft.objects.exists()
    page = tim.get(DESK)
    assert "tim deleted the draft at" in text_of(page)
    assert "(Another race)" in text_of(page)
    tim.post(f"{DESK}draft/return/")
    assert ClassificationDraft.objects.get().author == person(tim)
    tim.post(f"{DESK}draft/return/")
    assert "has another draft by now" in text_of(tim.get(DESK))


def test_a_draft_that_is_gone_is_said_to_be_gone(session, tim):
    tim.post(f"{DESK}draft/delete/", {"seen_version": "1"})
    assert "There is no draft any more" in text_of(tim.get(DESK))


def test_who_may_neither_type_nor_revise_touches_no_draft(session, tim):
    drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=person(tim))
    entries = signed_in("emma", "Entries secretary")
    for page in ("draft/cause/", "draft/delete/", "draft/return/", "revise/", "pending/", "recall/"):
        assert entries.post(DESK + page, {"seen_version": "1", "reason": "x"}).status_code == 403
    assert ClassificationDraft.objects.exists()
