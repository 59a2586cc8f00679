"""The entry list as its readers use it: on a phone, by keyboard, without JavaScript, and enlarged."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, IS_TOO_WIDE, PHONE

pytestmark = pytest.mark.django_db

LIST = "/2023-24/entries/"
MOST_TABS = 60
# Rows that lie whole between the filters and the bar at the bottom, or the edge where there is none.
CARS_IN_SIGHT = """() => {
    const top = document.querySelector('.filters').getBoundingClientRect().bottom;
    const bar = document.querySelector('.bottom-bar').getBoundingClientRect();
    const end = bar.height ? bar.top : innerHeight;
    return [...document.querySelectorAll('.entry-row')].map((row) => row.getBoundingClientRect())
        .filter((row) => row.top >= top && row.bottom <= end).length;
}"""
# Text that its box cuts off, on elements that are there to be seen.
CUT_TEXT = """() => [...document.querySelectorAll('main *')].filter((element) => {
    const style = getComputedStyle(element);
    return style.overflowX !== 'visible' && style.position !== 'absolute' && element.checkVisibility()
        && element.scrollWidth > element.clientWidth + 1;
}).map((element) => element.innerText)"""
FOCUS = "() => document.activeElement.id || document.activeElement.textContent.trim()"


@pytest.fixture
def open_list(browser, site):
    """A function that opens the list in a window of its own; options are those of Playwright's contexts."""
    contexts = []

    def opened(path: str = LIST, **options: object) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESKTOP} | options))
        page = contexts[-1].new_page()
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element with this id or text has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS) == wanted:
            return
    raise AssertionError(f"{wanted} is not reached with {MOST_TABS} tabs")


def shown(page: Page) -> str:
    return page.inner_text(".filters-result > span")


def cars(page: Page) -> int:
    return page.locator(".entry-row").count()


def test_twelve_cars_are_in_sight_below_the_filters_of_a_phone(open_list):
    page = open_list(viewport=PHONE)
    assert page.evaluate(CARS_IN_SIGHT) >= 12


def test_a_class_is_chosen_and_all_filters_are_cleared_by_keyboard_alone(open_list, site):
    page = open_list()
    tab_to(page, "id_class_0")
    with page.expect_navigation():
        page.keyboard.press("Space")
    assert page.url == f"{site}{LIST}?class=lmp2"
    assert shown(page) == "11 of 39 cars"
    assert cars(page) == 11
    page.wait_for_function("document.activeElement.id === 'id_class_0'")
    assert page.evaluate("document.activeElement.closest('form') !== null")
    tab_to(page, "Clear all filters")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{site}{LIST}"
    assert shown(page) == "39 of 39 cars"


def test_the_filters_of_a_phone_are_unfolded_and_sent_by_keyboard_alone(open_list, site):
    page = open_list(viewport=PHONE)
    assert page.is_hidden("#id_team")
    page.focus(".filters summary")
    page.keyboard.press("Enter")
    tab_to(page, "id_class_1")
    page.keyboard.press("Space")
    tab_to(page, "id_q")
    page.keyboard.type("cool")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{site}{LIST}?class=lmp3&q=cool"
    assert "1 of 39 cars" in page.inner_text(".filters summary")
    assert page.inner_text(".entry-row .plate-number") == "17"


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_without_javascript_a_button_sends_the_same_filters(open_list, site, window):
    page = open_list(viewport=window, java_script_enabled=False)
    if window is PHONE:
        page.click(".filters summary")
    page.locator("label[for=id_class_0]").click()
    page.select_option("#id_team_country", "DE")
    with page.expect_navigation():
        page.click(".filters button")
    assert cars(page) == 2
    assert set(page.url.partition("?")[2].split("&")) >= {"class=lmp2", "team_country=DE"}
    again = open_list(page.url.removeprefix(site))
    assert shown(again) == "2 of 39 cars"
    assert again.is_checked("#id_class_0")
    assert again.input_value("#id_team_country") == "DE"


def test_a_value_that_nobody_knows_is_said_and_all_cars_are_shown(open_list):
    page = open_list(f"{LIST}?class=lmp2&manufacturer=lada")
    notice = page.inner_text(".notice-warning")
    assert "“lada” is not on this list" in notice
    assert "this is the full list" in notice
    assert cars(page) == 39


def test_the_table_lies_in_a_named_region_that_takes_the_focus(open_list):
    page = open_list()
    region = page.get_by_role("region", name="Season 2023/24, entry list")
    region.focus()
    assert region.evaluate("region => region === document.activeElement")


@pytest.mark.parametrize(
    ("window", "sticky"), [(DESKTOP, "thead th:first-child"), (PHONE, "tbody:last-of-type .class-row")]
)
def test_the_head_stays_in_sight_while_the_list_scrolls(open_list, window, sticky):
    page = open_list(viewport=window)
    page.locator(".entry-row").last.evaluate("row => row.scrollIntoView({block: 'center', behavior: 'instant'})")
    assert page.evaluate("scrollY") > 500
    assert page.locator(f".entry-table {sticky}").bounding_box()["y"] == 0


@pytest.mark.parametrize("zoom", [2, 4])
def test_nothing_is_lost_and_nothing_scrolls_sideways_when_the_page_is_enlarged(open_list, zoom):
    page = open_list(viewport={"width": 1280 // zoom, "height": 1024 // zoom}, device_scale_factor=zoom)
    page.click(".filters summary")
    assert page.evaluate(IS_TOO_WIDE) is False
    assert page.evaluate(CUT_TEXT) == []
    columns = (".plate-number", ".entry-team", ".entry-car", ".entry-crew")
    visible = [page.locator(f".entry-row {column}").filter(visible=True).count() for column in columns]
    assert visible == [39, 39, 39, 39]
