"""Typing an order a second time, throwing a draft away and bringing it back, and going back to an earlier version."""

import pytest

from championship.models import ClassificationDraft
from championship.services import drafts, publishing
from championship.services.results import ResultsError, recall
from championship.services.saving import StaleVersionError
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


@pytest.fixture
def ben():
    return make.make_user("ben")


@pytest.fixture
def draft(session, anna):
    return drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna)


# Typing it again


def test_the_same_order_typed_again_is_a_check_that_stands_with_the_version(draft, ben):
    typed = drafts.retype(draft, order=FILE, by=ben, seen_version=1)
    assert (typed.checker, typed.retyped_by, typed.version) == (ben, ben, 2)
    seen = publishing.preview(typed, "provisional").fingerprint
    published = publishing.publish_provisional(typed, seen=seen, by=ben)
    assert (published.is_retyped, published.checker) == (True, ben)


def test_another_order_signs_nothing(draft, ben):
    with pytest.raises(ResultsError, match=r"At place 1 you typed car 22\. The draft has another car there\. Look at"):
        drafts.retype(draft, order=["22", "7", "99"], by=ben, seen_version=1)
    draft.refresh_from_db()
    assert (draft.checker, draft.retyped_by, draft.version) == (None, None, 1)


def test_its_author_does_not_type_it_again(draft, anna):
    with pytest.raises(ResultsError, match="somebody else than its author"):
        drafts.retype(draft, order=FILE, by=anna, seen_version=1)


def test_a_draft_that_was_saved_since_was_not_typed_again(session, draft, ben):
    typed = drafts.retype(draft, order=FILE, by=ben, seen_version=1)
    with pytest.raises(StaleVersionError):
        drafts.retype(draft, order=FILE, by=make.make_user("carl"), seen_version=1)
    lines = results.draft_lines(session, ["22", "7", "99"])
    saved = drafts.save_draft(typed, lines=lines, by=make.make_user("dora"), seen_version=2)
    assert (saved.checker, saved.retyped_by) == (None, None)


# The cause


def test_the_cause_is_said_without_taking_signatures_away(draft, anna, ben):
    checked = drafts.check_draft(draft, by=ben, seen_version=1)
    said = drafts.say_cause(checked, cause=" Decision 31 ", by=anna, seen_version=2)
    assert (said.cause, said.checker, said.history.latest().history_user) == ("Decision 31", ben, anna)


# Away and back


def test_a_deleted_draft_comes_back_as_it_was(session, draft, anna, ben):
    checked = drafts.check_draft(draft, by=ben, seen_version=1)
    lines = drafts.draft_lines(checked)
    drafts.delete_draft(checked, by=ben, reason="Another race", seen_version=2)
    record = ClassificationDraft.deleted(session)
    assert (record.history_user, record.history_change_reason) == (ben, "Another race")
    back = drafts.bring_back(session=session, by=anna)
    assert (drafts.draft_lines(back), back.author, back.checker) == (lines, anna, ben)
    assert ClassificationDraft.deleted(session) is None


def test_a_draft_that_was_saved_since_is_not_deleted(session, draft, anna, ben):
    drafts.save_draft(draft, lines=drafts.draft_lines(draft), by=ben, seen_version=1)
    with pytest.raises(StaleVersionError):
        drafts.delete_draft(draft, by=anna, reason="", seen_version=1)
    assert ClassificationDraft.objects.exists()


def test_what_was_published_or_never_there_does_not_come_back(session, draft, anna, ben):
    publishing.publish_provisional(draft, seen=publishing.preview(draft, "provisional").fingerprint, by=ben)
    with pytest.raises(ResultsError, match="has no deleted draft"):
        drafts.bring_back(session=session, by=anna)


def test_a_deleted_draft_does_not_push_another_one_away(session, draft, anna):
    drafts.delete_draft(draft, by=anna, reason="", seen_version=1)
    drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna)
    with pytest.raises(ResultsError, match="has another draft by now"):
        drafts.bring_back(session=session, by=anna)


def test_what_the_database_refuses_does_not_come_back(session, draft, anna):
    drafts.delete_draft(draft, by=anna, reason="", seen_version=1)
    ClassificationDraft.history.filter(history_type="-").update(checker=anna)
    with pytest.raises(ResultsError, match="Nobody checks their own work"):
        drafts.bring_back(session=session, by=anna)


# An earlier version


def test_going_back_to_a_version_begins_with_its_lines(session, anna):
    first = results.publish_results(session, FILE)
    second = results.publish_results(session, ["22", "99", "7"])
    draft = drafts.revise(session=session, by=anna, cause="The first file was right", version=first)
    assert [line.timing.car_number for line in drafts.draft_lines(draft)] == FILE
    drafts.delete_draft(draft, by=anna, reason="", seen_version=1)
    recall(second, by=anna, reason="The wrong file")
    again = drafts.revise(session=session, by=anna, cause="It was right after all", version=second)
    assert [line.timing.car_number for line in drafts.draft_lines(again)] == ["22", "99", "7"]
