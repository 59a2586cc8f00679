"""Documents that several processes publish at once, at two events of one numbering; some are killed.

It is started by `publishing_processes.main`.
"""

import os
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection

from championship.models import Document, Event, Season
from championship.services import documents
from championship.services.documents import publish_upload
from tests import factories as make
from tests.document_factories import make_upload
from tests.publishing_processes import PUBLISHED, REFUSED, Counter, end, start

# After the draft is locked: the number is read, the document written, its history, the stamp.
STATEMENTS = range(2, 10)


def numbered(times: int) -> dict[str, Any]:
    """Each time two publish at once, and a third is killed before one of its statements; then the numbers there are."""
    events = _two_events()
    ends, killed = [], []
    for number in range(times):
        drafts = [make_upload(event, f"Bulletin {number}") for event in events]
        ends.append([end(child) for child in _at_once([lambda draft=draft: _publish(draft) for draft in drafts])])
        draft = make_upload(events[0], f"Killed {number}")
        last = STATEMENTS[number % len(STATEMENTS)]
        killed.append(end(start(lambda draft=draft, last=last: _publish(draft, last))))
    return {"ends": ends, "killed": killed, "numbers": _numbers(), "drafts": Document.objects.drafts().count()}


def unlocked(_times: int) -> dict[str, Any]:
    """The control: two read the next number, and only then write, since nothing makes the second one wait."""
    drafts = [make_upload(event) for event in _two_events()]
    pipes = [os.pipe(), os.pipe()]

    def read_then_meet(mine: int) -> Callable[[], int]:
        def work() -> int:
            def take_number(event: Event) -> tuple[int, str]:
                number = documents.next_number(event)
                os.write(pipes[mine][1], b".")
                os.read(pipes[1 - mine][0], 1)
                return number, "season"

            documents.take_number = take_number
            return _publish(drafts[mine])

        return work

    return {"ends": sorted(end(child) for child in _at_once([read_then_meet(0), read_then_meet(1)]))}


def _two_events() -> list[Event]:
    season = Season.objects.get()
    Season.objects.update(document_numbering="season")
    return [Event.objects.get(), make.make_event(season, "second")]


def _publish(draft: Document, last: int | None = None) -> int:
    by = User.objects.get()
    try:
        with connection.execute_wrapper(Counter(last)):
            publish_upload(draft, by=by)
    except (IntegrityError, documents.DocumentError):
        return REFUSED
    return PUBLISHED


def _at_once(works: list[Callable[[], int]]) -> list[int]:
    """The processes, which all begin when the last of them is there."""
    gate, opener = os.pipe()

    def waiting(work: Callable[[], int]) -> Callable[[], int]:
        def begin() -> int:
            os.close(opener)
            os.read(gate, 1)
            return work()

        return begin

    children = [start(waiting(work)) for work in works]
    os.close(opener)
    os.close(gate)
    return children


def _numbers() -> list[int]:
    return list(Document.objects.filter(number__isnull=False).order_by("number").values_list("number", flat=True))
