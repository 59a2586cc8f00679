from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from championship import stamp
from championship.models import EntryList
from championship.services import entry_lists
from championship.services.entry_lists import PublishError
from championship.services.saving import save
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    season = make.make_season()
    lmp2, gt = make.make_race_class(season, "LMP2", 1), make.make_race_class(season, "GT", 2)
    make.make_entry(gt, "7", crew=2)
    make.make_entry(lmp2, "83", crew=3)
    make.make_entry(lmp2, "3", crew=3)
    return season


def publish(season, event=None, status="provisional", **values):
    seen = entry_lists.preview(season=season, event=event).fingerprint
    return entry_lists.publish(season=season, event=event, status=status, seen=seen, **values)


def test_the_first_preview_adds_every_car_in_the_order_of_the_list(season):
    now = entry_lists.preview(season=season, event=None)
    assert (now.revision, now.previous) == (1, None)
    assert [line.car_number for line in now.changes.added] == ["3", "83", "7"]


def test_publishing_freezes_cars_and_crews_at_the_sites_moment(season, settings):
    settings.SITE_NOW = datetime(2030, 11, 20, 9, 30, tzinfo=UTC)
    official = make.make_user("official")
    published = publish(season, note="Three cars", by=official)
    assert (published.revision, published.status, published.note) == (1, "provisional", "Three cars")
    assert (published.published_at, published.published_by) == (settings.SITE_NOW, official)
    lines = [line.as_list_line() for line in published.lines.for_list()]
    assert lines == entry_lists.working_lines(season=season, event=None)
    assert [len(line.crew) for line in lines] == [3, 3, 2]


def test_working_on_an_entry_does_not_change_what_was_published(season):
    published = publish(season)
    before = [line.as_list_line() for line in published.lines.for_list()]
    entry = season.entries.get(car_number="3")
    entry.status, entry.withdrawal_reason = "withdrawn", "Accident"
    save(entry)
    entry.crew.all().delete()
    assert [line.as_list_line() for line in EntryList.objects.get().lines.for_list()] == before


def test_the_next_preview_tells_what_the_public_will_see_for_the_first_time(season):
    publish(season)
    entry = season.entries.get(car_number="3")
    entry.status = "withdrawn"
    save(entry)
    make.make_entry(season.race_classes.get(slug="gt"), "99")
    changes = entry_lists.preview(season=season, event=None).changes
    assert [line.car_number for line in changes.added] == ["99"]
    assert [line.car_number for line in changes.withdrawn] == ["3"]
    assert publish(season).revision == 2


def test_what_was_not_previewed_is_not_published(season):
    seen = entry_lists.preview(season=season, event=None).fingerprint
    make.make_entry(season.race_classes.get(slug="gt"), "99")
    with pytest.raises(PublishError, match="changed since this preview"):
        entry_lists.publish(season=season, event=None, status="provisional", seen=seen)
    assert not EntryList.objects.exists()


def test_the_same_list_is_published_once_but_may_become_final(season):
    publish(season)
    with pytest.raises(PublishError, match="Nothing changed since r1"):
        publish(season)
    assert publish(season, status="final").revision == 2


def test_an_empty_list_is_not_published(season):
    event = make.make_event(season)
    with pytest.raises(PublishError, match="no car to publish"):
        publish(season, event)


def test_an_event_list_shows_cars_as_that_event_lists_them(season):
    event = make.make_event(season)
    entry = season.entries.get(car_number="83")
    make.make_event_entry(event, entry, crew=1, listed_name="AF Corse Asia", listed_country="MY")
    publish(season)
    (line,) = publish(season, event).lines.for_list()
    assert (line.team_name, line.team_country, line.team) == ("AF Corse Asia", "MY", entry.team)
    assert list(EntryList.objects.of_event(event).values_list("revision", flat=True)) == [1]
    assert EntryList.objects.of_season(season).count() == 1


def test_a_refused_header_leaves_nothing_behind_and_the_stamp_alone(season):
    before = stamp.current()
    with pytest.raises(ValidationError):
        publish(season, status="secret")
    assert (EntryList.objects.count(), stamp.current()) == (0, before)


def test_publishing_raises_the_content_stamp(season):
    before = stamp.current()
    publish(season)
    assert stamp.current() > before
