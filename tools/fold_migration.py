"""Write the initial migration with every field and constraint inside the model that it belongs to.

python -m tools.fold_migration   after `makemigrations championship --name initial`, while there is no release yet

`makemigrations` adds most constraints and many relations afterwards, one by one, and after each of them Django renders
all models anew: three quarters of the time that a new database took, and every run of the tests makes one.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aslms_site.settings")

import django
from django.db.migrations import Migration
from django.db.migrations.migration import SwappableTuple
from django.db.migrations.operations import AddConstraint, AddField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter

APP = "championship"
MODULE = f"{APP}.migrations.0001_initial"


def fold(operations: list[Operation]) -> list[Operation]:
    """The same models in an order in which each finds those that it points to, histories last.

    A relation through another model stays an operation of its own, behind that model. Raises ValueError for any other
    operation than an initial migration has, or for models that point to each other in a circle.
    """
    models = {op.name_lower: op for op in operations if isinstance(op, CreateModel)}
    behind: dict[str, list[Operation]] = {}
    for op in operations:
        match op:
            case AddField() if getattr(op.field.remote_field, "through", None):
                behind.setdefault(_name(op.field.remote_field.through), []).append(op)
            case AddField():
                models[op.model_name_lower].fields.append((op.name, op.field))
            case AddConstraint():
                models[op.model_name_lower].options.setdefault("constraints", []).append(op.constraint)
            case CreateModel():
                pass
            case _:
                raise ValueError(f"This is no initial migration: {op.describe()}")
    ordered: list[Operation] = []
    while models:
        ready = [name for name, op in models.items() if not _points_to(op) & models.keys() - {name}]
        if not ready:
            raise ValueError(f"These models point to each other in a circle: {', '.join(models)}")
        # What points to no account comes before what does: accounts join every history with every other.
        first = min(ready, key=lambda name: (name.startswith("historical"), _points_to_an_account(models[name])))
        ordered += [models.pop(first), *behind.get(first, [])]
    return ordered


def _name(reference: str) -> str:
    return reference.lower().removeprefix(f"{APP}.")


def _related(op: CreateModel) -> set[str]:
    relations = [field.remote_field for _, field in op.fields if field.remote_field]
    ends = [end for relation in relations for end in (relation.model, getattr(relation, "through", None)) if end]
    return {str(end).lower() for end in ends}


def _points_to(op: CreateModel) -> set[str]:
    return {_name(end) for end in _related(op) if end.startswith(f"{APP}.")}


def _points_to_an_account(op: CreateModel) -> bool:
    return any(not end.startswith(f"{APP}.") for end in _related(op))


def _written(dependency: tuple[str, str]) -> tuple[str, str]:
    """A dependency as the writer wants it: the model of accounts is named by its setting."""
    return ("__setting__", "AUTH_USER_MODEL") if isinstance(dependency, SwappableTuple) else dependency


def main() -> int:
    django.setup()
    migration: type[Migration] = import_module(MODULE).Migration
    folded = migration("0001_initial", APP)
    folded.operations = fold(migration.operations)
    folded.dependencies = [_written(dependency) for dependency in migration.dependencies]
    path = Path(str(import_module(MODULE).__file__))
    path.write_text(MigrationWriter(folded).as_string(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
