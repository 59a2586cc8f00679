"""The form of a decision: times as people write them, little to fill in, and nothing published changes."""

from datetime import UTC, datetime

import pytest

from championship.models import Decision, Result
from championship.rules.decisions import Effect
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import errors_of, fields_of, fill, send, signed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/championship/decision/add/"


@pytest.fixture(autouse=True)
def later(settings):
    """The factories' seasons are over."""
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def session():
    season = results.make_racing_season(rounds=1)
    return season.rounds.get().race_session


@pytest.fixture
def client():
    return signed_in("official")


def page(decision, name="change"):
    return f"/admin/championship/decision/{decision.pk}/{name}/"


def add(client, session, car_number, **typed):
    car = results.car_at(session, car_number)
    return fill(client, f"{ADD}?session={session.pk}", "decision_form", event_entry=car.pk, **typed)


def effects(decision):
    return [(effect.order, effect.as_effect()) for effect in decision.effects.all()]


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("1:46.000", 106_000, "1:46.000"),
        ("65.000 s", 65_000, "1:05.000"),
        ("65", 65_000, "1:05.000"),
        ("5.5", 5_500, "5.500 s"),
    ],
)
def test_a_time_is_typed_as_people_write_it_and_shown_back_so(client, session, typed, stored, shown):
    answer, _ = add(client, session, "7", effects__0__kind="time_added", effects__0__time=typed)
    assert answer.status_code == 302
    decision = Decision.objects.get()
    assert effects(decision) == [(1, Effect(kind="time_added", time=stored))]
    assert fields_of(client.get(page(decision)), "decision_form")["effects-0-time"] == shown
    fill(client, page(decision), "decision_form", number="12")
    assert effects(decision) == [(1, Effect(kind="time_added", time=stored))]


@pytest.mark.parametrize("typed", ["1:75.000", "-5", "soon", "1,5"])
def test_what_is_no_time_is_refused_with_an_example(client, session, typed):
    answer, _ = add(client, session, "7", effects__0__kind="time_added", effects__0__time=typed)
    assert "Type a time such as 1:46.000, or seconds such as 65.000." in errors_of(answer)
    assert not Decision.objects.exists()


def test_a_decision_may_do_two_things_in_their_order(client, session):
    fields = fields_of(client.get(f"{ADD}?session={session.pk}"), "decision_form")
    second = {key.replace("-0-", "-1-"): value for key, value in fields.items() if key.startswith("effects-0-")}
    typed = {"effects__0__kind": "laps_removed", "effects__0__laps": "1"}
    typed |= {"effects__1__kind": "time_added", "effects__1__time": "1", "effects__TOTAL_FORMS": "2"}
    car = results.car_at(session, "7")
    answer, _ = send(client, ADD, fields | second, event_entry=car.pk, **typed)
    assert answer.status_code == 302, errors_of(answer)
    assert effects(Decision.objects.get()) == [
        (1, Effect(kind="laps_removed", laps=1)),
        (2, Effect(kind="time_added", time=1_000)),
    ]


def test_an_effect_says_what_it_needs(client, session):
    answer, _ = add(client, session, "7", effects__0__kind="time_added")
    assert "Enter the time that is added." in errors_of(answer)
    answer, _ = add(client, session, "7", effects__0__kind="reinstated")
    assert "Enter the status that the car gets back." in errors_of(answer)


def test_slug_and_order_follow_from_the_car_and_the_others(client, session):
    for number in ("7", "7", "22"):
        answer, _ = add(client, session, number, effects__0__kind="reprimand")
        assert answer.status_code == 302, errors_of(answer)
    assert list(Decision.objects.values_list("slug", "order")) == [("car-7", 1), ("car-7-2", 2), ("car-22", 3)]
    answer, _ = add(client, session, "99", slug="tyres", order="1")
    assert answer.status_code == 302
    assert Decision.objects.get(slug="tyres").order == 1


def test_the_time_of_the_fact_is_that_of_the_track(client, session):
    assert session.event.zone.key == "Asia/Kuala_Lumpur"
    answer, _ = add(client, session, "7", fact_at="2030-12-05T14:05")
    assert answer.status_code == 302
    decision = Decision.objects.get()
    assert decision.fact_at == datetime(2030, 12, 5, 6, 5, tzinfo=UTC)
    shown = client.get(page(decision))
    assert fields_of(shown, "decision_form")["fact_at"] == "2030-12-05T14:05:00"
    assert "Track time, Asia/Kuala_Lumpur." in shown.content.decode()
    fill(client, page(decision), "decision_form", number="12")
    decision.refresh_from_db()
    assert decision.fact_at == datetime(2030, 12, 5, 6, 5, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["2030-13-05T14:05", "yesterday"])
def test_a_moment_that_is_none_is_refused(client, session, typed):
    answer, _ = add(client, session, "7", fact_at=typed)
    assert errors_of(answer) == ["Enter a day and a time, such as 2023-12-02 14:05."]


def test_a_car_of_another_event_is_refused(client, session):
    season = session.event.season
    elsewhere = make.make_event(season, "dubai", circuit=session.event.circuit)
    car = make.make_event_entry(elsewhere, season.entries.get(car_number="7"))
    answer, _ = fill(client, f"{ADD}?session={session.pk}", "decision_form", event_entry=car.pk)
    assert errors_of(answer) == ["Choose a car of this event."]


def test_a_decision_moves_nobody_before_the_next_version(client, session):
    results.publish_results(session, ["7", "22", "99"])
    before = list(Result.objects.values())
    assert "changes nothing that is published" in client.get(ADD).content.decode()
    answer, _ = add(client, session, "7", effects__0__kind="disqualified")
    assert answer.status_code == 302
    assert list(Result.objects.values()) == before


def test_a_decision_is_on_the_site_once_it_counts(client, session):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 5_000})
    assert "View on site" not in client.get(page(decision)).content.decode()
    results.publish_results(session, ["7", "22", "99"], decisions=[decision])
    assert decision.get_absolute_url() in client.get(page(decision)).content.decode()


def test_two_officials_see_times_in_words(client, session):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 5_000})
    his = fields_of(client.get(page(decision)), "decision_form")
    fill(signed_in("ben"), page(decision), "decision_form", effects__0__time="1:05", fact_at="2030-12-05T14:05")
    answer, _ = send(client, page(decision), his, effects__0__time="10")
    assert [(found.label, found.mine, found.theirs) for found in answer.context["differences"]] == [
        ("Time of the fact", None, "5 December 2030, 14:05"),
        ("Time", "10.000 s", "1:05.000"),
    ]
    answer, _ = send(client, page(decision), fields_of(answer, "decision_form"))
    assert answer.status_code == 302
    assert effects(decision) == [(1, Effect(kind="time_added", time=10_000))]


def test_the_history_says_effects_in_words_and_brings_them_back(client, session):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 5_000})
    fill(client, page(decision), "decision_form")
    record = decision.history.latest()
    fill(client, page(decision), "decision_form", effects__0__time="1:05")
    edition = client.get(page(decision, "history")).context["editions"][0]
    assert [(change.label, change.before, change.after) for change in edition.changes] == [
        ("Effect 1", "Time added, 5.000 s", "Time added, 1:05.000")
    ]
    answer, _ = fill(client, f"{page(decision, 'history')}{record.history_id}/")
    assert answer.status_code == 302
    assert effects(decision) == [(1, Effect(kind="time_added", time=5_000))]


def test_an_editor_reads_effects_and_lap_times_in_words(session):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 5_000})
    pole = results.make_pole(session.round, "7", lap_time=106_000)
    editor = signed_in("editor", "Editor")
    assert "5.000 s added" in editor.get(page(decision)).content.decode()
    assert "1:46.000" in editor.get(f"/admin/championship/poleposition/{pole.pk}/change/").content.decode()
