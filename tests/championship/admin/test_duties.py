"""Somebody who is on duty at one event changes nothing at another, by whatever page, and is told so."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from championship.models import Decision, EventDuty, EventEntry
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import errors_of, fields_of, fill, signed_in

pytestmark = pytest.mark.django_db

ADMIN = "/admin/championship"
WORDS = "You are on duty at 4 Hours of Sepang 2030/31 only."


@pytest.fixture
def events():
    season = make.make_season(is_current=True)
    race_class = make.make_race_class(season)
    found = []
    for number, slug in enumerate(("sepang", "dubai"), start=1):
        event = make.make_event(season, slug)
        race = make.make_round(event, number).race_session
        car = make.make_event_entry(event, make.make_entry(race_class), crew=1)
        results.make_decision(race, car.entry.car_number, {"kind": "time_added", "time": 5_000})
        found.append(event)
    return found


@pytest.fixture
def client(events) -> Client:
    found = signed_in("official")
    EventDuty.objects.create(user=User.objects.get(), event=events[0])
    return found


def rows(event):
    return [event, event.event_entries.get(), Decision.objects.get(session__event=event)]


def page(row, name="change"):
    return f"{ADMIN}/{row._meta.model_name}/{row.pk}/{name}/"


def test_the_pages_of_another_event_are_read_and_say_why(client, events):
    for row in rows(events[1]):
        answer = client.get(page(row))
        assert WORDS in answer.content.decode()
        assert "seen_version" not in fields_of(answer)
        assert client.post(page(row), {}).status_code == 403
        assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    assert EventEntry.objects.count() == 2


def test_the_pages_of_their_own_event_are_as_ever(client, events):
    for row in rows(events[0]):
        answer = client.get(page(row))
        assert WORDS not in answer.content.decode()
        assert "seen_version" in fields_of(answer, f"{row._meta.model_name}_form")
    answer, _ = fill(client, page(events[0]), "event_form", note="Rain")
    assert answer.status_code == 302


def test_without_the_duty_every_event_is_open(client, events):
    EventDuty.objects.all().delete()
    for row in rows(events[1]):
        assert "seen_version" in fields_of(client.get(page(row)), f"{row._meta.model_name}_form")


def test_a_row_is_not_added_to_another_event(client, events):
    entry = make.make_entry(events[0].season.race_classes.get())
    address = f"{ADMIN}/evententry/add/"
    typed = {"entry": entry.pk, "status": "entered", "event": events[1].pk}
    answer, sent = fill(client, address, "evententry_form", **typed)
    assert any(WORDS in error for error in errors_of(answer))
    assert fields_of(answer, "evententry_form")["entry"] == str(entry.pk)
    client.post(address, {**sent, "event": events[0].pk})
    assert [row.event for row in entry.event_entries.all()] == [events[0]]


def test_tasks_of_another_event_are_refused_and_not_offered(client, events):
    here, there = (client.get(page(event)).content.decode() for event in events)
    for task in ("publish", "enter-cars"):
        addresses = [page(event, task) for event in events]
        assert [client.get(address).status_code for address in addresses] == [200, 403]
        assert client.post(addresses[1], {}).status_code == 403
        assert addresses[0] in here
        assert addresses[1] not in there


def test_what_belongs_to_no_event_stays_open(client, events):
    season = events[0].season
    assert client.get(page(season, "publish")).status_code == 200
    assert "seen_version" in fields_of(client.get(page(season)), "season_form")


def test_an_import_for_another_event_is_refused_before_and_after_its_preview(client, events):
    address = f"{ADMIN}/evententry/import/"
    car = events[1].event_entries.get()
    table = f"car_number,status\n{car.entry.car_number},withdrawn\n"

    def send():
        from django.core.files.uploadedfile import SimpleUploadedFile

        return client.post(address, {"event": events[1].pk, "file": SimpleUploadedFile("a.csv", table.encode())})

    assert WORDS in send().content.decode()
    EventDuty.objects.all().delete()
    shown = send()
    EventDuty.objects.create(user=User.objects.get(), event=events[0])
    confirm = reverse("admin:championship_evententry_process_import")
    assert client.post(confirm, {"staged": shown.context["staged"].pk}).status_code == 403
    car.refresh_from_db()
    assert car.status == "entered"


def test_an_earlier_state_at_another_event_is_not_restored(client, events):
    row = Decision.objects.get(session__event=events[1])
    record = row.history.first()
    address = reverse("admin:championship_decision_simple_history", args=[row.pk, record.history_id])
    assert client.post(address, {"seen_version": row.version}).status_code == 403
    car = events[1].event_entries.get()
    Decision.objects.all().delete()
    car.delete()
    gone = EventEntry.history.filter(history_type="+", event=events[1]).get()
    address = reverse("admin:championship_evententry_simple_history", args=[gone.id, gone.history_id])
    assert client.post(address, {}).status_code == 403
    assert not events[1].event_entries.exists()


def test_the_desk_of_another_event_is_looked_at_and_written_to_by_nobody_else(client, events):
    from django.core.exceptions import PermissionDenied
    from django.test import RequestFactory

    from championship.admin.desk.base import require

    request = RequestFactory().get("/")
    request.user = User.objects.get()
    require(request, "publish_classification", events[0])
    require(request, "view_classification", events[1])
    with pytest.raises(PermissionDenied, match="on duty at 4 Hours of Sepang"):
        require(request, "publish_classification", events[1])
