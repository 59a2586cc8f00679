from decimal import Decimal

import pytest

from championship import stamp
from championship.models import EligibilityOverride, EventEntry, PointsScaleLine, Score, Session
from championship.services import scores
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def season():
    return results.make_racing_season()


def rounds(season):
    return list(season.rounds.order_by("number"))


def points(classification):
    """(scoring position, points) of every car, by number."""
    return {
        score.entry.car_number: (score.scoring_position, score.points)
        for score in classification.scores.select_related("entry")
    }


def test_cars_score_by_their_place_and_the_pole(season):
    first, _ = rounds(season)
    results.make_pole(first, "99")
    published = results.publish_results(first, ["7", "22"], not_classified=["99"])
    assert points(published) == {"7": (1, 25), "22": (2, 18), "99": (None, 1)}
    score = published.scores.get(entry__car_number="99")
    assert (score.scale_points, score.factor, score.place_points, score.pole_points) == (0, 1, 0, 1)


def test_a_car_on_pole_that_is_not_in_the_classification_has_its_point(season):
    first, _ = rounds(season)
    results.make_pole(first, "99")
    assert points(results.publish_results(first, ["7", "22"])) == {"7": (1, 25), "22": (2, 18), "99": (None, 1)}


def test_a_shortened_race_pays_its_share_for_places_and_not_for_poles(season):
    first, _ = rounds(season)
    season.points_settings.short_race_share = Decimal("0.75")
    season.points_settings.short_race_factor = Decimal("0.5")
    season.points_settings.save()
    first.distance_share = Decimal("0.6")
    first.save()
    results.make_pole(first, "7")
    published = results.publish_results(first, FILE)
    assert points(published) == {"7": (1, Decimal("13.5")), "22": (2, 9), "99": (3, Decimal("7.5"))}


@pytest.mark.parametrize(("place", "pole"), [("31.99", "1"), ("8.11", "0.10"), ("16.40", "0.33")])
def test_hundredths_of_points_add_up(season, place, pole):
    first, _ = rounds(season)
    PointsScaleLine.objects.filter(settings__season=season, position=1).update(points=place)
    season.points_settings.pole_points = Decimal(pole)
    season.points_settings.save()
    results.make_pole(first, "7")
    published = results.publish_results(first, FILE)
    assert points(published)["7"] == (1, Decimal(place) + Decimal(pole))


def test_a_place_that_the_scale_does_not_name_scores_nothing(season):
    PointsScaleLine.objects.filter(settings__season=season, position=2).delete()
    published = results.publish_results(rounds(season)[0], FILE)
    assert points(published) == {"7": (1, 25), "22": (2, 0), "99": (3, 15)}


def test_without_points_settings_nobody_scores(season):
    season.points_settings.delete()
    assert points(results.publish_results(rounds(season)[0], FILE)) == {}


# Late joiners


@pytest.fixture
def late(season):
    """Car 55 joins with the second round, and cars that join late do not score."""
    season.points_settings.late_joiners_score = False
    season.points_settings.save()
    _, second = rounds(season)
    entry = make.make_entry(season.race_classes.get(), "55")
    make.make_event_entry(second.event, entry)
    return entry


def test_behind_a_late_joiner_that_does_not_score_cars_move_up(season, late):
    published = results.publish_results(rounds(season)[1], ["7", "55", "22", "99"])
    assert points(published) == {"7": (1, 25), "55": (None, 0), "22": (2, 18), "99": (3, 15)}
    assert not published.scores.get(entry=late).is_eligible


@pytest.mark.parametrize(
    ("status", "first_place"), [("entered", 1), ("withdrawn", None), ("reserve", None), ("not_admitted", None)]
)
def test_a_car_joined_with_the_first_event_that_it_was_entered_for(season, late, status, first_place):
    first, second = rounds(season)
    make.make_event_entry(first.event, late, status=status)
    published = results.publish_results(second, ["55", *FILE])
    assert published.scores.get(entry=late).scoring_position == first_place


def test_a_car_that_was_classified_joined_whatever_its_entry_says_now(season, late):
    first, second = rounds(season)
    reserve = make.make_event_entry(first.event, late)
    results.publish_results(first, ["55", *FILE])
    EventEntry.objects.filter(pk=reserve.pk).update(status="reserve")
    published = results.publish_results(second, ["55", *FILE])
    assert published.scores.get(entry=late).scoring_position == 1


def test_a_season_whose_first_round_is_called_off_begins_with_the_second(season, late):
    first, second = rounds(season)
    first.event.event_entries.all().delete()
    first.race_session.state = Session.State.CANCELLED
    first.race_session.save()
    third = make.make_round(make.make_event(season, "finale"), 3)
    later = make.make_entry(season.race_classes.get(), "66")
    make.make_event_entry(third.event, later)
    assert points(results.publish_results(second, ["55", *FILE])) == {
        "55": (1, 25),
        "7": (2, 18),
        "22": (3, 15),
        "99": (4, 0),
    }
    assert points(results.publish_results(third, ["66", "55"])) == {"66": (None, 0), "55": (1, 25)}


@pytest.mark.parametrize(("since", "places"), [(None, [1, 1]), (2, [1, 1]), (3, [None, 1])])
def test_officials_let_a_late_joiner_score_from_a_round_on(season, late, since, places):
    make.make_round(make.make_event(season, "finale"), 3)
    EligibilityOverride.objects.create(
        entry=late, from_round=season.rounds.filter(number=since).first(), reason="Entered for the season"
    )
    published = [results.publish_results(each, ["55", *FILE]) for each in rounds(season)[1:]]
    assert [each.scores.get(entry=late).scoring_position for each in published] == places


def test_officials_let_a_car_of_the_beginning_not_score(season):
    entry = season.entries.get(car_number="7")
    EligibilityOverride.objects.create(entry=entry, scores_points=False, reason="Not entered for points")
    results.make_pole(rounds(season)[0], "7")
    published = results.publish_results(rounds(season)[0], FILE)
    assert points(published) == {"7": (None, 0), "22": (1, 25), "99": (2, 18)}


# Rewriting


def test_scores_that_are_right_are_left_alone(season):
    results.publish_results(rounds(season)[0], FILE)
    before = list(Score.objects.values()), stamp.current()
    assert scores.rewrite(season) is False
    assert (list(Score.objects.values()), stamp.current()) == before


def test_a_new_pole_rewrites_the_scores_of_its_round_only(season):
    first, second = (results.publish_results(each, FILE) for each in rounds(season))
    untouched = list(first.scores.values())
    results.make_pole(rounds(season)[1], "22")
    before = stamp.current()
    assert scores.rewrite(season) is True
    assert stamp.current() > before
    assert points(second)["22"] == (2, 19)
    assert list(first.scores.values()) == untouched


def test_a_race_that_is_called_off_scores_nothing(season):
    published = results.publish_results(rounds(season)[0], FILE)
    session = published.session
    session.state = Session.State.CANCELLED
    session.save()
    assert scores.rewrite(season) is True
    assert points(published) == {}
