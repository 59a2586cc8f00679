"""The page that publishes a revision: it shows what readers will see for the first time, and publishes exactly that."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission

from championship.models import CrewMember, EntryList, Seat
from tests import factories as make
from tests.championship.admin.posting import fields_of, send, signed_in

pytestmark = pytest.mark.django_db

# Readers know what was published then.
PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def season():
    return make.make_season()


@pytest.fixture
def lmp2(season):
    return make.make_race_class(season)


@pytest.fixture
def event(season):
    return make.make_event(season)


@pytest.fixture
def client():
    return signed_in("anna")


def address_of(row):
    return f"/admin/championship/{row._meta.model_name}/{row.pk}/publish/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_first_revision_publishes_every_car_and_leads_to_its_public_page(client, season, lmp2):
    cars = [make.make_entry(lmp2, number, crew=3) for number in ("4", "22", "99")]
    page = client.get(address_of(season))
    assert "The first revision publishes 3 cars." in text_of(page)
    answer, _ = send(client, address_of(season), fields_of(page), note="Who is\r\n entered.")
    assert answer.status_code == 302
    landed = text_of(client.get(answer.url))
    published = EntryList.objects.get()
    assert (published.revision, published.status, published.note) == (1, "provisional", "Who is entered.")
    assert published.published_by.username == "anna"
    assert [line.entry for line in published.lines.all()] == cars
    assert f'Published r1 with 3 cars. <a href="{published.get_absolute_url()}">See it as readers do</a>.' in landed


def test_the_page_of_the_next_revision_tells_every_change(client, event, lmp2):
    stays, leaves, changes = (make.make_entry(lmp2, number) for number in ("4", "22", "99"))
    for entry in (stays, leaves):
        make.make_event_entry(event, entry, crew=1)
    changed = make.make_event_entry(event, changes, crew=2)
    withdrawn = make.make_event_entry(event, make.make_entry(lmp2, "5"), crew=1)
    make.publish_list(event.season, event)
    make.make_event_entry(event, make.make_entry(lmp2, "77"), crew=1)
    event.event_entries.get(entry=leaves).delete()
    withdrawn.status, withdrawn.withdrawn_on = "withdrawn", date(2030, 12, 1)
    withdrawn.save()
    new = make.make_driver("bo-newcomer", country="JP")
    changed.crew.filter(seat=2).update(driver=new, rating="platinum", nationality="JP")
    context = client.get(address_of(event)).context
    found = {heading: [car["number"] for car in cars] for heading, cars in context["groups"]}
    assert found == {"Added": ["77"], "Withdrawn": ["5"], "No longer on the list": ["22"]}
    (car,) = context["changed"]
    (change,) = car["changes"]
    assert (car["number"], change.what, change.after) == ("99", "Seat 2", "Bo Newcomer, Platinum, Japan")
    assert context["classes"] == [("LMP2", 4, 3)]
    assert context["now"].revision == 2


def test_cars_that_may_not_be_ready_are_named_with_the_way_to_mend_them(client, event, lmp2):
    crewless = make.make_event_entry(event, make.make_entry(lmp2, "4"))
    open_seat = make.make_event_entry(event, make.make_entry(lmp2, "5"), crew=1)
    CrewMember.objects.create(
        event_entry=open_seat, seat=2, status=Seat.Status.TO_BE_ANNOUNCED, driver=None, rating="silver"
    )
    make.make_event_entry(event, make.make_entry(lmp2, "6"), crew=3)
    make.make_event_entry(event, make.make_entry(lmp2, "7"), status="withdrawn")
    warnings = client.get(address_of(event)).context["warnings"]
    assert [(car["url"], car["why"]) for car in warnings] == [
        (f"/admin/championship/evententry/{crewless.pk}/change/", "no crew yet"),
        (f"/admin/championship/evententry/{open_seat.pk}/change/", "seat 2 (Silver) to be announced"),
    ]


def test_cars_that_joined_later_are_named_before_they_become_part_of_the_seasons_list(client, event, lmp2):
    season = event.season
    make.make_event_entry(event, make.make_entry(lmp2, "4"))
    address = address_of(season)
    assert client.get(address).context["late"] == []
    make.publish_list(season, at=PAST)
    for number in ("5", "6"):
        make.make_event_entry(event, make.make_entry(lmp2, number))
    make.make_entry(lmp2, "7")
    assert client.get(address).context["late"] == []
    make.publish_list(season, event, at=PAST)
    page = client.get(address)
    assert [car["number"] for car in page.context["late"]] == ["5", "6"]
    assert "These cars are on published lists of events already, and readers see them as joined later." in text_of(page)
    assert "With r2 they count as part of the season’s list" in text_of(page)
    answer, _ = send(client, address, fields_of(page))
    assert answer.status_code == 302
    page = client.get(address)
    assert page.context["late"] == []
    assert "joined later" not in text_of(page)
    make.make_event_entry(event, make.make_entry(lmp2, "8"))
    assert client.get(address_of(event)).context["late"] == []


def test_a_list_that_changed_since_the_preview_is_shown_again_with_the_typed_note(client, season, lmp2):
    entry = make.make_entry(lmp2, "4")
    seen = fields_of(client.get(address_of(season)))
    entry.car_number = "5"
    entry.save()
    answer, _ = send(client, address_of(season), seen, note="Car 4 is new", status="final")
    assert answer.status_code == 200
    assert "An entry was changed since this preview." in text_of(answer)
    assert "Your note is still below." in text_of(answer)
    assert not EntryList.objects.exists()
    again = fields_of(answer)
    assert (again["note"], again["status"]) == ("Car 4 is new", "final")
    answer, _ = send(client, address_of(season), again)
    assert answer.status_code == 302
    published = EntryList.objects.get()
    assert (published.note, published.status) == ("Car 4 is new", "final")
    assert [line.car_number for line in published.lines.all()] == ["5"]


def test_pressing_publish_twice_publishes_once(client, season, lmp2):
    make.make_entry(lmp2, "4")
    seen = fields_of(client.get(address_of(season)))
    send(client, address_of(season), seen)
    answer, _ = send(client, address_of(season), seen)
    assert "Nothing changed since r1. There is nothing to publish." in text_of(answer)
    assert EntryList.objects.count() == 1


def test_an_unchanged_list_says_that_there_is_nothing_to_publish(client, season, lmp2):
    make.make_entry(lmp2, "4")
    make.publish_list(season)
    page = client.get(address_of(season))
    assert "There is nothing to publish, unless the status of the list is another now." in text_of(page)
    answer, _ = send(client, address_of(season), fields_of(page), status="final")
    assert answer.status_code == 302
    assert [one.status for one in EntryList.objects.all()] == ["provisional", "final"]


def test_a_list_without_cars_cannot_be_published(client, season):
    page = client.get(address_of(season))
    assert "There is no car to publish yet." in text_of(page)
    client.post(address_of(season), {"status": "final", "seen": "x"})
    assert not EntryList.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"status": "secret", "seen": "x"},
        {"status": "final", "seen": "\x00", "note": "a\x00b"},
        {"status": "final", "seen": "x" * 9000, "note": "x" * 9000},
    ],
)
def test_odd_input_publishes_nothing(client, season, lmp2, typed):
    make.make_entry(lmp2, "4")
    assert client.post(address_of(season), typed).status_code == 200
    assert not EntryList.objects.exists()


def test_only_who_may_publish_sees_the_page_and_its_link(season, lmp2):
    make.make_entry(lmp2, "4")
    editor = make.make_user("eve")
    editor.user_permissions.set(Permission.objects.filter(codename__in=["view_season", "change_season"]))
    client = signed_in("eve", group="")
    change = f"/admin/championship/season/{season.pk}/change/"
    assert client.get(address_of(season)).status_code == 403
    assert client.post(address_of(season), {"status": "final", "seen": "x"}).status_code == 403
    assert address_of(season) not in client.get(change).content.decode()
    assert address_of(season) in signed_in("anna").get(change).content.decode()


@pytest.mark.parametrize("key", ["0", "999999", "x", "9" * 40])
def test_an_unknown_row_is_not_found(client, key):
    assert client.get(f"/admin/championship/season/{key}/publish/").status_code == 404
