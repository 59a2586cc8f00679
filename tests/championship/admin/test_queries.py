"""Pages of one row ask the database the same number of questions however many rows stand below it."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from championship.models import CrewMember, SeasonCrewMember
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import OFFICIALS, fill, signed_in

pytestmark = pytest.mark.django_db

OFFICIAL, EDITOR = ("official", OFFICIALS), ("editor", "Editor")


@pytest.fixture
def entry():
    return make.make_entry(make.make_race_class(make.make_season()), "7", crew=1)


@pytest.fixture
def event_entry(entry):
    return make.make_event_entry(make.make_event(entry.season), entry, crew=1)


def page(row, name="change"):
    return f"/admin/championship/{row._meta.model_name}/{row.pk}/{name}/"


def queries(client, address):
    # Django reads a content type once for all pages.
    ContentType.objects.get_for_models(*(type_.model_class() for type_ in ContentType.objects.all()))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def seat_two_more(model, **parent):
    for seat in (2, 3):
        driver = make.make_driver()
        model.objects.create(**parent, seat=seat, driver=driver, rating="gold", nationality=driver.country)


@pytest.mark.parametrize("who", [OFFICIAL, EDITOR])
def test_an_event_with_three_sessions_of_a_kind_costs_what_one_costs(who, event_entry):
    event, client = event_entry.event, signed_in(*who)
    race_class = event_entry.entry.race_class
    first = make.make_round(event, 1)
    qualifying = make.make_session(event, "qualifying", "qualifying")
    qualifying.race_classes.set([race_class])
    first.grid_from.set([qualifying])
    one = queries(client, page(event))
    make.make_round(event, 2).grid_from.set([qualifying])
    for number in (2, 3):
        session = make.make_session(event, f"qualifying-{number}", "qualifying")
        session.race_classes.set([race_class, make.make_race_class(event.season, f"GT{number}", number)])
        make.make_event_entry(event, make.make_entry(race_class), crew=1)
    assert queries(client, page(event)) == one
    assert one <= 16


@pytest.mark.parametrize("who", [OFFICIAL, EDITOR])
def test_an_entry_with_a_crew_of_three_costs_what_one_costs(who, entry):
    client = signed_in(*who)
    one = queries(client, page(entry))
    seat_two_more(SeasonCrewMember, entry=entry)
    assert queries(client, page(entry)) == one
    assert one <= 12


@pytest.mark.parametrize("who", [OFFICIAL, EDITOR])
def test_an_event_entry_with_a_crew_of_three_costs_what_one_costs(who, event_entry):
    client = signed_in(*who)
    one = queries(client, page(event_entry))
    seat_two_more(CrewMember, event_entry=event_entry)
    assert queries(client, page(event_entry)) == one
    assert one <= 12


@pytest.mark.parametrize("who", [OFFICIAL, EDITOR])
def test_a_decision_with_three_effects_costs_what_one_costs(who, event_entry):
    session, client = make.make_session(event_entry.event), signed_in(*who)
    effect = {"kind": "time_added", "time": 5_000}
    decision = results.make_decision(session, "7", effect)
    one = queries(client, page(decision))
    more = results.make_decision(session, "7", effect, effect, effect, slug="car-7-2")
    assert queries(client, page(more)) == one
    assert one <= 13


def test_a_form_costs_the_same_however_many_rounds_there_are_to_choose_from(event_entry):
    make.make_round(event_entry.event, 1)
    client = signed_in("official")
    nouns = ("decision", "poleposition", "eligibilityoverride", "adjustment")
    forms = [f"/admin/championship/{noun}/add/" for noun in nouns]
    one = [queries(client, form) for form in forms]
    for number in (2, 3):
        make.make_round(make.make_event(event_entry.event.season, f"event-{number}"), number)
    assert [queries(client, form) for form in forms] == one
    assert max(one) <= 12


def test_a_history_of_seven_saves_costs_what_one_costs(entry):
    client = signed_in("official")

    def save(number):
        fill(
            client,
            page(entry),
            "entry_form",
            car_number=number,
            race_class=make.make_race_class(entry.season, f"GT{number}", number).pk,
            team=make.make_team().pk,
            car_model=make.make_car_model(f"model-{number}").pk,
            crew__0__driver=make.make_driver().pk,
        )

    def costs():
        record = entry.history.earliest()
        return queries(client, page(entry, "history")), queries(client, f"{page(entry, 'history')}{record.history_id}/")

    save(8)
    one = costs()
    for number in range(9, 15):
        save(number)
    shown = client.get(page(entry, "history")).context["editions"]
    assert [len(edition.changes) for edition in shown] == [5] * 7 + [0]
    assert costs() == one
    assert max(one) <= 20


def test_a_history_of_an_event_costs_the_same_for_three_sessions(event_entry):
    event, client = event_entry.event, signed_in("official")
    fill(client, page(event), "event_form", name="First")
    make.make_round(event, 1)
    one = queries(client, page(event, "history"))
    for number in (2, 3):
        make.make_round(event, number)
    assert queries(client, page(event, "history")) == one
