from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from championship import stamp
from championship.models import Classification, ClassificationState, Result, Score, StandingList
from championship.rules.classifications import Effect
from championship.services import results as service
from championship.services.results import ResultsError
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def race():
    return results.make_racing_season(rounds=1).rounds.get()


@pytest.fixture
def session(race):
    return race.race_session


def order(classification):
    return [row.car_number for row in classification.results.all()]


def publish(session, lines, **values):
    defaults = {
        "session": session,
        "version": 1,
        "status": "official",
        "published_at": datetime(2030, 12, 7, 20, tzinfo=UTC),
        "published_precision": "minute",
        "decisions": [],
        "from_archive": True,
    }
    return service.publish_version(lines=lines, **defaults | values)


# Freezing


def test_a_version_copies_cars_and_drivers_under_the_names_of_that_event(session):
    car = results.car_at(session, "22")
    car.listed_name, car.listed_country = "AF Corse Asia", "MY"
    car.save()
    member = car.crew.get(seat=2)
    member.nationality = ""
    member.save()
    guest = make.make_driver("guest-driver", country="IT")
    lines = results.draft_lines(session, FILE, drivers={"22": [member.driver, guest]})
    published = publish(session, lines, document_number="12", source="Timing")
    row = published.results.get(car_number="22")
    assert (published.version, published.document_number, published.source) == (1, "12", "Timing")
    assert (row.team_name, row.team_country, row.car_model_name) == ("AF Corse Asia", "MY", car.car_model.name)
    assert (row.position, row.class_position, row.laps) == (2, 2, results.LAPS)
    assert [(seat.seat, seat.driver, str(seat.nationality)) for seat in row.drivers.all()] == [
        (1, member.driver, ""),
        (2, guest, "IT"),
    ]


def test_cars_that_are_not_classified_stand_in_the_list_without_a_place(session):
    published = results.publish_results(session, ["22", "7"], not_classified=["99"])
    assert order(published) == ["22", "7", "99"]
    assert [row.class_position for row in published.results.all()] == [1, 2, None]


def test_decisions_make_the_order_and_the_timing_stays_beside_it(session):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    published = results.publish_results(session, FILE, decisions=[decision])
    assert order(published) == ["22", "7", "99"]
    assert [applied.decision for applied in published.applied.all()] == [decision]
    row = published.results.get(car_number="7")
    assert (row.timing_position, row.total_time - row.timing_total_time) == (1, 15_000)


def test_without_a_decision_a_later_version_has_the_order_without_it(session):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    results.publish_results(session, FILE, decisions=[decision])
    assert order(results.publish_results(session, FILE)) == FILE


@pytest.mark.parametrize(("is_applied", "first"), [(True, "7"), (False, "22")])
def test_a_decision_that_the_file_contains_counts_once_or_is_undone(session, is_applied, first):
    """Car 22 was 12 seconds in front of car 7, and is 8 behind it in a file with its 20 seconds."""
    decision = results.make_decision(session, "22", {"kind": "time_added", "time": 20_000})
    published = results.publish_results(
        session, FILE, decisions=[decision] if is_applied else [], contained=[decision.slug]
    )
    row = published.results.get(car_number="22")
    assert order(published)[0] == first
    assert row.total_time - row.timing_total_time == (20_000 if is_applied else 0)
    assert row.timing_position == 1


def test_a_file_cannot_contain_a_decision_that_there_is_not(session):
    with pytest.raises(ResultsError, match="is said to contain the decision “car-7”, which there is not"):
        results.publish_results(session, FILE, contained=["car-7"])


def test_a_version_keeps_its_decisions_as_they_were(session):
    decision = results.make_decision(
        session, "7", {"kind": "time_added", "time": 15_000, "laps": 3}, number="31", reason="Yellow flag"
    )
    published = results.publish_results(session, FILE, decisions=[decision])
    decision.number, decision.reason = "32", "Red flag"
    decision.save()
    decision.effects.update(time=99_000)
    applied = published.applied.get()
    assert (applied.car_number, applied.number, applied.reason) == ("7", "31", "Yellow flag")
    assert applied.as_ruling().effects == (Effect(kind="time_added", time=15_000),)


def test_in_qualifying_the_best_lap_decides(race):
    qualifying = make.make_session(race.event, "qualifying", "qualifying")
    decision = results.make_decision(
        qualifying, "7", {"kind": "lap_time_deleted", "best_lap_time": 110_250, "best_lap_number": 4}
    )
    published = results.publish_results(qualifying, FILE, decisions=[decision])
    assert order(published) == ["22", "7", "99"]
    assert not Score.objects.exists()
    assert not StandingList.objects.exists()


def test_a_decision_that_does_not_fit_the_lines_is_said(session):
    decision = results.make_decision(session, "99", {"kind": "laps_removed", "laps": 500})
    with pytest.raises(ResultsError, match="99"):
        results.publish_results(session, FILE, decisions=[decision])
    assert not Classification.objects.exists()


def test_the_newest_version_is_the_current_one_and_the_stamp_is_raised(session):
    first = results.publish_results(session, FILE, status="provisional")
    before = stamp.current()
    second = results.publish_results(session, FILE)
    assert stamp.current() > before
    assert list(ClassificationState.objects.filter(is_current=True).values_list("classification", flat=True)) == [
        second.pk
    ]
    assert first.state.history.latest().history_change_reason == "Followed by v2"


def test_versions_come_one_after_the_other(session):
    first = results.publish_results(session, FILE)
    lines = results.draft_lines(session, FILE)
    with pytest.raises(ResultsError, match="the next version is v2, not v1"):
        publish(session, lines)
    with pytest.raises(ResultsError, match="v2 would be older than v1"):
        publish(session, lines, version=2, cause="Late", published_at=first.published_at - timedelta(minutes=1))


def test_a_header_that_the_database_refuses_leaves_nothing_behind(session):
    before = stamp.current()
    with pytest.raises(ValidationError, match="Somebody else has to check"):
        publish(session, results.draft_lines(session, FILE), from_archive=False)
    assert (Classification.objects.count(), Result.objects.count(), stamp.current()) == (0, 0, before)


# What stops a publication


def without_line(lines):
    return []


def car_twice(lines):
    return [lines[0], lines[1], replace(lines[0], timing=replace(lines[0].timing, position=3))]


def hole(lines):
    return [lines[0], replace(lines[1], timing=replace(lines[1].timing, position=4))]


def stranger(lines):
    return [replace(lines[0], timing=replace(lines[0].timing, car_number="123"))]


def other_class(lines):
    return [replace(lines[0], timing=replace(lines[0].timing, race_class="gt"))]


def unknown_driver(lines):
    return [replace(lines[0], drivers=("nobody",))]


def two_cars(lines):
    return [lines[0], replace(lines[1], drivers=lines[0].drivers[:1])]


def driver_twice(lines):
    return [replace(lines[0], drivers=lines[0].drivers[:1] * 2)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without_line, "There is no car in it"),
        (car_twice, "Car 7 is in it twice"),
        (hole, "The positions are not 1 to 2"),
        (stranger, "Car 123 is not entered at the event"),
        (other_class, "Car 7 is in the class lmp2 by its entry, not in gt"),
        (unknown_driver, "there is no driver “nobody”"),
        (two_cars, "is in car 7 and in car 22"),
        (driver_twice, "Car 7 has the same driver twice"),
    ],
)
def test_lines_that_cannot_be_right_are_refused_with_what_to_mend(session, change, message):
    with pytest.raises(ResultsError, match=message):
        publish(session, change(results.draft_lines(session, FILE)))
    assert not Classification.objects.exists()


@pytest.mark.parametrize(("status", "is_refused"), [("Classified", True), ("Not classified", False)])
def test_a_withdrawn_car_is_not_classified(session, status, is_refused):
    car = results.car_at(session, "99")
    car.status = "withdrawn"
    car.save()
    lines = results.draft_lines(session, FILE)
    lines[2] = replace(lines[2], timing=replace(lines[2].timing, status=status))
    if is_refused:
        with pytest.raises(ResultsError, match="Car 99 is withdrawn from the event"):
            publish(session, lines)
    else:
        assert publish(session, lines).results.count() == 3


# Recalling


def test_after_a_recall_the_version_before_stands_again(session, settings):
    first = results.publish_results(session, FILE)
    second = results.publish_results(session, ["99", "22", "7"])
    settings.SITE_NOW = second.published_at + timedelta(hours=1)
    official = make.make_user()
    assert service.recall(second, by=official, reason="The wrong file") == first
    state = ClassificationState.objects.get(classification=second)
    assert (state.recalled_at, state.recalled_by, state.recall_reason) == (
        settings.SITE_NOW,
        official,
        "The wrong file",
    )
    assert list(Classification.objects.newest()) == [first]
    assert first.scores.get(entry__car_number="7").points == 25
    newest = StandingList.objects.newest().get(title__contender="teams", basis="all")
    assert [line.entry.car_number for line in newest.standings.all()] == FILE
    assert (newest.version, newest.published_at, newest.cause) == (3, settings.SITE_NOW, f"{second}: recalled")


def test_the_scores_of_the_version_that_stands_again_are_those_of_today(race, session):
    first = results.publish_results(session, FILE)
    second = results.publish_results(session, ["99", "22", "7"])
    results.make_pole(race, "22")
    service.recall(second, by=None, reason="The wrong file")
    assert first.scores.get(entry__car_number="22").points == 19
    assert second.scores.get(entry__car_number="22").points == 18


def test_a_recall_of_the_only_version_voids_the_tables(session):
    only = results.publish_results(session, FILE)
    assert service.recall(only, by=None, reason="The wrong file", at=only.published_at + timedelta(hours=1)) is None
    newest = StandingList.objects.newest(moment=only.published_at + timedelta(hours=1))
    assert [(table.version, table.is_void, table.standings.count()) for table in newest] == [(2, True, 0)] * 4
    assert {table.published_at for table in newest} == {only.published_at + timedelta(hours=1)}


def test_after_a_recall_the_next_version_takes_the_next_number(session):
    first = results.publish_results(session, FILE)
    service.recall(first, by=None, reason="The wrong file")
    second = results.publish_results(session, ["22", "7", "99"])
    assert (second.version, second.state.is_current) == (2, True)


def test_only_the_version_that_stands_is_recalled_once_and_with_a_reason(session):
    first = results.publish_results(session, FILE)
    second = results.publish_results(session, FILE)
    with pytest.raises(ResultsError, match="does not stand any more"):
        service.recall(first, by=None, reason="The wrong file")
    with pytest.raises(ResultsError, match="Say why"):
        service.recall(second, by=None, reason=" ")
    with pytest.raises(ResultsError, match="at most 300 characters"):
        service.recall(second, by=None, reason="x" * 301)
    service.recall(second, by=None, reason="The wrong file")
    with pytest.raises(ResultsError, match="recalled already"):
        service.recall(second, by=None, reason="Again")
    assert ClassificationState.objects.get(is_current=True).classification == first
