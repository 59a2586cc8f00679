"""A database of its own for tests that start processes, and a way to run something in it."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any
from urllib.parse import urlunsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql

ADDRESS = {"user": "postgres", "password": "", "host": "127.0.0.1", "port": 5432}


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


def run(address: str, module: str, *args: Any, seconds: int = 300) -> Any:
    """What `main(*args)` of a module of the tests prints, in a process whose database is the one at `address`."""
    code = f"import django; django.setup(); from {module} import main; main(*{args!r})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
