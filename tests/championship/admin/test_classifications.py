"""Published classifications are looked at; only what is pending about them may change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from championship.models import AppliedDecision, Classification, ClassificationState, Result, ResultDriver
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import OFFICIALS, fields_of, fill, signed_in

pytestmark = pytest.mark.django_db

ADMIN = "/admin/championship"
FROZEN = (Classification, Result, ResultDriver, AppliedDecision)


@pytest.fixture
def classification():
    round_ = results.make_racing_season(rounds=1).rounds.get()
    decision = results.make_decision(round_.race_session, "7", {"kind": "time_added", "time": 15_000})
    return results.publish_results(round_, ["7", "22", "99"], decisions=[decision])


def page(row, name="change"):
    return f"{ADMIN}/{row._meta.model_name}/{row.pk}/{name}/"


def person(who):
    client = signed_in(who, OFFICIALS if who == "official" else ())
    if who == "administrator":
        client.force_login(make.make_user("root", is_superuser=True))
    return client


@pytest.mark.parametrize("who", ["official", "administrator"])
def test_nobody_changes_adds_or_deletes_what_is_published(classification, who):
    client = person(who)
    before = [list(model.objects.order_by("pk").values()) for model in FROZEN]
    result = classification.results.get(position=1)
    row = {"results-0-id": result.pk, "results-0-classification": classification.pk, "results-0-DELETE": "on"}
    fields = {"status": "revised", "cause": "x", "results-TOTAL_FORMS": "1", "results-INITIAL_FORMS": "1", **row}
    for path in ("change", "delete"):
        assert client.post(page(classification, path), {**fields, "post": "yes"}).status_code == 403
    assert client.post(f"{ADMIN}/classification/add/", fields).status_code == 403
    for model in (Result, ResultDriver, AppliedDecision):
        for path in (page(model.objects.first()), page(model.objects.first(), "delete")):
            assert client.post(path, {"post": "yes", "position": "9"}).status_code == 404
    bulk = {"action": "delete_selected", "_selected_action": classification.pk, "post": "yes"}
    client.post(f"{ADMIN}/classification/", bulk)
    assert [list(model.objects.order_by("pk").values()) for model in FROZEN] == before


@pytest.mark.parametrize("who", ["official", "administrator"])
def test_nobody_adds_deletes_or_brings_back_the_state_of_a_version(classification, who):
    client = person(who)
    assert client.get(f"{ADMIN}/classificationstate/add/").status_code == 403
    assert client.post(page(classification.state, "delete"), {"post": "yes"}).status_code == 403
    stood = classification.state.history.latest()
    recall(classification, by=None, reason="Wrong file")
    before = list(ClassificationState.objects.values())
    address = f"{page(classification.state, 'history')}{stood.history_id}/"
    assert client.post(address, {"seen_version": before[0]["version"]}).status_code == 403
    assert list(ClassificationState.objects.values()) == before


def test_an_official_says_what_is_pending(classification):
    client = signed_in("official")
    shown = client.get(page(classification)).content.decode()
    assert f'<a href="{page(classification.state)}">Nothing is pending</a>' in shown
    answer, sent = fill(client, page(classification.state), "classificationstate_form", is_protested="on")
    assert answer.status_code == 302
    assert "is_current" not in sent
    state = ClassificationState.objects.get()
    assert (state.is_protested, state.is_current, state.recalled_at) == (True, True, None)
    assert ">protest open</a>" in client.get(page(classification)).content.decode()
    assert state.history.latest().history_user.username == "official"


def test_what_is_posted_beside_the_flags_changes_nothing(classification):
    client = signed_in("official")
    fields = fields_of(client.get(page(classification.state)), "classificationstate_form")
    client.post(page(classification.state), {**fields, "is_current": "", "recall_reason": "x", "session": "0"})
    state = ClassificationState.objects.get()
    assert (state.is_current, state.recall_reason, state.session) == (True, "", classification.session)


def test_a_classification_shows_its_cars_and_decisions(classification):
    text = signed_in("editor", "Editor").get(page(classification)).content.decode()
    assert "3:20:20.000" in text
    assert "Ada Seat 1 of 7, Ada Seat 2 of 7" in text
    assert "Decision: car 7" in text
    assert "15.000 s added" in text


def test_a_long_classification_costs_what_a_short_one_costs():
    season = results.make_racing_season(rounds=2, cars=["7", "22", "99"])
    first, second = season.rounds.order_by("number")
    client = signed_in("official")

    def queries(classification):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(classification)).status_code == 200
        return len(captured)

    short, long = results.publish_results(first, ["7"]), results.publish_results(second, ["7", "22", "99"])
    queries(short)
    assert queries(long) == queries(short)
    assert queries(long) <= 14
