"""The text of a story under the hands of an editor: lists from Word, chosen blocks, and the fields on a phone."""

import pytest
from playwright.sync_api import BrowserContext, expect

from news.models import Story
from tests.browser.conftest import PHONE
from tests.browser.writing import PASTE, html, log_in, opened, page_of
from tests.news_factories import make_story

pytestmark = pytest.mark.django_db

ADD = "/admin/news/story/add/"
EVENT = '<figure data-block="event" data-ref="2023-24/sepang"></figure>'

# As Word puts it on the clipboard: items are paragraphs, their signs are text.
ITEM = (
    "<p class=MsoListParagraph style='margin-left:1cm;mso-list:l{list} level1 lfo1'><![if !supportLists]>"
    "<span style='font-family:Symbol'><span style='mso-list:Ignore'>{sign}<span>&nbsp;&nbsp; </span></span></span>"
    "<![endif]>{words}<o:p></o:p></p>\n"
)


@pytest.fixture
def editor(context: BrowserContext, site) -> BrowserContext:
    log_in(context, site)
    return context


@pytest.fixture
def blocks(site) -> Story:
    return make_story("Sepang again", body=f"<p>Two races.</p>{EVENT}<p>The end.</p>")


def test_lists_that_word_writes_as_paragraphs_are_lists(editor, site):
    page = opened(editor, f"{site}{ADD}")
    items = [ITEM.format(list=0, sign="·", words="Rain"), ITEM.format(list=0, sign="·", words="<b>Wind</b>")]
    numbers = [ITEM.format(list=1, sign="1.", words="Sepang"), ITEM.format(list=1, sign="2.", words="Dubai")]
    page.click(".body-text")
    page.evaluate(PASTE, f"<p>Before</p>{''.join(items)}{''.join(numbers)}<p>Between</p>{items[0]}<p>After</p>")
    assert html(page) == (
        "<p>Before</p><ul><li>Rain</li><li><strong>Wind</strong></li></ul><ol><li>Sepang</li><li>Dubai</li></ol>"
        "<p>Between</p><ul><li>Rain</li></ul><p>After</p>"
    )


def test_the_keyboard_goes_on_after_a_block_was_moved_with_its_button(editor, site, blocks):
    page = opened(editor, page_of(site, blocks))
    page.get_by_role("button", name="Move this block down").click()
    assert html(page) == f"<p>Two races.</p><p>The end.</p>{EVENT}"
    page.keyboard.press("Alt+ArrowUp")
    assert html(page) == blocks.body


def test_the_ends_of_the_text_are_reached_from_a_chosen_block(editor, site, blocks):
    page = opened(editor, page_of(site, blocks))
    page.click(".block-card-label")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Rain. ")
    page.click(".block-card-label")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Dry.")
    assert html(page) == f"<p>Rain. Two races.</p>{EVENT}<p>The end. Dry.</p>"


def test_choosing_a_lead_picture_does_not_widen_a_phone(new_context, site, blocks):
    context = new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    log_in(context, site)
    page = opened(context, page_of(site, blocks))
    page.tap(".field-lead_picture .select2-selection")
    page.wait_for_selector(".select2-dropdown")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_picture_that_is_not_in_the_library_is_added_beside_the_text(editor, site, blocks):
    page = opened(editor, page_of(site, blocks))
    page.click("[data-tool=insert]")
    page.locator("[name=ask-kind][value=picture]").check()
    places = (page.locator(".field-lead_picture .help a"), page.locator(".ask .help a"))
    for link in places:
        with page.expect_popup() as opening:
            link.dispatch_event("click")
        assert opening.value.inner_text("h1") == "Add picture"
        opening.value.close()
    assert page.locator(".ask").is_visible()


def test_a_link_where_nothing_is_chosen_asks_for_its_words(editor, site):
    page = opened(editor, f"{site}{ADD}")
    page.click(".body-text")
    page.keyboard.type("See ")
    page.keyboard.press("Control+k")
    page.get_by_label("Leads to").fill("/2023-24/sepang/")
    page.get_by_label("Words").fill("the races at Sepang")
    page.keyboard.press("Enter")
    page.keyboard.type(".")
    assert html(page) == '<p>See <a href="/2023-24/sepang/">the races at Sepang</a>.</p>'
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    # The editor hears of where the caret is a moment later.
    expect(page.locator("[data-tool=link]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+k")
    page.get_by_label("Leads to").wait_for()
    assert page.get_by_label("Words").count() == 0
