"""From a decision to the draft in which it counts next."""

import pytest

from championship.models import ClassificationDraft
from championship.services import decision_drafts, drafts
from championship.services.results import ResultsError
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def session():
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def anna():
    return make.make_user("anna")


def penalty(session, number="7", **values):
    return results.make_decision(session, number, {"kind": "time_added", "time": 15_000}, **values)


def begin(decision, by):
    return decision_drafts.begin_revision(decision, by=by)


def test_an_applied_decision_begins_the_next_version_with_its_cause(session, anna):
    results.publish_results(session, FILE)
    draft = begin(penalty(session, number="7"), anna)
    assert (draft.cause, draft.author) == ("Decision on car 7", anna)
    assert drafts.draft_lines(draft) == results.draft_lines(session, FILE)


def test_before_the_first_list_a_decision_waits_for_it(session, anna):
    assert begin(penalty(session), anna) is None
    drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna)
    draft = begin(penalty(session, "22"), anna)
    assert (draft.cause, draft.version) == ("", 1)


@pytest.mark.parametrize("status", ["imposed", "served", "suspended", "withdrawn"])
def test_a_decision_that_moves_nobody_begins_nothing(session, anna, status):
    results.publish_results(session, FILE)
    assert begin(penalty(session, status=status), anna) is None
    assert not ClassificationDraft.objects.exists()


def test_a_decision_that_the_standing_version_applies_is_taken_back_by_a_new_one(session, anna):
    decision = penalty(session)
    results.publish_results(session, FILE, decisions=[decision])
    decision.status = "withdrawn"
    decision.save()
    assert begin(decision, anna).cause == "Decision on car 7"


def test_a_draft_that_decisions_began_names_all_of_them_and_their_numbers(session, anna):
    results.publish_results(session, FILE)
    first = penalty(session)
    begin(first, anna)
    second = results.make_decision(session, "22", {"kind": "fine"}, number="32")
    assert begin(second, anna).cause == "Decision on car 7; Decision 32, car 22"
    assert begin(second, anna).version == 2
    first.number = "31"
    first.save()
    assert begin(first, anna).cause == "Decision 31, car 7; Decision 32, car 22"
    imposed = penalty(session, "99", status="imposed")
    assert begin(imposed, anna).cause == "Decision 31, car 7; Decision 32, car 22"


def test_a_draft_that_is_about_something_else_keeps_its_cause(session, anna):
    results.publish_results(session, FILE)
    drafts.revise(session=session, by=anna, cause="Timekeeper’s corrected list")
    assert begin(penalty(session), anna).cause == "Timekeeper’s corrected list"


def test_a_cause_that_would_be_too_long_stays(session, anna):
    results.publish_results(session, FILE)
    cause = "; ".join(f"Decision {number}, car 22" for number in range(10, 24))
    drafts.revise(session=session, by=anna, cause=cause)
    assert begin(penalty(session), anna).cause == cause


def test_what_keeps_a_version_from_being_revised_is_said(session, anna):
    results.publish_results(session, FILE)
    gt = make.make_race_class(session.event.season, "GT", position=2)
    session.event.season.entries.filter(car_number="7").update(race_class=gt)
    with pytest.raises(ResultsError, match="Car 7 was in the class LMP2"):
        begin(penalty(session, "22"), anna)
