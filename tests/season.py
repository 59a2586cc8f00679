"""The packaged season 2023/24 in the test database, quickly: loaded once, then copied in as plain rows."""

import functools
import hashlib
import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model

from championship.models import (
    AppliedDecision,
    Classification,
    ClassificationState,
    Decision,
    DecisionEffect,
    Document,
    PolePosition,
    Result,
    ResultDriver,
    Score,
    Season,
    Standing,
    StandingList,
    freezing,
)
from championship.record import SeasonRecord, read_folder, read_season
from championship.services.season_load import load_season

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "2023-24"

# What a race leaves behind. Most tests of pages and the admin are about a season that has none of it yet.
RESULTS = frozenset(
    {
        AppliedDecision,
        Classification,
        ClassificationState,
        Decision,
        DecisionEffect,
        Document,
        PolePosition,
        Result,
        ResultDriver,
        Score,
        Standing,
        StandingList,
    }
)


@functools.cache
def packaged_record() -> SeasonRecord:
    """What the packaged files say."""
    return read_season(read_folder(FOLDER))


def without_results(record: SeasonRecord) -> SeasonRecord:
    """The record as it was before the first race."""
    return replace(record, poles=(), decisions=(), eligibility=(), adjustments=(), classifications=())


@pytest.fixture(scope="session")
def season_rows(django_db_setup, django_db_blocker, pytestconfig):
    """Every row of the season by model, without history, as the loader writes them.

    They are kept in pytest's cache until the code or the files that they come from change.
    """
    cache = getattr(pytestconfig, "cache", None)
    kept = cache.mkdir("season") / fingerprint() if cache else None
    if kept and kept.exists():
        values = pickle.loads(kept.read_bytes())  # noqa: S301 - our own, written below
    else:
        with django_db_blocker.unblock(), transaction.atomic():
            load_season(packaged_record())
            values = {model._meta.label: list(model._base_manager.values_list(*columns(model))) for model in stored()}
            transaction.set_rollback(True)
        if kept:
            keep(values, kept)
    return {
        model: [model.from_db(DEFAULT_DB_ALIAS, columns(model), row) for row in values[model._meta.label]]
        for model in stored()
    }


def stored() -> list[type[Model]]:
    """The models of the championship without their histories."""
    models = apps.get_app_config("championship").get_models(include_auto_created=True)
    return [model for model in models if not model.__name__.startswith("Historical")]


def columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def fingerprint() -> str:
    """What the rows depend on, in short: the files of the season, all code of the championship, and Django."""
    found = hashlib.sha256(django.__version__.encode())
    paths = [*FOLDER.rglob("*.*"), *(ROOT / "championship").rglob("*.py")]
    for path in sorted(path for path in paths if path.is_file()):
        content = path.read_bytes()
        found.update(f"{path.relative_to(ROOT)} {len(content)} ".encode() + content)
    return found.hexdigest()


def write(season_rows: Mapping[type[Model], list[Model]]) -> None:
    """Write the rows as they are, frozen ones too, and let the database count on behind them."""
    with freezing():
        for model, rows in season_rows.items():
            model._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(season_rows)):
            cursor.execute(statement)


def keep(values: dict[str, list[tuple]], kept: Path) -> None:
    """Write the file at once, for other workers may want it, and remove those of earlier code."""
    written = kept.with_suffix(f".{os.getpid()}")
    written.write_bytes(pickle.dumps(values))
    written.replace(kept)
    for old in kept.parent.iterdir():
        if old != kept and not old.suffix:
            old.unlink(missing_ok=True)


@pytest.fixture
def real_season(db, season_rows) -> Season:
    """The season 2023/24 as it is entered, without any result."""
    write({model: rows for model, rows in season_rows.items() if model not in RESULTS})
    return Season.objects.get(slug="2023-24")


@pytest.fixture
def real_results(real_season, season_rows) -> Season:
    """The season 2023/24 with everything that was published, as `make run` loads it."""
    write({model: rows for model, rows in season_rows.items() if model in RESULTS})
    return real_season
