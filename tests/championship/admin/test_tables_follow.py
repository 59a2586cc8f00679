"""What an official changes is in the points and tables at once, with the cause, or nothing of it is stored."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from championship.models import Adjustment, EligibilityOverride, EventEntry, PolePosition, Session, StandingList
from championship.services import standings
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import errors_of, fill, signed_in

pytestmark = pytest.mark.django_db

ADMIN = "/admin/championship"


@pytest.fixture(autouse=True)
def later(settings):
    """The factories' seasons are over."""
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def season():
    """Two rounds, won by car 7 before 22 and 99."""
    season = results.make_racing_season()
    for round_ in season.rounds.order_by("number"):
        results.publish_results(round_, ["7", "22", "99"])
    return season


@pytest.fixture
def client():
    return signed_in("official")


def first_round(season):
    return season.rounds.get(number=1)


def page(row, name="change"):
    return f"{ADMIN}/{row._meta.model_name}/{row.pk}/{name}/"


def add(client, model, **typed):
    name = model._meta.model_name
    answer, sent = fill(client, f"{ADMIN}/{name}/add/", f"{name}_form", **typed)
    assert answer.status_code == 302, (errors_of(answer), sent)
    return model.objects.latest("pk")


def change(client, row, **typed):
    answer, sent = fill(client, page(row), f"{row._meta.model_name}_form", **typed)
    assert answer.status_code == 302, (errors_of(answer), sent)


def delete(client, row):
    answer, _ = fill(client, page(row, "delete"))
    assert answer.status_code == 302


def table(season):
    """The teams' table after the last round that counts: points by car, and what made this version of it."""
    newest = StandingList.objects.newest().filter(title__race_class__season=season, title__contender="teams")
    found = newest.filter(basis="all", is_void=False).order_by("-round__number").first()
    lines = found.standings.select_related("entry")
    return {line.entry.car_number: line.points for line in lines if line.position}, found.cause


def versions():
    return StandingList.objects.count()


def test_a_pole_position_gives_and_takes_its_point(season, client):
    first = first_round(season)
    car = results.car_at(first.race_session, "99")
    pole = add(client, PolePosition, round=first.pk, event_entry=car.pk, lap_time="1:46.000")
    assert (pole.race_class, pole.lap_time) == (car.entry.race_class, 106_000)
    assert table(season) == ({"7": 50, "22": 36, "99": 31}, "Pole position of LMP2 in round 1 added")
    other = results.car_at(first.race_session, "22")
    change(client, pole, event_entry=other.pk, change_reason="Read the wrong line")
    assert table(season) == ({"7": 50, "22": 37, "99": 30}, "Pole position of LMP2 in round 1 changed")
    record = pole.history.latest()
    assert (record.history_user.username, record.history_change_reason) == ("official", "Read the wrong line")
    delete(client, pole)
    assert table(season) == ({"7": 50, "22": 36, "99": 30}, "Pole position of LMP2 in round 1 deleted")
    answer, _ = fill(client, f"{page(record.instance, 'history')}{record.history_id}/")
    assert answer.status_code == 302
    assert table(season) == ({"7": 50, "22": 37, "99": 30}, "Pole position of LMP2 in round 1 restored")


def test_the_official_reads_which_titles_have_new_tables(season, client):
    first = first_round(season)
    car = results.car_at(first.race_session, "99")
    pole = add(client, PolePosition, round=first.pk, event_entry=car.pk)
    said = "Points follow from this. New tables: LMP2 Teams, LMP2 Drivers."
    assert said in client.get(page(pole)).content.decode()
    delete(client, pole)
    assert said in client.get(f"{ADMIN}/poleposition/").content.decode()


def test_an_adjustment_takes_points_from_its_round_on(season, client):
    title = season.race_classes.get().titles.get(contender="teams")
    entry = season.entries.get(car_number="7")
    typed = {"title": title.pk, "entry": entry.pk, "round": season.rounds.get(number=2).pk, "reason": "Unsafe car"}
    adjustment = add(client, Adjustment, kind="deduction", points="20", **typed)
    assert table(season) == ({"7": 30, "22": 36, "99": 30}, "Adjustment of car 7 in LMP2 Teams added")
    change(client, adjustment, kind="exclusion", points="")
    assert table(season) == ({"22": 36, "99": 30}, "Adjustment of car 7 in LMP2 Teams changed")
    delete(client, adjustment)
    assert table(season) == ({"7": 50, "22": 36, "99": 30}, "Adjustment of car 7 in LMP2 Teams deleted")


def test_an_adjustment_of_a_driver_names_the_driver(season, client):
    title = season.race_classes.get().titles.get(contender="drivers")
    driver = results.car_at(first_round(season).race_session, "7").crew.get(seat=1).driver
    typed = {"title": title.pk, "driver": driver.pk, "round": first_round(season).pk, "reason": "Unsafe driving"}
    add(client, Adjustment, kind="deduction", points="10", **typed)
    newest = StandingList.objects.newest().get(title=title, round__number=2, basis="all")
    assert newest.cause == f"Adjustment of {driver} in LMP2 Drivers added"
    assert newest.standings.get(driver=driver).points == 40


def test_a_car_that_does_not_score_lets_the_others_move_up(season, client):
    entry = season.entries.get(car_number="7")
    second = season.rounds.get(number=2)
    typed = {"entry": entry.pk, "from_round": second.pk, "reason": "No homologation"}
    override = add(client, EligibilityOverride, scores_points=None, **typed)
    assert table(season) == ({"7": 25, "22": 43, "99": 33}, "Eligibility of car 7 added")
    delete(client, override)
    assert table(season) == ({"7": 50, "22": 36, "99": 30}, "Eligibility of car 7 deleted")


def test_points_settings_count_at_once(season, client):
    change(client, season.points_settings, scale__0__points="30", dropped_scores="1")
    assert table(season) == ({"7": 30, "22": 18, "99": 15}, "Points settings changed")


def test_a_shortened_race_pays_less(season, client):
    change(client, season.points_settings, short_race_share="0.75", short_race_factor="0.5")
    before = versions()
    event = first_round(season).event
    change(client, event, rounds__0__distance_share="0.6")
    points = {"7": Decimal("37.5"), "22": 27, "99": Decimal("22.5")}
    assert table(season) == (points, f"{event.name} (round 1 over 0.6 of its distance)")
    assert versions() > before
    change(client, event, rounds__0__distance_share="")
    assert table(season) == ({"7": 50, "22": 36, "99": 30}, f"{event.name} (round 1 over its whole distance)")


def test_a_race_that_is_called_off_counts_for_nobody(season, client):
    second = season.rounds.get(number=2)
    change(client, second.event, sessions__0__state="cancelled", sessions__0__state_reason="Flood")
    assert table(season)[0] == {"7": 25, "22": 18, "99": 15}
    void = StandingList.objects.newest().filter(is_void=True)
    assert {row.cause for row in void} == {f"{second.event.name} (Race 2 cancelled)"}
    assert {row.round for row in void} == {second}
    change(client, second.event, sessions__0__state="scheduled", sessions__0__state_reason="")
    assert table(season) == ({"7": 50, "22": 36, "99": 30}, f"{second.event.name} (Race 2 scheduled)")
    change(client, second.event, is_cancelled="on")
    assert {row.cause for row in StandingList.objects.newest().filter(is_void=True)} == {
        f"{second.event.name} (cancelled)"
    }


def test_a_race_session_that_is_missed_at_the_start_makes_a_car_a_late_one(season, client):
    season.points_settings.late_joiners_score = False
    season.points_settings.save()
    entry = season.entries.get(car_number="7")
    late = make.make_event_entry(make_earlier_round(season), entry)
    assert table(season)[0] == {"7": 50, "22": 36, "99": 30}
    delete(client, late)
    assert table(season)[1] == f"Car 7 at {late.event.name} deleted"


def make_earlier_round(season):
    """An event before all others, at which every car but 7 is entered."""
    season.rounds.filter(number=2).update(number=3)
    season.rounds.filter(number=1).update(number=2)
    event = make.make_event(season, "opening")
    make.make_round(event, 1)
    for number in ("22", "99"):
        make.make_event_entry(event, season.entries.get(car_number=number))
    return event


def test_what_no_table_follows_from_writes_none(season, client):
    first = first_round(season)
    pole = results.make_pole(first, "7")
    standings.refresh(season, cause="A pole")
    before = versions()
    change(client, pole, source="Timing file", lap_time="1:46.000")
    change(client, first.event, note="Bring a hat")
    change(client, season.entries.first().team, name="Another name")
    entered = EventEntry.objects.filter(event=first.event).first()
    change(client, entered, listed_name="As listed")
    decision = results.make_decision(first.race_session, "7", {"kind": "time_added", "time": 60_000})
    change(client, decision, effects__0__time="2:00.000")
    assert versions() == before


def test_a_season_without_results_has_no_tables_to_bring_up_to_date(client):
    season = results.make_racing_season("2031-32")
    change(client, season.points_settings, pole_points="2")
    assert versions() == 0


def test_a_change_whose_tables_cannot_be_written_is_not_stored(season, client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(standings, "refresh", refuse)
    car = results.car_at(first_round(season).race_session, "99")
    with pytest.raises(RuntimeError):
        add(client, PolePosition, round=first_round(season).pk, event_entry=car.pk)
    assert not PolePosition.objects.exists()
    with pytest.raises(RuntimeError):
        change(client, first_round(season).event, sessions__0__state="cancelled")
    assert not Session.objects.filter(state="cancelled").exists()
