"""The reader's own time beside the time at the track, on the real calendar."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.django_db

CALENDAR = "/2023-24/calendar/"
AT_THE_TRACK = [
    "Sat 2 Dec, 14:00 UTC+8",
    "Sun 3 Dec, 14:00 UTC+8",
    "Sun 4 Feb, 13:00 UTC+4",
    "Sat 10 Feb, 15:00 UTC+4",
    "Sun 11 Feb, 16:00 UTC+4",
]
# Summer in Europe and America: whoever took the offset of today instead of that of the date would be an hour off.
VISIT = "2024-07-01T12:00:00Z"


@pytest.fixture
def visit(browser, site):
    """A function that opens a page of the site as a reader in this time zone sees it in summer."""
    contexts = []

    def opened(path: str, zone: str, **options: object) -> Page:
        contexts.append(browser.new_context(timezone_id=zone, **options))
        page = contexts[-1].new_page()
        page.clock.set_fixed_time(VISIT)
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def times(page: Page) -> list[str]:
    """Track times on the page."""
    return [" ".join(text.split()) for text in page.locator(".track-time time").all_inner_texts()]


def own_times(page: Page, within: str = "main") -> list[str]:
    return page.locator(f"{within} .local-time").all_text_contents()


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (
            "Europe/Berlin",
            [
                "07:00 your time (CET)",
                "07:00 your time (CET)",
                "10:00 your time (CET)",
                "12:00 your time (CET)",
                "13:00 your time (CET)",
            ],
        ),
        (
            "America/Los_Angeles",
            [
                "Fri 22:00 −1 day your time (GMT-8)",
                "Sat 22:00 −1 day your time (GMT-8)",
                "01:00 your time (GMT-8)",
                "03:00 your time (GMT-8)",
                "04:00 your time (GMT-8)",
            ],
        ),
        # Sepang keeps the reader's own time: nothing is said twice.
        (
            "Asia/Kuala_Lumpur",
            ["17:00 your time (GMT+8)", "19:00 your time (GMT+8)", "20:00 your time (GMT+8)"],
        ),
        (
            "Pacific/Auckland",
            [
                "19:00 your time (GMT+13)",
                "19:00 your time (GMT+13)",
                "22:00 your time (GMT+13)",
                "Sun 00:00 +1 day your time (GMT+13)",
                "Mon 01:00 +1 day your time (GMT+13)",
            ],
        ),
    ],
)
def test_a_reader_sees_the_time_at_home_by_the_rules_of_that_date(visit, zone, shown):
    page = visit(CALENDAR, zone)
    assert times(page) == AT_THE_TRACK
    assert own_times(page) == shown


def test_the_timetable_of_an_event_tells_both_times(visit):
    timetable = ".timetable"
    assert own_times(visit("/2023-24/sepang/", "Europe/Berlin"), timetable) == ["07:00 your time (CET)"] * 2
    assert own_times(visit("/2023-24/sepang/", "Asia/Kuala_Lumpur"), timetable) == []


def test_without_javascript_there_is_the_time_at_the_track_with_its_zone(visit):
    page = visit(CALENDAR, "Europe/Berlin", java_script_enabled=False)
    assert times(page) == AT_THE_TRACK
    assert own_times(page) == []
    page = visit("/2023-24/sepang/", "Europe/Berlin", java_script_enabled=False)
    assert "Times at the track (UTC+8)" in page.inner_text("main")
    assert "14:00–18:00" in page.inner_text(".timetable")
