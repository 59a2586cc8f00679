"""The three scripts, each on a page of its own, in a real browser."""

import pytest

STATIC = "static/js/"
TIME = '<time datetime="{}" data-local>14:00</time>'


@pytest.fixture
def open_in(browser):
    """A function that opens a page in a time zone, with a script of ours run in it."""
    contexts = []

    def opened(body: str, script: str, zone: str = "Europe/Berlin", width: int = 1280):
        context = browser.new_context(timezone_id=zone, viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.route("http://site.test/**", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.goto("http://site.test/")
        page.add_script_tag(path=STATIC + script, type="" if script == "theme.js" else "module")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("zone", "moment", "shown"),
    [
        ("Europe/Berlin", "2023-12-02T14:00:00+08:00", "07:00 your time (CET)"),
        ("Europe/Berlin", "2023-07-02T14:00:00+08:00", "08:00 your time (CEST)"),
        ("America/Los_Angeles", "2023-12-02T14:00:00+08:00", "Fri 22:00 \u22121 day your time (GMT-8)"),
        ("Pacific/Auckland", "2024-02-10T15:00:00+04:00", "Sun 00:00 +1 day your time (GMT+13)"),
    ],
)
def test_the_reader_sees_the_time_at_home_beside_the_time_at_the_track(open_in, zone, moment, shown):
    page = open_in(TIME.format(moment), "local-time.js", zone)
    assert page.text_content(".local-time") == shown


@pytest.mark.parametrize(
    ("zone", "moment"),
    [("Asia/Singapore", "2023-12-02T14:00:00+08:00"), ("Europe/Berlin", "2023-12-02"), ("Europe/Berlin", "nonsense")],
)
def test_nothing_is_added_at_the_track_or_without_a_clock(open_in, zone, moment):
    assert open_in(TIME.format(moment), "local-time.js", zone).locator(".local-time").count() == 0


FORM = """<form data-autosubmit><details><summary>Filter</summary>
<input name="q" id="id_q"><select name="class" id="id_class"><option value=""><option value="gt">GT</select>
<button>Show</button></details></form>"""


def test_a_choice_on_a_wide_screen_sends_the_form_without_empty_parameters(open_in):
    page = open_in(FORM.replace("<details>", "<details open>"), "filters.js")
    with page.expect_navigation():
        page.select_option("#id_class", "gt")
    assert page.url == "http://site.test/?class=gt"


def test_the_focus_is_where_it_was_after_a_choice(open_in):
    page = open_in(FORM.replace("<details>", "<details open>"), "filters.js")
    with page.expect_navigation():
        page.select_option("#id_class", "gt")
    page.add_script_tag(path=STATIC + "filters.js", type="module")
    page.wait_for_function("document.activeElement.id === 'id_class'")


def test_on_a_phone_several_choices_are_made_before_the_form_is_sent(open_in):
    page = open_in(FORM.replace("<details>", "<details open>"), "filters.js", width=390)
    page.select_option("#id_class", "gt")
    page.fill("#id_q", "7")
    assert page.url == "http://site.test/"
    with page.expect_navigation():
        page.click("button")
    assert page.url == "http://site.test/?q=7&class=gt"


SWITCH = """<script src="/theme.js"></script><div data-theme-switch hidden>
<button value="system">S</button><button value="light">L</button><button value="dark">D</button></div>"""


@pytest.fixture
def themed(page):
    """A page whose head loads theme.js as base.html does."""
    page.route("http://site.test/", lambda route: route.fulfill(body=SWITCH, content_type="text/html"))
    page.route("http://site.test/theme.js", lambda route: route.fulfill(path=STATIC + "theme.js"))
    page.goto("http://site.test/")
    return page


def pressed(page) -> list[str]:
    return page.locator("[aria-pressed=true]").evaluate_all("all => all.map((one) => one.value)")


def test_the_switch_appears_and_starts_with_the_system(themed):
    assert themed.is_visible("[data-theme-switch]")
    assert pressed(themed) == ["system"]
    assert themed.get_attribute("html", "data-theme") is None


def test_a_chosen_theme_is_there_on_the_next_page(themed):
    themed.click("[value=dark]")
    themed.reload()
    assert themed.get_attribute("html", "data-theme") == "dark"
    assert pressed(themed) == ["dark"]


def test_the_system_can_be_chosen_again(themed):
    themed.click("[value=light]")
    themed.click("[value=system]")
    themed.reload()
    assert themed.get_attribute("html", "data-theme") is None
