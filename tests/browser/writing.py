"""A page on which a story is written, in a browser: opened, typed on, saved, and what it says."""

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from news.models import Story
from tests.championship.admin.posting import signed_in

STATE = ".writing-state"
OFFER = ".writing-offer"
KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('desk:writing')).length"
KEPT_WORDS = """(words) => Object.entries(localStorage)
    .some(([name, value]) => name.startsWith("desk:writing") && value.includes(words))"""

PASTE = """(html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.querySelector(".body-text").dispatchEvent(event);
}"""


def log_in(context: BrowserContext, site: str, name: str = "ada") -> None:
    value = signed_in(name, "Editor").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


def page_of(site: str, story: Story) -> str:
    return f"{site}{reverse('admin:news_story_change', args=[story.pk])}"


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".body-text")
    return page


def write(page: Page, text: str) -> None:
    """Type at the end of the text, which may have a block where a click would go."""
    page.focus(".body-text")
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def said(page: Page, words: str) -> None:
    page.wait_for_selector(f"{STATE}:has-text('{words}')")


def on_the_server(page: Page) -> None:
    page.wait_for_selector(f"{STATE}[data-state=saved]")


def kept(page: Page, words: str) -> None:
    """Wait until these words are kept on this device, for at most the two seconds that are promised."""
    page.wait_for_function(KEPT_WORDS, arg=words, timeout=2_000)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Control+s")


def html(page: Page) -> str:
    return page.input_value("[data-body]")
