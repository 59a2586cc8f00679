"""The table of a title in a browser: on a phone, on paper, and what opens below a total."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db
TEAMS = "/2023-24/standings/lmp2-teams/"
# A4 (210 mm) without the margins of 10 mm at both sides, in CSS pixels.
PAPER_WIDTH = round(190 / 25.4 * 96)
VISIBLE_ROWS = """() => [...document.querySelectorAll('.matrix-row')].filter((row) => {
    const box = row.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= document.querySelector('.bottom-bar').getBoundingClientRect().top;
}).length"""


@pytest.mark.parametrize("title", ["lmp2-teams", "gt-teams", "gt-drivers"])
def test_twelve_lines_are_in_sight_on_a_phone(page, site, title):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/2023-24/standings/{title}/")
    assert page.evaluate(VISIBLE_ROWS) >= 12


def test_every_title_is_in_sight_on_a_phone(page, site):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/2023-24/standings/gt-drivers/")
    tabs = [tab.bounding_box() for tab in page.locator(".title-tabs a").all()]
    assert len(tabs) == 6
    assert max(tab["x"] + tab["width"] for tab in tabs) <= PHONE["width"]
    assert max(tab["y"] + tab["height"] for tab in tabs) <= PHONE["height"]


def test_who_it_is_and_the_total_stay_in_sight_while_the_rounds_scroll(page, site):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(site + TEAMS)
    region = page.locator(".matrix .table-scroll")
    region.evaluate("(element) => { element.scrollLeft = 1000; }")
    assert region.evaluate("(element) => element.scrollLeft") > 0
    box = region.bounding_box()
    for cell in (".matrix-row .matrix-who", ".matrix-row .matrix-total"):
        found = page.locator(cell).first.bounding_box()
        assert box["x"] <= found["x"]
        assert found["x"] + found["width"] <= box["x"] + box["width"] + 1


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_a_total_opens_below_its_line_and_closes_again(page, site, look, window):
    page.set_viewport_size(window)
    page.goto(site + TEAMS)
    account = page.locator("#why-22")
    assert not account.is_visible()
    page.click("#line-22 .matrix-total a")
    assert account.is_visible()
    assert "10 + 15 + 18 + 10 + 18 = 71" in account.inner_text()
    assert page.locator(".why-row").filter(visible=True).count() == 1
    assert account.locator(".why").bounding_box()["width"] <= window["width"]
    assert look(page) == []
    account.get_by_role("link", name="Close").click()
    assert not account.is_visible()


def test_the_drawing_tells_its_lines_apart_without_colour(page, site):
    page.goto(site + TEAMS)
    dashes = page.locator(".chart-drawing .chart-line").evaluate_all(
        "(lines) => lines.map((line) => getComputedStyle(line).strokeDasharray)"
    )
    marks = page.locator(".chart-drawing .chart-line").evaluate_all(
        "(lines) => lines.map((line) => line.querySelector('use').getAttribute('href'))"
    )
    assert len(dashes) == len(set(dashes)) == len(set(marks)) == 6


def test_all_rounds_stand_on_a_sheet_of_paper(page, site):
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.goto(site + TEAMS)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".matrix-row").filter(visible=True).count() == 13
    assert page.locator(".table-choices, .title-tabs, .why-row").filter(visible=True).count() == 0
    right = page.locator(".matrix-row .matrix-total").first.bounding_box()
    assert right["x"] + right["width"] <= PAPER_WIDTH
    assert page.locator(".chart-line-1").first.evaluate("(line) => getComputedStyle(line).stroke") == "rgb(0, 0, 0)"
