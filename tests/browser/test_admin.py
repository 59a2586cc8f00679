"""The officials' side in a real browser: readable by everybody, in both themes, with the keyboard alone."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from championship.models import Driver, Entry, EntryList, Event
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.championship.admin.posting import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(page, site) -> Client:
    """Signs an administrator in, in the browser; the client is the same person."""
    client = Client()
    client.force_login(make.make_user("administrator", is_superuser=True))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return client


def addresses() -> dict[str, str]:
    admin = "/admin/championship"
    event, entry = Event.objects.get(slug="sepang"), Entry.objects.get(car_number="99")
    return {
        "index": "/admin/",
        "change list": f"{admin}/entry/",
        "event form": f"{admin}/event/{event.pk}/change/",
        "new event": f"{admin}/event/add/",
        "entry form": f"{admin}/entry/{entry.pk}/change/",
        "history": f"{admin}/entry/{entry.pk}/history/",
        "deletion": f"{admin}/entry/{entry.pk}/delete/",
        "published list": f"{admin}/entrylist/{EntryList.objects.first().pk}/change/",
    }


def open_ready(page: Page, address: str) -> None:
    """Open a page and wait until the search fields of its forms stand and have their names."""
    page.goto(address)
    page.wait_for_function(
        "[...document.querySelectorAll('select.admin-autocomplete:not([name*=__prefix__])')]"
        ".every((select) => select.parentElement.querySelector('.admin-name'))"
    )


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: f"{size['width']}px")
def test_the_pages_have_no_accessibility_violation_and_fit(page, site, look, size):
    page.set_viewport_size(size)
    found = {}
    for name, address in addresses().items():
        open_ready(page, site + address)
        found[name] = look(page)
    assert found == {name: [] for name in found}
    print(f"{len(found)} pages x 2 themes at {size['width']} px")


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("noun", ["entry", "evententry", "event"])
def test_a_list_shows_all_its_columns_beside_menu_and_filter(page, site, noun):
    page.set_viewport_size(DESKTOP)
    page.goto(f"{site}/admin/championship/{noun}/")
    assert page.locator("#nav-sidebar").is_visible()
    assert page.locator("#changelist-filter").is_visible()
    wide, seen = page.evaluate(
        "[...document.querySelectorAll('.results')].flatMap((e) => [e.scrollWidth, e.clientWidth])"
    )
    assert wide == seen


def test_the_page_of_a_conflict_is_readable_too(page, site, signed_in, look):
    entry = Entry.objects.get(car_number="99")
    address = f"/admin/championship/entry/{entry.pk}/change/"
    open_ready(page, site + address)
    page.fill("[name=car_number]", "198")
    fill(signed_in, address, "entry_form", car_number="197", crew__0__rating="gold")
    page.click("[name=_save]")
    expect(page.locator(".conflict")).to_contain_text("197")
    assert look(page) == []
    page.click("[name=_save]")
    page.wait_for_url("**/entry/")
    entry.refresh_from_db()
    assert (entry.car_number, entry.crew.get(seat=1).rating) == ("198", "gold")


@pytest.mark.usefixtures("signed_in")
def test_a_crew_is_typed_with_the_keyboard_alone(page, site):
    entry = Entry.objects.get(car_number="99")
    driver = Driver.objects.exclude(seasoncrewmembers__entry=entry).exclude(country="").first()
    open_ready(page, f"{site}/admin/championship/entry/{entry.pk}/change/")
    page.focus("[name=crew-0-seat]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type(driver.family_name)
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text(driver.family_name)
    page.keyboard.press("Enter")
    expect(page.locator("[name=crew-0-nationality]")).to_have_value(str(driver.country))
    page.focus("[name=change_reason]")
    page.keyboard.type("Licence granted")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry/")
    member = entry.crew.get(seat=1)
    assert (member.driver, member.nationality) == (driver, driver.country)


@pytest.mark.usefixtures("signed_in")
def test_a_new_row_of_a_crew_counts_on(page, site):
    entry = Entry.objects.get(car_number="99")
    open_ready(page, f"{site}/admin/championship/entry/{entry.pk}/change/")
    before = page.locator("[name^=crew-][name$=-seat]:not([name*=__prefix__])").count()
    page.get_by_role("link", name="Add another Crew member").or_(
        page.get_by_role("button", name="Add another Crew member")
    ).click()
    assert page.input_value(f"[name=crew-{before}-seat]") == str(before + 1)
