"""Sessions end by time, lose nothing that was typed, and prove themselves before something is published."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from championship.models import EntryList, Team
from tests import factories as make
from tests.accounts import code_of, enter_code, is_in, log_in, person, with_app
from tests.addresses import addresses
from tests.championship.admin.posting import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-28T20:00:00Z", tick=False) as found:
        yield found


@pytest.fixture
def client(clock) -> Client:
    person().groups.add(Group.objects.get(name="Entries secretary"))
    found = Client()
    log_in(found)
    return found


def test_a_session_ends_after_an_hour_in_which_nothing_was_asked_for(client, clock):
    for _ in range(3):
        clock.shift(timedelta(minutes=59))
        assert client.get("/admin/").status_code == 200
    clock.shift(timedelta(minutes=61))
    answer = client.get("/admin/championship/team/?q=tf")
    assert answer.url == "/admin/account/login/?next=%2Fadmin%2Fchampionship%2Fteam%2F%3Fq%3Dtf"
    assert "Nothing was asked for during an hour" in client.get(answer.url).content.decode()
    assert not is_in(client)


def test_a_session_ends_after_twelve_hours_whatever_happens_in_it(client, clock):
    for _ in range(24):
        clock.shift(timedelta(minutes=30))
        assert client.get("/admin/").status_code == 200
    clock.shift(timedelta(minutes=1))
    answer = client.get("/admin/")
    assert answer.url == "/admin/account/login/?next=%2Fadmin%2F"
    assert "more than 12 hours ago" in client.get(answer.url).content.decode()


def test_without_the_times_a_session_would_go_on(client, clock, settings):
    settings.SESSION_IDLE = settings.SESSION_LONGEST = 10**9
    clock.shift(timedelta(hours=11))
    assert is_in(client)
    assert "Log out" in client.get("/admin/").content.decode()


def test_what_was_sent_after_the_end_is_kept_for_the_same_person_and_sent_again(client, clock):
    address = "/admin/championship/team/add/"
    typed = {"name": "Zürich Racing", "slug": "zurich-racing", "country": "CH"}
    fields = fields_of(client.get(address), "team_form") | typed
    clock.shift(timedelta(hours=2))
    answer = client.post(address, fields)
    assert answer.url == "/admin/account/login/?next=%2Fadmin%2Faccount%2Fresume%2F"
    assert "What you sent is kept" in client.get(answer.url).content.decode()
    back = client.post(answer.url, {"login": "official", "password": "correct horse battery staple"})
    assert back.url == "/admin/account/resume/"
    page = client.get(back.url)
    kept = fields_of(page, "resume-form")
    assert kept["name"] == "Zürich Racing"
    assert page.context["parked"]["path"] == address
    assert not Team.objects.exists()
    sent = client.post(address, kept)
    assert sent.status_code == 302, sent.context["errors"]
    assert Team.objects.get().name == "Zürich Racing"


def test_what_one_person_sent_is_shown_to_no_other(client, clock):
    person("colleague")
    clock.shift(timedelta(hours=2))
    login_page = client.post("/admin/championship/team/add/", {"name": "Secret"}).url
    client.post(login_page, {"login": "colleague", "password": "correct horse battery staple"})
    assert client.get("/admin/account/resume/").url == "/admin/"
    assert "account_parked" not in client.session


def test_what_was_kept_can_be_dropped(client, clock):
    clock.shift(timedelta(hours=2))
    login_page = client.post("/admin/championship/team/add/", {"name": "Typed"}).url
    client.post(login_page, {"login": "official", "password": "correct horse battery staple"})
    assert client.post("/admin/account/resume/").url == "/admin/"
    assert client.get("/admin/account/resume/").url == "/admin/"


@pytest.fixture
def publish(client):
    """The address that publishes a list, and what its form would send."""
    season = make.make_season(is_current=True)
    make.make_entry(make.make_race_class(season), "7", crew=1)
    address = f"/admin/championship/season/{season.pk}/publish/"
    return address, fields_of(client.get(address)) | {"note": "Two\nlines & “more”"}


def test_publishing_soon_after_the_login_asks_nothing(client, publish):
    address, fields = publish
    assert client.post(address, fields).url == address
    assert EntryList.objects.count() == 1


def test_publishing_later_asks_once_and_loses_nothing(client, publish, clock):
    address, fields = publish
    clock.shift(timedelta(minutes=16))
    assert client.get(address).status_code == 200
    page = client.post(address, fields)
    assert "Is it still you?" in page.content.decode()
    assert not EntryList.objects.exists()
    carried = fields_of(page, "confirm-form")
    wrong = client.post(address, carried | {"confirm_answer": "not the password at all"})
    assert "That is not the password." in wrong.content.decode()
    carried = fields_of(wrong, "confirm-form")
    assert client.post(address, carried | {"confirm_answer": "correct horse battery staple"}).url == address
    assert EntryList.objects.get().note == "Two lines & “more”"
    assert "account_proved_at" in client.session


def test_a_code_proves_it_as_well_and_a_guess_is_throttled(publish, clock):
    secret = with_app(person("second", is_superuser=True))
    client = Client()
    log_in(client, "second")
    enter_code(client, code_of(secret))
    address, fields = publish
    clock.shift(timedelta(minutes=16))
    pages = [client.post(address, fields | {"confirm_answer": "000000"}).content.decode() for _ in range(6)]
    assert ["Too many wrong codes" in page for page in pages] == [False] * 5 + [True]
    assert not EntryList.objects.exists()
    clock.shift(timedelta(minutes=16))
    client.post(address, fields | {"confirm_answer": code_of(secret)})
    assert EntryList.objects.count() == 1


def test_without_the_question_an_old_session_would_publish(client, publish, clock, settings):
    settings.STEP_UP_AGE = 10**9
    address, fields = publish
    clock.shift(timedelta(minutes=50))
    client.post(address, fields)
    assert EntryList.objects.count() == 1


def test_pages_of_the_account_ask_when_they_are_opened(client, clock):
    clock.shift(timedelta(minutes=16))
    page = client.get("/admin/account/app/add/")
    assert "this page is about your account" in page.content.decode()
    fields = fields_of(page, "confirm-form") | {"confirm_answer": "correct horse battery staple"}
    assert client.post("/admin/account/app/add/", fields).url == "/admin/account/app/add/"
    assert client.get("/admin/account/app/add/").context["form"].secret
    assert "Enter it first." not in client.get("/admin/account/app/add/").content.decode()


def test_an_empty_answer_is_asked_for_again(client, publish, clock):
    address, fields = publish
    clock.shift(timedelta(minutes=16))
    assert "Enter it first." in client.post(address, fields | {"confirm_answer": ""}).content.decode()


def test_every_page_that_publishes_or_recalls_asks(every_noun, clock):
    """By its name: a page that is added later is asked too."""
    client = Client()
    client.force_login(person("boss", is_superuser=True))
    clock.shift(timedelta(minutes=16))
    names = []
    for address in addresses():
        if not address.is_public and re.search("publish|recall", address.name):
            assert "Is it still you?" in client.post(address.path, {"note": "x"}).content.decode(), address.name
            names.append(address.name)
    assert {"admin:championship_season_publish", "admin:desk_publish", "admin:desk_recall"} <= set(names)
    print(f"{len(names)} pages: {', '.join(names)}")
