"""The pages that start the next season and make it the current one."""

import pytest

from championship.models import Season
from tests import factories as make
from tests.championship.admin.posting import fields_of, fill, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make.make_season(is_current=True)


@pytest.fixture
def lmp2(source):
    return make.make_race_class(source)


@pytest.fixture
def client():
    return signed_in("anna")


def address_of(season, task="next-season"):
    return f"/admin/championship/season/{season.pk}/{task}/"


def test_the_form_suggests_the_names_and_ticks_what_is_usual(client, source, lmp2):
    make.make_entry(lmp2, "4")
    make.make_entry(lmp2, "5", status="withdrawn")
    make.make_invitation(make.make_title(lmp2))
    make.make_event(source)
    fields = fields_of(client.get(address_of(source)))
    assert (fields["slug"], fields["label"]) == ("2031-32", "2031/32")
    assert fields["cars"] == "4"
    assert not {"invitations", "events", "with_crews"} & set(fields)


def test_the_form_says_what_is_public_and_which_sessions_stay_out(client, source):
    event = make.make_event(source)
    make.make_round(event)
    undated = {"date": None, "starts_at": None, "start_status": "not_on_record"}
    make.make_event(source, "yas")
    make.make_session(event, "practice", "practice", **undated)
    page = client.get(address_of(source))
    assert "The new season is public at once" in page.content.decode()
    days = "6 December to 7 December 2031"
    assert [row["note"] for row in page.context["events"]] == [
        f"{days}, without a session whose day is not on record",
        days,
    ]
    make.make_session(event, "practice-2", "practice", **undated)
    assert client.get(address_of(source)).context["events"][0]["note"] == (
        f"{days}, without 2 sessions whose day is not on record"
    )


def test_a_session_without_a_day_is_in_no_calendar_of_the_new_season(client, source):
    event = make.make_event(source)
    make.make_round(event)
    make.make_session(event, "practice", "practice", date=None, starts_at=None, start_status="not_on_record")
    fill(client, address_of(source), events=["sepang"])
    calendar = client.get("/2031-32/calendar.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "Race 1" in calendar
    assert "Practice" not in calendar


def test_sending_the_form_starts_the_season_and_leads_to_it(client, source, lmp2):
    make.make_entry(lmp2, "4", crew=3)
    make.make_entry(lmp2, "5", crew=3)
    make.make_event(source)
    answer, _ = fill(client, address_of(source), cars=["5"], events=["sepang"], with_crews="on")
    season = Season.objects.get(slug="2031-32")
    assert (answer.status_code, answer.url) == (302, f"/admin/championship/season/{season.pk}/change/")
    assert [(entry.car_number, entry.crew.count()) for entry in season.entries.all()] == [("5", 3)]
    assert [event.slug for event in season.events.all()] == ["sepang"]
    assert Season.objects.current() == source
    assert season.history.get().history_user.username == "anna"


def test_a_slug_that_exists_is_refused_in_words_and_the_ticks_stay(client, source, lmp2):
    for number in ("4", "5"):
        make.make_entry(lmp2, number)
    answer, _ = fill(client, address_of(source), slug="2030-31", cars=["5"])
    text = answer.content.decode()
    assert "There is a season 2030-31 already. Change that one, or choose another slug." in text
    assert fields_of(answer)["cars"] == "5"
    assert Season.objects.count() == 1


def test_sending_the_form_twice_starts_one_season(client, source):
    sent = fields_of(client.get(address_of(source)))
    send(client, address_of(source), sent)
    answer, _ = send(client, address_of(source), sent)
    assert "There is a season 2031-32 already." in answer.content.decode()
    assert Season.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"slug": "\x00", "label": "\x00"},
        {"slug": "2031-32", "label": "x" * 9000},
        {"slug": "2031-32", "label": "x", "cars": ["\x00"]},
        {"slug": "2031-32", "label": "x", "invitations": ["9" * 40]},
        {"slug": "2031-32", "label": "x", "events": ["../etc"]},
    ],
)
def test_odd_input_starts_nothing(client, source, typed):
    answer = client.post(address_of(source), typed)
    assert "The season was not started." in answer.content.decode()
    assert Season.objects.count() == 1


def test_making_a_season_current_is_asked_first(client, source):
    season = make.make_season("2031-32")
    page = client.get(address_of(season, "make-current"))
    assert "instead of 2030/31" in page.content.decode()
    assert Season.objects.current() == source
    answer = client.post(address_of(season, "make-current"))
    assert answer.status_code == 302
    assert Season.objects.current() == season
    assert "is the current season already" in client.get(address_of(season, "make-current")).content.decode()


def test_only_a_season_that_is_not_current_is_offered_to_become_it(client, source):
    season = make.make_season("2031-32")
    for page in (f"/admin/championship/season/{source.pk}/change/", "/admin/"):
        text = client.get(page).content.decode()
        assert (address_of(source) in text, address_of(source, "make-current") in text) == (True, False)
    for page in (f"/admin/championship/season/{season.pk}/change/", "/admin/?season=2031-32"):
        assert address_of(season, "make-current") in client.get(page).content.decode()


@pytest.mark.parametrize("task", ["next-season", "make-current"])
def test_an_editor_may_do_neither(source, task):
    editor = signed_in("eve", group="Editor")
    assert editor.get(address_of(source, task)).status_code == 403
    assert editor.post(address_of(source, task)).status_code == 403


def test_the_page_asks_the_database_as_often_for_three_cars_as_for_one(
    client, source, lmp2, django_assert_max_num_queries
):
    make.make_entry(lmp2)
    with django_assert_max_num_queries(12) as one:
        client.get(address_of(source))
    for _ in range(2):
        make.make_entry(lmp2)
    with django_assert_max_num_queries(12) as three:
        client.get(address_of(source))
    assert len(three) == len(one)
