from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import URLResolver, get_resolver

from news.models import Page, Story
from news.models.stories import RESERVED_PAGE_SLUGS
from news.services import publishing, stories
from tests.news_factories import make_page, make_story, publish_page, publish_story

pytestmark = pytest.mark.django_db


def test_whoever_asks_for_stories_gets_no_page_and_the_other_way_round(settings):
    settings.SITE_NOW = datetime(2030, 12, 9, tzinfo=UTC)
    story, page = publish_story(), publish_page()
    assert (list(Story.objects.published()), list(Page.objects.published())) == ([story], [page])
    assert set(Story.everything.all()) == {story, page}
    assert [type(found) for found in Page.objects.all()] == [Page]


def test_a_page_is_written_with_editions_history_and_milestones_like_a_story():
    page = make_page(footer_place=3)
    stories.save(page, by=None, typed={"headline": "Who we are"}, seen_version=page.version, reason="Shorter")
    edition = page.editions.get(number=1)
    assert str(stories.name_milestone(edition, name="First words", by=None)) == "First words"
    stories.restore(page, edition, by=None, seen_version=page.version)
    assert (page.headline, page.footer_place, page.kind) == ("About this site", 3, "page")
    assert [row.history_change_reason for row in page.history.all()] == [
        "Edition 1 brought back",
        "Shorter",
        "Made",
    ]


def test_a_form_that_adds_a_page_checks_it_as_one():
    assert Page(headline="About", slug="about").kind == "page"
    with pytest.raises(ValidationError, match="“news” is an address of the site itself"):
        Page(headline="News", slug="news").full_clean()
    assert Page.objects.get(pk=make_page().pk).kind == "page"


def first_parts() -> set[str]:
    """The first part of every address of the URLconf that is a word, whatever follows."""
    patterns = get_resolver().url_patterns
    parts = {str(part.pattern).split("/")[0] for part in patterns if isinstance(part, URLResolver) or part.name}
    return {part for part in parts if part and not set(part) & set("<.")}


def test_every_word_of_the_site_map_is_refused_as_the_address_of_a_page():
    assert {"admin", "news", "teams", "healthz"} <= first_parts()
    assert first_parts() <= RESERVED_PAGE_SLUGS
    for word in RESERVED_PAGE_SLUGS:
        with pytest.raises(ValidationError, match=f"“{word}” is an address of the site itself"):
            make_page(slug=word)
    for season in ("2024", "2023-24"):
        with pytest.raises(ValidationError, match=f"“{season}” is the address of a season"):
            make_page(slug=season)
    assert make_page(slug="2024-guide").slug == "2024-guide"
    assert make_page("News", slug="").slug == "news-2"


@pytest.mark.parametrize(("first", "second"), [(make_story, make_page), (make_page, make_story)])
def test_a_story_and_a_page_never_have_the_same_slug(first, second):
    text = first(slug="tickets")
    with pytest.raises(ValidationError, match="Another story or page has this address"):
        second(slug="tickets")
    publishing.publish(text, by=None, seen_version=text.version)
    stories.save(text, by=None, typed={"slug": "entry"}, seen_version=text.version)
    with pytest.raises(ValidationError, match="Another story or page was published at this address"):
        second(slug="tickets")


def test_the_database_knows_two_kinds():
    page = make_page()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.everything.filter(pk=page.pk).update(kind="other")


def test_what_is_refused_is_called_by_its_kind():
    page = make_page(standfirst="", body="")
    with pytest.raises(ValidationError, match="The page has no text yet"):
        publishing.publish(page, by=None, seen_version=page.version)
