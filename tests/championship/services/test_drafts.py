from dataclasses import replace

import pytest

from championship.models import ClassificationDraft
from championship.services import drafts
from championship.services.results import ResultsError
from championship.services.saving import StaleVersionError
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def session():
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def lines(session):
    return results.draft_lines(session, FILE)


@pytest.fixture
def anna():
    return make.make_user("anna")


@pytest.fixture
def ben():
    return make.make_user("ben")


def test_a_draft_gives_back_the_lines_that_it_was_given(session, lines, anna):
    draft = drafts.create_draft(session=session, lines=lines, by=anna, source="Timing", cause=" First ")
    draft.refresh_from_db()
    assert drafts.draft_lines(draft) == lines
    assert (draft.author, draft.checker, draft.source, draft.cause) == (anna, None, "Timing", "First")


@pytest.mark.parametrize(("author", "name"), [(True, " by anna"), (False, "")])
def test_a_session_has_one_draft_at_a_time(session, lines, anna, author, name):
    drafts.create_draft(session=session, lines=lines, by=anna if author else None)
    with pytest.raises(ResultsError, match=f"has a draft already{name}\\. Go on with that one"):
        drafts.create_draft(session=session, lines=lines, by=None)
    assert ClassificationDraft.objects.count() == 1


def test_the_later_of_two_who_save_is_told(session, lines, anna, ben):
    draft = drafts.create_draft(session=session, lines=lines, by=anna)
    drafts.save_draft(draft, lines=lines[:2], by=ben, seen_version=1, cause="Two cars")
    with pytest.raises(StaleVersionError) as caught:
        drafts.save_draft(draft, lines=lines[:1], by=anna, seen_version=1)
    assert (caught.value.current.author, caught.value.current.cause) == (ben, "Two cars")
    draft.refresh_from_db()
    assert (drafts.draft_lines(draft), draft.version) == (lines[:2], 2)


def test_a_save_without_a_cause_leaves_the_cause(session, lines, anna):
    draft = drafts.create_draft(session=session, lines=lines, by=anna, cause="Corrected")
    assert drafts.save_draft(draft, lines=lines[:2], by=anna, seen_version=1).cause == "Corrected"


def test_a_cause_that_is_too_long_is_said(session, lines, anna):
    with pytest.raises(ResultsError, match="at most 300 characters"):
        drafts.create_draft(session=session, lines=lines, by=anna, cause="x" * 301)


def test_somebody_else_checks_a_draft_as_it_was_seen(session, lines, anna, ben):
    draft = drafts.create_draft(session=session, lines=lines, by=anna)
    with pytest.raises(ResultsError, match="Nobody checks their own work"):
        drafts.check_draft(draft, by=anna, seen_version=1)
    assert drafts.check_draft(draft, by=ben, seen_version=1).checker == ben
    with pytest.raises(StaleVersionError):
        drafts.check_draft(draft, by=ben, seen_version=1)


def test_a_checked_draft_that_is_changed_has_to_be_checked_again(session, lines, anna, ben):
    draft = drafts.create_draft(session=session, lines=lines, by=anna)
    drafts.check_draft(draft, by=ben, seen_version=1)
    changed = [replace(lines[0], drivers=()), *lines[1:]]
    assert drafts.save_draft(draft, lines=changed, by=anna, seen_version=2).checker is None


def test_a_draft_that_is_gone_cannot_be_saved(session, lines, anna):
    draft = drafts.create_draft(session=session, lines=lines, by=anna)
    ClassificationDraft.objects.all().delete()
    with pytest.raises(ResultsError, match="This draft is gone"):
        drafts.save_draft(draft, lines=lines, by=anna, seen_version=1)


def test_a_revision_begins_with_the_timing_lines_of_the_version_that_stands(session, lines, anna):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    results.publish_results(session, FILE, decisions=[decision])
    draft = drafts.revise(session=session, by=anna, cause="Appeal of car 7")
    assert drafts.draft_lines(draft) == lines
    assert (draft.cause, draft.author) == ("Appeal of car 7", anna)


def test_a_revision_needs_a_cause_and_a_version(session, anna):
    with pytest.raises(ResultsError, match="Say why there is another version"):
        drafts.revise(session=session, by=anna, cause=" ")
    with pytest.raises(ResultsError, match="has no published version to revise"):
        drafts.revise(session=session, by=anna, cause="Appeal")


def test_a_version_of_a_former_class_says_how_it_is_revised():
    season = results.make_racing_season()
    race = season.rounds.get(number=1)
    results.publish_results(race, ["7", "22"])
    gt = make.make_race_class(season, "GT", position=2)
    lmp2 = season.race_classes.get(slug="lmp2")
    season.entries.filter(car_number="7").update(race_class=gt)
    with pytest.raises(ResultsError, match="Car 7 was in the class LMP2 in v1 and is in GT by its entry now"):
        drafts.revise(session=race.race_session, by=None, cause="A protest")
    season.entries.filter(car_number="7").update(race_class=lmp2)
    assert drafts.revise(session=race.race_session, by=None, cause="A protest").session == race.race_session
