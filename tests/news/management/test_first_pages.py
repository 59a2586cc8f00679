"""The pages in data/news/pages: that they load, lead somewhere, and say what the record holds."""

import re
from pathlib import Path

import pytest

from championship.models import CrewMember, EventEntry, RaceClass
from news.models import Page, Story
from news.record import NewsRecord, read_folder, read_news
from news.selectors.pages import pages_in_footer
from news.services.load_news import load_news
from tests.reading import queries_of, text_of

pytestmark = pytest.mark.django_db

PAGES = ("guide", "tickets", "press", "about", "contact", "accessibility", "privacy")


def packaged() -> NewsRecord:
    record = read_news(read_folder(Path(__file__).resolve().parents[3] / "data" / "news"))
    return NewsRecord(topics=(), stories=(), pages=record.pages)


@pytest.fixture
def loaded(real_results) -> None:
    load_news(packaged())


def test_they_load_as_public_pages_with_an_order_in_the_footer(client, loaded):
    assert tuple(link.url.strip("/") for link in pages_in_footer()) == PAGES
    assert {page.state for page in Page.objects.all()} == {Story.State.LIVE}
    assert max(queries_of(client, f"/{slug}/") for slug in PAGES) <= 10


def test_every_link_in_them_leads_somewhere_and_every_block_shows_something(client, loaded):
    asked = set()
    for page in packaged().pages:
        found = client.get(f"/{page.slug}/")
        blocks = page.body.count("data-block")
        assert found.text.count('class="block ') + found.text.count('class="block"') == blocks
        asked |= set(re.findall(r'href="(/[^"]*)"', page.body))
    assert len(asked) > 15
    assert {
        path: client.get(path).status_code for path in asked if client.get(path).status_code not in (200, 302)
    } == {}


def test_what_the_guide_says_of_classes_and_crews_is_on_record(client, loaded):
    text = text_of(client.get("/guide/"))
    for race_class in RaceClass.objects.all():
        models = set(race_class.entries.values_list("car_model__name", flat=True))
        makes = set(race_class.entries.values_list("car_model__manufacturer__name", flat=True))
        assert all(make in text for make in makes)
        assert (len(models) == 1) == (race_class.slug in ("lmp2", "lmp3"))
    assert {row.slug: row.plate_colour for row in RaceClass.objects.all()} == {
        "lmp2": "#0B4EA2",
        "lmp3": "#6A2C91",
        "gt": "#F28C00",
    }
    with_crew = EventEntry.objects.filter(crew__isnull=False).distinct()
    with_bronze = CrewMember.objects.filter(rating="bronze").values("event_entry")
    assert with_crew.count() == with_crew.filter(pk__in=with_bronze).count() == 122
    seats = CrewMember.objects.filter(event_entry__entry__race_class__slug="lmp3")
    assert set(seats.values_list("rating", flat=True)) == {"silver", "bronze"}


def test_the_privacy_page_names_every_fact_about_a_driver():
    # Whoever adds a field about a person has to tell it there.
    from championship.models import Driver

    assert {field.name for field in Driver._meta.concrete_fields} == {
        *("id", "version", "source", "slug", "given_name", "family_name", "country", "portrait")
    }
