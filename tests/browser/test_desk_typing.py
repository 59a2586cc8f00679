"""Typing at the desk: a classification with the keyboard alone, losing nothing of it, and a decision with one thumb."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from championship.models import ClassificationDraft, Session
from championship.services.drafts import draft_lines
from championship.services.typed_drafts import Seen, cars_to_type, save_typing, typed_lines
from championship.timing.typed import TypedRow
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import site_server
from tests.championship.admin.posting import signed_in
from tests.result_factories import make_decision

pytestmark = pytest.mark.django_db

RACE = ["2023-24", "sepang", "race-1"]
KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('desk:')).length"
STATE = ".grid-state"
OFFER = ".grid-offers section"


@pytest.fixture
def session(site) -> Session:
    return Session.objects.select_related("event__season").get(event__slug="sepang", slug="race-1")


@pytest.fixture
def address(site) -> str:
    """An empty sheet; a version stands, with which a sheet would begin otherwise."""
    return f"{site}{reverse('admin:desk_grid', args=RACE)}?from=nothing"


@pytest.fixture
def desk(context: BrowserContext, site) -> BrowserContext:
    log_in(context, site)
    return context


def log_in(context: BrowserContext, site: str) -> None:
    value = signed_in("anna").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".grid-table")
    return page


def type_numbers(page: Page, numbers) -> None:
    page.focus("#cell-1-car_number")
    for number in numbers:
        page.keyboard.type(number)
        page.keyboard.press("Enter")


def kept(page: Page) -> None:
    """Wait until the typing is kept on this device, for at most the two seconds that are promised."""
    page.wait_for_function(KEPT, timeout=2_000)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Control+s")


def stored() -> list[str]:
    return [line.timing.car_number for line in draft_lines(ClassificationDraft.objects.get())]


def column(page: Page, name: str) -> list[str]:
    boxes = page.locator(f"[id^=cell-][id$=-{name}]").all()
    return [box.input_value() for box in boxes][:-1]


def test_sixty_cars_are_typed_with_the_keyboard_alone(desk, address, session):
    known = list(session.event.event_entries.values_list("entry__car_number", flat=True))
    race_class = session.event.season.race_classes.first()
    new = [str(number) for number in range(100, 160) if str(number) not in known][: 60 - len(known)]
    for number in new:
        make.make_event_entry(session.event, make.make_entry(race_class, number))
    sixty = [*known, *new]
    page = opened(desk, address)
    type_numbers(page, sixty)
    page.focus("#cell-1-laps")
    for text in ("90", "4:01:39.212", "c", "1:46", "12"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    # From the last cell on to the next row.
    assert page.evaluate("document.activeElement.id") == "cell-2-car_number"
    for text in ("", "", "+5.5", ""):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.focus("#cell-60-status")
    page.keyboard.type("nc")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "cell-60-laps"
    page.keyboard.type("12")
    page.keyboard.press("Alt+ArrowUp")
    page.fill("#id_cause", "Typed again")
    save(page)
    assert page.inner_text(".messagelist") == "Saved as the draft: 60 cars. Check and publish it at the desk."
    lines = draft_lines(ClassificationDraft.objects.get())
    assert [line.timing.car_number for line in lines] == [*sixty[:58], sixty[59], sixty[58]]
    assert (lines[1].timing.laps, lines[1].timing.total_time) == (90, 14_504_712)
    assert (lines[58].timing.laps, lines[58].timing.status) == (12, "Not classified")
    assert page.evaluate(KEPT) == 0
    assert page.inner_text(STATE) == "All of it is saved as the draft."


def test_rows_are_inserted_deleted_and_brought_back(desk, address):
    page = opened(desk, address)
    type_numbers(page, ["25", "24", "22"])
    page.focus("#cell-1-car_number")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+Delete")
    assert column(page, "car_number") == ["25", "3", "22"]
    page.keyboard.press("Alt+z")
    assert column(page, "car_number") == ["25", "3", "24", "22"]
    page.keyboard.press("Alt+ArrowDown")
    assert column(page, "car_number") == ["25", "3", "22", "24"]
    assert page.get_attribute("#cell-2-status", "placeholder") == "Classified"


def test_others_may_have_driven_a_car(desk, address):
    page = opened(desk, address)
    type_numbers(page, ["99"])
    page.focus("#cell-1-car_number")
    page.keyboard.press("F2")
    page.get_by_role("button", name="Take out").first.click()
    page.keyboard.type("andlauer")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cell-1-car_number"
    page.fill("#cell-1-laps", "90")
    page.fill("#id_cause", "Typed again")
    save(page)
    assert "julien-andlauer" in draft_lines(ClassificationDraft.objects.get())[0].drivers


def test_a_table_of_a_spreadsheet_is_pasted(desk, address):
    page = opened(desk, address)
    paste = """([text]) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
        document.getElementById("cell-1-car_number").dispatchEvent(event);
    }"""
    page.evaluate(paste, ["25\t90\t4:01:39.212\n24\t89"])
    assert column(page, "laps") == ["90", "89"]
    with page.expect_navigation():
        page.evaluate(paste, ["Pos\tLaps\tNo\n1\t77\t22\n"])
    assert (column(page, "car_number"), column(page, "laps")) == (["22"], ["77"])
    # What was typed before is not lost with it.
    assert "differs: 25, 24, 22" in page.inner_text(OFFER)


def test_a_lost_session_loses_nothing(desk, address, site):
    page = opened(desk, address)
    type_numbers(page, ["25", "24"])
    kept(page)
    desk.clear_cookies()
    page.keyboard.press("Control+s")
    page.wait_for_selector(f"{STATE} a")
    assert page.inner_text(STATE).startswith("You are not logged in any more. All of it is kept on this device")
    page.close()
    log_in(desk, site)
    page = opened(desk, address)
    assert page.inner_text(f"{OFFER} p") == "2 rows; differs: 25, 24."
    page.get_by_role("button", name="Restore what was typed at").click()
    assert column(page, "car_number") == ["25", "24"]
    page.fill("#id_cause", "Typed again")
    save(page)
    assert stored() == ["25", "24"]
    assert page.evaluate(KEPT) == 0
    assert page.locator(OFFER).count() == 0


def test_a_token_that_changed_with_a_new_login_does_not_refuse_the_save(desk, address, site):
    page = opened(desk, address)
    type_numbers(page, ["25"])
    desk.clear_cookies()
    log_in(desk, site)
    page.fill("#id_cause", "Typed again")
    save(page)
    assert stored() == ["25"]


def test_a_lost_network_loses_nothing(desk, address):
    page = opened(desk, address)
    desk.set_offline(True)
    type_numbers(page, ["25", "24"])
    kept(page)
    assert "You are offline." in page.inner_text(STATE)
    page.keyboard.press("Control+s")
    page.wait_for_selector(f"{STATE}:has-text('The server cannot be reached')")
    # The tab is gone, without a word.
    page.close(run_before_unload=False)
    desk.set_offline(False)
    page = opened(desk, address)
    assert page.inner_text(f"{OFFER} p") == "2 rows; differs: 25, 24."
    page.get_by_role("button", name="Throw it away").click()
    assert page.evaluate(KEPT) == 0


def test_a_tab_that_is_loaded_again_offers_its_own_typing_until_it_is_thrown_away(desk, address):
    page = opened(desk, address)
    type_numbers(page, ["25"])
    kept(page)
    page.reload()
    type_numbers(page, ["24"])
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    assert page.inner_text(f"{OFFER} p") == "1 row; differs: 24."


def test_a_browser_that_keeps_nothing_says_so(desk, address):
    """The control: without the copy on this device the same typing is gone with its page."""
    desk.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    page = opened(desk, address)
    type_numbers(page, ["25"])
    page.wait_for_selector(f"{STATE}:has-text('This browser keeps nothing: save often.')")
    page.close()
    page = opened(desk, address)
    assert page.locator(OFFER).count() == 0


def test_a_stopped_server_loses_nothing(context, session):
    server = site_server()
    site = f"http://{server.host}:{server.port}"
    address = f"{site}{reverse('admin:desk_grid', args=RACE)}?from=nothing"
    log_in(context, site)
    page = opened(context, address)
    server.terminate()
    type_numbers(page, ["25", "24"])
    kept(page)
    page.keyboard.press("Control+s")
    page.wait_for_selector(f"{STATE}:has-text('The server cannot be reached')")
    server = site_server(port=server.port)
    try:
        page.fill("#id_cause", "Typed again")
        save(page)
        assert stored() == ["25", "24"]
    finally:
        page.close()
        server.terminate()


def test_restored_typing_does_not_overwrite_what_somebody_saved_meanwhile(desk, address, session):
    page = opened(desk, address)
    type_numbers(page, ["25"])
    kept(page)
    page.close()
    lines = typed_lines(session, [TypedRow(car_number="24", laps="90")], cars_to_type(session))
    save_typing(session=session, lines=lines, seen=Seen(), by=None, cause="Theirs")
    page = opened(desk, address)
    page.get_by_role("button", name="Restore what was typed at").click()
    save(page)
    assert page.inner_text("#conflict-heading") == "Somebody saved this draft while you were typing"
    assert stored() == ["24"]
    assert column(page, "car_number") == ["25"]


def test_two_tabs_warn_each_other_and_keep_both_typings(desk, address):
    first, second = opened(desk, address), opened(desk, address)
    type_numbers(first, ["25"])
    kept(first)
    type_numbers(second, ["24"])
    first.wait_for_selector(f"{STATE}:has-text('in another tab')")
    assert first.evaluate(KEPT) == 2


def test_a_decision_is_entered_with_one_thumb(desk, site, session):
    page = desk.new_page()
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{reverse('admin:desk_decision_add', args=RACE)}")
    page.locator("[name=event_entry]:focus").wait_for()
    page.keyboard.type("99")
    assert page.inner_text("[data-echo]").split() == ["99", "LMP2", "99", "Racing"]
    shown = page.locator("[data-effect] [data-field]:visible")
    assert shown.count() == 1
    page.select_option("[name=effects-0-kind]", "laps_removed")
    page.fill("[name=effects-0-laps]", "1")
    page.get_by_role("button", name="Add another effect").click()
    page.select_option("[name=effects-1-kind]", "fine")
    page.fill("[name=effects-1-amount]", "500")
    page.fill("[name=effects-1-currency]", "EUR")
    assert shown.count() == 5
    with page.expect_navigation():
        page.get_by_role("button", name="Show what it changes").click()
    assert "Places" in page.inner_text(".decision-foreseen")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the decision").click()
    decision = session.decisions.get()
    assert [effect.kind for effect in decision.effects.all()] == ["laps_removed", "fine"]
    with page.expect_navigation():
        page.get_by_role("link", name="Publish as document").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish as document").click()
    assert page.inner_text(".messagelist").startswith("Published as document")
    # The list that follows is one step away, and says what it changes.
    assert page.locator(".desk-publish a").first.inner_text().startswith("Publish as")


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_the_grid_is_accessible_in_both_themes(desk, address, look, window):
    page = desk.new_page()
    page.set_viewport_size(window)
    page.goto(address.replace("from=nothing", "from=standing"))
    found = {"standing": look(page)}
    page.fill("#cell-2-laps", "many")
    page.fill("#cell-3-car_number", "500")
    save(page)
    assert page.locator("[aria-invalid]").count() == 1
    found["problems"] = look(page)
    page.locator("#cell-1-car_number").press("F2")
    found["crew"] = look(page)
    assert found == {name: [] for name in found}
    print(f"{len(found)} pages x 2 themes at {window['width']} px")


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_the_pages_of_a_decision_are_accessible_in_both_themes(desk, site, session, look, window):
    decision = make_decision(session, "99", {"kind": "laps_removed", "laps": 1})
    page = desk.new_page()
    page.set_viewport_size(window)
    page.goto(f"{site}{reverse('admin:desk_decision_add', args=RACE)}")
    page.fill("[name=event_entry]", "500")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the decision").click()
    found = {"refused": look(page)}
    page.goto(f"{site}{reverse('admin:desk_decision', args=[*RACE, decision.slug])}")
    with page.expect_navigation():
        page.get_by_role("button", name="Show what it changes").click()
    found["foreseen"] = look(page)
    page.goto(f"{site}{reverse('admin:desk_decision_publish', args=[*RACE, decision.slug])}")
    found["publish"] = look(page)
    assert found == {name: [] for name in found}
    print(f"{len(found)} pages x 2 themes at {window['width']} px")
