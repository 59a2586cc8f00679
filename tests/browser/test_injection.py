"""Script injection, in a real browser: nothing is executed by the sanitiser alone, and nothing by the policy alone.

Each has a control with neither, which shows that the browser would tell.
"""

import re
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.db.models import QuerySet
from django.template import engines
from django.test import Client

from championship.models import Circuit
from championship.services import pictures
from news.markup import clean
from news.models import Story, StoryEdition
from tests import factories as make
from tests.addresses import public_addresses
from tests.browser.hostile_rows import overwrite, relabel, show_everywhere, texts
from tests.browser.injection import batches, watched, without_sanitiser
from tests.payloads import SEEDS, payloads, public_payloads
from tests.picture_files import picture_file

pytestmark = pytest.mark.django_db

FEWEST = 2_000
STORY = "/news/sepang-is-back/"
ATOM = "{http://www.w3.org/2005/Atom}"
NAMESPACES = (ATOM, "{http://www.sitemaps.org/schemas/sitemap/0.9}")
# What runs a script, and closes what it opens.
HARMLESS_BESIDE = ("<img", "<script>", "<p ", "<a href=java", "<video")
# Pages on which texts of the newsroom, of the notice board and of the sport stand, for the controls.
SOME_PAGES = {
    address.name: address.path
    for address in public_addresses()
    if address.name in ("decision", "document", "event", "news", "story", "team")
}


@pytest.fixture(scope="module")
def site(site):
    show_everywhere(make.make_picture())
    return site


@pytest.fixture
def hostile_fields(site) -> list[str]:
    """Payloads stand in every text; the fields that hold them."""
    return overwrite()


@pytest.fixture
def look(browser, site):
    with watched(browser, site) as watch:
        yield watch


@pytest.fixture
def no_policy(settings):
    """The policy stops nothing, but the browser tells what it would have stopped."""
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = settings.CONTENT_SECURITY_POLICY
    settings.CONTENT_SECURITY_POLICY = None


@pytest.fixture
def no_sanitiser(monkeypatch):
    without_sanitiser(monkeypatch)


@pytest.fixture
def no_escaping(monkeypatch, site):
    """Every text is written as it is, and holds a payload that leaves the rest of the page alone."""
    overwrite([seed for seed in SEEDS if seed.startswith(HARMLESS_BESIDE)])
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)


def write(body: str) -> None:
    """Put a text where readers see it, past every service."""
    edition = Story.objects.get(live__slug="sepang-is-back").live_id
    QuerySet(StoryEdition).filter(pk=edition).update(body=body)


def test_the_corpus_is_as_large_as_promised():
    print(f"{len(public_payloads())} public payloads, {len(payloads())} with our own, {len(texts())} in each text")
    assert len(public_payloads()) > 2 * FEWEST
    assert len(payloads()) > 3 * FEWEST
    assert len(texts()) > FEWEST


def test_the_sanitiser_alone_stops_every_payload_in_the_text_of_a_story(look, no_policy):
    marks = "".join(f"<h3>{number}</h3>{clean(payload)}" for number, payload in enumerate(payloads()))
    write(marks)
    assert Client().get(STORY).content.count(b"<h3>") >= len(payloads())
    assert look(STORY).faults == []
    together = "".join(clean(body) for _, body in batches())
    assert clean(together) == together
    write(together)
    assert look(STORY).faults == []


def test_the_policy_alone_stops_every_payload_in_the_text_of_a_story(look, no_sanitiser):
    boxes = refused = 0
    for expected, body in batches():
        write(body)
        seen = look(STORY)
        assert (seen.executed, seen.elsewhere, seen.is_lost) == ([], [], False)
        # A payload may close the box of another, or open one anew.
        assert seen.boxes >= expected - 3
        boxes, refused = boxes + seen.boxes, refused + len(seen.refused)
    print(f"{boxes} payloads on a page, {refused} refusals")
    assert refused > FEWEST


def test_without_both_payloads_in_the_text_of_a_story_are_executed(look, no_policy, no_sanitiser):
    executed: set[str] = set()
    elsewhere = 0
    found = [body for _, body in batches()]
    for body in (found[0], found[2], found[-6], found[-5]):
        write(body)
        seen = look(STORY)
        executed |= set(seen.executed)
        elsewhere += len(seen.elsewhere)
    print(f"{len(executed)} payloads executed")
    assert len(executed) > 300
    assert elsewhere


def html_pages() -> list[tuple[str, str]]:
    """(name, address) of every public page."""
    found = []
    for address in public_addresses():
        if address.path.endswith("/") and Client().get(address.path).status_code == 200:
            found.append((address.name, address.path))
    return found


def test_escaping_alone_stops_every_payload_in_every_other_text(look, no_policy, hostile_fields):
    pages = html_pages()
    for number, (name, path) in enumerate(pages):
        relabel(number, len(pages))
        cache.clear()
        assert look(path).faults == [], name
    print(f"{len(hostile_fields)} fields on {len(pages)} pages")
    assert len(pages) >= 36
    assert {"Team.name", "Driver.family_name", "Decision.fact", "Document.title", "Picture.credit"} <= set(
        hostile_fields
    )
    assert {"StoryEdition.headline", "StoryEdition.update_note", "Story.standfirst"} <= set(hostile_fields)


@pytest.mark.parametrize("name", SOME_PAGES)
def test_the_policy_alone_stops_scripts_in_every_other_text(look, no_escaping, name):
    seen = look(SOME_PAGES[name])
    assert (seen.executed, seen.elsewhere, seen.is_lost) == ([], [], False)
    assert seen.refused


@pytest.mark.parametrize("name", SOME_PAGES)
def test_without_both_scripts_in_other_texts_are_executed(look, no_policy, no_escaping, name):
    assert look(SOME_PAGES[name]).executed


def test_feeds_stay_well_formed_and_the_html_in_them_runs_no_script(look, no_policy, hostile_fields):
    write("".join(clean(body) for _, body in batches()))
    for address in public_addresses():
        answer = Client().get(address.path)
        if "xml" not in answer.headers["Content-Type"]:
            continue
        root = ET.fromstring(answer.content)  # noqa: S314 (our own)
        strange = {element.tag for element in root.iter() if not element.tag.startswith(NAMESPACES)}
        assert strange == set(), address.name
        told = [element.text or "" for element in root.iter() if element.get("type") == "html"]
        assert look("/teams/", content=f"<!doctype html><title>Reader</title>{''.join(told)}").faults == []


def test_no_file_for_machines_is_taken_for_a_page(hostile_fields):
    for address in public_addresses():
        answer = Client().get(address.path)
        kind = answer.headers["Content-Type"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address.name
        if answer.status_code == 200 and address.path.rpartition("/")[2]:
            assert not kind.startswith(("text/html", "application/xhtml", "image/svg")), address.name


def test_share_pictures_are_drawn_whatever_a_story_says(hostile_fields):
    address = re.search(r'og:image" content="[^"]*?(/news/[^"]*)"', Client().get(STORY).content.decode())[1]
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_a_page_hidden_in_a_picture_is_no_page(look, no_policy):
    content = picture_file("JPEG") + b"<!doctype html><body onload=alert(1)><script>alert(1)</script>"
    picture = pictures.add(content, title="Start", alt="Cars", credit="A. Photographer", licence="own")
    Circuit.objects.update(lead_picture=picture)
    for kind in ("jpg", "avif"):
        seen = look(f"/pictures/{picture.name}-160.{kind}")
        # The browser's own frame around a picture has styles.
        assert (seen.executed, set(seen.refused) - {"style-src-attr"}, seen.standing) == ([], set(), [])


def test_what_an_address_asks_for_is_repeated_as_text(look, no_policy, site):
    address = f"/2023-24/entries/?q={quote(' '.join(SEEDS))}"
    assert "&lt;svg onload=alert(1)&gt;" in Client().get(address).content.decode()
    assert look(address).faults == []
