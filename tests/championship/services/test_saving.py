import pytest
from django.core.exceptions import ValidationError

from championship import stamp
from championship.models import Team
from championship.services.saving import StaleVersionError, save
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_save_counts_the_version_and_leaves_a_reason_in_the_history():
    team = make.make_team("tf-sport")
    team.name = "TF Racing"
    save(team, reason="Renamed by the team", seen_version=1)
    stored = Team.objects.get()
    assert (stored.name, stored.version) == ("TF Racing", 2)
    assert stored.history.first().history_change_reason == "Renamed by the team"


def test_a_save_on_an_older_version_is_refused_and_shows_what_stands_now():
    team = make.make_team("tf-sport")
    mine, theirs = Team.objects.get(pk=team.pk), Team.objects.get(pk=team.pk)
    theirs.name = "Theirs"
    save(theirs, seen_version=1)
    mine.name = "Mine"
    with pytest.raises(StaleVersionError) as caught:
        save(mine, seen_version=1)
    assert caught.value.current.name == "Theirs"
    assert Team.objects.get().name == "Theirs"


def test_without_a_seen_version_the_later_save_wins():
    team = make.make_team("tf-sport")
    mine, theirs = Team.objects.get(pk=team.pk), Team.objects.get(pk=team.pk)
    theirs.name = "Theirs"
    save(theirs)
    mine.name = "Mine"
    save(mine)
    assert (Team.objects.get().name, Team.objects.get().version) == ("Mine", 3)


def test_a_row_that_breaks_a_rule_is_refused_and_nothing_is_written():
    team = make.make_team("tf-sport")
    team.slug = "TF Sport"
    with pytest.raises(ValidationError, match="lower-case letters"):
        save(team)
    assert Team.objects.get().slug == "tf-sport"


def test_every_write_raises_the_content_stamp():
    before = stamp.current()
    team = make.make_team("tf-sport")
    after_create = stamp.current()
    save(team)
    after_save = stamp.current()
    team.delete()
    assert before < after_create < after_save < stamp.current()


def test_links_between_rows_raise_the_content_stamp_too():
    round_ = make.make_round(make.make_event(make.make_season()))
    qualifying = make.make_session(round_.event, "qualifying", "qualifying")
    before = stamp.current()
    round_.grid_from.set([qualifying])
    assert stamp.current() > before
