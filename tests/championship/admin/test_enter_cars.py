"""The page that enters the season's cars into an event."""

import pytest

from championship.models import Entry, EventEntry
from tests import factories as make
from tests.championship.admin.posting import fields_of, fill, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make.make_event(make.make_season())


@pytest.fixture
def lmp2(event):
    return make.make_race_class(event.season)


@pytest.fixture
def address(event):
    return f"/admin/championship/event/{event.pk}/enter-cars/"


def test_all_cars_that_are_not_entered_are_chosen_except_those_withdrawn_from_the_season(event, lmp2, address):
    new = [make.make_entry(lmp2, number) for number in ("4", "22")]
    make.make_entry(lmp2, "5", status=Entry.Status.WITHDRAWN)
    there = make.make_event_entry(event, make.make_entry(lmp2, "99"))
    page = signed_in("anna").get(address)
    assert fields_of(page)["cars"] == [entry.car_number for entry in new]
    assert page.context["there"] == [there.entry]


def test_the_chosen_cars_enter_with_their_crews(event, lmp2, address):
    comes, _stays_home = (make.make_entry(lmp2, number, crew=3) for number in ("4", "5"))
    client = signed_in("anna")
    answer, _ = fill(client, address, cars="4")
    assert answer.status_code == 302
    (entered,) = EventEntry.objects.all()
    assert (entered.entry, entered.crew.count()) == (comes, 3)
    assert entered.history.first().history_user.username == "anna"
    page = client.get(address)
    assert "Entered 1 car." in page.content.decode()
    assert fields_of(page)["cars"] == "5"


def test_two_officials_entering_the_same_car_enter_it_once(event, lmp2, address):
    make.make_entry(lmp2, "4")
    client = signed_in("anna")
    _, sent = fill(client, address)
    client.post(address, sent)
    assert EventEntry.objects.count() == 1
    assert "The others were entered already" in client.get(address).content.decode()


@pytest.mark.parametrize("chosen", [[], ["0"], ["x"], ["\x00"], ["9" * 40], ["-1"]])
def test_a_wrong_choice_enters_nobody_and_says_so(event, lmp2, address, chosen):
    make.make_entry(lmp2, "4")
    answer = signed_in("anna").post(address, {"cars": chosen, "crew_from": "latest"})
    assert 'role="alert"' in answer.content.decode()
    assert not EventEntry.objects.exists()


def test_a_season_without_entries_leads_to_the_first(event, address):
    assert "The season has no entries yet." in signed_in("anna").get(address).content.decode()


def test_an_editor_may_not_enter_cars(event, lmp2, address):
    make.make_entry(lmp2, "4")
    editor = signed_in("eve", group="Editor")
    assert editor.get(address).status_code == 403
    assert editor.post(address, {"cars": ["4"], "crew_from": "latest"}).status_code == 403


def test_the_page_asks_the_database_as_often_for_three_cars_as_for_one(
    event, lmp2, address, django_assert_max_num_queries
):
    client = signed_in("anna")
    make.make_entry(lmp2)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    for _ in range(2):
        make.make_entry(lmp2)
    with django_assert_max_num_queries(12) as three:
        client.get(address)
    assert len(three) == len(one)
