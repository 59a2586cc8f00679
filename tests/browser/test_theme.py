"""The theme that a reader chose, from the first paint on; and that public pages keep nothing else about anybody."""

import re

import pytest
from playwright.sync_api import Page

from tests.addresses import public_addresses
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db

PATH = "/corrections/"
THEME_SCRIPT = re.compile(r"/js/theme\.js$")
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(14, 17, 22)"
# The colours that WATCH noted, once the page has loaded. No text is evaluated twice: the policy refuses that.
FRAMES = """() => new Promise((resolve) => {
    const look = () => {
        const isDone = document.readyState === 'complete' && frameColours.length >= 3;
        return isDone ? resolve(frameColours) : requestAnimationFrame(look);
    };
    look();
})"""
# Notes the theme at the moment the parser comes to <body>, before anything can be painted, and then the colour of
# the page at every frame until it has loaded.
WATCH = """
window.frameColours = [];
new MutationObserver((records, observer) => {
    if (!document.body) return;
    observer.disconnect();
    window.themeAtBody = document.documentElement.dataset.theme ?? 'none';
    const frame = () => {
        window.frameColours.push(getComputedStyle(document.documentElement).backgroundColor);
        if (document.readyState !== 'complete' || window.frameColours.length < 3) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}).observe(document, {childList: true, subtree: true});
"""


def colour(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


@pytest.fixture
def dark_by_choice(page, site) -> Page:
    """A page on a system in light, where Dark was chosen with the switch; its next visit is watched."""
    page.emulate_media(color_scheme="light")
    page.goto(site + PATH)
    page.get_by_role("button", name="Dark", exact=True).click()
    page.add_init_script(WATCH)
    return page


def frames(page: Page) -> set[str]:
    return set(page.evaluate(FRAMES))


def test_the_chosen_theme_is_there_before_the_first_paint_of_the_next_visit(dark_by_choice):
    page = dark_by_choice
    page.reload()
    assert page.evaluate("themeAtBody") == "dark"
    assert frames(page) == {DARK}
    assert page.get_by_role("button", name="Dark", exact=True).get_attribute("aria-pressed") == "true"


def test_a_theme_that_comes_too_late_or_never_is_noticed(dark_by_choice):
    page = dark_by_choice
    page.route(THEME_SCRIPT, lambda route: route.abort())
    page.reload()
    assert page.evaluate("themeAtBody") == "none"
    assert frames(page) == {LIGHT}
    page.unroute(THEME_SCRIPT)

    def deferred(route):
        body = route.fetch().text()
        route.fulfill(body=re.sub(r'<script src="([^"]*theme\.js)">', r'<script defer src="\1">', body))

    page.route(f"**{PATH}", deferred)
    page.reload()
    assert page.evaluate("themeAtBody") == "none"
    assert colour(page) == DARK


def test_light_and_the_system_can_be_chosen_again(dark_by_choice, site):
    page = dark_by_choice
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Light", exact=True).click()
    page.goto(f"{site}/data/")
    assert colour(page) == LIGHT
    page.get_by_role("button", name="System", exact=True).click()
    page.reload()
    assert colour(page) == DARK
    page.emulate_media(color_scheme="light")
    assert colour(page) == LIGHT


@pytest.mark.parametrize(("scheme", "shown"), [("light", LIGHT), ("dark", DARK)])
def test_without_javascript_the_system_decides_and_no_dead_switch_is_shown(browser, site, scheme, shown):
    context = browser.new_context(java_script_enabled=False, color_scheme=scheme, viewport=PHONE)
    page = context.new_page()
    page.goto(site + PATH)
    assert colour(page) == shown
    assert page.get_by_role("button").filter(visible=True).count() == 0
    context.close()


def test_public_pages_leave_no_cookie_and_no_more_than_the_theme(dark_by_choice, site):
    page = dark_by_choice
    walked = [address.path for address in public_addresses()]
    for path in walked:
        page.request.get(site + path)
    page.goto(f"{site}/2023-24/entries/?class=lmp2")
    print(f"{len(walked)} addresses")
    assert page.context.cookies() == []
    assert page.evaluate("Object.entries(localStorage)") == [["theme", "dark"]]
    assert page.evaluate("sessionStorage.length") == 0


def test_a_cookie_would_be_noticed(page, site):
    page.request.get(f"{site}/admin/account/login/")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
