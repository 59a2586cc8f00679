"""A chief editor publishes a story about a session that an official has, both on connections of their own.

`main` needs Django set up on a database that is migrated, empty, and nobody else's.
"""

import json
import time
from threading import Thread

from django.db import DatabaseError, connection, transaction

from championship import stamp
from championship.models import Session
from news.models import Story
from news.services import publishing
from tests import factories as make
from tests.news_factories import make_story

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def main() -> None:
    """Print what went wrong, and how many stories readers see in the end, as JSON."""
    session = make.make_session(make.make_event(make.make_season()), "race-1")
    story = make_story(links={"sessions": [session]})
    wrong: list[str] = []

    def publish() -> None:
        try:
            publishing.publish(story, by=None, seen_version=story.version)
        except DatabaseError as error:
            wrong.append(f"editor: {error}")
        finally:
            connection.close()

    editor = Thread(target=publish)
    try:
        with transaction.atomic():
            # As every publication of the sport does: first the row that it is about, then the stamp.
            Session.objects.select_for_update().get(pk=session.pk)
            editor.start()
            _wait_for_a_lock(editor)
            stamp.raise_stamp()
    except DatabaseError as error:
        wrong.append(f"official: {error}")
    editor.join()
    print(json.dumps({"wrong": wrong, "public": Story.objects.published().count()}))


def _wait_for_a_lock(other: Thread) -> None:
    """Until the other one waits for us, or is through. On SQLite a transaction that writes is alone."""
    while connection.vendor == "postgresql" and other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
