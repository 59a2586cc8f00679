"""The order of locks: publishing a story never stands across a publication of the sport."""

import pytest

from tests.scratch import run

# Outside a transaction, since an open one cannot be copied; nothing is written here, so no table is to be emptied.
pytestmark = pytest.mark.django_db(transaction=True, available_apps=[])


def test_a_story_about_a_session_that_an_official_has_waits_for_it_and_stands_in_nobodys_way(scratch):
    assert run(scratch, "tests.story_locks") == {"wrong": [], "public": 1}
