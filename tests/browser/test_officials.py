"""A race official at the desk: log in, see the season's work, publish an entry list, with the keyboard alone."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import Page

from championship.models import EntryList, Event, Season
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.championship.admin.posting import OFFICIALS

pytestmark = pytest.mark.django_db

MOST_TABS = 120
PASSWORD = "a-long-enough-password"
# What the focus is on, as a reader of the screen would hear it; links that read alike differ by their section.
FOCUS = """() => {
    const element = document.activeElement;
    return (element.value && element.type === 'submit' ? element.value : element.textContent.trim()) || element.id;
}"""


@pytest.fixture
def official(site):
    user = make.make_user("official")
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=OFFICIALS))
    return user


def log_in(page: Page, site: str) -> None:
    """Log in with the keyboard alone: the name has the focus when the page opens."""
    page.goto(f"{site}/admin/")
    page.locator("[name=login]:focus").wait_for()
    page.keyboard.type("official")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(url="**/admin/"):
        page.keyboard.press("Enter")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on what reads like this."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS) == wanted:
            return
    raise AssertionError(f"{wanted} is not reached with {MOST_TABS} tabs")


def test_an_official_publishes_with_the_keyboard_alone(page, site, official):
    season = Season.objects.get(slug="2023-24")
    log_in(page, site)
    tab_to(page, "Publish entry list")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("h1").startswith("Publish the entry list of")
    tab_to(page, "id_note")
    page.keyboard.type("Five cars joined.")
    tab_to(page, "Publish r2")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text(".messagelist").startswith("Published r2 with 44 cars.")
    published = EntryList.objects.get(season=season, event=None, revision=2)
    assert (published.note, published.published_by) == ("Five cars joined.", official)
    page.goto(f"{site}/2023-24/entries/")
    assert page.inner_text(".filters-result > span") == "44 of 44 cars"


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_the_pages_of_the_desk_are_accessible_in_both_themes(page, site, official, look, window):
    page.set_viewport_size(window)
    season, event = Season.objects.get(slug="2023-24"), Event.objects.get(slug="abu-dhabi")
    page.goto(f"{site}/admin/account/login/")
    found = {"login": look(page)}
    log_in(page, site)
    found["index"] = look(page)
    for name, row in {
        "season_publish": season,
        "season_next_season": season,
        "event_publish": event,
        "event_enter_cars": event,
        "entry_export": None,
        "entry_import": None,
    }.items():
        answer = page.goto(site + reverse(f"admin:championship_{name}", args=[row.pk] if row else []))
        assert answer.status == 200
        found[name] = look(page)
    for name, rows, words in (
        ("problems", "7,hypercar,tf-sport,oreca-07", "nothing was written"),
        ("preview", "007,lmp2,tf-sport,oreca-07\n99,lmp2,tf-sport,oreca-07", "1 new, 1 changed"),
    ):
        show_import(page, season, f"car_number,race_class,team,car_model\n{rows}\n")
        assert words in page.inner_text("#content-main")
        found[name] = look(page)
    assert found == {name: [] for name in found}
    print(f"{len(found)} pages x 2 themes at {window['width']} px")


def show_import(page: Page, season: Season, table: str) -> None:
    """Choose a file on the open page of the import and ask what it would change."""
    page.select_option("[name=season]", str(season.pk))
    page.set_input_files("[name=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": table.encode()})
    with page.expect_navigation():
        page.get_by_role("button", name="Show what it would change").click()
