"""The packaged season 2023/24 in the test database, quickly: loaded once, then copied in as plain rows."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from championship.models import (
    AppliedDecision,
    Classification,
    ClassificationState,
    Decision,
    DecisionEffect,
    PolePosition,
    Result,
    ResultDriver,
    Score,
    Season,
    Standing,
    StandingList,
)
from championship.record import SeasonRecord, read_folder, read_season
from championship.services.season_load import load_season

FOLDER = Path(__file__).resolve().parent.parent / "data" / "2023-24"

# What a race leaves behind. Most tests of pages and the admin are about a season that has none of it yet.
RESULTS = frozenset(
    {
        AppliedDecision,
        Classification,
        ClassificationState,
        Decision,
        DecisionEffect,
        PolePosition,
        Result,
        ResultDriver,
        Score,
        Standing,
        StandingList,
    }
)


def packaged_record() -> SeasonRecord:
    """What the packaged files say."""
    return read_season(read_folder(FOLDER))


def without_results(record: SeasonRecord) -> SeasonRecord:
    """The record as it was before the first race."""
    return replace(record, poles=(), decisions=(), eligibility=(), adjustments=(), classifications=())


@pytest.fixture(scope="session")
def season_rows(django_db_setup, django_db_blocker):
    """Every row of the season by model, without history, as the loader writes them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_season(packaged_record())
        models = [
            model
            for model in apps.get_app_config("championship").get_models(include_auto_created=True)
            if not model.__name__.startswith("Historical")
        ]
        rows = {model: list(model._base_manager.all()) for model in models}
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def real_season(db, season_rows) -> Season:
    """The season 2023/24 as it is entered, without any result."""
    for model, rows in season_rows.items():
        if model not in RESULTS:
            model._base_manager.bulk_create(rows)
    return Season.objects.get(slug="2023-24")


@pytest.fixture
def real_results(real_season, season_rows) -> Season:
    """The season 2023/24 with everything that was published, as `make run` loads it."""
    for model, rows in season_rows.items():
        if model in RESULTS:
            model._base_manager.bulk_create(rows)
    return real_season
