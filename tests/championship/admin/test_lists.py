"""List pages ask the database the same number of questions however long they are."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from championship.models import Adjustment, EligibilityOverride
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import signed_in

pytestmark = pytest.mark.django_db

SEARCHES = {"entry": "7", "evententry": "7", "team": "other", "driver": "ada"}


def make_world(index):
    season = make.make_season(f"20{index}0")
    make.make_points_settings(season)
    race_class = make.make_race_class(season)
    title = make.make_title(race_class)
    make.make_invitation(title)
    entry = make.make_entry(race_class, "7", crew=2)
    round_ = make.make_round(make.make_event(season, circuit=make.make_circuit(f"circuit-{index}")))
    event = round_.event
    make.make_event_entry(event, entry, crew=2, car_model=make.make_car_model(f"model-{index}"))
    make.publish_list(season)
    make.publish_list(season, event)
    results.make_pole(round_, "7", make.make_driver(f"ada-pole-{index}"))
    decision = results.make_decision(round_.race_session, "7", {"kind": "time_added", "time": 5_000})
    EligibilityOverride.objects.create(entry=entry, from_round=round_, reason="Late")
    Adjustment.objects.create(title=title, entry=entry, round=round_, kind="deduction", points=1, reason="Late")
    results.publish_results(round_, ["7"], decisions=[decision])


def queries(client, addresses):
    """How many each address takes, by address."""
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        found[address] = len(captured)
    return found


def assert_rows_cost_nothing(addresses):
    """Two rows of every noun take as many questions as four. Returns how many."""
    client = signed_in("official")
    make_world(3)
    make_world(4)
    client.get("/admin/")
    two = queries(client, addresses)
    make_world(5)
    make_world(6)
    assert queries(client, addresses) == two
    return two


def test_a_long_list_costs_what_a_short_one_costs():
    of_the_sport = [page for page in admin.site._registry.values() if page.model._meta.app_label == "championship"]
    pages = [page for page in of_the_sport if page.get_urls()]
    found = assert_rows_cost_nothing([f"/admin/championship/{page.model._meta.model_name}/" for page in pages])
    assert len(found) >= 20
    assert {address: count for address, count in found.items() if count > 12} == {}


def test_suggestions_cost_the_same():
    fields = {
        "season": ("raceclass", "season"),
        "raceclass": ("title", "race_class"),
        "title": ("invitation", "title"),
        "team": ("entry", "team"),
        "driver": ("crewmember", "driver"),
        "carmodel": ("entry", "car_model"),
        "entry": ("evententry", "entry"),
        "event": ("evententry", "event"),
    }
    address = "/admin/autocomplete/?app_label=championship&model_name={}&field_name={}&term="
    assert_rows_cost_nothing([address.format(model, field) for model, field in fields.values()])


@pytest.mark.parametrize(("name", "term"), SEARCHES.items())
def test_a_search_finds_and_lists_nothing_twice(name, term):
    make_world(3)
    team = make.make_team("other-name")
    team.aliases.create(name="Other alias")
    team.aliases.create(name="Other alias 2")
    rows = signed_in("official").get(f"/admin/championship/{name}/?q={term}").context["cl"].result_list
    assert len(rows) == len({row.pk for row in rows}) > 0


def test_cars_stand_in_the_order_of_their_numbers():
    race_class = make.make_race_class(make.make_season())
    for number in ("11", "007", "7", "22A", "2"):
        make.make_entry(race_class, number)
    rows = signed_in("official").get("/admin/championship/entry/").context["cl"].result_list
    assert [row.car_number for row in rows] == ["2", "7", "11", "007", "22A"]
