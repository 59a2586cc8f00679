"""What a decision would change: tried to the end, and undone."""

import pytest

from championship.models import Classification, ClassificationDraft, Decision, StandingList
from championship.services import drafts
from championship.services.decision_preview import foresee
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


def writing(session, number="7", **values):
    return lambda: results.make_decision(session, number, {"kind": "time_added", "time": 15_000}, **values)


def places(found):
    return [
        (change.car.car_number, change.before.class_position, change.after.class_position)
        for change in found.consequence.places
    ]


def test_places_points_and_leaders_are_foreseen_and_nothing_is_written(session, anna):
    results.publish_results(session, FILE, status="provisional")
    tables = StandingList.objects.count()
    found = foresee(session, writing(session), by=anna)
    assert places(found) == [("22", 2, 1), ("7", 1, 2)]
    points = {row.score.car_number: (row.before, row.after) for row in found.consequence.points}
    assert points == {"7": (25, 18), "22": (18, 25)}
    assert [title.leaders for title in found.consequence.titles if title.table.slug.endswith("teams")] == [
        (("car 7",), ("car 22",))
    ]
    assert (found.preview.version, found.preview.cause) == (2, "Decision on car 7")
    assert not Decision.objects.exists()
    assert not ClassificationDraft.objects.exists()
    assert (Classification.objects.count(), StandingList.objects.count()) == (1, tables)


def test_what_else_waits_is_on_both_sides(session, anna):
    results.publish_results(session, FILE)
    results.make_decision(session, "99", {"kind": "laps_removed", "laps": 1})
    drafts.revise(session=session, by=anna, cause="Decision on car 99")
    assert places(foresee(session, writing(session), by=anna)) == [("22", 2, 1), ("7", 1, 2)]


def test_a_decision_that_is_taken_back_gives_the_place_back(session, anna):
    decision = writing(session)()
    results.publish_results(session, FILE, decisions=[decision])

    def withdraw():
        decision.status = Decision.Status.WITHDRAWN
        decision.save()
        return decision

    assert places(foresee(session, withdraw, by=anna)) == [("7", 2, 1), ("22", 1, 2)]


def test_a_decision_that_takes_the_draft_back_to_what_stands_is_compared_with_the_draft(session, anna):
    results.publish_results(session, FILE)
    decision = writing(session)()
    drafts.revise(session=session, by=anna, cause="Decision on car 7")

    def withdraw():
        decision.status = Decision.Status.WITHDRAWN
        decision.save()
        return decision

    assert places(foresee(session, withdraw, by=anna)) == [("7", 2, 1), ("22", 1, 2)]


def test_a_fine_changes_no_place(session, anna):
    results.publish_results(session, FILE)
    found = foresee(session, lambda: results.make_decision(session, "7", {"kind": "fine"}), by=anna)
    assert (found.consequence.places, found.consequence.titles) == ((), ())
    assert found.preview.version == 2


def test_before_the_first_list_nothing_can_be_moved(session, anna):
    found = foresee(session, writing(session), by=anna)
    assert (found.preview, found.consequence) == (None, None)


def test_a_draft_that_cannot_be_published_says_why_nothing_is_foreseen(session, anna):
    lines = results.draft_lines(session, ["22"])
    drafts.create_draft(session=session, lines=lines, by=anna)
    found = foresee(session, writing(session), by=anna)
    assert found.consequence is None
    assert found.preview.stops == (
        "A decision is about car 7, which is not in the list: add the car, or correct the decision.",
    )
