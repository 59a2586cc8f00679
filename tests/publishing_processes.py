"""Several processes that publish in one database, some of them killed.

`main` needs Django set up on a database that is migrated, empty, and nobody else's. The processes are forked from one
that has read the site already, since starting each anew would take seconds.
"""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.db.models import Count

from championship.models import (
    Classification,
    ClassificationDraft,
    ClassificationState,
    Decision,
    Document,
    Result,
    ResultDriver,
    Score,
    Season,
    Session,
    Standing,
    StandingList,
)
from championship.services import documents, drafts, publishing
from championship.services.results import ResultsError
from championship.services.results_check import findings
from tests import result_factories as results

PUBLISHED, REFUSED, TORN, BROKEN = 0, 3, 4, 5
ORDERS = (["7", "22", "99"], ["22", "99", "7"])


def main(what: str, times: int) -> None:
    """Print what `killed` or `at_once` saw, or one of those of `document_processes`, as JSON."""
    from tests.document_processes import numbered, unlocked

    User.objects.create(username="official")
    results.make_racing_season(rounds=1, crew=1)
    works = {"killed": killed, "killed_decision": killed_decision, "at_once": at_once}
    print(json.dumps((works | {"numbered": numbered, "unlocked": unlocked})[what](times)))


def start(work: Callable[[], int]) -> int:
    """The id of a new process that does `work` on a connection of its own and ends with what it returns."""
    connection.close()
    if connection.vendor == "postgresql":
        # The pool has threads, and a fork takes none of them along.
        connection.close_pool()
    child = os.fork()
    if child:
        return child
    code = BROKEN
    try:
        code = work()
    finally:
        connection.close()
        os._exit(code)


def end(child: int) -> int:
    """How the process ended: its code, or the negative number of the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def new_draft() -> tuple[ClassificationDraft, str]:
    """The next version as a draft that changes the order, and the fingerprint of its preview."""
    session = Session.objects.get(kind="race")
    lines = results.draft_lines(session, ORDERS[session.classifications.count() % 2])
    draft = drafts.create_draft(session=session, lines=lines, by=None, cause="Corrected")
    return draft, publishing.preview(draft, "official").fingerprint


def publish(draft: ClassificationDraft, seen: str, *, statements: int | None = None) -> int:
    """Publish the draft, and die by SIGKILL before the statement with that number, from 0."""
    try:
        with connection.execute_wrapper(Counter(statements)):
            publish_alone(draft, seen)
    except (ResultsError, OperationalError):
        # The latter when the lock did not come in time.
        return REFUSED
    return PUBLISHED


def publish_alone(draft: ClassificationDraft, seen: str) -> None:
    by = User.objects.get()
    publishing.publish_official(draft, seen=seen, by=by, single_signed_reason="Alone at the track")


class Counter:
    """Counts statements, and kills the process before the one with the number `last`."""

    def __init__(self, last: int | None = None) -> None:
        self.done = 0
        self.last = last

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.done += 1
        return execute(*args)


def killed(times: int) -> dict[str, Any]:
    """Publish and be killed, half of the times between two statements and half at any moment; then publish again."""
    draft, seen = new_draft()
    statements = Counter()
    with transaction.atomic(), connection.execute_wrapper(statements):
        publish_alone(draft, seen)
        transaction.set_rollback(True)
    began = time.monotonic()
    ends = [end(start(lambda: publish(draft, seen)))]
    lasts = time.monotonic() - began
    chance = random.Random(7)  # noqa: S311  # Moments to kill at, not secrets.
    torn = []
    draft, seen = new_draft()
    for number in range(times):
        before = rows()
        if number % 2:
            child = start(lambda draft=draft, seen=seen: publish(draft, seen))
            time.sleep(chance.uniform(0, 1.2 * lasts))
            os.kill(child, signal.SIGKILL)
        else:
            last = number * statements.done // times
            child = start(lambda draft=draft, seen=seen, last=last: publish(draft, seen, statements=last))
        ends.append(end(child))
        with transaction.atomic():
            # Whatever the database still does for the dead process is done when the lock is free.
            Session.objects.select_for_update().get(kind="race")
            after = rows()
        if after == before:
            continue
        # It was through with it, which it cannot be when it died before its last statement.
        if number % 2 == 0 or after[0] != before[0] + 1 or ClassificationDraft.objects.exists():
            torn.append(f"{number}: {before} became {after}")
        torn += findings(Season.objects.get())
        draft, seen = new_draft()
    return {"torn": torn, "ends": ends, "last": end(start(lambda: publish(draft, seen)))}


def new_decision() -> Decision:
    session = Session.objects.get(kind="race")
    return results.make_decision(
        session, "7", {"kind": "time_added", "time": 1_000}, slug=f"car-7-{session.decisions.count() + 1}"
    )


def publish_decision(decision: Decision, *, statements: int | None = None) -> int:
    """Put the decision on the notice board, and die before the statement with that number, from 0."""
    with connection.execute_wrapper(Counter(statements)):
        documents.publish_decision(decision, by=User.objects.get())
    return PUBLISHED


def killed_decision(times: int) -> dict[str, Any]:
    """Publish decisions and be killed as in `killed`; each is published in the end, by another attempt if need be."""
    decision = new_decision()
    statements = Counter()
    with transaction.atomic(), connection.execute_wrapper(statements):
        documents.publish_decision(decision, by=User.objects.get())
        transaction.set_rollback(True)
    began = time.monotonic()
    ends = [end(start(lambda: publish_decision(decision)))]
    lasts = time.monotonic() - began
    chance = random.Random(7)  # noqa: S311  # Moments to kill at, not secrets.
    torn = []
    for number in range(times):
        decision = new_decision()
        if number % 2:
            child = start(lambda decision=decision: publish_decision(decision))
            time.sleep(chance.uniform(0, 1.2 * lasts))
            os.kill(child, signal.SIGKILL)
        else:
            last = number * statements.done // times
            child = start(lambda decision=decision, last=last: publish_decision(decision, statements=last))
        ends.append(end(child))
        with transaction.atomic():
            # Whatever the database still does for the dead process is done when the lock is free.
            Season.objects.select_for_update().get()
            found = Document.objects.filter(decision=decision).count()
            told = Decision.objects.get(pk=decision.pk).number
        if (found, bool(told)) not in {(0, False), (1, True)}:
            torn.append(f"{number}: {found} documents, number {told!r}")
        if not found:
            ends.append(end(start(lambda decision=decision: publish_decision(decision))))
    numbers = Document.objects.order_by("number").values_list("number", flat=True)
    decided = Decision.objects.order_by("documents__number").values_list("number", flat=True)
    return {"torn": torn, "ends": ends, "numbers": list(numbers), "decided": list(decided)}


def rows() -> tuple[int, ...]:
    """How many rows there are of all that publishing writes."""
    written = (Classification, Document, ClassificationState, Result, ResultDriver, Score, StandingList, Standing)
    return (*(model.objects.count() for model in written), ClassificationDraft.objects.count())


def at_once(times: int) -> dict[str, Any]:
    """Two processes publish one draft at the same moment, while a third reads."""
    ends, versions = [], []
    for _ in range(times):
        draft, seen = new_draft()
        waiting, go = os.pipe()

        def run(draft=draft, seen=seen, waiting=waiting) -> int:
            connection.ensure_connection()
            os.read(waiting, 1)
            return publish(draft, seen)

        both = [start(run), start(run)]
        reader = start(read_until_published)
        os.write(go, b"..")
        ends.append(sorted(end(child) for child in both))
        ends[-1].append(end(reader))
        os.close(waiting)
        os.close(go)
        versions.append(Classification.objects.count())
    return {"ends": ends, "versions": versions, "wrong": findings(Season.objects.get())}


def read_until_published() -> int:
    """Look at all versions again and again until there is a new one: each has all its cars and scores, always."""
    first = Classification.objects.count()
    ends_at = time.monotonic() + 20
    while time.monotonic() < ends_at:
        versions = Classification.objects.annotate(
            cars=Count("results", distinct=True), of_cars=Count("scores", distinct=True)
        ).values_list("cars", "of_cars", "state__id")
        rows = list(versions)
        if any((cars, scores) != (3, 3) or state is None for cars, scores, state in rows):
            return TORN
        if len(rows) > first:
            return PUBLISHED
    return BROKEN
