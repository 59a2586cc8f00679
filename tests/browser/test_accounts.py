"""The second factor in a real browser: passkey and authenticator app, by keyboard alone, readable by everybody."""

import pytest
from django.conf import settings as of_the_site
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect

from championship.models import EntryList, Season
from tests.accounts import PASSWORD, code_of, factors, person
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_officials import tab_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(site, settings):
    """Somebody who was just invited: a name and a password, no second factor yet. The site insists on one."""
    settings.SECOND_FACTOR = True
    user = person()
    user.groups.add(Group.objects.get(name="Entries secretary"))
    return user


@pytest.fixture
def passkeys(page) -> None:
    """A lock like that of a phone, which says yes at once; without it the browser would ask the person."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def complaints(page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def log_in(page: Page, site: str, path: str = "/admin/") -> None:
    page.goto(site + path)
    page.locator("[name=login]:focus").wait_for()
    page.keyboard.type("official")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    enter(page)


def log_out(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#logout-form button").press("Enter")


@pytest.mark.usefixtures("passkeys")
def test_a_passkey_is_added_and_used_with_the_keyboard_alone(page, site, official, complaints, look):
    found = {}
    log_in(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add your second factor")
    found["enrol"] = look(page)
    tab_to(page, "Add a passkey")
    enter(page)
    found["add a passkey"] = look(page)
    tab_to(page, "Add it")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/codes/")
    found["recovery codes"] = look(page)
    tab_to(page, "I have kept them: go on")
    enter(page)
    assert page.url == f"{site}/admin/"
    assert factors(official) == ["recovery_codes", "webauthn"]
    page.goto(f"{site}/admin/account/")
    found["account"] = look(page)
    log_out(page)
    found["logged out"] = look(page)
    log_in(page, site, "/admin/championship/team/")
    found["second factor"] = look(page)
    assert "/second-factor/" in page.url
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/championship/team/")
    assert found == {name: [] for name in found}
    assert complaints == []
    print(f"{len(found)} pages x 2 themes")


def test_an_authenticator_app_is_set_up_and_used_on_a_phone(page, site, official, complaints, look):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/admin/account/login/")
    found = {"login": look(page)}
    log_in(page, site)
    found["enrol"] = look(page)
    tab_to(page, "Set up an app")
    enter(page)
    found["app"] = look(page)
    secret = page.inner_text(".account-key")
    page.keyboard.type(code_of(secret))
    enter(page)
    found["recovery codes"] = look(page)
    log_out(page)
    log_in(page, site)
    found["second factor"] = look(page)
    page.keyboard.type(code_of(secret, 1))
    enter(page)
    assert page.url == f"{site}/admin/"
    assert factors(official) == ["recovery_codes", "totp"]
    assert found == {name: [] for name in found}
    assert complaints == []


@pytest.mark.usefixtures("passkeys", "official")
def test_a_passkey_publishes_what_was_typed_when_the_login_is_long_ago(page, site, settings, look):
    page.set_viewport_size(DESKTOP)
    log_in(page, site, f"/admin/championship/season/{Season.objects.get().pk}/publish/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="go on").click()
    page.fill("#id_note", "Five cars joined, “late”.")
    settings.STEP_UP_AGE = 0
    page.get_by_role("button", name="Publish r2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    assert look(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator(".messagelist")).to_contain_text("Published r2")
    assert EntryList.objects.get(season__slug="2023-24", event=None, revision=2).note == "Five cars joined, “late”."


def test_a_passkey_that_is_refused_says_what_else_to_do(page, site, official):
    log_in(page, site, "/admin/account/passkeys/add/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('', 'AbortError')); }")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("status")).to_have_text("It was not done. Try again, or choose another way.")
    assert factors(official) == []


def test_the_page_of_an_account_and_its_tasks_are_accessible(page, site, look):
    boss, colleague = person("boss", is_superuser=True), person("colleague")
    client = Client()
    client.force_login(boss)
    cookie = client.cookies[of_the_site.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": of_the_site.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    found = {}
    for path in (
        "auth/user/",
        "auth/user/add/",
        f"auth/user/{colleague.pk}/change/",
        f"auth/user/{colleague.pk}/second-factor/",
        "accounts/accountevent/",
        "account/password/",
        "account/invitation/over/",
    ):
        page.goto(f"{site}/admin/{path}")
        found[path] = look(page)
    assert found == {path: [] for path in found}
