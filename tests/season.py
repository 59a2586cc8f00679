"""The packaged season 2023/24 in the test database, quickly: loaded once, then copied in as plain rows."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from championship.models import Season
from championship.record import read_folder, read_season
from championship.services.season_load import load_season

FOLDER = Path(__file__).resolve().parent.parent / "data" / "2023-24"


@pytest.fixture(scope="session")
def season_rows(django_db_setup, django_db_blocker):
    """Every row of the season by model, without history, as the loader writes them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_season(read_season(read_folder(FOLDER)))
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
    """The season 2023/24 as `make run` loads it."""
    for model, rows in season_rows.items():
        model._base_manager.bulk_create(rows)
    return Season.objects.get(slug="2023-24")
