"""One public address for every pattern of the URLconf, in a real browser: what has to hold for every page.

`make crawl` does the same for all pages there are.
"""

from dataclasses import dataclass

import pytest

from tests.addresses import OTHER_PAGES, Address, public_addresses
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db

# What answers with something else than a page of its own; all other public addresses are pages.
FILES = {
    "class_colours": "text/css",
    "classification_csv": "text/csv",
    "classification_json": "application/json",
    "classification_schema": "application/schema+json",
    "classification_version_csv": "text/csv",
    "classification_version_json": "application/json",
    "document_file": "application/pdf",
    "documents_csv": "text/csv",
    "documents_feed": "application/atom+xml",
    "documents_json": "application/json",
    "documents_schema": "application/schema+json",
    "entry_list_csv": "text/csv",
    "entry_list_json": "application/json",
    "entry_list_schema": "application/schema+json",
    "event_entry_list_csv": "text/csv",
    "event_entry_list_json": "application/json",
    "event_ics": "text/calendar",
    "favicon": "image/svg+xml",
    "healthz": "text/plain",
    "news_feed": "application/atom+xml",
    "readyz": "text/plain",
    "results_feed": "application/atom+xml",
    "robots_txt": "text/plain",
    "season_ics": "text/calendar",
    "security_txt": "text/plain",
    "session_ics": "text/calendar",
    "site_share": "image/png",
    "sitemap": "application/xml",
    "story_share": "image/png",
    "standings_schema": "application/schema+json",
    "title_standings_csv": "text/csv",
    "title_standings_json": "application/json",
}
REDIRECTS = {
    "current_calendar": "/2023-24/calendar/",
    "current_entries": "/2023-24/entries/",
    "current_results": "/2023-24/results/",
    "current_standings": "/2023-24/standings/",
}
# The season comes without pictures; tests of their own look at them.
MISSING = {"picture_file", "story_preview_picture"}
FACTS = """() => ({
    title: document.title,
    description: document.querySelector('meta[name=description]')?.content ?? '',
    canonical: document.querySelector('link[rel=canonical]')?.href ?? '',
    headings: document.querySelectorAll('h1').length,
    breadcrumbs: document.querySelectorAll('nav.breadcrumbs').length,
})"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself; `headings` and `breadcrumbs` are counts."""

    title: str
    description: str
    canonical: str
    headings: int
    breadcrumbs: int


@pytest.fixture
def faults(page, site) -> list[str]:
    """What the browser complains about from here on: its console, scripts, and requests to another host."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url} console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url} script: {error}"))
    page.on(
        "request",
        lambda request: request.url.startswith((site, "data:")) or said.append(f"{page.url} asks for {request.url}"),
    )
    return said


def pages() -> list[Address]:
    one_each = [
        address for address in public_addresses() if address.name not in FILES.keys() | REDIRECTS.keys() | MISSING
    ]
    return one_each + [Address(f"page {slug}", f"/{slug}/") for slug in OTHER_PAGES]


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_every_page_is_accessible_in_both_themes_and_says_what_it_is(page, site, faults, look, window):
    page.set_viewport_size(window)
    seen: dict[str, Facts] = {}
    for address in pages():
        page.goto(site + address.path)
        faults += [f"{address.path} {fault}" for fault in look(page)]
        seen[address.name] = Facts(**page.evaluate(FACTS))
    print(f"{len(seen)} pages x 2 themes at {window['width']} px")

    assert faults == []
    assert {name: facts.headings for name, facts in seen.items()} == dict.fromkeys(seen, 1)
    assert {name: facts.breadcrumbs for name, facts in seen.items()} == {name: int(name != "home") for name in seen}
    canonical = {address.name: site + address.path for address in pages()}
    assert {name: facts.canonical for name, facts in seen.items()} == canonical
    for words in ("title", "description"):
        by_text: dict[str, list[str]] = {}
        for name, facts in seen.items():
            by_text.setdefault(getattr(facts, words), []).append(name)
        assert [names for text, names in by_text.items() if len(names) > 1 or not text] == []


def test_every_other_address_answers_with_its_kind_of_file_or_leads_to_a_page(page, site):
    kinds, targets = {}, {}
    for address in public_addresses():
        if address.name in REDIRECTS or address.name in FILES:
            answer = page.request.get(site + address.path)
            assert answer.status == 200
            kinds[address.name] = answer.headers["content-type"].split(";")[0]
            targets[address.name] = answer.url.removeprefix(site)
    assert {name: kinds[name] for name in FILES} == FILES
    assert {name: targets[name] for name in REDIRECTS} == REDIRECTS


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=lambda window: f"{window['width']}px")
def test_a_missing_page_and_a_failure_are_pages_too(page, site, look, monkeypatch, window):
    def broken() -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("aslms_site.views.home_page", broken)
    page.set_viewport_size(window)
    for path, status, heading in (("/2023-24/entries/0007/", 404, "Off the track"), ("/", 500, "Red flag")):
        answer = page.goto(site + path)
        assert answer.status == status
        assert page.inner_text("h1").casefold() == heading.casefold()
        assert look(page) == []


def test_a_fault_of_a_page_is_found(page, site, look, faults):
    page.goto(f"{site}/corrections/")
    page.evaluate("""() => {
        document.querySelector('main').append(document.createElement('img'));
        document.querySelector('.breadcrumbs').style.color = '#8080804d';
        document.querySelector('h1').style.width = '200vw';
        fetch('http://elsewhere.test/').catch(() => {});
    }""")
    page.wait_for_timeout(100)
    found = look(page)
    assert {" ".join(fault.split(": ")[:2]) for fault in found} == {
        "light image-alt",
        "light color-contrast",
        "dark color-contrast",
        "wider than the window",
    }
    assert any("elsewhere.test" in fault for fault in faults)


def test_the_one_row_of_many_that_looks_otherwise_is_seen_too(page, site, look):
    page.goto(f"{site}/drivers/")
    assert look(page) == []
    page.evaluate("[...document.querySelectorAll('.driver-name')].at(-1).style.color = '#8080804d'")
    assert {" ".join(fault.split(": ")[:2]) for fault in look(page)} == {"light color-contrast", "dark color-contrast"}
