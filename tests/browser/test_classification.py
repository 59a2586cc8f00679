"""A classification as its readers use it: on a phone, without JavaScript, enlarged, and by keyboard."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, IS_TOO_WIDE, PHONE

pytestmark = pytest.mark.django_db

RESULT = "/2023-24/abu-dhabi/race-2/"
# Rows that lie whole above the bar at the bottom.
CARS_IN_SIGHT = """() => {
    const end = document.querySelector('.bottom-bar').getBoundingClientRect().top;
    return [...document.querySelectorAll('.result-row')].map((row) => row.getBoundingClientRect())
        .filter((row) => row.bottom <= end).length;
}"""


@pytest.fixture
def open_result(browser, site):
    """A function that opens a result in a window of its own; options are those of Playwright's contexts."""
    contexts = []

    def opened(path: str = RESULT, **options: object) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESKTOP} | options))
        page = contexts[-1].new_page()
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def cars(page: Page) -> list[str]:
    return page.locator(".result-row .plate-number").all_inner_texts()


@pytest.mark.parametrize("path", [RESULT, f"{RESULT}?class=gt", f"{RESULT}v1/?class=gt"])
def test_twelve_cars_are_in_sight_on_a_phone(open_result, path):
    page = open_result(path, viewport=PHONE)
    assert page.evaluate(CARS_IN_SIGHT) >= 12


def test_on_a_phone_the_rest_of_a_row_opens_without_javascript(open_result):
    page = open_result(viewport=PHONE, java_script_enabled=False)
    row = page.locator("#car-24")
    assert row.locator(".result-points").is_hidden()
    page.get_by_role("checkbox", name="More about car 24").check()
    assert row.locator(".result-points").is_visible()
    assert row.locator(".result-best").inner_text() == "1:42.602"
    assert page.locator("#car-22 .result-points").is_hidden()


def test_a_class_is_a_link_and_its_places_count_from_one(open_result, site):
    page = open_result(java_script_enabled=False)
    page.get_by_role("navigation", name="Overall or one class").get_by_role("link", name="GT").click()
    assert page.url == f"{site}{RESULT}?class=gt"
    assert cars(page)[:3] == ["88", "91", "95"]
    assert page.locator("td.result-position").first.inner_text() == "1"


def test_a_footnote_leads_to_its_decision_and_on_to_what_it_moved(open_result, site):
    page = open_result()
    page.locator("#car-19 .note-mark").click()
    assert page.url.endswith("#decision-3")
    page.locator("#decision-3 a").click()
    assert page.url == f"{site}{RESULT}decisions/car-19/"
    assert page.locator(".result-changes .plate-number").first.inner_text() == "19"


def test_the_result_is_two_taps_from_home(open_result, site):
    page = open_result("/", viewport=PHONE)
    page.get_by_role("navigation", name="Main, bottom bar").get_by_role("link", name="Results").click()
    page.locator(f"a[href='{RESULT}']").first.click()
    assert page.url == f"{site}{RESULT}"


@pytest.mark.parametrize("zoom", [2, 4])
def test_nothing_is_lost_and_nothing_scrolls_sideways_when_the_page_is_enlarged(open_result, zoom):
    page = open_result(viewport={"width": 1280 // zoom, "height": 1024 // zoom}, device_scale_factor=zoom)
    assert page.evaluate(IS_TOO_WIDE) is False
    columns = (".plate-number", ".team", ".result-gap", ".crew", ".result-more")
    assert [page.locator(f".result-row {column}").filter(visible=True).count() for column in columns] == [40] * 5


def test_on_a_phone_the_whole_table_of_poles_is_in_sight(open_result):
    page = open_result("/2023-24/sepang/qualifying/", viewport=PHONE)
    cells = [cell.bounding_box() for cell in page.locator(".pole-table .pole-set-by").all()]
    assert len(cells) == 6
    assert max(cell["x"] + cell["width"] for cell in cells) <= PHONE["width"]


def test_the_head_of_the_table_stays_in_sight(open_result):
    page = open_result()
    page.locator(".result-row").last.evaluate("row => row.scrollIntoView({block: 'center', behavior: 'instant'})")
    assert page.locator(".result-table thead th").first.bounding_box()["y"] == 0
