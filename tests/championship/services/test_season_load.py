"""What loading refuses of a record that no file could have said, or that is another by now."""

from dataclasses import replace

import pytest

from championship.models import Season
from championship.services.season_load import LoadError, load_season
from tests.season import packaged_record, without_results

pytestmark = pytest.mark.django_db


def test_changes_that_are_others_by_now_are_not_made():
    with pytest.raises(LoadError, match="Look at the changes again"):
        load_season(without_results(packaged_record()), expected=[])
    assert not Season.objects.exists()


def test_a_crew_with_a_hole_is_refused_with_its_row():
    record = without_results(packaged_record())
    entry = replace(record.entries[0], crew=(record.entries[0].crew[0], record.entries[0].crew[2]))
    with pytest.raises(LoadError, match=rf"entries\.csv, entries {entry.car_number}: \S+"):
        load_season(replace(record, entries=(entry,), event_entries=(), entry_lists=()))
    assert not Season.objects.exists()
