"""The entry list, and the chart of the standings, on paper."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db

# A4 (210 mm) without the margins of 10 mm at both sides, in CSS pixels.
PAPER_WIDTH = round(190 / 25.4 * 96)
NOT_ON_PAPER = (".site-nav", ".season-chip", ".bottom-bar", ".site-footer", ".breadcrumbs", ".filters", ".actions")
BEYOND_THE_PAPER = """() => [...document.querySelectorAll('main *')].filter((element) => element.checkVisibility()
    && !element.closest('.visually-hidden') && element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.className)"""


@pytest.fixture
def printed(page, site) -> Page:
    """The entry list of Dubai, which has a withdrawn car, as it is laid out for paper."""
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.goto(f"{site}/2023-24/dubai/entries/")
    page.emulate_media(media="print", color_scheme="dark")
    return page


def style(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def test_paper_carries_the_list_and_its_stamp_but_nothing_to_click(printed):
    assert [selector for selector in NOT_ON_PAPER if printed.locator(selector).filter(visible=True).count()] == []
    assert printed.is_visible(".wordmark")
    stamp = " ".join(printed.inner_text(".revision-stamp").split())
    assert "Final Revision r1 Published on 24 January 2024" in stamp
    assert printed.locator(".entry-row").filter(visible=True).count() == 42


def test_the_head_of_the_table_stands_on_every_sheet_and_no_row_is_torn(printed):
    assert style(printed, ".entry-table thead", "display") == "table-header-group"
    assert style(printed, ".entry-table thead", "position") == "static"
    assert style(printed, ".entry-row", "display") == "table-row"
    assert style(printed, ".entry-row", "breakInside") == "avoid"
    assert style(printed, ".class-row", "breakAfter") == "avoid"


def test_plates_are_outlines_and_the_paper_is_white_in_either_theme(printed):
    for plate in (".entry-table .plate", ".rating-gold", ".rating-platinum"):
        assert style(printed, plate, "backgroundColor") == "rgba(0, 0, 0, 0)"
        assert style(printed, plate, "color") == "rgb(0, 0, 0)"
        assert style(printed, plate, "borderTopStyle") == "solid"
    assert style(printed, "html", "backgroundColor") == "rgb(255, 255, 255)"
    assert style(printed, "main", "color") == "rgb(20, 24, 31)"


def test_paper_tells_what_colour_and_shape_tell_on_the_screen(printed, site):
    assert printed.locator(".entry-withdrawn .pill svg").bounding_box()["width"] > 5
    assert "line-through" in style(printed, ".entry-withdrawn .entry-team a", "textDecoration")
    printed.goto(f"{site}/2023-24/dubai/")
    assert style(printed, ".hero-lead", "color") == "rgb(84, 95, 110)"


def test_every_column_lies_within_a_sheet_of_a4(printed):
    assert printed.evaluate(BEYOND_THE_PAPER) == []


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_39_cars_fit_on_two_sheets_from_a_desktop_and_from_a_phone(page, site, window):
    page.set_viewport_size(window)
    page.goto(f"{site}/2023-24/entries/")
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2


def test_the_words_below_a_chart_stand_below_it(page, site):
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.goto(f"{site}/2023-24/standings/lmp2-teams/")
    page.emulate_media(media="print")
    bottoms = "(all) => Math.max(...all.map((one) => one.getBoundingClientRect().bottom))"
    lowest = page.locator(".chart-drawing text").evaluate_all(bottoms)
    assert lowest <= page.locator(".points-chart figcaption").bounding_box()["y"]
