"""Pictures of the library: on the public pages, on the page that keeps them, and where they are chosen."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from championship.models import Circuit, Driver, Entry, Event, Team
from news.models import Partner
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.picture_files import picture_file

pytestmark = pytest.mark.django_db

ADMIN = "/admin/championship"
SHOWN = {
    "/2023-24/sepang/": (Event, {"slug": "sepang"}, "lead_picture"),
    "/circuits/sepang/": (Circuit, {"slug": "sepang"}, "lead_picture"),
    "/2023-24/entries/99/": (Entry, {"car_number": "99"}, "livery"),
    "/drivers/louis-deletraz/": (Driver, {"slug": "louis-deletraz"}, "portrait"),
    "/teams/proton-competition/": (Team, {"slug": "proton-competition"}, "logo"),
    "/2023-24/": (Partner, {"name": "Rubber"}, "logo"),
}
# Files that the page asked for and that could not be drawn.
BROKEN = "() => [...document.images].filter((image) => image.complete && !image.naturalWidth).map((image) => image.src)"
SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 100);
})"""


@pytest.fixture
def signed_in(page, site):
    client = Client()
    client.force_login(make.make_user("administrator", is_superuser=True))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


@pytest.fixture
def said(page):
    """What the browser complains about, policy violations among it."""
    found = []
    page.on("console", lambda message: message.type in ("error", "warning") and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_pages_with_a_picture_are_accessible_and_do_not_move(page, site, look, said, window):
    picture = make.make_picture(size=(1000, 700), licence="cc-by-4.0")
    page.set_viewport_size(window)
    for model, row, field in SHOWN.values():
        model.objects.filter(**row).update(**{field: picture})
    for address in SHOWN:
        page.goto(site + address)
        page.locator(".picture img").first.scroll_into_view_if_needed()
        page.evaluate("document.querySelector('.picture img').decode()")
        assert "avif" in page.evaluate("document.querySelector('.picture img').currentSrc")
        assert page.evaluate(BROKEN) == []
        assert page.evaluate(SHIFT) < 0.02
        assert {address: look(page)} == {address: []}
    assert said == []


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_the_pages_of_the_library_are_accessible_and_fit(page, site, look, said, window):
    picture = make.make_picture()
    page.set_viewport_size(window)
    Team.objects.filter(slug="proton-competition").update(logo=picture)
    for rest in ("", "add/", f"{picture.pk}/change/", f"{picture.pk}/delete/", f"{picture.pk}/history/"):
        page.goto(f"{site}{ADMIN}/picture/{rest}")
        assert {rest: look(page)} == {rest: []}
    assert said == []


@pytest.mark.usefixtures("signed_in")
def test_a_picture_is_uploaded_its_point_tapped_and_seen(page, site, tmp_path):
    file = tmp_path / "photo.jpg"
    file.write_bytes(picture_file("JPEG", (800, 400)))
    page.goto(f"{site}{ADMIN}/picture/add/")
    page.set_input_files("[name=upload]", file)
    for name, text in (("title", "Start"), ("alt", "Cars"), ("credit", "A. Photographer")):
        page.fill(f"[name={name}]", text)
    page.select_option("[name=licence]", "own")
    page.click("[name=_save]")
    page.wait_for_url("**/change/")
    expect(page.locator("[data-focus-hint]")).to_be_visible()
    area = page.locator(".focus-stage svg").bounding_box()
    page.locator(".focus-stage svg").click(position={"x": area["width"] * 0.9, "y": area["height"] * 0.2})
    expect(page.locator("[name=focus_x]")).to_have_value("90")
    expect(page.locator("[name=focus_y]")).to_have_value("20")
    expect(page.locator(".focus-point")).to_have_attribute("cx", "720")
    expect(page.locator("rect[data-ratio='1:1']")).to_have_attribute("x", "400")
    page.fill("[name=focus_x]", "10")
    expect(page.locator(".focus-point")).to_have_attribute("cx", "80")
    before = page.get_attribute(".focus-crops img", "src")
    page.click("[name=_continue]")
    expect(page.locator(".focus-crops img").first).not_to_have_attribute("src", before)


@pytest.mark.usefixtures("signed_in")
def test_a_logo_is_chosen_from_pictures_with_the_keyboard_alone(page, site, look):
    picture = make.make_picture(size=(400, 300))
    team = Team.objects.get(slug="proton-competition")
    page.goto(f"{site}{ADMIN}/team/{team.pk}/change/")
    page.wait_for_selector(".field-logo .admin-name", state="attached")
    page.focus(".field-logo .select2-selection")
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type("start of")
    chosen = page.locator(".select2-results__option--highlighted")
    expect(chosen).to_contain_text("Start of the race")
    expect(chosen.locator("img")).to_have_attribute(
        "src", f"/admin/championship/picture/files/{picture.name}-square-160.jpg"
    )
    page.keyboard.press("Enter")
    expect(page.locator(".field-logo .select2-selection img")).to_be_visible()
    assert look(page) == []
    page.focus("[name=change_reason]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/team/")
    team.refresh_from_db()
    assert team.logo == picture


def test_without_javascript_the_point_is_typed(browser, site):
    picture = make.make_picture(size=(640, 200))
    client = Client()
    client.force_login(make.make_user("root", is_superuser=True))
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    context.add_cookies([cookie | {"url": site}])
    page = context.new_page()
    page.goto(f"{site}{ADMIN}/picture/{picture.pk}/change/")
    assert not page.locator("[data-focus-hint]").is_visible()
    page.fill("[name=focus_x]", "5")
    page.click("[name=_save]")
    context.close()
    picture.refresh_from_db()
    assert picture.focus_x == 5
