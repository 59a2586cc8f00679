"""The page with the one button: it says exactly what pressing it does, and does nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from news.models import Story
from news.services import publishing, stories
from tests.championship.admin.posting import fields_of, send, signed_in
from tests.news.admin.newsroom.conftest import NOON
from tests.news_factories import make_page, make_story, publish_story
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]

PASSWORD = "a-long-enough-password"
SATURDAY = {"day": "2030-12-07", "time": "09:00"}
AT = datetime(2030, 12, 7, 1, tzinfo=UTC)
WORDS = "Sat 7 Dec 09:00 MYT (02:00 CET)"


def page(story):
    return f"/admin/newsroom/{story.pk}/publish/"


def button(answer):
    plan = answer.context["plan"]
    assert plan.label in answer.content.decode()
    return plan.label


def press(client, story, answer=None, **typed):
    """Send the page's form with what is typed, as the button stands on the page."""
    answer = answer or client.get(page(story))
    return send(client, page(story), fields_of(answer), promise=answer.context["plan"].key, **typed)[0]


def public():
    return [story.live.headline for story in Story.everything.published()]


def test_one_press_publishes_now(chief, client):
    story = make_story()
    answer = chief.get(page(story))
    assert button(answer) == "Publish now"
    answer = press(chief, story, answer)
    assert (answer.status_code, answer.url) == (302, "/admin/newsroom/")
    assert "Published: “Sepang is back”. See it as readers do" in text_of(chief.get("/admin/newsroom/"))
    assert client.get("/news/sepang-is-back/").status_code == 200
    story.refresh_from_db()
    assert (story.publish_at, story.live.saved_by.username) == (NOON, "chief")


def test_a_time_changes_the_button_first_and_a_second_press_schedules(chief, client, settings):
    story = make_story()
    answer = press(chief, story, **SATURDAY)
    assert (button(answer), answer.status_code) == (f"Schedule for {WORDS}", 200)
    assert "so nothing is done yet" in text_of(answer)
    assert Story.objects.get().live is None
    answer = press(chief, story, answer)
    assert answer.status_code == 302
    assert f"“Sepang is back” appears by itself {WORDS}" in text_of(chief.get("/admin/newsroom/"))
    story.refresh_from_db()
    assert (story.publish_at, story.state) == (AT, "scheduled")
    assert client.get("/news/sepang-is-back/").status_code == 404
    settings.SITE_NOW = AT
    assert client.get("/news/sepang-is-back/").status_code == 200


def test_the_button_follows_zone_and_browser(chief):
    story = make_story()
    asked = {**SATURDAY, "zone": "Europe/Paris", "here": "America/New_York"}
    answer = press(chief, story, **asked)
    assert button(answer) == "Schedule for Sat 7 Dec 09:00 CET (03:00 EST)"
    words = chief.get(f"{page(story)}words/", asked | {"seen_version": 1}).json()
    assert words == {"label": button(answer), "key": "2030-12-07T08:00Z", "problem": ""}
    elsewhere = chief.get(f"{page(story)}words/", SATURDAY | {"zone": "Asia/Tokyo", "seen_version": 1}).json()
    assert elsewhere["label"] == "Schedule for Sat 7 Dec 09:00 JST (01:00 CET)"
    empty = chief.get(f"{page(story)}words/", {"seen_version": 1}).json()
    assert empty == {"label": "Publish now", "key": "now", "problem": ""}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"day": "2030-12-05", "time": "10:00"}, "Thu 5 Dec 10:00 MYT (03:00 CET) is over. Choose a later time"),
        ({"day": "2030-12-07"}, "Type the time as well, such as 09:00."),
        ({"time": "09:00"}, "Choose the day as well."),
        ({"day": "soon", "time": "09:00"}, "Enter a valid date."),
        (SATURDAY | {"zone": "Mars/Base"}, "There is no such zone. Choose one of the list."),
        (
            {"day": "2031-03-30", "time": "02:30", "zone": "Europe/Paris"},
            "The clocks of Europe/Paris skip 02:30 on 30 March 2031: they go forward then. Choose a",
        ),
        (
            {"day": "2031-10-26", "time": "02:30", "zone": "Europe/Paris"},
            "The clocks of Europe/Paris show 02:30 on 26 October 2031 twice: they go back then. Choose UTC,",
        ),
        ({"day": "0001-01-01", "time": "00:00"}, "There is no such day on all clocks. Choose another one."),
        ({"day": "9999-12-31", "time": "23:30", "zone": "UTC"}, "There is no such day on all clocks."),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused_in_words_and_stays_typed(chief, typed, problem):
    story = make_story()
    answer = press(chief, story, **typed)
    assert (problem in answer.context["refusal"], button(answer)) == (True, "Choose another time")
    assert {name: fields_of(answer)[name] for name in typed if name != "zone"} == {
        name: value for name, value in typed.items() if name != "zone"
    }
    assert Story.objects.get().live is None


def test_an_embargo_is_suggested_as_the_time_and_holds_the_button(chief):
    story = make_story(embargo_until=AT + timedelta(seconds=30))
    answer = chief.get(page(story))
    assert button(answer) == "Schedule for Sat 7 Dec 09:01 MYT (02:01 CET)"
    answer = press(chief, story, answer, day="", time="")
    assert "under embargo until Sat 7 Dec 09:00 MYT (02:00 CET). Schedule it for then" in answer.context["refusal"]
    answer = press(chief, story, day="2030-12-06")
    assert (button(answer), "under embargo" in answer.context["refusal"]) == ("Choose another time", True)
    press(chief, story)
    assert Story.objects.get().publish_at == AT + timedelta(minutes=1)


def test_a_scheduled_story_is_moved_changed_or_published_now(chief):
    story = make_story()
    publishing.publish(story, by=None, at=AT, seen_version=story.version)
    answer = chief.get(page(story))
    assert button(answer) == "Choose another time"
    assert "Type another time to move it" in press(chief, story, answer).context["refusal"]
    stories.save(story, by=None, typed={"standfirst": "New"}, seen_version=story.version)
    answer = chief.get(page(story))
    assert button(answer) == f"Update the story scheduled for {WORDS}"
    answer = press(chief, story, answer, time="10:30")
    assert button(answer) == "Move to Sat 7 Dec 10:30 MYT (03:30 CET)"
    press(chief, story, answer)
    story.refresh_from_db()
    assert story.publish_at == AT + timedelta(minutes=90)
    answer = press(chief, story, day="", time="")
    assert button(answer) == "Publish now"
    press(chief, story, answer)
    assert public() == ["Sepang is back"]


def test_a_live_story_is_updated_with_a_note_and_shows_what_changes(chief):
    story = publish_story()
    answer = chief.get(page(story))
    assert "Readers see exactly what is written: there is nothing to publish." in text_of(answer)
    chief.post(page(story), {"promise": "update", "seen_version": story.version})
    assert story.editions.count() == 2
    stories.save(story, by=None, typed={"headline": "Sepang returns"}, seen_version=story.version)
    answer = chief.get(page(story))
    assert button(answer) == "Update live story"
    (field,) = answer.context["comparison"].fields
    assert [(run.how, run.text) for run in field.runs][-2:] == [("removed", "is back"), ("added", "returns")]
    press(chief, story, answer, update_note="A better headline")
    story.refresh_from_db()
    assert (public(), story.live.update_note) == (["Sepang returns"], "A better headline")


def test_what_was_taken_down_is_published_again_under_its_date(chief):
    story = publish_story()
    publishing.archive(story, by=None, seen_version=story.version, reason="Not true")
    answer = chief.get(page(story))
    assert button(answer) == "Publish again now"
    press(chief, story, answer)
    assert public() == ["Sepang is back"]


def test_a_page_of_the_site_is_called_one(chief):
    site_page = publish_story(make_page("Contact"))
    stories.save(site_page, by=None, typed={"headline": "Contact us"}, seen_version=site_page.version)
    answer = chief.get(page(site_page))
    assert button(answer) == "Update live page"
    assert answer.context["checks"] == ()


def test_the_page_says_what_readers_would_miss(chief):
    plate = '<figure data-block="plate" data-ref="2030-31/999"></figure>'
    story = make_story("The 99 wins", body=f"<p>So</p>{plate}")
    checks = [check.text for check in chief.get(page(story)).context["checks"]]
    assert [text[:20] for text in checks] == ["The headline may tel", "No car 2030-31/999 o", "It has no lead pictu"]
    stories.save(
        story, by=None, typed={"neutral_headline": "Race 1 at Sepang", "body": "<p>So</p>"}, seen_version=story.version
    )
    stories.autosave(story, by=None, typed={"body": "<p>So it was</p>"}, seen_version=story.version)
    checks = [check.text[:20] for check in chief.get(page(story)).context["checks"]]
    assert checks == ["It has no lead pictu", "What was typed since"]


def test_an_empty_story_and_a_new_address_are_said(chief):
    empty = stories.create(by=None, typed={"headline": "Empty"})
    answer = chief.get(page(empty))
    assert (answer.context["checks"][0].is_stop, button(answer)) == (True, "Publish now")
    assert "Write a standfirst or a body first" in press(chief, empty, answer).context["refusal"]
    story = publish_story(headline="First")
    stories.save(story, by=None, typed={"slug": "second"}, seen_version=story.version)
    assert "Its address becomes /news/second/. /news/first/ leads there" in text_of(chief.get(page(story)))


def test_somebody_was_faster_and_the_time_stays_typed(chief):
    story = make_story()
    answer = chief.get(page(story))
    ben = signed_in("ben", "Editor").get("/admin/").wsgi_request.user
    stories.save(story, by=ben, typed={"headline": "Sepang returns"}, seen_version=story.version)
    answer = press(chief, story, answer)
    assert (answer.status_code, Story.objects.get().live) == (409, None)
    text = text_of(answer)
    assert "ben was faster" in text
    assert "Sepang removed: is back end of removed added: returns" in text
    assert press(chief, story, answer).status_code == 302
    assert public() == ["Sepang returns"]


def test_whoever_corrects_a_time_is_told_as_well_that_somebody_was_faster(chief):
    story = make_story()
    answer = chief.get(page(story))
    stories.save(story, by=None, typed={"headline": "Sepang returns"}, seen_version=story.version)
    answer = press(chief, story, answer, **SATURDAY)
    assert (answer.status_code, button(answer)) == (409, f"Schedule for {WORDS}")
    assert "Somebody was faster" in text_of(answer)


def test_a_busy_database_is_no_error_page(chief, monkeypatch):
    story = make_story()

    def busy(*_args, **_values):
        raise OperationalError("database is locked")

    monkeypatch.setattr(publishing, "publish", busy)
    answer = press(chief, story)
    assert "The site is busy just now, so nothing was done." in answer.context["refusal"]


def test_publishing_asks_who_it_is_and_goes_on_with_what_was_typed(chief, settings):
    story = make_story()
    settings.STEP_UP_AGE = 0
    answer = press(chief, story)
    assert "Is it still you?" in text_of(answer)
    assert (fields_of(answer)["promise"], public()) == ("now", [])
    chief_editor = answer.wsgi_request.user
    chief_editor.set_password(PASSWORD)
    chief_editor.save()
    chief.force_login(chief_editor)
    send(chief, page(story), fields_of(answer), confirm_answer=PASSWORD)
    assert public() == ["Sepang is back"]


def test_an_editor_sends_to_review_and_a_chief_editor_sends_back_or_publishes(editor, chief):
    story = make_story()
    answer = editor.get(page(story))
    text = text_of(answer)
    assert "Publish now" not in text
    assert "Who may publish it: Chief editor and administrators." in text
    assert editor.post(page(story), {"promise": "now", "seen_version": 1}).status_code == 403
    assert editor.get(f"{page(story)}words/").status_code == 403
    answer, _ = send(editor, f"/admin/newsroom/{story.pk}/submit/", fields_of(answer))
    story.refresh_from_db()
    assert (answer.url, story.state) == ("/admin/newsroom/", "in_review")
    assert "Take it back from review" in text_of(editor.get(page(story)))
    answer = chief.get(page(story))
    sent = {"seen_version": story.version, "seen_edition": 1, "reason": "Check the date"}
    chief.post(f"/admin/newsroom/{story.pk}/return/", sent)
    story.refresh_from_db()
    assert (story.state, story.history.first().history_change_reason) == ("draft", "Sent back: Check the date")
    assert "Nobody but editors sees it. Sent back: Check the date (chief)." in text_of(editor.get(page(story)))
    assert "· chief · Sent back: Check the date" in text_of(editor.get("/admin/newsroom/"))
    assert "“Sepang is back” is a draft again." in text_of(chief.get("/admin/newsroom/"))


def test_a_reason_that_is_too_long_is_not_cut_silently(chief):
    story = make_story()
    stories.submit(story, by=None, seen_version=story.version)
    chief.post(f"/admin/newsroom/{story.pk}/return/", {"seen_version": story.version, "reason": "x" * 101})
    story.refresh_from_db()
    assert story.state == "in_review"
    assert "Not done: Ensure this value has at most 85 characters" in text_of(chief.get(page(story)))


@pytest.mark.parametrize("verb", ["submit", "return", "looked"])
def test_a_verb_that_meets_another_version_does_nothing_and_offers_itself_again(editor, verb):
    story = make_story()
    stories.save(story, by=None, typed={"standfirst": "Another"}, seen_version=story.version)
    sent = {"seen_version": 1, "seen_edition": 1, "reason": "Kept"}
    answer = editor.post(f"/admin/newsroom/{story.pk}/{verb}/", sent)
    assert answer.status_code == 409
    assert "Nothing is done, and nothing is lost" in text_of(answer)
    assert "Standfirst" in text_of(answer)
    before = Story.objects.get().version
    fields = fields_of(answer)
    assert fields.get("reason", "Kept") == "Kept"
    assert send(editor, f"/admin/newsroom/{story.pk}/{verb}/", fields)[0].status_code == 302
    assert Story.objects.get().version == before + 1
