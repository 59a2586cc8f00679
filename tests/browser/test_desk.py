"""The race desk in a real browser: readable by everybody, in both themes, at a desk and with one thumb."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from championship.models import Classification, Document, Session
from championship.services import drafts, publishing
from championship.services.results import recall
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.result_factories import make_decision

pytestmark = pytest.mark.django_db

DESK = "/admin/desk/2023-24/dubai/race/"


@pytest.fixture
def desk(page, site) -> Session:
    """An evening at Dubai: v1 recalled, v2 provisional and signed alone, a decision, and the draft of v3."""
    anna, ben = make.make_user("anna"), make.make_user("ben", is_superuser=True)
    session = Session.objects.get(event__slug="dubai", kind="race")
    first = session.classifications.get()
    recall(first, by=ben, reason="The wrong file")
    draft = drafts.revise(session=session, by=anna, cause="The right file", version=first)
    publishing.publish_provisional(
        draft,
        seen=publishing.preview(draft, "provisional").fingerprint,
        by=anna,
        single_signed_reason="Alone at the track",
        warnings_reason="Known",
    )
    make_decision(session, "99", {"kind": "laps_removed", "laps": 1}, reason="Driving time")
    drafts.revise(session=session, by=anna, cause="Decision 12")
    client = Client()
    client.force_login(ben)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return session


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: f"{size['width']}px")
def test_the_pages_of_the_desk_have_no_violation_and_fit(page, site, look, size):
    page.set_viewport_size(size)
    found = {}
    for name in ("", "publish/", "check/", "retype/", "countersign/", "recall/", "revise/?version=1"):
        answer = page.goto(site + DESK + name)
        assert answer.status == 200
        page.evaluate("for (const folded of document.querySelectorAll('#content-main details')) folded.open = true")
        found[name] = look(page)
    board = "/admin/desk/2023-24/sepang/documents/"
    document = Document.objects.filter(event__slug="sepang", file__isnull=False).first()
    for address in ("/admin/desk/", board, f"{board}add/", f"{board}{document.pk}/"):
        assert page.goto(site + address).status == 200
        found[address] = look(page)
    assert found == {name: [] for name in found}
    print(f"{len(found)} pages x 2 themes at {size['width']} px")


@pytest.mark.usefixtures("desk")
def test_the_notice_board_fits_on_a_phone_and_so_does_its_table(page, site):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/admin/desk/2023-24/sepang/documents/")
    assert page.locator(".desk-board tbody tr").count() > 0
    table = page.locator(".task-scroll")
    assert table.evaluate("(one) => one.scrollWidth <= one.clientWidth")


@pytest.mark.usefixtures("desk")
def test_the_clock_of_the_track_goes_on_and_the_time_to_protest_counts_down(page, site):
    page.goto(site + DESK)
    clock = page.locator("time[data-clock]")
    expect(clock).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    first = clock.inner_text()
    expect(clock).not_to_have_text(first)
    expect(page.locator("[data-countdown]")).to_have_text(re.compile(r"in (29|30) min"))
    closes_at = page.locator("[data-countdown]").get_attribute("data-countdown")
    assert closes_at.endswith("+04:00")


def test_a_list_is_published_with_one_thumb(page, site, desk):
    page.set_viewport_size(PHONE)
    page.goto(site + DESK)
    page.locator(".desk-publish .desk-button").click()
    page.fill("[name=warnings_reason]", "The document follows")
    button = page.locator(".desk-submit .desk-button")
    assert button.bounding_box()["height"] >= 44
    assert button.bounding_box()["width"] >= 340
    button.click()
    expect(page.locator(".messagelist")).to_contain_text("Published provisional v3 as document 2")
    published = Classification.objects.get(session=desk, version=3)
    assert (published.checker.username, published.warnings_reason) == ("ben", "The document follows")
    page.get_by_role("link", name="Recall v3").click()
    page.fill("[name=reason]", "One more decision")
    page.locator(".desk-danger").click()
    expect(page.locator(".messagelist")).to_contain_text("Recalled v3: v2 stands again")
