"""A Race official sets up a whole season through the admin's forms alone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from championship.models import (
    Adjustment,
    CarModel,
    Circuit,
    CrewMember,
    Decision,
    Driver,
    EligibilityOverride,
    Entry,
    Event,
    EventEntry,
    Invitation,
    Manufacturer,
    PointsSettings,
    PolePosition,
    RaceClass,
    Round,
    Season,
    Session,
    Team,
    Title,
)
from championship.rules.decisions import Effect
from championship.selectors.season_work import season_work
from tests.championship.admin.posting import errors_of, fill, signed_in

pytestmark = pytest.mark.django_db


def test_an_official_makes_a_season_without_a_developer():
    client = signed_in("official")

    def add(model, **typed):
        name = model._meta.model_name
        answer, sent = fill(client, f"/admin/championship/{name}/add/", f"{name}_form", **typed)
        assert answer.status_code == 302, (errors_of(answer), sent)
        return model.objects.order_by("-pk").first()

    def change(row, **typed):
        name = row._meta.model_name
        answer, sent = fill(client, f"/admin/championship/{name}/{row.pk}/change/", f"{name}_form", **typed)
        assert answer.status_code == 302, (errors_of(answer), sent)
        row.refresh_from_db()

    season = add(Season, slug="2031-32", label="2031/32", is_current="on")
    colours = {"plate_colour": "#0b4ea2", "plate_ink": "#ffffff", "accent_on_dark": "#62a8ff"}
    lmp2 = add(RaceClass, season=season.pk, slug="lmp2", name="LMP2", position=1, **colours)
    title = add(Title, race_class=lmp2.pk, contender="teams")
    add(Invitation, title=title.pk, race="24 Hours of Le Mans", year=2032)
    points = {"scale__0__points": "25", "scale__1__points": "18", "scale__2__points": "15"}
    settings = add(PointsSettings, season=season.pk, pole_points="1", classified_share="0.7", **points)
    assert list(settings.scale.values_list("position", "points")) == [
        (1, Decimal(25)),
        (2, Decimal(18)),
        (3, Decimal(15)),
    ]
    circuit = add(
        Circuit,
        slug="sepang",
        name="Sepang International Circuit",
        location="Sepang",
        country="MY",
        length_m=5543,
        turns=15,
        latitude="2.7608",
        longitude="101.7382",
        time_zone="Asia/Kuala_Lumpur",
    )
    event = add(
        Event,
        season=season.pk,
        slug="sepang",
        name="4 Hours of Sepang",
        circuit=circuit.pk,
        starts_on="2031-12-06",
        ends_on="2031-12-07",
        sessions__TOTAL_FORMS=3,
        sessions__0__name="Qualifying",
        sessions__0__slug="qualifying",
        sessions__0__kind="qualifying",
        sessions__0__date="2031-12-06",
        sessions__0__start_status="to_be_confirmed",
        sessions__0__state="scheduled",
        sessions__1__name="Race 1",
        sessions__1__slug="race-1",
        sessions__1__kind="race",
        sessions__1__date="2031-12-06",
        sessions__1__start_time="14:00",
        sessions__1__start_status="confirmed",
        sessions__1__duration_minutes="240",
        sessions__1__state="scheduled",
        sessions__2__name="Race 2",
        sessions__2__slug="race-2",
        sessions__2__kind="race",
        sessions__2__date="2031-12-07",
        sessions__2__start_status="to_be_confirmed",
        sessions__2__state="scheduled",
    )
    qualifying, race_1, race_2 = (event.sessions.get(slug=slug) for slug in ("qualifying", "race-1", "race-2"))
    assert race_1.starts_at == datetime(2031, 12, 6, 6, tzinfo=UTC)
    change(
        event,
        rounds__TOTAL_FORMS=2,
        rounds__0__number=1,
        rounds__0__race_session=race_1.pk,
        rounds__0__grid_from=qualifying.pk,
        rounds__1__number=2,
        rounds__1__race_session=race_2.pk,
        rounds__1__grid_from=qualifying.pk,
    )
    assert [round_.number for round_ in Round.objects.filter(season=season, grid_from=qualifying)] == [1, 2]

    maker = add(Manufacturer, slug="oreca", name="Oreca")
    model = add(CarModel, manufacturer=maker.pk, slug="oreca-07", name="Oreca 07 - Gibson")
    team = add(Team, slug="proton", name="Proton Competition", country="DE", aliases__0__name="Proton")
    other = add(Team, slug="dkr", name="DKR Engineering", country="LU")
    ada = add(Driver, slug="ada-nova", given_name="Ada", family_name="Nova", country="FR")
    bo = add(Driver, slug="bo-rey", given_name="Bo", family_name="Rey", country="")
    cars = {"season": season.pk, "race_class": lmp2.pk, "car_model": model.pk}
    entry = add(Entry, car_number="007", team=team.pk, crew__0__driver=ada.pk, crew__0__rating="gold", **cars)
    gone = add(Entry, car_number="22", team=other.pk, **cars)
    change(gone, status="withdrawn", withdrawn_on="2031-11-01", withdrawal_reason="Car not ready")

    event_entry = add(
        EventEntry,
        event=event.pk,
        entry=entry.pk,
        crew__0__driver=ada.pk,
        crew__0__rating="gold",
        crew__0__nationality="FR",
        crew__1__driver=bo.pk,
        crew__1__rating="silver",
        crew__2__status="to_be_announced",
        crew__2__rating="bronze",
    )
    assert event_entry.car_model == model
    assert list(CrewMember.objects.values_list("seat", "driver", "rating", "nationality", "status")) == [
        (1, ada.pk, "gold", "FR", "named"),
        (2, bo.pk, "silver", "", "named"),
        (3, None, "bronze", "", "to_be_announced"),
    ]
    assert (gone.status, gone.withdrawn_on, gone.withdrawal_reason) == ("withdrawn", date(2031, 11, 1), "Car not ready")
    assert Session.objects.count() == 3

    pole = add(PolePosition, round=race_1.round.pk, event_entry=event_entry.pk, driver=ada.pk, lap_time="1:46.321")
    assert (pole.race_class, pole.lap_time) == (lmp2, 106_321)
    car = {"session": race_1.pk, "event_entry": event_entry.pk}
    penalty = {"effects__0__kind": "time_added", "effects__0__time": "1:05.000"}
    decision = add(Decision, offence="Speeding in the pit lane", fact_at="2031-12-06T14:05", **car, **penalty)
    assert (decision.slug, decision.fact_at) == ("car-007", datetime(2031, 12, 6, 6, 5, tzinfo=UTC))
    assert decision.as_ruling().effects == (Effect(kind="time_added", time=65_000),)
    add(EligibilityOverride, entry=entry.pk, from_round=race_2.round.pk, reason="Homologated for the second race")
    taken = {"kind": "deduction", "points": "5", "round": race_2.round.pk, "reason": "Not at the briefing"}
    adjustment = add(Adjustment, title=title.pk, entry=entry.pk, **taken)
    assert adjustment.points == 5
    change(settings, short_race_share="0.75", short_race_factor="0.5", dropped_scores="1")
    change(event, rounds__1__distance_share="0.6")
    assert Round.objects.get(number=2).distance_share == Decimal("0.6")

    work = season_work(season)
    assert work.race_classes == (("LMP2", 1),)
    assert (work.entry_list.unpublished, work.events[0].entry_list.unpublished) == (2, 1)
    assert (work.events[0].rounds, work.events[0].unconfirmed) == ((1, 2), 2)
