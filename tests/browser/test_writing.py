"""Writing a story: with the tools and the keyboard, and losing nothing of it."""

import pytest
from playwright.sync_api import BrowserContext

from news.models import Story
from news.services import stories
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import site_server
from tests.browser.writing import (
    KEPT,
    OFFER,
    PASTE,
    STATE,
    html,
    kept,
    log_in,
    on_the_server,
    opened,
    page_of,
    said,
    save,
    write,
)
from tests.news_factories import make_story

pytestmark = pytest.mark.django_db

ADD = "/admin/news/story/add/"
RESULT = '<figure data-block="result" data-ref="2023-24/sepang/race-1" data-class="gt" data-top="5"></figure>'
EVENT = '<figure data-block="event" data-ref="2023-24/sepang"></figure>'


@pytest.fixture
def editor(context: BrowserContext, site) -> BrowserContext:
    log_in(context, site)
    return context


@pytest.fixture
def story(site) -> Story:
    return make_story("Sepang again", body="<p>Two races.</p>")


def test_a_story_is_written_with_the_tools_and_saved(editor, site):
    page = opened(editor, f"{site}{ADD}")
    page.fill("[name=headline]", "Rain at Sepang")
    write(page, "Two races.")
    page.keyboard.press("Enter")
    page.click("[data-tool=heading]")
    page.keyboard.type("Why")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Rain")
    page.keyboard.press("Control+b")
    page.keyboard.type(" and ")
    page.click("[data-tool=link]")
    page.fill(".ask input", "//evil.example")
    page.keyboard.press("Enter")
    assert page.locator(".ask").count() == 1
    page.fill(".ask input", "/2023-24/sepang/")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.click("[data-tool=list]")
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.click("[data-tool=table]")
    page.keyboard.type("a")
    page.click("[data-tool=no-column]")
    page.keyboard.press("Tab")
    page.click("[data-tool=no-row]")
    page.click("[data-tool=caption]")
    page.fill(".ask input", "Weather")
    page.keyboard.press("Enter")
    save(page)
    assert page.inner_text(".messagelist").startswith("Saved as edition 1.")
    story = Story.objects.get(slug="rain-at-sepang")
    assert story.body.startswith(
        '<p>Two races.</p><h2>Why</h2><p><strong>Rain</strong> and <a href="/2023-24/sepang/">/2023-24/sepang/</a></p>'
        "<ul><li>one</li><li>two</li></ul><table><caption>Weather</caption>"
    )
    assert page.evaluate(KEPT) == 0


def test_blocks_are_inserted_moved_changed_and_removed_with_the_keyboard(editor, site, story):
    page = opened(editor, page_of(site, story))
    write(page, " More.")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ask select")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("4 Hours of Sepang, Race 1")
    page.keyboard.press("Tab")
    page.keyboard.type("GT")
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".block-card-label:has-text('4 Hours of Sepang 2023/24, Race 1, GT, top 5')")
    assert html(page) == f"<p>Two races. More.</p>{RESULT}"
    page.keyboard.press("Alt+ArrowUp")
    assert html(page) == f"{RESULT}<p>Two races. More.</p>"
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ask select")
    assert page.locator(".ask select").nth(2).input_value() == "gt"
    page.locator("[name=ask-kind][value=event]").check()
    page.wait_for_selector(".ask label:has-text('Event') + select")
    page.click(".ask [type=submit]")
    page.wait_for_selector(".block-card-label:has-text('4 Hours of Sepang 2023/24')")
    assert html(page) == f"{EVENT}<p>Two races. More.</p>"
    page.keyboard.type("Below")
    assert html(page) == f"{EVENT}<p>Below</p><p>Two races. More.</p>"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Delete")
    assert html(page) == "<p>Below</p><p>Two races. More.</p>"


def test_blocks_and_tables_come_back_as_they_were(editor, site):
    picture = make.make_picture()
    shown = f'<figure data-block="picture" data-ref="{picture.name}"><figcaption>A &amp; B</figcaption></figure>'
    head = '<thead><tr><th scope="col">Car</th></tr></thead>'
    table = f"<table><caption>Points</caption>{head}<tbody><tr><td>99</td></tr></tbody></table>"
    body = (
        f"<p>a</p>{RESULT}{EVENT}{shown}{table}<ul><li>b<ul><li>c</li></ul></li></ul><blockquote><p>d</p></blockquote>"
    )
    story = make_story(body=body)
    page = opened(editor, page_of(site, story))
    write(page, "e")
    page.keyboard.press("Backspace")
    assert html(page) == body
    write(page, "e")
    assert html(page).startswith(body.removesuffix("</p></blockquote>"))
    assert page.locator(".block-card-caption").inner_text() == "A & B"


def test_what_is_pasted_loses_all_but_what_a_text_may_hold(browser, site):
    """With the policy off, so that the editor alone is asked."""
    context = browser.new_context(bypass_csp=True)
    log_in(context, site)
    page = opened(context, f"{site}{ADD}")
    evil = (
        '<img src="x" onerror="window.hit = 1"><svg onload="window.hit = 1"></svg><a href="javascript:alert(1)">b</a>'
    )
    page.click(".body-text")
    page.evaluate(PASTE, f'<h1 style="color: red">a</h1><p onclick="x">{evil}</p><h5>c</h5><pre>d</pre>{EVENT}')
    page.wait_for_selector(".block-card")
    assert html(page) == f"<h2>a</h2><p>b</p><h3>c</h3><p>d</p>{EVENT}"
    assert page.evaluate("window.hit") is None
    context.close()


def test_a_block_that_nobody_can_see_tells_the_editor(editor, site):
    body = '<p>a</p><figure data-block="plate" data-ref="2023-24/998"></figure>'
    page = opened(editor, page_of(site, make_story(body=body)))
    assert page.inner_text(".block-card-note").startswith("No car 2023-24/998 on a published list.")


def test_typing_reaches_the_server_by_itself(editor, site, story):
    page = opened(editor, page_of(site, story))
    write(page, " More.")
    on_the_server(page)
    story.refresh_from_db()
    assert (story.body, story.has_unsaved, story.editions_saved) == ("<p>Two races. More.</p>", True, 1)
    write(page, " And more.")
    page.wait_for_selector(f"{STATE}[data-state=kept]")
    on_the_server(page)
    assert page.evaluate(KEPT) == 0
    save(page)
    story.refresh_from_db()
    assert (story.body, story.has_unsaved, story.editions_saved) == ("<p>Two races. More. And more.</p>", False, 2)


def test_what_waits_for_a_save_is_kept_here_and_said(editor, site, story):
    page = opened(editor, page_of(site, story))
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.fill("[name=slug]", "elsewhere")
    write(page, " More.")
    said(page, "Slug: with the next Save")
    page.reload()
    assert page.inner_text(f"{OFFER} p >> nth=0") == "Different from what is below: Slug."
    page.get_by_role("button", name="Take it back").click()
    assert page.input_value("[name=slug]") == "elsewhere"
    save(page)
    story.refresh_from_db()
    assert story.slug == "elsewhere"
    assert page.locator(OFFER).count() == 0


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "known"])
def test_a_lost_network_loses_nothing(editor, site, story, is_new):
    address = f"{site}{ADD}" if is_new else page_of(site, story)
    page = opened(editor, address)
    editor.set_offline(True)
    page.fill("[name=headline]", "Typed without a network")
    write(page, " More.")
    kept(page, " More.")
    save_button = page.locator(".writing-bar [name=_save]")
    save_button.click()
    said(page, "Not saved: no connection, kept in this browser.")
    write(page, " Still more.")
    kept(page, " Still more.")
    page.close(run_before_unload=False)
    editor.set_offline(False)
    page = opened(editor, address)
    assert "Headline" in page.inner_text(f"{OFFER} p >> nth=0")
    page.get_by_role("button", name="Take it back").click()
    assert page.input_value("[name=headline]") == "Typed without a network"
    assert page.inner_text(".body-text").strip().endswith("More. Still more.")
    save(page)
    assert Story.objects.filter(headline="Typed without a network", body__contains="Still more.").count() == 1
    assert page.evaluate(KEPT) == 0


def test_a_stopped_server_loses_nothing_and_gets_it_when_it_is_back(context, story):
    server = site_server()
    site = f"http://{server.host}:{server.port}"
    log_in(context, site)
    page = opened(context, page_of(site, story))
    server.terminate()
    write(page, " More.")
    said(page, "Not saved: no connection, kept in this browser.")
    server = site_server(port=server.port)
    try:
        on_the_server(page)
        story.refresh_from_db()
        assert story.body == "<p>Two races. More.</p>"
    finally:
        page.close()
        server.terminate()


def test_a_lost_session_says_so_and_goes_on_after_the_login(editor, site, story):
    page = opened(editor, page_of(site, story))
    editor.clear_cookies()
    write(page, " More.")
    said(page, "Not saved: you are not logged in any more, kept in this browser.")
    assert page.locator(f"{STATE} a").get_attribute("target") == "_blank"
    log_in(editor, site)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    # A new login brings a new token, which the browser has with its first page.
    opened(editor, page_of(site, story)).close()
    write(page, " And more.")
    on_the_server(page)
    save(page)
    story.refresh_from_db()
    assert (story.body, story.editions_saved) == ("<p>Two races. More. And more.</p>", 2)


def test_a_browser_that_keeps_nothing_says_so(editor, site):
    """The control: without the copy in this browser the same typing is gone with its page."""
    editor.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    page = opened(editor, f"{site}{ADD}")
    write(page, "More.")
    said(page, "this browser keeps nothing")
    page.close()
    assert opened(editor, f"{site}{ADD}").locator(OFFER).count() == 0


@pytest.mark.parametrize("came", [None, '{"vers'], ids=["nothing", "half"])
def test_an_answer_that_never_came_is_no_conflict(editor, site, story, came):
    page = opened(editor, page_of(site, story))

    def swallow(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=came) if came else route.abort()

    page.route("**/autosave/", swallow, times=1)
    write(page, " More.")
    said(page, "Not saved: no connection, kept in this browser.")
    write(page, " And more.")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    on_the_server(page)
    save(page)
    story.refresh_from_db()
    assert story.body == "<p>Two races. More. And more.</p>"


# --- look ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_the_pages_are_accessible_in_both_themes(editor, site, look, window):
    picture = make.make_picture()
    shown = f'<figure data-block="picture" data-ref="{picture.name}"><figcaption>A</figcaption></figure>'
    story = make_story(body=f"<h2>a</h2><p>b</p>{RESULT}{shown}<table><tbody><tr><td>c</td></tr></tbody></table>")
    page = editor.new_page()
    page.set_viewport_size(window)
    found = {}
    page.goto(f"{site}{ADD}")
    page.wait_for_selector(".body-text")
    found["add"] = look(page)
    page.goto(page_of(site, story))
    page.wait_for_selector(".block-card-label")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.click(".body-text td")
    found["change"] = look(page)
    page.click("[data-tool=insert]")
    page.wait_for_selector(".ask select")
    found["insert"] = look(page)
    page.locator("[name=ask-kind][value=picture]").check()
    page.wait_for_selector(".ask-pictures img")
    found["pictures"] = look(page)
    page.keyboard.press("Escape")
    stories.save(story, by=None, typed={"headline": "Theirs"}, seen_version=story.version)
    page.fill("[name=headline]", "Mine")
    said(page, "Not saved")
    found["warned"] = look(page)
    save(page)
    page.wait_for_selector(".body-text")
    found["conflict"] = look(page)
    page.goto(f"{site}/admin/news/story/")
    found["list"] = look(page)
    assert found == {name: [] for name in found}
    print(f"{len(found)} pages x 2 themes at {window['width']} px")
