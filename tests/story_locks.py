"""Two people whose work meets in one row of the database, both on connections of their own.

`main` needs Django set up on a database that is migrated, empty, and nobody else's.
"""

import json
import time
from collections.abc import Callable
from threading import Thread
from typing import Any

from django.db import DatabaseError, connection, transaction

from championship import stamp
from championship.models import Session
from news.models import Story
from news.services import publishing, stories
from tests import factories as make
from tests.news_factories import make_story

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def main(what: str) -> None:
    """Print what went wrong in `about_a_session` or `related`, and how many stories are as they should be, as JSON."""
    print(json.dumps({"about_a_session": about_a_session, "related": related}[what]()))


def about_a_session() -> dict[str, Any]:
    """A chief editor publishes a story about a session that an official has."""
    session = make.make_session(make.make_event(make.make_season()), "race-1")
    story = make_story(links={"sessions": [session]})

    def official(others: Callable[[], None]) -> None:
        # As every publication of the sport does: first the row that it is about, then the stamp.
        Session.objects.select_for_update().get(pk=session.pk)
        others()
        stamp.raise_stamp()

    wrong = _both(official, lambda: publishing.publish(story, by=None, seen_version=story.version))
    return {"wrong": wrong, "right": Story.objects.published().count()}


def related() -> dict[str, Any]:
    """Two editors save two stories at once, each as related to the other."""
    first, second = make_story("First"), make_story("Second")

    def relate(story: Story, other: Story) -> None:
        links = {"related": [other]}
        stories.save(story, by=None, typed={}, links=links, seen_version=story.version)

    def editor(others: Callable[[], None]) -> None:
        relate(first, second)
        others()

    wrong = _both(editor, lambda: relate(second, first))
    return {"wrong": wrong, "right": Story.objects.filter(related__isnull=False).count()}


def _both(one: Callable[[Callable[[], None]], None], other: Callable[[], object]) -> list[str]:
    """What went wrong when `other` begins in the middle of the transaction of `one`, where that calls what it gets."""
    wrong: list[str] = []

    def work() -> None:
        try:
            other()
        except DatabaseError as error:
            wrong.append(f"other: {error}")
        finally:
            connection.close()

    thread = Thread(target=work)

    def begin() -> None:
        thread.start()
        _wait_for_a_lock(thread)

    try:
        with transaction.atomic():
            one(begin)
    except DatabaseError as error:
        wrong.append(f"one: {error}")
    thread.join()
    return wrong


def _wait_for_a_lock(other: Thread) -> None:
    """Until the other one waits for us, or is through. On SQLite a transaction that writes is alone."""
    while connection.vendor == "postgresql" and other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
