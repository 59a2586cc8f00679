"""Bringing back what is no longer whole, or not gone at all."""

import pytest
from django.core.exceptions import ValidationError

from championship.models import Entry, Team, TeamAlias
from championship.services import history
from championship.services.saving import StaleVersionError, save
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_row_that_somebody_brought_back_already_is_not_brought_back_again():
    team = make.make_team()
    with pytest.raises(StaleVersionError):
        history.restore(team.history.latest(), seen_version=None)


def test_parts_that_came_later_go_again():
    team = save(Team(slug="ebm", name="EBM", country="NZ"))
    first = team.history.latest()
    save(team)
    save(TeamAlias(team=team, name="Earl Bamber Motorsport"))
    history.restore(first, parts=["aliases"], seen_version=team.version)
    assert not team.aliases.exists()


def test_a_crew_whose_driver_is_gone_is_refused_whole():
    entry = make.make_entry(make.make_race_class(make.make_season()), "7", crew=1)
    driver = entry.crew.get().driver
    history.delete(entry)
    driver.delete()
    with pytest.raises(ValidationError, match="driver of seat 1 is no longer on record"):
        history.restore(Entry.history.filter(car_number="7").first().prev_record, parts=["crew"], seen_version=None)
    assert not Entry.objects.exists()
