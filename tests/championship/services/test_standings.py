from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from championship import stamp
from championship.models import Adjustment, EligibilityOverride, Score, StandingList
from championship.services import standings
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def season():
    return results.make_racing_season()


def rounds(season):
    return list(season.rounds.order_by("number"))


def newest(season, after, *, contender="teams", basis="all"):
    of_table = {"title__contender": contender, "round__number": after, "round__season": season, "basis": basis}
    return StandingList.objects.filter(**of_table).order_by("version").last()


def lines(season, after, **which):
    return [
        (line.position, line.entry.car_number if line.entry else line.driver.slug, line.points)
        for line in newest(season, after, **which).standings.all()
    ]


def written():
    return list(StandingList.objects.values_list("pk", flat=True)), list(Score.objects.values()), stamp.current()


# What a table says


def test_publishing_a_round_makes_the_tables_after_it(season):
    first, _ = rounds(season)
    results.make_pole(first, "22")
    published = results.publish_results(first, FILE)
    assert lines(season, 1) == [(1, "7", 25), (2, "22", 19), (3, "99", 15)]
    crew = [seat.driver.slug for row in published.results.all() for seat in row.drivers.all()]
    assert [(slug, points) for _, slug, points in lines(season, 1, contender="drivers")] == list(
        zip(crew, [25, 25, 19, 19, 15, 15], strict=True)
    )
    table = newest(season, 1)
    assert (table.version, table.published_at, table.published_precision, table.cause) == (
        1,
        published.published_at,
        "minute",
        "4 Hours of Event-1, Race 1: v1 (official)",
    )


def test_a_driver_has_the_points_of_the_rounds_that_he_or_she_drove(season):
    first, second = rounds(season)
    guest = make.make_driver("guest-driver")
    results.publish_results(first, FILE)
    regular = results.car_at(second.race_session, "7").crew.get(seat=1).driver
    results.publish_results(second, FILE, drivers={"7": [guest, regular]})
    points = {slug: points for _, slug, points in lines(season, 2, contender="drivers")}
    assert (points["guest-driver"], points[regular.slug]) == (25, 50)


def test_the_crew_of_the_event_shares_the_pole_point_of_a_car_that_did_not_race(season):
    first, _ = rounds(season)
    results.make_pole(first, "99")
    results.publish_results(first, ["7", "22"])
    crew = {seat.driver.slug for seat in results.car_at(first.race_session, "99").crew.all()}
    assert {slug for _, slug, points in lines(season, 1, contender="drivers") if points == 1} == crew
    assert lines(season, 1)[-1] == (3, "99", 1)


def test_a_car_that_does_not_score_is_in_no_table(season):
    first, second = rounds(season)
    season.points_settings.late_joiners_score = False
    season.points_settings.save()
    make.make_event_entry(second.event, make.make_entry(season.race_classes.get(), "55"), crew=1)
    results.publish_results(first, FILE)
    results.publish_results(second, ["55", *FILE])
    assert lines(season, 2) == [(1, "7", 50), (2, "22", 36), (3, "99", 30)]


def equal_points(season):
    """Cars 7 and 99 have a win and a third place each, car 22 two second places, which is worth as much."""
    season.points_settings.scale.filter(position=2).update(points=20)
    first, second = rounds(season)
    results.publish_results(first, ["7", "22", "99"])
    results.publish_results(second, ["99", "22", "7"])


def test_a_table_says_which_place_separates_equal_points(season):
    equal_points(season)
    assert lines(season, 2) == [(1, "7", 40), (1, "99", 40), (3, "22", 40)]
    assert [(line.tie_place, line.tie_count, line.tie_other) for line in newest(season, 2).standings.all()] == [
        (None, None, None),
        (1, 1, 0),
        (None, None, None),
    ]


def test_without_count_back_equal_points_share_the_place(season):
    season.points_settings.count_back = "none"
    season.points_settings.save()
    equal_points(season)
    assert lines(season, 2) == [(1, "7", 40), (1, "22", 40), (1, "99", 40)]


def test_contenders_that_nothing_separates_share_a_place_and_the_title(season):
    first, second = rounds(season)
    results.publish_results(first, ["7", "22", "99"])
    results.publish_results(second, ["22", "7", "99"])
    assert lines(season, 2) == [(1, "7", 43), (1, "22", 43), (3, "99", 30)]
    assert [line.is_champion for line in newest(season, 2).standings.all()] == [True, True, False]


def test_dropped_scores_are_named(season):
    season.points_settings.dropped_scores = 1
    season.points_settings.save()
    first, second = rounds(season)
    results.publish_results(first, ["7", "22", "99"])
    results.publish_results(second, ["22", "7", "99"])
    assert [
        (line.entry.car_number, line.points, line.dropped_rounds) for line in newest(season, 2).standings.all()
    ] == [
        ("7", 25, "2"),
        ("22", 25, "1"),
        ("99", 15, "2"),
    ]


def test_deductions_and_exclusions_count_from_their_round_on(season):
    first, second = rounds(season)
    for each in (first, second):
        results.publish_results(each, FILE)
    driver = results.car_at(first.race_session, "7").crew.get(seat=1).driver
    teams, drivers = (season.race_classes.get().titles.get(contender=name) for name in ("teams", "drivers"))
    Adjustment.objects.create(
        title=teams,
        entry=season.entries.get(car_number="7"),
        round=second,
        kind="deduction",
        points=Decimal("60.5"),
        reason="Underweight twice",
    )
    Adjustment.objects.create(title=drivers, driver=driver, round=second, kind="exclusion", reason="Unsporting")
    assert standings.refresh(season, cause="Decisions of the stewards")
    assert lines(season, 1)[0] == (1, "7", 25)
    assert lines(season, 2)[-1] == (3, "7", Decimal("-10.5"))
    assert lines(season, 2, contender="drivers")[-1] == (None, driver.slug, 50)
    assert newest(season, 2).cause == "Decisions of the stewards"


def test_an_excluded_driver_without_a_race_is_in_the_table(season):
    first, _ = rounds(season)
    results.publish_results(first, FILE)
    banned = make.make_driver("banned-driver")
    title = season.race_classes.get().titles.get(contender="drivers")
    Adjustment.objects.create(title=title, driver=banned, round=first, kind="exclusion", reason="Banned")
    standings.refresh(season, cause="Decision")
    assert lines(season, 1, contender="drivers")[-1] == (None, "banned-driver", 0)


def test_a_title_of_a_group_has_no_table(season):
    make.make_title(season.race_classes.get(), "teams", group="Am")
    results.publish_results(rounds(season)[0], FILE)
    assert not StandingList.objects.filter(title__group="Am").exists()


def test_without_points_settings_there_is_no_table(season):
    season.points_settings.delete()
    results.publish_results(rounds(season)[0], FILE)
    assert not StandingList.objects.exists()


# Provisional and official


def test_provisional_results_count_in_one_of_the_two_tables(season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    results.publish_results(second, ["22", "7", "99"], status="provisional")
    assert lines(season, 2)[0] == (1, "7", 43)
    assert newest(season, 2, basis="official") is None
    results.publish_results(second, ["22", "7", "99"])
    assert lines(season, 2, basis="official") == lines(season, 2)


def test_the_official_table_leaves_out_earlier_rounds_that_are_provisional(season):
    first, second = rounds(season)
    results.publish_results(first, FILE, status="provisional")
    results.publish_results(second, FILE)
    assert lines(season, 2, basis="official")[0] == (1, "7", 25)
    assert lines(season, 2)[0] == (1, "7", 50)


def test_the_state_of_a_title_follows_the_season(season):
    make.make_round(make.make_event(season, "finale"), 3)
    first, second, third = rounds(season)

    def state(after, basis="all"):
        table = newest(season, after, basis=basis)
        champions = [line.entry.car_number for line in table.standings.all() if line.is_champion]
        return table.title_state, champions

    results.publish_results(first, FILE)
    assert state(1) == ("open", [])
    season.points_settings.scale.filter(position__gt=1).update(points=0)
    results.publish_results(second, FILE, status="provisional")
    assert state(2) == ("subject", ["7"])
    assert state(1, basis="official") == ("open", [])
    results.publish_results(second, FILE)
    assert state(2) == ("clinched", ["7"])
    results.publish_results(third, ["22", "7", "99"], status="provisional")
    assert state(3) == ("subject", ["7"])
    results.publish_results(third, ["22", "7", "99"])
    assert state(3) == ("awarded", ["7"])
    assert state(3, basis="official") == ("awarded", ["7"])


def test_cars_that_score_no_more_keep_no_title_open(season):
    """Their drivers may still score, in another car (sporting-rules 4.2)."""
    first, second = rounds(season)
    results.publish_results(first, FILE)
    assert newest(season, 1).title_state == "open"
    for entry in season.entries.exclude(car_number="7"):
        EligibilityOverride.objects.create(entry=entry, scores_points=False, from_round=second, reason="Guest")
    standings.refresh(season, cause="Cars 22 and 99 score no more")
    assert (newest(season, 1).title_state, newest(season, 1, contender="drivers").title_state) == ("clinched", "open")
    assert [line.entry.car_number for line in newest(season, 1).standings.filter(is_champion=True)] == ["7"]


def test_a_round_that_is_called_off_is_not_waited_for(season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    assert newest(season, 1).title_state == "open"
    second.event.is_cancelled = True
    second.event.save()
    standings.refresh(season, cause="Round 2 is called off")
    table = newest(season, 1)
    assert (table.title_state, table.cause) == ("awarded", "Round 2 is called off")


def test_tables_after_a_round_that_is_called_off_are_void(season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    published = results.publish_results(second, FILE)
    second.race_session.state = "cancelled"
    second.race_session.save()
    standings.refresh(season, cause="Annulled", at=published.published_at + timedelta(days=1), precision="day")
    table = newest(season, 2)
    assert (table.is_void, table.standings.count(), table.cause, table.published_precision) == (
        True,
        0,
        "Annulled",
        "day",
    )
    assert lines(season, 1)[0] == (1, "7", 25)


# Versions of a table


def test_only_tables_that_differ_are_written_anew(season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    results.publish_results(second, FILE)
    again = results.publish_results(second, ["22", "7", "99"])
    assert newest(season, 1).version == 1
    assert (newest(season, 2).version, newest(season, 2).published_at) == (2, again.published_at)
    assert [
        line.entry.car_number
        for line in StandingList.objects.get(
            title__contender="teams", round=second, basis="all", version=1
        ).standings.all()
    ] == FILE


def test_a_second_refresh_writes_nothing(season):
    for each in rounds(season):
        results.publish_results(each, FILE)
    before = written()
    assert standings.refresh(season, cause="Again") == []
    assert standings.rebuild(season, cause="Again") == []
    assert written() == before


def test_a_refresh_without_any_result_writes_nothing(season):
    before = written()
    assert standings.refresh(season, cause="Nothing there") == []
    assert written() == before


def test_a_table_is_never_published_before_the_one_that_it_follows(season, settings):
    first, _ = rounds(season)
    published = results.publish_results(first, FILE)
    settings.SITE_NOW = published.published_at - timedelta(days=30)
    results.make_pole(first, "22")
    standings.refresh(season, cause="The pole of car 22")
    assert (newest(season, 1).version, newest(season, 1).published_at) == (2, published.published_at)


def test_a_pole_of_a_round_to_come_changes_no_table(season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    results.make_pole(second, "22")
    assert standings.refresh(season, cause="The pole of car 22") == []


def test_a_refresh_counts_at_the_sites_moment(season, settings):
    first, _ = rounds(season)
    published = results.publish_results(first, FILE)
    settings.SITE_NOW = published.published_at + timedelta(days=30)
    results.make_pole(first, "22")
    standings.refresh(season, cause="The pole of car 22")
    assert newest(season, 1).published_at == settings.SITE_NOW


def test_readers_see_the_tables_as_they_were_known(season):
    first, _ = rounds(season)
    before = results.publish_results(first, FILE, status="provisional")
    after = results.publish_results(first, ["22", "7", "99"])
    for moment, leader in ((before.published_at, "7"), (after.published_at, "22")):
        table = StandingList.objects.newest(moment).get(title__contender="teams", basis="all")
        assert table.standings.first().entry.car_number == leader
    assert not StandingList.objects.newest(before.published_at - timedelta(seconds=1)).exists()


def test_a_recalled_round_counts_again_when_it_is_published_again(season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    recall(results.publish_results(second, FILE), by=None, reason="The wrong file")
    assert newest(season, 2).is_void
    results.publish_results(second, FILE, at=newest(season, 2).published_at + timedelta(hours=1))
    assert [newest(season, 2).version, newest(season, 2).is_void, lines(season, 2)[0]] == [3, False, (1, "7", 50)]


def test_the_number_of_queries_does_not_grow_with_rounds_and_cars():
    counts = []
    for number, cars in ((2, FILE), (3, [*FILE, "55", "66"])):
        season = results.make_racing_season(f"20{number}0-{number}1", rounds=number, cars=cars)
        *earlier, last = rounds(season)
        for each in earlier:
            results.publish_results(each, cars)
        lines_of_last = results.draft_lines(last.race_session, cars)
        with CaptureQueriesContext(connection) as captured:
            results.publish_lines(last.race_session, lines_of_last)
        counts.append(len(captured))
    assert counts[0] == counts[1]
