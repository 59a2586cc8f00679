from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from championship.admin.track_time import to_track, to_utc
from championship.models import Round, Session
from tests import factories as make
from tests.championship.admin.posting import errors_of, fields_of, fill, signed_in

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def event():
    return make.make_event(make.make_season())


def page(event):
    return f"/admin/championship/event/{event.pk}/change/"


def change(event, **typed):
    return fill(signed_in("official"), page(event), "event_form", **typed)[0]


def test_a_time_is_shown_and_typed_in_track_time(event):
    session = make.make_session(event)
    answer = signed_in("official").get(page(event))
    assert fields_of(answer, "event_form")["sessions-0-start_time"] == "14:00"
    assert "Track time, Asia/Kuala_Lumpur." in answer.content.decode()
    assert change(event, sessions__0__start_time="15:30").status_code == 302
    session.refresh_from_db()
    assert session.starts_at == datetime(2030, 12, 7, 7, 30, tzinfo=UTC)


def test_another_circuit_keeps_the_clock_times_of_the_track(event):
    session = make.make_session(event)
    dubai = make.make_circuit("dubai", time_zone="Asia/Dubai")
    assert change(event, circuit=dubai.pk).status_code == 302
    session.refresh_from_db()
    assert session.starts_at == datetime(2030, 12, 7, 10, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused_beside_the_field():
    circuit = make.make_circuit("paris", time_zone="Europe/Paris")
    event = make.make_event(make.make_season(), starts_on=date(2031, 3, 29), circuit=circuit)
    make.make_session(event, date=date(2031, 3, 30), starts_at=datetime(2031, 3, 30, 8, tzinfo=UTC))
    answer = change(event, sessions__0__start_time="02:30")
    assert errors_of(answer) == [
        "The clocks at the track never show 02:30 on 30 March 2031: they go forward that night."
    ]


def test_a_time_that_happens_twice_is_the_first_and_stays_what_it_was():
    assert to_utc(date(2031, 10, 26), time(2, 30), PARIS) == datetime(2031, 10, 26, 0, 30, tzinfo=UTC)
    circuit = make.make_circuit("paris", time_zone="Europe/Paris")
    event = make.make_event(make.make_season(), starts_on=date(2031, 10, 25), circuit=circuit)
    second = datetime(2031, 10, 26, 1, 30, tzinfo=UTC)
    session = make.make_session(event, date=date(2031, 10, 26), starts_at=second)
    assert change(event, sessions__0__name="Night race").status_code == 302
    session.refresh_from_db()
    assert (session.name, session.starts_at) == ("Night race", second)


@pytest.mark.parametrize("moment", [datetime(2031, 7, 1, 12, tzinfo=UTC), datetime(2031, 1, 1, 23, 30, tzinfo=UTC)])
def test_there_and_back_gives_the_same_moment(moment):
    assert to_utc(*to_track(moment, PARIS), PARIS) == moment


def test_the_gap_raises():
    with pytest.raises(ValidationError):
        to_utc(date(2031, 3, 30), time(2, 30), PARIS)


def test_a_confirmed_start_needs_day_and_time_beside_their_fields(event):
    make.make_session(event)
    answer = change(event, sessions__0__start_time="", sessions__0__date="")
    assert errors_of(answer) == ["A confirmed start needs its day.", "A confirmed start needs its time."]


def test_a_session_outside_the_days_of_its_event_is_refused_as_the_days_are_typed(event):
    make.make_session(event, date=date(2030, 12, 8), starts_at=datetime(2030, 12, 8, 4, tzinfo=UTC))
    answer = change(event, ends_on="2030-12-07")
    assert errors_of(answer) == ["The event lasts from 07 December 2030 to 07 December 2030."]


def test_a_new_event_checks_the_days_of_its_sessions_too():
    season, circuit = make.make_season(), make.make_circuit()
    answer, _ = fill(
        signed_in("official"),
        f"/admin/championship/event/add/?season={season.pk}",
        "event_form",
        name="Sepang",
        slug="sepang",
        circuit=circuit.pk,
        starts_on="2030-12-07",
        ends_on="2030-12-08",
        sessions__TOTAL_FORMS=1,
        sessions__0__name="Race",
        sessions__0__slug="race",
        sessions__0__kind="race",
        sessions__0__date="2030-12-09",
        sessions__0__start_status="to_be_confirmed",
        sessions__0__state="scheduled",
    )
    assert errors_of(answer) == ["The event lasts from 07 December 2030 to 08 December 2030."]
    assert Session.objects.count() == 0


def test_an_event_holds_at_most_two_rounds(event):
    for number in (1, 2):
        make.make_round(event, number)
    third = make.make_session(event, "race-3")
    answer = change(event, rounds__TOTAL_FORMS=3, rounds__2__number=3, rounds__2__race_session=third.pk)
    assert errors_of(answer) == ["An event holds one or two rounds."]


def test_two_rounds_may_exchange_their_numbers(event):
    first, second = (make.make_round(event, number) for number in (1, 2))
    assert change(event, rounds__0__number="2", rounds__1__number="1").status_code == 302
    assert [Round.objects.get(pk=row.pk).number for row in (first, second)] == [2, 1]


def test_a_number_taken_elsewhere_says_where(event):
    make.make_round(event, 1)
    dubai = make.make_event(event.season, "dubai", date(2031, 2, 1))
    make.make_round(dubai, 2)
    answer = change(dubai, rounds__0__number="1")
    assert errors_of(answer) == ["Round 1 is held at 4 Hours of Sepang. Choose another number."]


def test_only_races_and_qualifyings_of_this_event_are_offered(event):
    round_ = make.make_round(event, 1)
    qualifying = make.make_session(event, "qualifying", "qualifying")
    make.make_session(event, "practice-1", "practice")
    make.make_round(make.make_event(event.season, "dubai", date(2031, 2, 1)), 2)
    page_ = signed_in("official").get(page(event))
    form = page_.context["inline_admin_formsets"][1].formset.forms[0]
    assert [row.pk for row in form.fields["race_session"].queryset] == [round_.race_session_id]
    assert [row.pk for row in form.fields["grid_from"].queryset] == [qualifying.pk]


def test_a_race_that_is_a_round_stays_a_race(event):
    make.make_round(event, 1)
    answer = change(event, sessions__0__kind="practice")
    assert errors_of(answer) == ["This is the race of round 1. Delete that round first."]


def test_a_session_that_is_a_round_says_so_when_it_is_to_be_deleted(event):
    make.make_round(event, 1)
    answer = change(event, sessions__0__DELETE="on")
    assert answer.status_code == 200
    assert "Round 1" in " ".join(errors_of(answer))
    assert Session.objects.count() == 1


def test_missing_rounds_are_said_and_stop_nobody(event):
    make.make_session(event)
    client = signed_in("official")
    client.post(page(event), fields_of(client.get(page(event)), "event_form"))
    said = client.get(page(event)).content.decode()
    assert "No round yet" in said
    make.make_round(event, 2)
    client.post(page(event), fields_of(client.get(page(event)), "event_form"))
    assert "round 1 is missing so far" in client.get(page(event)).content.decode()


def test_the_slug_of_a_saved_session_stays(event):
    session = make.make_session(event)
    change(event, sessions__0__slug="another", sessions__0__name="Race")
    session.refresh_from_db()
    assert (session.slug, session.name) == ("race-1", "Race")
