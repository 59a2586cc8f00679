"""The desk of a session and the list of all desks: what stands, what waits, what can be done, and by whom."""

from datetime import UTC, datetime, timedelta

import pytest

from championship.models import ClassificationState, TimingImport
from championship.services import drafts
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, send, signed_in

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]
DESK = "/admin/desk/2030-31/event-1/race-1/"
EVENING = datetime(2030, 12, 5, 12, tzinfo=UTC)


@pytest.fixture
def session(settings):
    settings.SITE_NOW = EVENING
    return results.make_racing_season(rounds=2).rounds.get(number=1).race_session


@pytest.fixture
def steward():
    return signed_in("stella", "Stewards' secretary")


@pytest.fixture
def timekeeper():
    return signed_in("tim", "Timekeeper")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def person(client):
    return client.get("/admin/").wsgi_request.user


def steps(answer):
    """What is offered as a link, and what says who may."""
    found = answer.context["steps"]
    return [step.label for step, _ in found if not step.who], {step.label: step.who for step, _ in found if step.who}


def provisional(session, **values):
    return results.publish_results(session, FILE, at=EVENING, status="provisional", **values)


def test_an_empty_desk_begins_with_the_timing_file(session, timekeeper):
    page = timekeeper.get(DESK)
    assert steps(page) == (["Import the timing file", "Type the finishing order"], {})
    assert "Nothing is published yet." in text_of(page)
    assert "20:00</time> track time (UTC+8)" in text_of(page)


def test_what_a_person_may_not_do_says_who_may(session, steward):
    offered, refused = steps(steward.get(DESK))
    who = "Timekeeper and administrators"
    assert offered == []
    assert refused == {
        "Import the timing file": "Entries secretary, Timekeeper and administrators",
        "Type the finishing order": who,
    }


def test_an_editor_looks_and_is_offered_nothing(session):
    results.publish_results(session, FILE)
    editor = signed_in("eve", "Editor")
    page = editor.get(DESK)
    assert (steps(page)[0], page.context["flags"]) == ([], None)
    assert "You may not recall a version." in text_of(page)


def test_a_draft_is_checked_by_somebody_else_than_its_author(session, timekeeper, steward):
    drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=person(timekeeper))
    own, other = timekeeper.get(DESK), steward.get(DESK)
    assert "somebody else: Stewards' secretary, Timekeeper and administrators" in steps(own)[1]["Check the draft"]
    assert steps(other)[0][:2] == ["Check the draft", "Type the order a second time"]
    assert "nobody yet" in text_of(own)


def test_who_may_not_publish_reads_what_it_would_do_and_who_may(session, timekeeper):
    results.publish_results(session, FILE)
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    drafts.revise(session=session, by=None, cause="Decision 31")
    page = timekeeper.get(DESK)
    assert page.context["publish"]["who"] == "Stewards' secretary and administrators"
    assert "Publish as revised v2, document 1: changes LMP2 places 1 and 2" in text_of(page)
    assert f"{DESK}publish/" not in page.content.decode()


def test_the_time_to_protest_is_told_in_track_time_and_runs_out(session, steward, settings):
    provisional(session)
    settings.SITE_NOW = EVENING + timedelta(minutes=16, seconds=1)
    page = steward.get(DESK)
    assert 'data-local>20:30 track time</time>, <strong data-countdown="2030-12-05T20:30:00+08:00"' in text_of(page)
    assert "in 14 min" in text_of(page)
    assert "Wait: protests are possible until 20:30 track time." in text_of(page)
    settings.SITE_NOW = EVENING + timedelta(minutes=30)
    page = steward.get(DESK)
    assert "The time to protest was over at 20:30 track time." in text_of(page)
    assert "Nothing is pending: v1 may become official." in text_of(page)
    assert "The time to protest is over and nothing is pending." in text_of(page)


def test_what_is_pending_is_set_on_the_desk_with_a_reason(session, steward, client):
    version = provisional(session)
    page = steward.get(DESK)
    fields = fields_of(page, "pending-form")
    answer, _ = send(steward, f"{DESK}pending/", fields, is_protested="on", reason="Car 22 protests")
    assert answer.url == DESK
    page = steward.get(DESK)
    assert "Wait: protest open." in text_of(page)
    assert "Protest open" in text_of(client.get(version.get_absolute_url()))
    answer, _ = send(steward, f"{DESK}pending/", fields_of(page, "pending-form"), is_protested=None, reason="")
    assert "Nothing is saved: say why." in text_of(steward.get(DESK))
    answer, _ = send(steward, f"{DESK}pending/", fields, is_subject_to_appeal="on", reason="An appeal")
    assert "Your reason was: An appeal" in text_of(steward.get(DESK))
    state = ClassificationState.objects.get()
    assert (state.is_protested, state.is_subject_to_appeal) == (True, False)


def test_nothing_is_pending_without_a_version(session, steward):
    steward.post(f"{DESK}pending/", {"seen_version": "1", "reason": "x"})
    assert "No version stands, so nothing can be pending about it." in text_of(steward.get(DESK))


def test_the_chain_tells_who_signed_what_was_warned_of_and_what_was_recalled(session, steward):
    anna, ben = make.make_user("anna"), make.make_user("ben")
    signed = {"from_archive": False, "author": anna}
    provisional(session, **signed, checker=ben, is_retyped=True, document_number="82")
    alone = results.publish_results(
        session,
        FILE,
        **signed,
        single_signed_reason="Alone at night",
        warnings="Car 4 is missing.\nCar 5 is missing.",
        warnings_reason="They did not start",
        cause="Another file",
    )
    text = text_of(steward.get(DESK))
    assert "By anna, checked by ben, typed twice" in text
    assert "Document 82" in text
    assert "Signed by anna alone: Alone at night" in text
    assert "Published with 2 warnings: They did not start" in text
    assert f"{DESK}countersign/?version=2" in text
    ClassificationState.objects.filter(classification=alone).update(
        countersigned_by=ben, countersigned_at=EVENING + timedelta(hours=1)
    )
    text = text_of(steward.get(DESK))
    assert "countersigned by ben, 5 December 2030, 21:00 track time" in text
    assert f"{DESK}countersign/?version=2" not in text
    recall(alone, by=ben, reason="The wrong file", at=EVENING + timedelta(days=1))
    text = text_of(steward.get(DESK))
    assert "by ben: The wrong file" in text
    assert f"{DESK}revise/?version=2" in text


def test_a_file_that_waits_comes_first(session, timekeeper):
    waiting = TimingImport.objects.create(
        purpose="results",
        event=session.event,
        session=session,
        layout="A",
        file_name="race.csv",
        content=b"",
        sha256="0",
        rows="[]",
        staged_at=EVENING,
        staged_by=person(timekeeper),
    )
    page = timekeeper.get(DESK)
    assert steps(page)[0][0] == "Look at race.csv"
    assert f"{DESK}import/{waiting.pk}/" in page.content.decode()


def test_decisions_tell_whether_they_count(session, steward):
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    results.make_decision(session, "22", {"kind": "time_added", "time": 5_000}, status="served")
    results.make_decision(session, "99", {"kind": "fine"}, status="suspended")
    lines = results.draft_lines(session, FILE)
    drafts.create_draft(session=session, lines=lines, by=None, contained=["car-22"])
    page = steward.get(DESK)
    found = [(decision.car_number, decision.counts, decision.in_file) for decision, _ in page.context["decisions"]]
    assert found == [("7", True, False), ("22", True, True), ("99", False, False)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_as_often_for_one_row_as_for_three(session, steward, rows, django_assert_num_queries):
    provisional(session)
    for number in range(rows - 1):
        results.publish_results(session, FILE[: 2 - number], status="provisional")
    for car in FILE[:rows]:
        results.make_decision(session, car, {"kind": "time_added", "time": 15_000})
    steward.get(DESK)
    with django_assert_num_queries(22):
        steward.get(DESK)


# All desks


def test_all_desks_of_the_current_season_say_what_waits(session, steward, settings):
    season = session.event.season
    season.is_current = True
    season.save()
    provisional(session)
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    drafts.revise(session=session, by=None, cause="Decision 31")
    text = text_of(steward.get("/admin/desk/"))
    assert "Something waits at 1 session." in text
    for words in ("draft, not checked", "1 decision on no document", "protests until 20:30 track time"):
        assert words in text
    assert "Thu 5 Dec, 14:00" in text
    settings.SITE_NOW = EVENING + timedelta(hours=1)
    assert "may become official" in text_of(steward.get("/admin/desk/"))
    first = text_of(steward.get("/admin/"))
    assert f'<a class="work-desk-now" href="{DESK}">4 Hours of Event-1, Race 1</a>' in first


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_list_of_desks_asks_as_often_for_one_session_as_for_three(steward, rounds, django_assert_num_queries):
    season = results.make_racing_season(rounds=rounds)
    for round_ in season.rounds.all():
        results.publish_results(round_.race_session, FILE)
    steward.get("/admin/desk/?season=2030-31")
    with django_assert_num_queries(11):
        page = steward.get("/admin/desk/?season=2030-31")
    assert page.content.decode().count('class="desk-session"') == rounds


def test_without_a_season_or_its_sessions_the_list_says_what_to_do(steward):
    assert "No season is the current one." in text_of(steward.get("/admin/desk/"))
    assert steward.get("/admin/desk/?season=1999-00").status_code == 404
    make.make_season(is_current=True)
    assert "The season has no sessions yet." in text_of(steward.get("/admin/desk/"))
