"""Who changed what and why, and the way back."""

import pytest

from championship.admin.history import HistoryPages
from championship.models import DriverAlias, Entry, PointsSettings
from championship.services import history
from tests import factories as make
from tests.championship.admin.posting import fields_of, fill, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in("official")


@pytest.fixture
def entry(client):
    """Car 7 with two drivers, made by an official's save, then changed by another one's."""
    race_class = make.make_race_class(make.make_season())
    entry = make.make_entry(race_class, "7", crew=2)
    fill(client, page(entry), "entry_form", change_reason="First list")
    return entry


def page(row, name="change"):
    return f"/admin/championship/{row._meta.model_name}/{row.pk}/{name}/"


def restore_page(row, record):
    return f"{page(row, 'history')}{record.history_id}/"


def crew(entry):
    return [(m.seat, str(m.driver), m.rating) for m in entry.crew.order_by("seat")]


def test_an_entry_comes_back_with_its_crew(client, entry):
    before, record = crew(entry), entry.history.latest()
    bo = make.make_driver("bo-rey")
    typed = {"car_number": "8", "crew__0__driver": bo.pk, "crew__1__DELETE": "on"}
    fill(client, page(entry), "entry_form", **typed)
    assert crew(entry) != before
    shown = client.get(restore_page(entry, record))
    assert next((row.label, row.before, row.after) for row in shown.context["rows"]) == ("Car number", "8", "7")
    assert len(shown.context["rows"]) == 3
    answer, _ = fill(client, restore_page(entry, record), change_reason="Wrong car")
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert (entry.car_number, entry.version) == ("7", 4)
    assert crew(entry) == before
    newest = entry.history.latest()
    assert (newest.history_change_reason, newest.history_user.username) == ("Wrong car", "official")


def test_a_deleted_entry_comes_back_with_its_crew(client, entry):
    before, pk = crew(entry), entry.pk
    answer, _ = fill(client, page(entry, "delete"), change_reason="Entered twice")
    assert answer.status_code == 302
    assert not Entry.objects.exists()
    said = client.get("/admin/championship/entry/").content.decode()
    assert f"/admin/championship/entry/{pk}/history/" in said
    shown = client.get(f"/admin/championship/entry/{pk}/history/")
    assert shown.context["editions"][0].done == "Deleted"
    assert shown.context["editions"][0].reason == "Entered twice"
    record = shown.context["editions"][1].record
    answer, _ = fill(client, f"/admin/championship/entry/{pk}/history/{record.history_id}/")
    assert answer.status_code == 302
    assert crew(Entry.objects.get(pk=pk)) == before


def test_restoring_goes_through_the_version_check(client, entry):
    record = entry.history.earliest()
    confirmation = fields_of(client.get(restore_page(entry, record)))
    fill(signed_in("ben"), page(entry), "entry_form", car_number="9")
    answer, _ = send(client, restore_page(entry, record), confirmation)
    assert answer.status_code == 200
    assert "Somebody changed it just now" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.car_number == "9"


def test_what_no_longer_fits_is_said_and_nothing_is_written(client, entry):
    record = entry.history.latest()
    fill(client, page(entry), "entry_form", car_number="8")
    make.make_entry(entry.race_class, "7")
    answer, _ = fill(client, restore_page(entry, record))
    assert "This car number is taken in this season." in answer.content.decode()
    entry.refresh_from_db()
    assert entry.car_number == "8"


def test_the_history_tells_crew_changes_with_the_save_that_made_them(client, entry):
    bo = make.make_driver("bo-rey", country="SE")
    old = crew(entry)[0]
    typed = {"crew__0__driver": bo.pk, "crew__0__nationality": "SE", "change_reason": "Flu"}
    fill(client, page(entry), "entry_form", **typed)
    edition = client.get(page(entry, "history")).context["editions"][0]
    assert (edition.who, edition.reason) == ("official", "Flu")
    (change,) = edition.changes
    assert change.label == "Seat 1"
    assert change.before.split(", ")[1] == old[1]
    assert change.after == "Named, Bo Rey, Bronze, Sweden"


def test_aliases_and_scales_come_back_too(client):
    driver = make.make_driver("bo-rey")
    alias = DriverAlias.objects.create(driver=driver, name="B. Rey")
    fill(client, page(driver), "driver_form")
    record = driver.history.latest()
    fill(client, page(driver), "driver_form", aliases__0__DELETE="on", given_name="Bob")
    fill(client, restore_page(driver, record))
    driver.refresh_from_db()
    assert (driver.given_name, list(driver.aliases.values_list("pk", "name"))) == ("Bo", [(alias.pk, "B. Rey")])

    settings = make.make_points_settings(make.make_season())
    fill(client, page(settings), "pointssettings_form")
    record = settings.history.latest()
    fill(client, page(settings), "pointssettings_form", scale__0__points="30", scale__2__DELETE="on")
    fill(client, restore_page(settings, record))
    assert [line.points for line in PointsSettings.objects.get().scale.all()] == [25, 18, 15]


def test_an_event_comes_back_alone_and_says_so(client):
    event = make.make_event(make.make_season())
    make.make_session(event)
    fill(client, page(event), "event_form", name="Six Hours", sessions__0__start_time="15:00")
    record = event.history.earliest()
    assert "sessions and rounds stay as they are now" in client.get(restore_page(event, record)).content.decode()
    fill(client, restore_page(event, record))
    event.refresh_from_db()
    assert (event.name, event.sessions.get().starts_at_track.hour) == ("4 Hours of Sepang", 15)


@pytest.mark.parametrize("tail", ["abc/", "0/", f"{10**30}/", "%00/"])
def test_a_state_that_never_was_is_not_found(client, entry, tail):
    assert client.get(page(entry, "history") + tail).status_code == 404
    assert client.get(f"/admin/championship/entry/{tail}history/").status_code == 404


def test_an_editor_reads_the_history_and_restores_nothing(entry):
    editor = signed_in("editor", "Editor")
    record = entry.history.earliest()
    assert editor.get(page(entry, "history")).status_code == 200
    assert "Restore" not in editor.get(page(entry, "history")).content.decode()
    assert editor.post(restore_page(entry, record), {"seen_version": entry.version}).status_code == 403


def test_every_watched_relation_has_a_history():
    """A page that names a relation without history would break only when somebody opens it."""
    from django.contrib import admin

    pages = [page for page in admin.site._registry.values() if isinstance(page, HistoryPages)]
    assert len(pages) >= 20
    for page_ in pages:
        for relation in (*page_.parts, *page_.watched):
            assert hasattr(page_.model._meta.get_field(relation).related_model, "history")


def test_parts_of_an_earlier_state_are_those_before_the_next_save(client, entry):
    record = entry.history.latest()
    fill(client, page(entry), "entry_form", crew__1__DELETE="on")
    assert [part.seat for part in history.parts_at(record, "crew")] == [1, 2]
    assert [part.seat for part in history.parts_at(entry.history.latest(), "crew")] == [1]
