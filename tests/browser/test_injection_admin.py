"""Script injection on the officials' side: what editors typed runs no script where their colleagues read it."""

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.test import Client

from news.markup import clean
from news.models import Story, StoryEdition
from tests import factories as make
from tests.addresses import addresses
from tests.browser.hostile_rows import overwrite, show_everywhere
from tests.browser.injection import batches, watched, without_sanitiser
from tests.payloads import payloads

pytestmark = pytest.mark.django_db

FEWEST = 2_000
AT_ONCE = 500
# Where texts of the newsroom and of the notice board are read; the pages of other models are Django's own.
AREAS = ("admin:newsroom", "admin:news_", "admin:championship_picture", "admin:desk_decision", "admin:desk_document")


@pytest.fixture(scope="module")
def site(site):
    show_everywhere(make.make_picture())
    return site


@pytest.fixture
def official(site) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("administrator"))
    return client


@pytest.fixture
def look(browser, site, official):
    with watched(browser, site) as watch:
        name = site_settings.SESSION_COOKIE_NAME
        watch.context.add_cookies([{"name": name, "value": official.cookies[name].value, "url": site}])
        yield watch


@pytest.fixture
def no_policy(settings):
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": settings.STAFF_CONTENT_SECURITY_POLICY}
    settings.STAFF_CONTENT_SECURITY_POLICY = settings.CONTENT_SECURITY_POLICY = None


@pytest.fixture
def no_sanitiser(monkeypatch):
    without_sanitiser(monkeypatch)


@pytest.fixture
def story(site) -> Story:
    return Story.objects.get(live__slug="sepang-is-back")


def write(story: Story, body: str) -> None:
    """Put a text into the working copy and its editions, past every service."""
    QuerySet(Story).filter(pk=story.pk).update(body=body)
    QuerySet(StoryEdition).filter(story=story).update(body=body)


def pages_of(story: Story) -> dict[str, str]:
    """Where a text that is not public yet is read and written."""
    return {
        "writing": f"/admin/news/story/{story.pk}/change/",
        "publish": f"/admin/newsroom/{story.pk}/publish/",
        "edition": f"/admin/newsroom/{story.pk}/editions/1/",
    }


def test_escaping_alone_stops_every_payload_in_the_texts_of_colleagues(look, official, no_policy):
    fields = overwrite()
    opened = 0
    for address in addresses(*AREAS):
        answer = official.get(address.path)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert look(address.path).faults == [], address.name
            opened += 1
    print(f"{len(fields)} fields on {opened} pages")
    assert opened >= 40


def test_the_sanitiser_alone_stops_every_payload_in_a_text_that_is_written_on(look, story, no_policy):
    cleaned = [f"<h3>{number}</h3>{clean(payload)}" for number, payload in enumerate(payloads())]
    write(story, "".join(cleaned))
    pages = pages_of(story)
    writing = pages.pop("writing")
    for name, path in pages.items():
        assert look(path).faults == [], name
    # The editor keeps every paragraph as an object of its own: a few hundred at a time are as many as it likes.
    spread = cleaned[:: len(cleaned) // FEWEST]
    for first in range(0, len(spread), AT_ONCE):
        write(story, "".join(spread[first : first + AT_ONCE]))
        assert look(writing).faults == []


def test_the_policy_alone_stops_payloads_in_a_text_that_is_written_on(look, story, no_sanitiser):
    for _, body in list(batches())[::6]:
        write(story, body)
        for name, path in pages_of(story).items():
            seen = look(path)
            assert (name, seen.executed, seen.elsewhere, seen.is_lost) == (name, [], [], False)


def test_without_both_payloads_in_a_text_that_is_written_on_are_executed(look, story, no_policy, no_sanitiser):
    _, body = next(batches())
    write(story, body)
    seen = look(pages_of(story)["publish"])
    print(f"{len(set(seen.executed))} payloads executed")
    assert len(set(seen.executed)) > 100
