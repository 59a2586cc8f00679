"""What the database itself refuses, whoever writes: no model validation stands in front of these writes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from championship.models import (
    Adjustment,
    CrewMember,
    DecisionEffect,
    Entry,
    EventEntry,
    PointsSettings,
    RaceClass,
    Round,
    Season,
    Session,
    Title,
)
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return make.make_season()


def refused(write, name):
    """Whether the database refuses `write` because of the constraint `name` (or, on SQLite, of its columns)."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return name in str(caught.value)


def test_only_one_season_is_the_current_one(season):
    Season.objects.filter(pk=season.pk).update(is_current=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_season("2031-32", is_current=True)
    make.make_season("2032-33")
    assert Season.objects.filter(is_current=True).count() == 1


def test_a_car_number_is_taken_once_in_a_season_but_007_is_another_car_than_7(season):
    race_class = make.make_race_class(season)
    make.make_entry(race_class, "7")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_entry(race_class, "7")
    make.make_entry(race_class, "007")
    other = make.make_race_class(make.make_season("2031-32"))
    make.make_entry(other, "7")
    assert Entry.objects.filter(car_number="7").count() == 2


def test_round_numbers_are_unique_in_a_season_and_start_at_one(season):
    event = make.make_event(season)
    make.make_round(event, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_round(event, 1, slug="race-2")
    session = make.make_session(event, "race-3")
    assert refused(
        lambda: Round.objects.create(season=season, event=event, number=0, race_session=session), "round_number_from_1"
    )
    assert Round.objects.count() == 1


def test_a_driver_sits_once_in_a_crew_and_a_seat_is_taken_once(season):
    event = make.make_event(season)
    event_entry = make.make_event_entry(event, make.make_entry(make.make_race_class(season)), crew=1)
    first = event_entry.crew.get()
    seat = {"event_entry": event_entry, "rating": "gold", "nationality": "FR"}
    with pytest.raises(IntegrityError), transaction.atomic():
        CrewMember.objects.create(**seat, seat=2, driver=first.driver)
    with pytest.raises(IntegrityError), transaction.atomic():
        CrewMember.objects.create(**seat, seat=1, driver=make.make_driver())
    assert refused(lambda: CrewMember.objects.create(**seat, seat=7, driver=make.make_driver()), "crew_seat_from_1")
    assert refused(lambda: CrewMember.objects.create(**seat, seat=0, driver=make.make_driver()), "crew_seat_from_1")


def test_a_seat_is_named_or_to_be_announced_with_a_rating_and_never_both(season):
    event_entry = make.make_event_entry(make.make_event(season), make.make_entry(make.make_race_class(season)))
    CrewMember.objects.create(event_entry=event_entry, seat=1, status="to_be_announced", rating="bronze")
    assert refused(
        lambda: CrewMember.objects.create(event_entry=event_entry, seat=2, status="named", rating="gold"),
        "crew_seat_named_or_not",
    )
    assert refused(
        lambda: CrewMember.objects.create(
            event_entry=event_entry, seat=2, status="to_be_announced", driver=make.make_driver(), rating="gold"
        ),
        "crew_seat_named_or_not",
    )
    assert refused(
        lambda: CrewMember.objects.create(event_entry=event_entry, seat=2, status="to_be_announced", rating=""),
        "crew_rating_known",
    )


def test_a_title_is_for_teams_or_for_drivers_and_once_in_its_class(season):
    race_class = make.make_race_class(season)
    make.make_title(race_class, "teams")
    make.make_title(race_class, "drivers")
    make.make_title(race_class, "teams", group="Am")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_title(race_class, "teams")
    assert refused(lambda: make.make_title(race_class, "both"), "title_has_one_contender")
    assert Title.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"start_status": "confirmed", "starts_at": None}, "confirmed_start_has_a_time"),
        ({"start_status": "confirmed", "date": None}, "confirmed_start_has_a_time"),
        ({"start_status": "to_be_confirmed", "starts_at": None, "date": None}, "unconfirmed_start_has_a_day"),
        ({"start_status": "not_on_record"}, "start_not_on_record_has_no_time"),
        ({"duration_minutes": 0}, "session_lasts_a_minute"),
    ],
)
def test_a_session_is_not_half_known_by_accident(season, values, constraint):
    event = make.make_event(season)
    assert refused(lambda: make.make_session(event, **values), constraint)


@pytest.mark.parametrize(
    "values",
    [
        {"start_status": "to_be_confirmed"},
        {"start_status": "to_be_confirmed", "starts_at": None},
        {"start_status": "not_on_record", "starts_at": None, "date": None},
        {"start_status": "to_be_confirmed", "state": "postponed", "starts_at": None, "date": None},
    ],
)
def test_a_session_may_be_unconfirmed_off_the_record_or_postponed_without_a_day(season, values):
    assert make.make_session(make.make_event(season), **values).start_confirmed is False


def test_an_event_does_not_end_before_it_starts(season):
    first = make.make_event(season).starts_on
    assert refused(
        lambda: make.make_event(season, "dubai", starts_on=first, ends_on=first - timedelta(days=1)),
        "event_ends_after_it_starts",
    )


def test_only_a_withdrawn_entry_has_facts_of_a_withdrawal(season):
    race_class = make.make_race_class(season)
    entry = make.make_entry(race_class, status="withdrawn", withdrawal_reason="Accident")
    assert refused(lambda: Entry.objects.filter(pk=entry.pk).update(status="entered"), "entry_withdrawal_facts")
    make.make_entry(race_class, status="withdrawn")
    event_entry = make.make_event_entry(make.make_event(season), entry, status="withdrawn", withdrawn_on="2030-12-01")
    assert refused(
        lambda: EventEntry.objects.filter(pk=event_entry.pk).update(status="reserve"), "event_entry_withdrawal_facts"
    )


def test_an_entry_is_entered_once_for_an_event(season):
    event, entry = make.make_event(season), make.make_entry(make.make_race_class(season))
    make.make_event_entry(event, entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_event_entry(event, entry)


def test_classes_have_their_own_slug_name_and_place_in_a_season(season):
    make.make_race_class(season, "LMP2", 1)
    for values in ({"slug": "lmp2", "name": "A", "position": 2}, {"slug": "a", "name": "LMP2", "position": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.make_race_class(season, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_race_class(season, "GT", 1)
    assert refused(lambda: make.make_race_class(season, "GT", 0), "class_position_from_1")
    assert RaceClass.objects.count() == 1


def test_points_settings_are_shares_and_points_that_exist(season):
    assert refused(lambda: make.make_points_settings(season, classified_share=Decimal("1.1")), "classified_share")
    assert refused(lambda: make.make_points_settings(season, pole_points=Decimal(-1)), "pole_points_not_negative")
    settings = make.make_points_settings(season)
    with pytest.raises(IntegrityError), transaction.atomic():
        settings.scale.create(position=1, points=1)
    assert PointsSettings.objects.count() == 1


def test_two_sessions_of_an_event_never_share_an_address(season):
    event = make.make_event(season)
    make.make_session(event, "race-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_session(event, "race-1")
    assert Session.objects.count() == 1


@pytest.mark.parametrize("missing", [None, 0])
@pytest.mark.parametrize(
    ("kind", "field", "name"),
    [
        ("time_added", "time", "time_added_has_a_time"),
        ("drive_through", "time", "time_added_has_a_time"),
        ("stop_and_go", "time", "time_added_has_a_time"),
        ("laps_removed", "laps", "laps_removed_has_laps"),
        ("positions_dropped", "positions", "positions_dropped_has_positions"),
    ],
)
def test_an_effect_has_the_figure_that_its_kind_needs(season, kind, field, name, missing):
    entry = make.make_entry(make.make_race_class(season), "7")
    session = make.make_session(make.make_event(season))
    decision = results.make_decision(session, entry.car_number)
    assert refused(lambda: DecisionEffect.objects.create(decision=decision, kind=kind, **{field: missing}), name)
    DecisionEffect.objects.create(decision=decision, kind=kind, **{field: 1})


def test_grid_places_are_lost_at_a_race(season):
    entry = make.make_entry(make.make_race_class(season), "7")
    decision = results.make_decision(make.make_session(make.make_event(season)), entry.car_number)
    grid = {"decision": decision, "kind": "grid_dropped"}
    assert refused(lambda: DecisionEffect.objects.create(**grid, race="Race 2"), "positions_dropped_has_positions")
    assert refused(lambda: DecisionEffect.objects.create(**grid, positions=3), "grid_dropped_has_a_race")
    DecisionEffect.objects.create(**grid, positions=3, race="Race 2")


@pytest.mark.parametrize(("amount", "currency"), [(500, ""), (0, "EUR"), (None, "EUR")])
def test_the_amount_of_a_fine_has_a_currency(season, amount, currency):
    entry = make.make_entry(make.make_race_class(season), "7")
    decision = results.make_decision(make.make_session(make.make_event(season)), entry.car_number)
    fine = {"decision": decision, "kind": "fine"}
    assert refused(
        lambda: DecisionEffect.objects.create(**fine, amount=amount, currency=currency), "amount_has_a_currency"
    )
    DecisionEffect.objects.create(**fine, amount=500, currency="EUR")


@pytest.mark.parametrize(("kind", "points"), [("deduction", None), ("deduction", 0), ("exclusion", 1)])
def test_a_deduction_has_points_and_an_exclusion_has_none(season, kind, points):
    entry = make.make_entry(make.make_race_class(season), "7")
    values = {
        "title": make.make_title(entry.race_class),
        "entry": entry,
        "round": make.make_round(make.make_event(season)),
        "reason": "Unsafe car",
    }
    assert refused(
        lambda: Adjustment.objects.create(kind=kind, points=points, **values), "adjustment_points_with_deduction"
    )
    Adjustment.objects.create(kind=kind, points=None if points else 1, **values)
