"""Each finding is shown a row that was corrupted behind the backs of the models, which refuse to be changed."""

import pytest
from django.db import transaction

from championship import clock
from championship.models import (
    Classification,
    ClassificationState,
    EventEntry,
    PointsScaleLine,
    Result,
    Score,
    Standing,
    StandingList,
    freezing,
)
from championship.services.results import recall
from championship.services.results_check import findings
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

SESSION = "4 Hours of Event-1, Race 1"
V1, V2 = f"{SESSION}: v1 (provisional)", f"{SESSION}: v2 (official)"
TABLE = "LMP2 Teams after round 1, provisional results included"


@pytest.fixture(scope="module")
def season(django_db_setup, django_db_blocker):
    """One round with a provisional and an official version, once for this module: every test undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        season = results.make_racing_season(rounds=1)
        race = season.rounds.get()
        results.publish_results(race, ["7", "22"], not_classified=["99"], status="provisional")
        results.publish_results(race, ["22", "7"], not_classified=["99"])
        yield season
        transaction.set_rollback(True)


def corrupt(model, values, **which):
    """Change stored rows past every guard: `which` filters, `values` are written as they are."""
    assert results.unguarded(model).filter(**which).update(**values) > 0


def test_all_is_well_after_publishing(season):
    assert findings(season) == []


def test_a_season_without_results_is_well():
    assert findings(results.make_racing_season("2031-32")) == []


def test_void_tables_of_a_recalled_round_are_well(season):
    for version in reversed(Classification.objects.all()):
        recall(version, by=None, reason="The wrong race")
    assert StandingList.objects.filter(is_void=True).count() == 4
    assert findings(season) == []


def test_a_hole_in_the_positions_is_found(season):
    corrupt(Result, {"position": 9}, classification__version=1, position=3)
    assert findings(season) == [f"{V1}: the positions are not 1 to 3, but 1, 2, 9."]


def test_a_hole_in_the_places_of_a_class_is_found(season):
    corrupt(Result, {"class_position": 4}, classification__version=1, car_number="22")
    assert findings(season) == [f"{V1}: the places in LMP2 are not 1 to 2, but 1, 4."]


def test_a_version_without_cars_is_found(season):
    session = season.rounds.get().race_session
    qualifying = session.event.sessions.create(
        slug="qualifying", name="Qualifying", kind="qualifying", date=session.date
    )
    with freezing():
        empty = Classification.objects.create(
            session=qualifying, version=1, status="official", published_at="2030-12-07T12:00Z", from_archive=True
        )
    ClassificationState.objects.create(classification=empty, session=qualifying)
    assert findings(season) == ["4 Hours of Event-1, Qualifying: v1 (official): there is no car in it."]


@pytest.mark.parametrize(
    ("values", "car", "finding"),
    [
        ({"class_position": 3}, "99", "car 99 is “Not classified” and has place 3 in its class."),
        ({"status": "Disqualified"}, "22", "car 22 is “Disqualified” and has place 2 in its class."),
        ({"class_position": None}, "22", "car 22 is “Classified” and has no place in its class."),
    ],
)
def test_a_place_that_does_not_go_with_the_status_is_found(season, values, car, finding):
    corrupt(Result, values, classification__version=1, car_number=car)
    assert findings(season) == [f"{V1}: {finding}"]


def test_a_classified_car_that_is_withdrawn_is_found(season):
    corrupt(EventEntry, {"status": "withdrawn"}, entry__car_number="22")
    assert findings(season) == [
        f"{version}: car 22 is classified, but withdrawn from the event." for version in (V1, V2)
    ]


def test_a_version_without_a_cause_is_found(season):
    corrupt(Classification, {"cause": " "}, version=2)
    assert findings(season) == [f"{V2}: no cause is given for another version."]


def test_a_gap_in_the_numbers_of_versions_is_found(season):
    corrupt(Classification, {"version": 3}, version=2)
    assert findings(season) == [f"{SESSION}: the versions are not 1 to 2, but 1, 3."]


def test_a_version_that_should_not_be_current_is_found(season):
    corrupt(ClassificationState, {"is_current": False}, is_current=True)
    corrupt(ClassificationState, {"is_current": True}, classification__version=1)
    found = findings(season)
    assert found[0] == f"{SESSION}: v1 current; it should be v2."


def test_a_session_without_a_current_version_is_found(season):
    corrupt(ClassificationState, {"is_current": False}, is_current=True)
    assert f"{SESSION}: none current; it should be v2." in findings(season)


def test_a_version_without_a_state_is_found(season):
    state = ClassificationState.objects.get(is_current=False)
    state.delete()
    assert findings(season) == [f"{SESSION}: v1 has no state."]


def test_a_score_that_the_settings_do_not_give_is_found(season):
    corrupt(PointsScaleLine, {"points": 20}, position=2)
    assert findings(season)[0] == (
        f"{V2}: car 7 has 18 points (scoring position 2: 18 x 1, pole 0); "
        "the settings give 20 points (scoring position 2: 20 x 1, pole 0)."
    )


def test_a_missing_score_and_one_too_many_are_found(season):
    score = Score.objects.get(classification__version=2, entry__car_number="99")
    score.delete()
    corrupt(
        Score, {"classification": Classification.objects.get(version=2)}, classification__version=1, entry=score.entry
    )
    assert findings(season) == []
    Score.objects.filter(entry=score.entry).delete()
    assert findings(season)[0] == (
        f"{V2}: car 99 has no score; the settings give 0 points (no scoring position: 0 x 1, pole 0)."
    )


def test_a_total_that_is_not_the_sum_of_the_scores_is_found(season):
    corrupt(
        Standing,
        {"points": 26},
        standing_list__title__contender="teams",
        standing_list__basis="all",
        standing_list__version=2,
        order=1,
    )
    assert findings(season) == [f"{TABLE}: line 1 has 26.00 points, the sum of its scores is 25.00."]


def test_another_order_than_that_of_a_fresh_computation_is_found(season):
    corrupt(
        Standing,
        {"position": 2},
        standing_list__title__contender="teams",
        standing_list__basis="all",
        standing_list__version=2,
        order=1,
    )
    assert findings(season) == [f"{TABLE}: its lines are not those of a fresh computation."]


def test_a_missing_contender_is_found(season):
    line = Standing.objects.get(
        standing_list__title__contender="teams", standing_list__basis="all", standing_list__version=2, order=3
    )
    results.unguarded(Standing).filter(pk=line.pk).delete()
    assert findings(season) == [f"{TABLE}: it has 2 contenders, 3 have scores."]


def test_another_state_of_the_title_is_found(season):
    corrupt(StandingList, {"title_state": "open"}, title__contender="teams", basis="all")
    assert findings(season) == [f"{TABLE}: the title is “open”; it should be “awarded”."]


def test_a_void_table_of_a_round_that_counts_is_found(season):
    corrupt(StandingList, {"is_void": True}, title__contender="teams", basis="all")
    assert findings(season) == [f"{TABLE}: the title is “void”; it should be “awarded”."]


def test_a_missing_table_is_found(season):
    tables = results.unguarded(StandingList).filter(title__contender="teams", basis="all")
    results.unguarded(Standing).filter(standing_list__in=tables).delete()
    tables.delete()
    assert findings(season) == [f"{TABLE}: there is no table."]


def test_a_table_of_a_round_that_does_not_count_is_found(season):
    race = season.rounds.get().race_session
    race.state = "cancelled"
    race.save()
    Score.objects.all().delete()
    assert findings(season) == [
        f"LMP2 {kind} after round 1, {basis} results {which}: the round does not count, but the table is not void."
        for kind in ("Teams", "Drivers")
        for basis, which in (("provisional", "included"), ("official", "only"))
    ]


def test_a_version_that_its_author_countersigned_is_found(season):
    anna = make.make_user("anna")
    version = {"pk": Classification.objects.get(version=2).pk}
    corrupt(Classification, {"author": anna}, **version)
    corrupt(
        ClassificationState, {"countersigned_by": anna, "countersigned_at": clock.now()}, classification=version["pk"]
    )
    assert findings(season) == [f"{V2}: it is countersigned by its own author."]
