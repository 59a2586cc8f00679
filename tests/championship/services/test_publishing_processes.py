"""Publishing in several processes at once, and in processes that are killed: all of it happens once, or nothing."""

import signal

import pytest
from django.db import connection

from tests.publishing_processes import PUBLISHED, REFUSED
from tests.scratch import run

MODULE = "tests.publishing_processes"
KILLED = -signal.SIGKILL


# Outside a transaction, since an open one cannot be copied; nothing is written here, so no table is to be emptied.
pytestmark = pytest.mark.django_db(transaction=True, available_apps=[])


def test_a_publication_that_is_killed_leaves_all_or_nothing(scratch):
    """Twenty times: half of them before a statement from the first to nearly the last one, half at any moment."""
    seen = run(scratch, MODULE, "killed", 20)
    assert seen["torn"] == []
    # Killed at any moment, some may have been through with it.
    assert set(seen["ends"]) <= {PUBLISHED, KILLED}
    assert seen["ends"].count(KILLED) >= 10
    assert seen["last"] == PUBLISHED


def test_a_draft_that_two_publish_at_once_is_published_once_and_read_whole(scratch):
    seen = run(scratch, MODULE, "at_once", 3)
    assert seen["ends"] == [[PUBLISHED, REFUSED, PUBLISHED]] * 3
    assert seen["versions"] == [1, 2, 3]
    assert seen["wrong"] == []


def test_documents_that_two_publish_at_once_get_consecutive_numbers_and_a_killed_one_leaves_no_gap(scratch):
    seen = run(scratch, MODULE, "numbered", 8)
    assert seen["ends"] == [[PUBLISHED, PUBLISHED]] * 8
    published = seen["killed"].count(PUBLISHED)
    assert seen["killed"].count(KILLED) == 8 - published >= 6
    assert seen["numbers"] == list(range(1, 16 + published + 1))
    assert seen["drafts"] == 8 - published


def test_without_the_lock_two_would_take_the_same_number(scratch):
    """The control. On SQLite the second transaction cannot even begin, so there is nothing to switch off."""
    if connection.vendor == "sqlite":
        pytest.skip("a transaction that writes is alone")
    assert run(scratch, MODULE, "unlocked", 1)["ends"] == [PUBLISHED, REFUSED]


def test_a_decision_whose_publication_is_killed_is_on_the_notice_board_or_is_not(scratch):
    """Twenty times as above; what is left is repeated, and the numbers have no gap."""
    seen = run(scratch, MODULE, "killed_decision", 20)
    assert seen["torn"] == []
    assert set(seen["ends"]) <= {PUBLISHED, KILLED}
    assert seen["ends"].count(KILLED) >= 10
    assert seen["numbers"] == list(range(1, len(seen["numbers"]) + 1))
    assert seen["decided"] == [str(number) for number in seen["numbers"]]
