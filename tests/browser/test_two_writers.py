"""Two people write on one story: both are told, and nothing of either is lost."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext

from news.models import Story
from news.services import stories
from tests import factories as make
from tests.browser.writing import KEPT, html, kept, log_in, on_the_server, opened, page_of, said, save, write
from tests.news_factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(context: BrowserContext, site) -> BrowserContext:
    log_in(context, site)
    return context


@pytest.fixture
def story(site) -> Story:
    return make_story("Sepang again", body="<p>Two races.</p>")


def test_a_second_editor_is_warned_while_typing_and_on_saving_and_nothing_is_lost(editor, new_context, site, story):
    other = new_context()
    log_in(other, site, "bea")
    page, theirs = opened(editor, page_of(site, story)), opened(other, page_of(site, story))
    write(theirs, " Theirs.")
    theirs.fill("[name=standfirst]", "New.")
    save(theirs)
    write(page, " Mine.")
    said(page, "Not saved: bea saved this at")
    save(page)
    assert page.inner_text("#conflict-heading") == "Somebody saved this page while you were working on it"
    table = page.inner_text(".conflict-table")
    assert all(words in table for words in ("Two races. Mine.", "Two races. Theirs.", "bea"))
    assert html(page) == "<p>Two races. Mine.</p>"
    assert page.input_value("[name=standfirst]") == "New."
    # Nobody made a mistake.
    assert not page.is_visible(".errornote")
    # The other one writes on meanwhile: neither page may write over what it has not shown.
    write(theirs, " Later.")
    on_the_server(theirs)
    with page.expect_navigation():
        page.get_by_role("button", name="Keep mine").click()
    assert "Two races. Theirs. Later." in page.inner_text(".conflict-table")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep mine").click()
    story.refresh_from_db()
    assert (story.body, story.standfirst) == ("<p>Two races. Mine.</p>", "New.")
    assert [edition.body for edition in story.editions.order_by("number")] == [
        "<p>Two races.</p>",
        "<p>Two races. Theirs.</p>",
        "<p>Two races. Theirs. Later.</p>",
        "<p>Two races. Mine.</p>",
    ]
    write(theirs, " Still later.")
    said(theirs, "Not saved: ada saved this at")


def test_what_is_taken_back_leaves_alone_what_somebody_else_saved_meanwhile(editor, site, story):
    page = opened(editor, page_of(site, story))
    editor.set_offline(True)
    page.fill("[name=headline]", "Typed on the train")
    kept(page, "Typed on the train")
    page.close(run_before_unload=False)
    editor.set_offline(False)
    bea, team = make.make_user("bea"), make.make_team("alpha")
    typed = {"standfirst": "By Bea."}
    stories.save(story, by=bea, typed=typed, links={"teams": [team]}, seen_version=story.version)
    page = opened(editor, page_of(site, story))
    page.get_by_role("button", name="Take it back").click()
    save(page)
    assert page.locator("text=Nothing is saved yet: look through the form, then save it.").count() == 1
    assert (page.input_value("[name=headline]"), page.input_value("[name=standfirst]")) == (
        "Typed on the train",
        "By Bea.",
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Keep mine").click()
    story.refresh_from_db()
    assert (story.headline, story.standfirst, [*story.teams.all()]) == ("Typed on the train", "By Bea.", [team])


def test_taking_theirs_keeps_mine_as_an_edition(editor, site, story):
    page = opened(editor, page_of(site, story))
    other = User.objects.create_user("bea")
    stories.autosave(story, by=other, typed={"body": "<p>Theirs.</p>"}, seen_version=story.version)
    write(page, " Mine.")
    said(page, "Not saved: bea saved this at")
    save(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Take theirs").click()
    assert html(page) == "<p>Theirs.</p>"
    assert [edition.body for edition in story.editions.order_by("number")] == [
        "<p>Two races.</p>",
        "<p>Theirs.</p>",
        "<p>Two races. Mine.</p>",
        "<p>Theirs.</p>",
    ]
    assert page.evaluate(KEPT) == 0
