"""A timing file at the desk, with the keyboard alone, on a phone and in both themes."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page

from championship.models import ClassificationDraft, Session
from championship.timing.write import write_race
from tests import factories as make
from tests import timing_factories as timing
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_officials import PASSWORD, log_in, tab_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def race(site):
    user = make.make_user("official")
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name="Timekeeper"))
    return Session.objects.select_related("event__season").get(event__slug="sepang", slug="race-2")


def test_a_file_with_an_unknown_name_becomes_the_draft_by_keyboard(site, race, page: Page, look):
    table = timing.race_table(race, ["99", "4", "22"])
    first = table.cars[0].drivers
    table = timing.changed(table, "99", drivers=(timing.timed_driver("Thomas DILLMANN JR"), *first[1:]))
    page.set_viewport_size(DESKTOP)
    log_in(page, site)
    page.goto(f"{site}/admin/desk/2023-24/sepang/race-2/import/")
    assert look(page) == []
    # The browser's own window for files is not the page's; it opens on Enter.
    page.set_input_files("#id_file", {"name": "race.CSV", "mimeType": "text/csv", "buffer": write_race(table)})
    tab_to(page, "Show what it would change")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert look(page) == []
    # Radio buttons are one stop; the arrows choose.
    page.focus("fieldset input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "choose")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert look(page) == []
    button = page.locator("button[value=confirm]").inner_text()
    assert button.startswith("Write a draft of 31 cars; 39 cars differ from v1")
    tab_to(page, "confirm")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert ClassificationDraft.objects.get(session=race).author.username == "official"
