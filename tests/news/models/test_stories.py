from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from championship.models import Team
from championship.models.base import FrozenError
from news.models import Story, StoryAddress, StoryEdition, StoryLink
from tests import factories as make
from tests.news_factories import make_story, make_topic, publish_story

pytestmark = pytest.mark.django_db


def test_an_edition_and_its_links_never_change():
    story = make_story(links={"teams": [make.make_team("alpha")]})
    edition = story.editions.get()
    edition.headline = "Other"
    attempts = [
        edition.save,
        edition.delete,
        lambda: story.editions.update(headline="Other"),
        lambda: edition.links.all().delete(),
        lambda: StoryLink.objects.create(edition=edition, team=make.make_team("beta")),
        lambda: StoryEdition.objects.create(
            story=story, number=2, headline="x", saved_at=datetime(2030, 1, 1, tzinfo=UTC)
        ),
    ]
    for attempt in attempts:
        with pytest.raises(FrozenError):
            attempt()
    assert story.editions.get().headline == "Sepang is back"


@pytest.mark.parametrize(
    "values",
    [
        {"publish_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"archived_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"slug": "other"},
    ],
)
def test_the_database_refuses_a_story_that_cannot_be(values):
    make_story("Other", slug="other")
    story = make_story()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(**values)


def test_a_saved_story_is_archived_and_never_deleted():
    story = make_story()
    with pytest.raises(ProtectedError):
        story.delete()
    unsaved = Story.objects.create(slug="x", headline="X")
    unsaved.delete()
    assert list(Story.objects.all()) == [story]


def test_a_team_that_an_official_deletes_takes_its_links_along():
    team = make.make_team("alpha")
    story = make_story(links={"teams": [team]})
    Team.objects.get(pk=team.pk).delete()
    assert not story.editions.get().links.exists()


def test_rows_say_what_they_are():
    story = publish_story(topic=make_topic(), links={"teams": [make.make_team("alpha")]})
    assert str(story) == story.headline
    assert str(story.live) == "Sepang is back (edition 2)"
    assert str(story.live.links.get()) == "Sepang is back (edition 2): Alpha"
    assert str(StoryAddress.objects.get()) == "sepang-is-back"
    assert (str(story.topic), story.topic.get_absolute_url()) == ("Race reports", "/news/topic/race-reports/")
