from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from championship.models import EntryList, EntryListLine, EntryListSeat, FrozenError, freezing
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    season = make.make_season()
    make.make_entry(make.make_race_class(season), "7", crew=1)
    return make.publish_list(season)


@pytest.mark.parametrize("model", [EntryList, EntryListLine, EntryListSeat])
def test_a_published_row_refuses_every_way_of_changing_it(published, model):
    row = model.objects.get()
    for attack in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(pk=99),
        lambda: model.objects.bulk_update([row], ["id"]),
        lambda: model.objects.bulk_create([row], update_conflicts=True),
    ):
        with pytest.raises(FrozenError):
            attack()
    assert model.objects.get().pk == row.pk


def test_nobody_adds_a_row_to_a_published_list(published):
    line = published.lines.get()
    driver = make.make_driver("somebody")
    attacks = (
        lambda: line.crew.create(seat=9, driver=driver, rating="gold"),
        lambda: driver.entrylistseats.add(line.crew.get()),
        lambda: EntryListLine.objects.bulk_create([line]),
    )
    for attack in attacks:
        with pytest.raises(FrozenError):
            attack()
    assert (published.lines.count(), line.crew.count()) == (1, 1)


def test_what_a_published_list_names_cannot_be_deleted(published):
    line = published.lines.get()
    for named in (line.entry, line.team, line.car_model, line.race_class, line.crew.get().driver, published.season):
        with pytest.raises(ProtectedError):
            named.delete()


def test_renaming_a_team_or_driver_leaves_a_published_list_as_it_was(published):
    line = published.lines.get()
    before = line.as_list_line()
    driver = line.crew.get().driver
    line.team.name, driver.family_name = "Renamed", "Renamed"
    line.team.save()
    driver.save()
    assert published.lines.for_list().get().as_list_line() == before


def test_a_list_is_known_from_the_moment_of_its_publication_on(published, settings):
    settings.SITE_NOW = datetime(2030, 11, 1, 11, 59, tzinfo=UTC)
    assert list(EntryList.objects.published()) == []
    settings.SITE_NOW = datetime(2030, 11, 1, 12, tzinfo=UTC)
    assert list(EntryList.objects.published()) == [published]


def test_a_revision_exists_once_for_the_season_and_once_for_each_event(published):
    with pytest.raises(IntegrityError), transaction.atomic(), freezing():
        EntryList.objects.create(
            season=published.season, revision=1, status="final", published_at=published.published_at
        )
    event = make.make_event(published.season)
    make.publish_list(published.season, event)
    with pytest.raises(IntegrityError), transaction.atomic(), freezing():
        EntryList.objects.create(
            season=published.season, event=event, revision=1, status="final", published_at=published.published_at
        )
    assert EntryList.objects.count() == 2
