"""Publishing in several processes at once, and in processes that are killed: all of it happens once, or nothing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlunsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.publishing_processes import PUBLISHED, REFUSED

KILLED = -signal.SIGKILL
ADDRESS = {"user": "postgres", "password": "", "host": "127.0.0.1", "port": 5432}


# Outside a transaction, since an open one cannot be copied; nothing is written here, so no table is to be emptied.
pytestmark = pytest.mark.django_db(transaction=True, available_apps=[])


@pytest.fixture
def scratch(tmp_path):
    """The address of a database of its own, empty and migrated: a copy of the tests' one."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(tmp_path / "scratch.sqlite3")) as copy:
            connection.connection.backup(copy)
        yield f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
        return
    # A database that somebody is connected to cannot be copied.
    connection.close()
    connection.close_pool()
    values = connection.settings_dict
    name = f"{values['NAME']}_scratch"
    names = {"copy": sql.Identifier(name), "tests": sql.Identifier(values["NAME"])}
    server = {name: values[name.upper()] for name in ("host", "port", "user", "password") if values[name.upper()]}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as postgres:
        postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {copy} WITH (FORCE)").format(**names))
        postgres.execute(sql.SQL("CREATE DATABASE {copy} TEMPLATE {tests}").format(**names))
        yield urlunsplit(("postgres", "{user}:{password}@{host}:{port}".format(**ADDRESS | server), name, "", ""))
        postgres.execute(sql.SQL("DROP DATABASE {copy} WITH (FORCE)").format(**names))


def run(address, what, times, module="publishing_processes"):
    code = f"import django; django.setup(); from tests.{module} import main; main({what!r}, {times})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_publication_that_is_killed_leaves_all_or_nothing(scratch):
    """Twenty times: half of them before a statement from the first to nearly the last one, half at any moment."""
    seen = run(scratch, "killed", 20)
    assert seen["torn"] == []
    # Killed at any moment, some may have been through with it.
    assert set(seen["ends"]) <= {PUBLISHED, KILLED}
    assert seen["ends"].count(KILLED) >= 10
    assert seen["last"] == PUBLISHED


def test_a_draft_that_two_publish_at_once_is_published_once_and_read_whole(scratch):
    seen = run(scratch, "at_once", 3)
    assert seen["ends"] == [[PUBLISHED, REFUSED, PUBLISHED]] * 3
    assert seen["versions"] == [1, 2, 3]
    assert seen["wrong"] == []


def test_documents_that_two_publish_at_once_get_consecutive_numbers_and_a_killed_one_leaves_no_gap(scratch):
    seen = run(scratch, "numbered", 8)
    assert seen["ends"] == [[PUBLISHED, PUBLISHED]] * 8
    published = seen["killed"].count(PUBLISHED)
    assert seen["killed"].count(KILLED) == 8 - published >= 6
    assert seen["numbers"] == list(range(1, 16 + published + 1))
    assert seen["drafts"] == 8 - published


def test_without_the_lock_two_would_take_the_same_number(scratch):
    """The control. On SQLite the second transaction cannot even begin, so there is nothing to switch off."""
    if connection.vendor == "sqlite":
        pytest.skip("a transaction that writes is alone")
    assert run(scratch, "unlocked", 1)["ends"] == [PUBLISHED, REFUSED]
