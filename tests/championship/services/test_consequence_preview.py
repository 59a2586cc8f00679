from datetime import UTC, datetime

import pytest

from championship import stamp
from championship.models import Classification, ClassificationDraft, Standing, StandingList
from championship.rules.consequence_words import in_a_sentence
from championship.services import consequence_preview, drafts, publishing
from championship.services.results import ResultsError, recall
from championship.services.results_check import findings
from championship.services.results_snapshot import results_now
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def season(settings):
    settings.SITE_NOW = datetime(2030, 12, 5, 18, 30, tzinfo=UTC)
    return results.make_racing_season(rounds=2)


@pytest.fixture
def session(season):
    return season.rounds.get(number=1).race_session


@pytest.fixture
def draft(session):
    by = make.make_user("anna")
    return drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=by)


def foreseen(draft, status="provisional"):
    return consequence_preview.of_publishing(draft, publishing.preview(draft, status))


def rows():
    models = (Classification, ClassificationDraft, Standing, StandingList)
    return [model.objects.count() for model in models], stamp.current()


def test_foreseeing_writes_nothing_and_what_was_foreseen_happens(session, season, draft):
    before, shown = rows(), results_now(session)
    found = foreseen(draft)
    assert (rows(), results_now(session)) == (before, shown)
    published = publishing.publish_provisional(
        draft,
        seen=publishing.preview(draft, "provisional").fingerprint,
        by=make.make_user("ben"),
        foreseen=found.fingerprint,
    )
    after = results_now(session)
    assert [car.car_number for car in after.places] == FILE
    assert [change.after for change in found.places] == list(after.places)
    assert [title.after for title in found.titles] == list(after.tables)
    assert (published.version, findings(season)) == (1, [])


def test_another_consequence_than_the_one_that_was_shown_is_refused(session, draft):
    now, found = publishing.preview(draft, "provisional"), foreseen(draft)
    results.make_pole(session.round, "99")
    with pytest.raises(ResultsError, match="Something was changed since this preview"):
        publishing.publish_provisional(
            draft, seen=now.fingerprint, by=make.make_user("ben"), foreseen=found.fingerprint
        )
    assert not Classification.objects.exists()


def test_looking_again_costs_nothing_until_something_is_written(draft, session, django_assert_num_queries):
    now = publishing.preview(draft, "provisional")
    first = consequence_preview.of_publishing(draft, now)
    with django_assert_num_queries(1):
        assert consequence_preview.of_publishing(draft, now) == first
    results.make_pole(session.round, "99")
    assert consequence_preview.of_publishing(draft, now) != first


def test_what_cannot_be_published_has_no_consequence(session):
    draft = drafts.create_draft(session=session, lines=[], by=None)
    assert foreseen(draft) is None


def test_a_draft_with_warnings_is_foreseen_too(session):
    lines = results.draft_lines(session, ["7", "22"])
    found = foreseen(drafts.create_draft(session=session, lines=lines, by=None))
    assert found.cars == 2


def test_recalling_is_foreseen_and_undone(session, season):
    ben = make.make_user("ben")
    results.publish_results(session, FILE, status="provisional")
    second = results.publish_results(session, ["22", "7", "99"], status="provisional")
    before = rows()
    found = consequence_preview.of_recalling(second, by=ben)
    assert rows() == before
    said = "changes LMP2 places 1 and 2, points of 2 teams, the leaders of LMP2 Teams and LMP2 Drivers"
    assert in_a_sentence(found) == said
    recall(second, by=ben, reason="The wrong file")
    assert [row.position for row in Standing.objects.filter(entry__car_number="7").order_by("-pk")[:1]] == [1]


def test_a_table_of_a_round_that_no_longer_counts_is_not_the_newest(session, season):
    results.publish_results(session, FILE)
    later = season.rounds.get(number=2).race_session
    second = results.publish_results(later, ["22", "7", "99"])
    assert {table.after_round for table in results_now(later).tables} == {2}
    recall(second, by=None, reason="Another race")
    now = results_now(later)
    assert ({table.after_round for table in now.tables}, now.places) == ({1}, ())


def test_the_snapshot_tells_what_titles_bring_and_asks_as_often_for_more_rounds(
    session, season, django_assert_num_queries
):
    title = season.race_classes.get().titles.get(contender="teams")
    make.make_invitation(title)
    assert session.event.season == season
    results.publish_results(session, FILE)
    with django_assert_num_queries(6):
        now = results_now(session)
    assert [(table.slug, table.prizes) for table in now.tables] == [
        ("lmp2-teams", ("24 Hours of Le Mans 2031",)),
        ("lmp2-drivers", ()),
    ]
    results.publish_results(season.rounds.get(number=2).race_session, FILE)
    with django_assert_num_queries(6):
        results_now(session)


def test_what_somebody_published_meanwhile_is_not_foreseen_any_more(session, draft):
    now = publishing.preview(draft, "provisional")
    publishing.publish_provisional(draft, seen=now.fingerprint, by=make.make_user("ben"))
    assert consequence_preview.of_publishing(draft, now, anew=True) is None
