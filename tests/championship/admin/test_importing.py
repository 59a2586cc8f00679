"""The pages of a timing file, as an official goes through them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from championship.models import ClassificationDraft, Driver, EventEntry, Season, Session, TimingImport
from championship.services import drafts
from championship.timing.limits import MOST_BYTES
from championship.timing.write import write_race, write_timed
from tests import factories as make
from tests import result_factories as results
from tests import timing_factories as timing
from tests.championship.admin.posting import fields_of, signed_in
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def race():
    results.make_racing_season(rounds=1)
    return Session.objects.get(kind="race")


@pytest.fixture
def desk(race):
    return f"/admin/desk/{race.event.season.slug}/{race.event.slug}/{race.slug}/"


@pytest.fixture
def entries(race):
    return f"/admin/desk/{race.event.season.slug}/{race.event.slug}/entries/import/"


def upload(client, address, content, name="race.CSV", **values):
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, **values)


def unknown_driver(race, name="Valentina DE LA ROSA"):
    table = timing.race_table(race, ["7", "22", "99"])
    first = table.cars[0]
    return write_race(timing.changed(table, "7", drivers=(timing.timed_driver(name), *first.drivers[1:])))


def press(client, page, do, **typed):
    address = page.request["PATH_INFO"]
    return client.post(address, {**fields_of(page, "review-form"), "do": do, **typed})


def test_from_the_desk_to_the_draft_in_four_steps(race, desk):
    """Open the upload page, choose the file, send it, confirm: when all names are known there is nothing else to do."""
    client = signed_in("anna")
    steps = 1
    page = client.get(f"{desk}import/")
    assert "POSITION;NUMBER;TEAM" in text_of(page)
    steps += 2
    page = upload(client, f"{desk}import/", timing.race_file(race, ["7", "22", "99"]), follow=True)
    assert page.status_code == 200
    assert page.context["label"] == "Write the first draft: 3 cars"
    steps += 1
    answer = press(client, page, "confirm")
    assert (answer.status_code, answer.url) == (302, desk)
    print(f"{steps} interactions from the desk to the draft")
    assert steps <= 4
    draft = ClassificationDraft.objects.get()
    assert draft.author.username == "anna"
    assert draft.history.get().history_user.username == "anna"
    assert "race.CSV Applied" in text_of(client.get(f"{desk}import/"))


def test_names_are_asked_about_and_what_follows_is_shown_before_it_is_written(race, desk):
    client = signed_in("anna")
    page = upload(client, f"{desk}import/", unknown_driver(race), follow=True)
    assert "Driver “Valentina DE LA ROSA” line 2, car 7" in text_of(page)
    assert page.context["label"] == ""
    (asked,) = page.context["questions"]
    made = {asked.field: "new", f"{asked.field}-family_name": "de la Rosa", f"{asked.field}-country": "ES"}
    # Confirming what nobody saw is not possible: the answers are kept, and shown first.
    page = press(client, page, "confirm", **made)
    assert (page.status_code, page.context["notice"][:21]) == (200, "Your answers are kept")
    assert "New driver: Valentina de la Rosa" in text_of(page)
    assert not ClassificationDraft.objects.exists()
    assert press(client, page, "confirm").status_code == 302
    assert str(Driver.objects.get(slug="valentina-de-la-rosa").country) == "ES"


def test_an_answer_that_cannot_be_used_is_told_and_what_was_typed_stays(race, desk):
    client = signed_in("anna")
    page = upload(client, f"{desk}import/", unknown_driver(race), follow=True)
    field = page.context["questions"][0].field
    for typed, error in (
        ({field: "new", f"{field}-given_name": " "}, "Say the first name of the new driver."),
        ({field: "new", f"{field}-country": "XX"}, "“XX” is no country"),
        ({field: "other", f"{field}-other": "Nobody At All"}, "There is no driver"),
    ):
        answer = press(client, page, "choose", **typed)
        assert (answer.status_code, error in text_of(answer)) == (400, True)
        typed_values = [one.typed for one in answer.context["questions"]] + [
            new.value for one in answer.context["questions"] for new in one.fields
        ]
        assert list(typed.values())[1] in typed_values
    assert TimingImport.objects.get().matches == "{}"


def test_another_driver_is_found_by_name(race, desk):
    client = signed_in("anna")
    bell = make.make_driver("matt-bell")
    page = upload(client, f"{desk}import/", unknown_driver(race), follow=True)
    field = page.context["questions"][0].field
    page = client.get(press(client, page, "choose", **{field: "other", f"{field}-other": "matt BELL"}).url)
    (asked,) = page.context["questions"]
    assert (asked.question.answer, asked.suggestions[0][0].reason) == (bell.slug, "chosen from the list")
    assert "remembered as another spelling" in text_of(page)


def test_all_names_without_a_suggestion_are_new_at_once(race, desk):
    client = signed_in("anna")
    table = timing.race_table(race, ["7", "22", "99"])
    for number, name in (("7", "Zoe QUINCY"), ("22", "Yves ORTEGA")):
        table = timing.changed(table, number, drivers=(timing.timed_driver(name),))
    EventEntry.objects.get(entry__car_number="7").crew.all().delete()
    page = upload(client, f"{desk}import/", write_race(table), follow=True)
    page = client.get(press(client, page, "choose", all_new="1").url)
    answers = {asked.question.name: asked.question.answer for asked in page.context["questions"]}
    # Somebody sits in the crew of car 22, who may be meant.
    assert answers == {"Zoe QUINCY": "new", "Yves ORTEGA": ""}


def test_a_file_that_cannot_be_read_is_told_line_by_line_and_not_kept(race, desk):
    client = signed_in("anna")
    broken = timing.race_file(race, ["7", "22"]).replace(b";Classified;100;", b";Classified;many;", 1)
    page = upload(client, f"{desk}import/", broken)
    assert page.status_code == 422
    assert "race.CSV cannot be used as it is" in text_of(page)
    (problem,) = page.context["problems"]
    assert (problem.line, problem.column) == (2, "LAPS")
    assert problem.mend in text_of(page)
    assert not TimingImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "status", "text"),
    [
        (None, 400, "Choose the file"),
        (b"", 400, "The file is empty"),
        (b"x" * (MOST_BYTES + 1), 413, "A result file has a few kilobytes"),
        (b"<html>", 422, "cannot be used"),
    ],
)
def test_what_is_no_timing_file_is_refused_in_words(race, desk, content, status, text):
    client = signed_in("anna")
    page = upload(client, f"{desk}import/", content) if content is not None else client.post(f"{desk}import/")
    assert (page.status_code, text in text_of(page)) == (status, True)


def test_a_car_that_is_not_entered_leads_to_where_it_is_entered(race, desk):
    client = signed_in("anna")
    season = race.event.season
    make.make_entry(season.race_classes.get(), "6")
    table = timing.race_table(race, ["7", "22", "99"])
    table = timing.changed(timing.changed(table, "7", car_number="5"), "22", car_number="6")
    page = upload(client, f"{desk}import/", write_race(table), follow=True)
    text = text_of(page)
    assert "Car 5 is not entered at the event. Add the entry to the season, then enter it at the event" in text
    assert "Car 6 is not entered at the event. Enter this car of the season at the event" in text
    assert "Most cars of this file are not entered at this event." in text
    assert f"/admin/championship/entry/add/?season={season.pk}&amp;car_number=5" in page.content.decode()
    assert page.context["label"] == ""


def test_a_draft_that_moved_on_is_shown_again_and_not_overwritten(race, desk):
    client = signed_in("anna")
    first = upload(client, f"{desk}import/", timing.race_file(race, ["7", "22", "99"]), follow=True)
    press(client, first, "confirm")
    page = upload(client, f"{desk}import/", timing.race_file(race, ["22", "7", "99"]), follow=True)
    assert page.context["label"] == "Replace the draft with 3 cars; 2 cars differ from the draft of anna"
    draft = ClassificationDraft.objects.get()
    bob = make.make_user("bob")
    drafts.save_draft(draft, lines=results.draft_lines(race, ["99", "7", "22"]), by=bob, seen_version=draft.version)
    page = press(client, page, "confirm", cause="Corrected file")
    assert page.status_code == 409
    assert "nothing was written. This is what would be written now" in text_of(page)
    assert ClassificationDraft.objects.get().author == bob
    assert page.context["cause"] == "Corrected file"
    assert press(client, page, "confirm", cause="Corrected file").status_code == 302
    draft.refresh_from_db()
    assert (draft.author.username, draft.cause) == ("anna", "Corrected file")


def test_the_same_file_leads_to_the_same_review_and_is_applied_once(race, desk):
    client = signed_in("anna")
    content = timing.race_file(race, ["7", "22", "99"])
    first = upload(client, f"{desk}import/", content, follow=True)
    again = upload(client, f"{desk}import/", content, follow=True)
    assert again.request["PATH_INFO"] == first.request["PATH_INFO"]
    assert "This very file is waiting already" in text_of(again)
    press(client, first, "confirm")
    late = press(client, again, "confirm")
    assert (late.status_code, "applied already by anna" in text_of(late)) == (409, True)
    after = upload(client, f"{desk}import/", content, follow=True)
    assert "Uploading or confirming it again changes nothing" in text_of(after)
    page = client.post(after.request["PATH_INFO"], {"do": "reopen"}, follow=True)
    assert "The draft reads just as this file already" in text_of(page)


def test_two_people_who_answer_at_once_are_told(race, desk):
    client = signed_in("anna")
    page = upload(client, f"{desk}import/", unknown_driver(race), follow=True)
    field = page.context["questions"][0].field
    press(client, page, "choose", **{field: "new"})
    late = press(client, page, "choose", **{field: "new", f"{field}-given_name": "Vale"})
    assert (late.status_code, "Somebody else answered" in text_of(late)) == (409, True)


def test_a_file_is_laid_aside(race, desk):
    client = signed_in("anna")
    page = upload(client, f"{desk}import/", timing.race_file(race, ["7"]), follow=True)
    after = client.post(page.request["PATH_INFO"], {"do": "discard"}, follow=True)
    assert "race.CSV Discarded" in text_of(after)
    assert "This file was laid aside" in text_of(client.get(page.request["PATH_INFO"]))
    assert client.post(page.request["PATH_INFO"], {"do": "anything"}).status_code == 302


def test_what_differs_is_said_car_by_car_with_its_decisions(race, desk):
    client = signed_in("anna")
    results.publish_results(race, ["7", "22", "99"])
    results.make_decision(race, "99", {"kind": "time_added", "time": 60_000}, reason="Pit lane speed")
    table = timing.race_table(race, ["22", "7", "99"])
    table = timing.changed(table, "7", drivers=table.cars[1].drivers[:1])
    page = upload(client, f"{desk}import/", write_race(table), follow=True)
    text = text_of(page)
    assert page.context["label"] == "Write a draft of 3 cars; 3 cars differ from v1"
    assert "Car 99 Pit lane speed 1:00.000 added" in text
    assert "LMP2 1st → 2nd" in text
    assert "Drivers Ada Seat 1 of 7, Ada Seat 2 of 7 → Ada Seat 1 of 7" in text
    gone = upload(client, f"{desk}import/", timing.race_file(race, ["7", "99"]), follow=True)
    assert "Car in the list → not in the list" in text_of(gone)


def test_ticks_and_choices_beside_the_names_are_kept(race, desk):
    client = signed_in("anna")
    gt = make.make_race_class(race.event.season, "GT", position=2)
    make.make_event_entry(race.event, make.make_entry(gt, "91"), crew=1)
    results.publish_lines(race, results.draft_lines(race, ["91"]))
    results.make_decision(race, "7", {"kind": "time_added", "time": 60_000})
    page = upload(client, f"{desk}import/", timing.race_file(race, ["7", "22"]), follow=True)
    assert "The 1 cars of GT that v1 has, and this file has not" in text_of(page)
    page = client.get(press(client, page, "choose", contained="car-7", others="drop").url)
    assert '"contained": ["car-7"], "others": "drop"' in TimingImport.objects.get().matches
    assert [line.car_number for line in page.context["now"].classified] == ["22", "7"] or page.context["now"].contained
    page = client.get(press(client, page, "choose", others="keep").url)
    assert page.context["now"].keeps_others


def test_the_file_of_a_qualifying_updates_the_entries(race, entries):
    client = signed_in("emma", "Entries secretary")
    table = timing.timed_table(race, ["7", "22"])
    person = timing.timed_driver("Zoe QUINCY", rating="gold", nationality="GB")
    table = timing.changed(table, "7", drivers=(person,), team="Another Name")
    table = timing.changed(table, "22", drivers=())
    page = upload(client, entries, write_timed(table), follow=True)
    text = text_of(page)
    assert "Car 22: the file names nobody in it." in text
    assert "Entered and not in this file (1) 99." in text
    (asked,) = page.context["questions"]
    page = client.get(press(client, page, "choose", **{asked.field: "new"}, skipped="22", listed="7").url)
    assert page.context["label"] == "Change 1 car"
    assert "Zoe Quincy (gold, GB)" in text_of(page)
    answer = press(client, page, "confirm")
    assert (answer.status_code, "evententry" in answer.url) == (302, True)
    row = results.car_at(race, "7")
    assert (row.listed_name, [str(seat.driver) for seat in row.crew.all()]) == ("Another Name", ["Zoe Quincy"])
    again = upload(client, entries, write_timed(table), follow=True)
    assert "applied" in text_of(again)


def test_only_who_may_reaches_the_pages(race, desk, entries):
    assert signed_in("steve", "Stewards' secretary").get(f"{desk}import/").status_code == 403
    timekeeper = signed_in("tim", "Timekeeper")
    assert (timekeeper.get(f"{desk}import/").status_code, timekeeper.get(entries).status_code) == (200, 403)
    admin = signed_in("emma", "Entries secretary")
    event = f"/admin/championship/event/{race.event_id}/change/"
    assert entries in admin.get(event).content.decode()
    assert entries not in timekeeper.get(event).content.decode()
    assert admin.get(entries.replace("event-1", "nowhere")).status_code == 404
    nobody = "00000000-0000-4000-8000-000000000000"
    assert timekeeper.get(f"{desk}import/{nobody}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_upload_page_asks_the_same_of_the_database_for_any_number_of_files(
    race, desk, count, django_assert_num_queries
):
    Season.objects.update(is_current=True)
    client = signed_in("anna")
    for number in range(count):
        upload(client, f"{desk}import/", timing.race_file(race, ["7", "22", "99"]) + b"\r\n" * number)
    client.get(f"{desk}import/")
    with django_assert_num_queries(8):
        client.get(f"{desk}import/")
