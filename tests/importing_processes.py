"""Several processes that import one timing file into one database, some of them killed.

`main` needs Django set up on a database that is migrated, empty, and nobody else's.
"""

import json
import os
import random
import signal
import time
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction

from championship.models import ClassificationDraft, DriverAlias, Session, TimingImport
from championship.services import drafts, timing_imports
from championship.services.timing_imports import ImportMovedOnError, TimingImportError
from championship.timing.write import write_race
from tests import result_factories as results
from tests import timing_factories as timing
from tests.publishing_processes import REFUSED, Counter, end, start

APPLIED = 0


def main(what: str, times: int) -> None:
    """Print what `at_once`, `unguarded` or `killed` saw, as JSON."""
    User.objects.create(username="official")
    results.make_racing_season(rounds=1)
    print(json.dumps({"at_once": at_once, "unguarded": unguarded, "killed": killed}[what](times)))


def content(order: str) -> bytes:
    """A race in which one driver is called otherwise than the site knows him."""
    race = Session.objects.get(kind="race")
    table = timing.race_table(race, order.split())
    first = next(car for car in table.cars if car.car_number == "7")
    drivers = (timing.timed_driver("Ada SEAT ONE OF 7"), *first.drivers[1:])
    return write_race(timing.changed(table, "7", drivers=drivers))


def stage(file: bytes) -> TimingImport:
    race = Session.objects.select_related("event").get(kind="race")
    return timing_imports.stage(content=file, file_name="race.CSV", by=None, session=race).staged


def answered(file: bytes) -> tuple[TimingImport, str]:
    """The file with its answer, and the fingerprint of what it would write."""
    staged = stage(file)
    now = timing_imports.preview(staged)
    if now.questions:
        answer = {now.questions[0].key: {"slug": now.questions[0].suggestions[0].slug}}
        matches = {"names": {"driver": answer}}
        staged = timing_imports.choose(staged, matches=matches, seen_version=staged.version)
        now = timing_imports.preview(staged)
    return staged, now.fingerprint


def apply(staged: TimingImport, seen: str, *, statements: int | None = None) -> int:
    """Apply what was seen, and die by SIGKILL before the statement with that number, from 0."""
    try:
        with connection.execute_wrapper(Counter(statements)):
            timing_imports.apply(staged, seen=seen, by=None)
    except (TimingImportError, ImportMovedOnError, OperationalError):
        return REFUSED
    return APPLIED


def at_once(times: int) -> dict[str, Any]:
    """So many processes upload one file and apply it at the same moment."""
    file = content("7 22 99")
    waiting, go = os.pipe()

    def run() -> int:
        connection.ensure_connection()
        os.read(waiting, 1)
        try:
            staged = stage(file)
        except OperationalError:
            return REFUSED
        return apply(staged, timing_imports.preview(staged).fingerprint)

    # Who comes first asks about the name; the others find the answer.
    staged, _ = answered(file)
    children = [start(run) for _ in range(times)]
    os.write(go, b"." * times)
    ends = sorted(end(child) for child in children)
    return {
        "ends": ends,
        "files": TimingImport.objects.count(),
        "applied": TimingImport.objects.filter(state="applied").count(),
        "runs": ClassificationDraft.objects.get().version,
        "aliases": DriverAlias.objects.count(),
        "is_known": staged.pk == TimingImport.objects.get().pk,
    }


def unguarded(times: int) -> dict[str, Any]:
    """The same with the state of the file unasked, and its fingerprint: the control."""

    def waits(pk: Any) -> TimingImport:
        return TimingImport.objects.select_related("session__event__season", "event").get(pk=pk)

    with (
        patch.object(timing_imports, "_waiting", waits),
        patch("championship.services.timing_results._fingerprint", lambda *_: "blind"),
        patch("championship.services.timing_results._is_same", lambda *_: False),
        patch.object(timing_imports, "locked", lambda session: session),
        patch.object(timing_imports, "_mark_applied", lambda *_: None),
    ):
        return at_once(times)


def killed(times: int) -> dict[str, Any]:
    """Apply and be killed, half of the times between two statements and half at any moment; then apply again."""
    order = ["22 7 99", "99 22 7", "7 99 22"]
    staged, seen = answered(content(order[0]))
    statements = Counter()
    with transaction.atomic(), connection.execute_wrapper(statements):
        timing_imports.apply(staged, seen=seen, by=None)
        transaction.set_rollback(True)
    began = time.monotonic()
    ends = [end(start(lambda: apply(staged, seen)))]
    lasts = time.monotonic() - began
    chance = random.Random(7)  # noqa: S311  # Moments to kill at, not secrets.
    torn, turn = [], 1
    for number in range(times):
        file = content(order[turn % 3]) + b"\r\n" * turn
        staged, seen = answered(file)
        before = state()
        last = None if number % 2 else number * statements.done // times
        child = start(lambda staged=staged, seen=seen, last=last: apply(staged, seen, statements=last))
        if number % 2:
            time.sleep(chance.uniform(0, 1.2 * lasts))
            os.kill(child, signal.SIGKILL)
        ends.append(end(child))
        with transaction.atomic():
            # Whatever the database still does for the dead process is done when the lock is free.
            Session.objects.select_for_update().get(kind="race")
            after = state()
        if after == before:
            continue
        turn += 1
        if after != (before[0] + 1, before[1] + 1, order[(turn - 1) % 3].split()):
            torn.append(f"{number}: {before} became {after}")
    staged, seen = answered(content(order[turn % 3]) + b"\r\n" * turn)
    return {"torn": torn, "ends": ends, "last": end(start(lambda: apply(staged, seen)))}


def state() -> tuple[int, int, list[str]]:
    """How many files are applied, how often the draft was written, and the order that stands in it."""
    draft = ClassificationDraft.objects.first()
    lines = [line.timing.car_number for line in drafts.draft_lines(draft)] if draft else []
    return TimingImport.objects.filter(state="applied").count(), draft.version if draft else 0, lines
