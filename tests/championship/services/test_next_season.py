"""A season from the one before: what it takes over, and what it must not."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from championship.models import Entry, Event, Season, Session
from championship.services import next_season
from championship.services.next_season import make_current, start_next_season
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make.make_season(is_current=True, source="Regulations 2030")


@pytest.fixture
def lmp2(source):
    return make.make_race_class(source, for_overall_victory=True)


def started(source, **values):
    return start_next_season(source=source, slug="2031-32", label="2031/32", **values)


def test_classes_titles_and_points_are_taken_over(source, lmp2):
    gt = make.make_race_class(source, "GT", 2)
    make.make_title(lmp2)
    make.make_title(gt, "drivers", group="Am")
    short = {"short_race_share": Decimal("0.75"), "short_race_factor": Decimal("0.5")}
    make.make_points_settings(source, (25, 18, Decimal("12.5")), pole_points=Decimal(2), dropped_scores=1, **short)
    season = started(source)
    assert [(row.name, row.slug, row.position, row.for_overall_victory) for row in season.race_classes.all()] == [
        ("LMP2", "lmp2", 1, True),
        ("GT", "gt", 2, False),
    ]
    titles = [title.name for row in season.race_classes.all() for title in row.titles.all()]
    assert titles == ["LMP2 Teams", "GT Am Drivers"]
    settings = season.points_settings
    assert (settings.pole_points, settings.classified_share, settings.late_joiners_score) == (2, Decimal("0.7"), True)
    assert (settings.dropped_scores, settings.short_race_share, settings.short_race_factor) == (1, *short.values())
    assert [(line.position, line.points) for line in settings.scale.all()] == [(1, 25), (2, 18), (3, Decimal("12.5"))]
    assert (season.is_current, season.source, source.race_classes.count()) == (False, "", 2)
    assert season.history.get().history_change_reason == "Copied from the season 2030/31"


def test_chosen_invitations_are_for_the_next_year(source, lmp2):
    title = make.make_title(lmp2)
    chosen = make.make_invitation(title, year=2031, kind="priority")
    make.make_invitation(title, "Another race")
    season = started(source, invitations=[chosen])
    (copy,) = season.race_classes.get().titles.get().invitations.all()
    assert (copy.race, copy.year, copy.kind) == ("24 Hours of Le Mans", 2032, "priority")


@pytest.mark.parametrize("with_crews", [True, False])
def test_chosen_cars_come_with_or_without_their_crews(source, lmp2, with_crews):
    entry = make.make_entry(lmp2, "007", crew=3, status=Entry.Status.WITHDRAWN, withdrawal_reason="No car")
    make.make_entry(lmp2, "9")
    season = started(source, entries=[entry], with_crews=with_crews)
    (copy,) = season.entries.all()
    assert (copy.car_number, copy.team, copy.car_model, copy.race_class.season) == (
        "007",
        entry.team,
        entry.car_model,
        season,
    )
    assert (copy.status, copy.withdrawal_reason) == ("entered", "")
    crew = [(row.seat, row.driver, row.rating) for row in entry.crew.all()]
    assert [(row.seat, row.driver, row.rating) for row in copy.crew.all()] == (crew if with_crews else [])


def test_chosen_events_come_a_year_later_with_every_start_to_be_confirmed(source, lmp2):
    event = make.make_event(
        source, "dubai", date(2031, 2, 1), is_cancelled=True, live_timing_url="https://example.com/", note="Cold."
    )
    qualifying = make.make_session(event, "qualifying", "qualifying", starts_at=None, start_status="to_be_confirmed")
    qualifying.race_classes.set([lmp2])
    race = make.make_round(event, 3)
    race.grid_from.set([qualifying])
    make.make_round(make.make_event(source, "sepang"), 1)
    season = started(source, events=[event])
    (copy,) = season.events.all()
    assert (copy.slug, copy.name, copy.circuit) == (event.slug, event.name, event.circuit)
    assert (copy.starts_on, copy.ends_on) == (date(2032, 1, 31), date(2032, 2, 1))
    assert (copy.is_cancelled, copy.live_timing_url, copy.note) == (False, "", "")
    sessions = {row.slug: row for row in copy.sessions.all()}
    assert set(sessions) == {"qualifying", "race-3"}
    assert {(row.start_status, row.starts_at, row.state) for row in sessions.values()} == {
        (Session.StartStatus.TO_BE_CONFIRMED, None, Session.State.SCHEDULED)
    }
    assert {row.date for row in sessions.values()} == {date(2032, 1, 31)}
    assert [row.season for row in sessions["qualifying"].race_classes.all()] == [season]
    (round_,) = copy.rounds.all()
    assert (round_.number, round_.race_session, list(round_.grid_from.all())) == (
        1,
        sessions["race-3"],
        [sessions["qualifying"]],
    )


def test_a_session_whose_day_is_not_on_record_is_left_out_with_its_round(source):
    undated = {"date": None, "starts_at": None, "start_status": "not_on_record"}
    sepang, dubai = make.make_event(source), make.make_event(source, "dubai", date(2031, 2, 1))
    make.make_round(sepang, 1, **undated)
    make.make_round(sepang, 2).grid_from.set([make.make_session(sepang, "qualifying", "qualifying", **undated)])
    make.make_round(dubai, 3)
    season = started(source, events=[sepang, dubai])
    sessions = [(row.event.slug, row.slug, row.date) for row in Session.objects.filter(event__season=season)]
    assert sessions == [("sepang", "race-2", date(2031, 12, 6)), ("dubai", "race-3", date(2032, 1, 31))]
    rounds = [(row.number, row.race_session.slug, row.grid_from.count()) for row in season.rounds.all()]
    assert rounds == [(1, "race-2", 0), (2, "race-3", 0)]


@pytest.mark.parametrize(("slug", "label"), [("2030-31", "new"), ("2031-32", "2030/31"), ("next", "next"), ("", "")])
def test_a_season_that_exists_or_is_named_wrong_is_refused_and_nothing_is_left(source, lmp2, slug, label):
    make.make_event(source)
    with pytest.raises(ValidationError):
        start_next_season(source=source, slug=slug, label=label, events=list(source.events.all()))
    assert (Season.objects.count(), Event.objects.count()) == (1, 1)


def test_a_failure_half_way_leaves_nothing(source, lmp2, monkeypatch):
    def fail(*_args):
        raise RuntimeError("power cut")

    monkeypatch.setattr(next_season, "_copy_event", fail)
    with pytest.raises(RuntimeError):
        started(source, entries=[make.make_entry(lmp2)], events=[make.make_event(source)])
    assert (Season.objects.count(), Entry.objects.count()) == (1, 1)


def test_making_a_season_current_unmarks_the_other(source):
    season = started(source)
    make_current(season, reason="The season begins")
    assert Season.objects.current() == season
    assert not Season.objects.get(pk=source.pk).is_current
    assert source.history.first().history_change_reason == "The season begins"
    versions = list(Season.objects.values_list("version", flat=True))
    make_current(season)
    assert list(Season.objects.values_list("version", flat=True)) == versions


def test_the_whole_season_of_2023_24_can_be_followed_by_the_next(real_season):
    season = start_next_season(
        source=real_season,
        slug="2024-25",
        label="2024/25",
        entries=list(real_season.entries.all()),
        with_crews=True,
        events=list(real_season.events.all()),
    )
    counts = [(row.entries.count(), row.events.count(), row.rounds.count()) for row in (real_season, season)]
    assert counts[0] == counts[1]
    assert [row.number for row in season.rounds.all()] == [1, 2, 3, 4, 5]
    assert season.events.first().starts_on.strftime("%a") == real_season.events.first().starts_on.strftime("%a")
