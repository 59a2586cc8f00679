"""Reading a story that is hard to set: long words, wide tables, scripts of two directions."""

import pytest

from tests.browser.conftest import IS_TOO_WIDE, PHONE
from tests.browser.writing import log_in
from tests.news_factories import publish_story

pytestmark = pytest.mark.django_db

WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
CELLS = "".join(f"<td>Column{number}</td>" for number in range(12))
BODY = (
    f"<h2>{WORD}{WORD}</h2><p>{WORD}{WORD}</p><ul><li>{WORD}{WORD}</li></ul><table><tbody><tr>{CELLS}</tr></tbody></table>"
    "<p>فاز الفريق رقم 99 في السباق الأول.</p>"
)
AT_THE_RIGHT = """(one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return Math.abs(range.getBoundingClientRect().right - one.getBoundingClientRect().right) < 2;
}"""


@pytest.fixture
def story(site):
    return publish_story(at=None, headline=f"{WORD} wins", standfirst=f"{WORD}{WORD}", body=BODY)


@pytest.fixture
def phone(new_context):
    return new_context(viewport=PHONE)


def test_long_words_and_wide_tables_do_not_widen_what_readers_see(phone, site, story):
    page = phone.new_page()
    for address in ("/news/", f"/news/{story.slug}/"):
        page.goto(f"{site}{address}")
        assert not page.evaluate(IS_TOO_WIDE), address
    table = page.locator(".story-body .table-scroll")
    assert table.evaluate("(one) => one.scrollWidth > one.clientWidth")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(one) => one.scrollLeft > 0", arg=table.element_handle())


def test_long_words_do_not_widen_what_editors_see(phone, site, story):
    log_in(phone, site)
    page = phone.new_page()
    for address in (f"news/story/{story.pk}/change/", "newsroom/", f"newsroom/{story.pk}/publish/", "newsroom/agenda/"):
        page.goto(f"{site}/admin/{address}")
        assert not page.evaluate(IS_TOO_WIDE), address


def test_arabic_words_begin_at_the_right(phone, site, story):
    page = phone.new_page()
    page.goto(f"{site}/news/{story.slug}/")
    assert page.locator(".story-body > p").last.evaluate(AT_THE_RIGHT)
