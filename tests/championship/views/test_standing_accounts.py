"""What every total of a table is made of: places, scale, poles, decisions, adjustments, and what separates equals."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from championship.models import Adjustment, EligibilityOverride, Title
from championship.services import standings
from tests import factories as make
from tests import result_factories as results
from tests.championship.views.table_reading import rows_of, why
from tests.reading import links_of, text_of

pytestmark = pytest.mark.django_db
TEAMS = "/2030-31/standings/lmp2-teams/"
FILE = ["7", "22", "99"]


@pytest.fixture(autouse=True)
def _after_the_season(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def season():
    """Two rounds, one class, cars 7, 22 and 99 with two drivers each; nothing published."""
    return results.make_racing_season()


def rounds(season):
    return list(season.rounds.order_by("number"))


def adjust(season, contender="teams", **values):
    """An adjustment after the newest round, with the tables that follow from it."""
    title = Title.objects.get(race_class__season=season, contender=contender)
    Adjustment.objects.create(title=title, **values)
    standings.refresh(season, cause="Decision of the stewards")


# What a total is made of


def test_every_total_opens_into_what_it_is_made_of(client, season):
    first, second = rounds(season)
    results.make_pole(second, "22")
    results.publish_results(first, FILE)
    results.publish_results(second, ["99", "22"], not_classified=["7"])
    response = client.get(TEAMS)
    assert "#why-22" in links_of(response)
    assert why(response, "22") == (
        "Car 22: 18 + 19 = 37 Close what the points of car 22 are made of "
        "R1 18 2nd in class: 18 points. Official result, version 1 "
        "R2 19 2nd in class: 18 points; pole position: 1 point. Official result, version 1"
    )
    assert "R2 0 Not classified, no points for a place." in why(response, "7")


def test_a_place_beyond_the_scale_and_a_round_without_the_car_give_nothing(client, season):
    first, second = rounds(season)
    season.points_settings.scale.filter(position=3).delete()
    results.publish_results(first, FILE)
    results.publish_results(second, ["7", "22"])
    response = client.get(TEAMS)
    assert "R1 0 3rd in class: the scale gives no points for it." in why(response, "99")
    assert "R2 0 Not in the classification, no points." in why(response, "99")
    assert "no part" in rows_of(response)[2]


def test_cars_that_do_not_score_are_left_out_and_those_behind_move_up(client, season):
    first, second = rounds(season)
    guest = make.make_event_entry(second.event, make.make_entry(season.race_classes.get(), "55"), crew=1).entry
    results.publish_results(first, FILE)
    EligibilityOverride.objects.create(entry=guest, scores_points=False, reason="Guest")
    results.publish_results(second, ["55", *FILE])
    response = client.get(TEAMS)
    assert len(rows_of(response)) == 3
    assert "R2 25 2nd in class, 1st of the cars that score: 25 points." in why(response, "7")


def test_a_car_that_stopped_scoring_keeps_its_line(client, season):
    first, second = rounds(season)
    entry = season.entries.get(car_number="7")
    EligibilityOverride.objects.create(entry=entry, scores_points=False, from_round=second, reason="Other tyres")
    results.make_pole(second, "7")
    results.publish_results(first, FILE)
    results.publish_results(second, FILE)
    assert "R2 0 1st in class, but the car does not score; pole position, without points." in why(
        client.get(TEAMS), "7"
    )


def test_a_shortened_race_says_what_the_points_were_multiplied_by(client, season):
    first, _ = rounds(season)
    settings = season.points_settings
    settings.short_race_share, settings.short_race_factor = Decimal("0.7"), Decimal("0.5")
    settings.save()
    first.distance_share = Decimal("0.4")
    first.save()
    results.publish_results(first, FILE)
    response = client.get(TEAMS)
    assert "1st in class: 25 × 0.5 = 12.5 points, since the race was shortened." in why(response, "7")
    assert "12.5 P1" in rows_of(response)[0]


def test_a_dropped_round_is_struck_out_and_named(client, season):
    first, second = rounds(season)
    season.points_settings.dropped_scores = 1
    season.points_settings.save()
    results.publish_results(first, FILE)
    results.publish_results(second, ["22", "7", "99"])
    response = client.get(TEAMS)
    assert "<s>18</s>" in response.content.decode()
    assert "R2 18 2nd in class: 18 points; this round is dropped and does not count." in why(response, "7")
    assert why(response, "7").startswith("Car 7: 25 Close")


def test_a_deduction_and_an_exclusion_stand_with_their_reasons(client, season):
    first, _ = rounds(season)
    results.publish_results(first, FILE)
    adjust(season, entry=season.entries.get(car_number="7"), round=first, kind="deduction", points=30, reason="Fuel")
    adjust(season, entry=season.entries.get(car_number="22"), round=first, kind="exclusion", reason="Engine")
    response = client.get(TEAMS)
    assert why(response, "7").startswith("Car 7: 25 − 30 = −5 Close")
    assert "30 points deducted as of round 1: Fuel" in why(response, "7")
    assert "Excluded from the title as of round 1: Engine" in why(response, "22")
    assert rows_of(response)[2].startswith("EX Car 22")


def test_what_changed_a_total_later_is_not_told_before(client, season, settings):
    first, _ = rounds(season)
    published = results.publish_results(first, FILE)
    car = season.entries.get(car_number="7")
    adjust(season, entry=car, round=first, kind="deduction", points=5, reason="Secret until June")
    settings.SITE_NOW = published.published_at + timedelta(hours=1)
    response = client.get(TEAMS)
    assert "Secret until June" not in text_of(response)
    assert rows_of(response)[0].startswith("1 Car 7")
    assert why(response, "7").startswith("Car 7: 25 Close")


def test_a_table_older_than_a_correction_of_its_rounds_says_so(client, season, settings):
    first, _ = rounds(season)
    published = results.publish_results(first, FILE)
    results.make_pole(first, "7")
    standings.refresh(season, cause="Pole position found")
    settings.SITE_NOW = published.published_at + timedelta(hours=1)
    assert "were corrected after this table was published" in why(client.get(TEAMS), "7")
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    assert "corrected after" not in why(client.get(TEAMS), "7")


def test_a_decision_is_named_at_every_car_that_it_moved(client, season):
    first, _ = rounds(season)
    decision = results.make_decision(
        first.race_session, "7", {"kind": "time_added", "time": 15_000}, {"kind": "laps_removed", "laps": 1}
    )
    results.publish_results(first, FILE, decisions=[decision])
    response = client.get(TEAMS)
    words = "decision on car 7: 15.000 s added and 1 lap removed"
    assert [words in why(response, number) for number in FILE] == [True, True, True]
    assert decision.get_absolute_url() in links_of(response)


def test_a_decision_that_moved_others_is_not_named_at_a_car_that_kept_its_place(client, season):
    first, _ = rounds(season)
    decision = results.make_decision(first.race_session, "7", {"kind": "time_added", "time": 15_000})
    results.publish_results(first, FILE, decisions=[decision])
    response = client.get(TEAMS)
    assert ["decision on car 7" in why(response, number) for number in FILE] == [True, True, False]


# Equal points


def test_count_back_is_said_in_words_on_both_lines(client, season):
    first, second = rounds(season)
    season.points_settings.scale.filter(position=3).update(points=11)
    results.publish_results(first, FILE)
    results.publish_results(second, ["99", "22", "7"])
    response = client.get(TEAMS)
    assert "1= Car 7" not in rows_of(response)[0]
    assert "Behind cars 7 and 99 on equal points: no win against one." in why(response, "22")
    assert (
        "Shares the place with car 99 on equal points; ahead of car 22 on equal points: one win against none."
        in why(response, "7")
    )


def test_a_shared_place_is_marked_for_eyes_and_ears(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    results.publish_results(second, ["22", "7", "99"])
    response = client.get(TEAMS)
    assert [row.split(" Car")[0] for row in rows_of(response)] == ["1 = shared", "1 = shared", "3"]
    assert "Cars 7 and 22 are the champions with 43 points, 13 ahead of car 99." in text_of(response)
