"""Eight chief editors save one story at once, over HTTP: no accepted save is lost, and without the check some are.

STORY_SAVES=25 saves as often as the promise says; here each saves less often, for the sake of those who wait.
"""

import os

import pytest

from tests.scratch import run
from tests.story_saves import PATHS, PEOPLE

# Outside a transaction, since an open one cannot be copied; nothing is written here, so no table is to be emptied.
pytestmark = pytest.mark.django_db(transaction=True, available_apps=[])

TIMES = int(os.environ.get("STORY_SAVES", "3"))


def test_no_accepted_save_is_lost_through_any_page(scratch):
    seen = run(scratch, "tests.story_saves", TIMES, False, seconds=75 * TIMES)
    print(seen)
    assert sum(seen["accepted"].values()) == PEOPLE * TIMES
    assert seen["accepted"].keys() == {path.__name__ for path in PATHS}
    assert (set(seen["lost"].values()), seen["errors"]) == ({0}, 0)


def test_without_the_check_of_the_version_saves_are_lost(scratch):
    seen = run(scratch, "tests.story_saves", 3, True)
    print(seen)
    assert seen["lost"]["text"] > 0
