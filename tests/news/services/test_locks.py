"""The order of locks: two people whose work meets wait for each other at most, and both get through."""

import pytest

from tests.scratch import run

# Outside a transaction, since an open one cannot be copied; nothing is written here, so no table is to be emptied.
pytestmark = pytest.mark.django_db(transaction=True, available_apps=[])


@pytest.mark.parametrize(("what", "right"), [("about_a_session", 1), ("related", 2)])
def test_neither_stands_in_the_way_of_the_other(scratch, what, right):
    assert run(scratch, "tests.story_locks", what) == {"wrong": [], "right": right}
