"""One timing file in several processes at once, and in processes that are killed: it is applied once, or not at all."""

import signal

import pytest

from tests.importing_processes import APPLIED, REFUSED
from tests.scratch import run

pytestmark = pytest.mark.django_db(transaction=True, available_apps=[])
PROCESSES = 8
MODULE = "tests.importing_processes"
KILLED = -signal.SIGKILL


def test_a_file_that_eight_apply_at_once_is_applied_once(scratch):
    seen = run(scratch, MODULE, "at_once", PROCESSES)
    assert seen == {
        "ends": [APPLIED] + [REFUSED] * (PROCESSES - 1),
        "files": 1,
        "applied": 1,
        "runs": 1,
        "aliases": 1,
        "is_known": True,
    }


def test_unguarded_it_would_be_applied_again_and_again(scratch):
    """The negative control of the test above."""
    seen = run(scratch, MODULE, "unguarded", PROCESSES)
    assert seen["ends"].count(APPLIED) > 1
    assert seen["runs"] > 1


def test_an_import_that_is_killed_leaves_all_or_nothing(scratch):
    """Twenty times: half of them before a statement from the first to nearly the last one, half at any moment."""
    seen = run(scratch, MODULE, "killed", 20)
    assert seen["torn"] == []
    assert set(seen["ends"]) <= {APPLIED, KILLED}
    assert seen["ends"].count(KILLED) >= 10
    assert seen["last"] == APPLIED
