"""What is stored, as a person would say it: for the pages of the history."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from championship.admin.conflicts import NOTHING
from championship.models.base import Milliseconds
from championship.rules.durations import with_unit

# Bookkeeping of the site, which says nothing to an official.
UNSAID = frozenset({"id", "version", "calendar_revision", "sha256", "colour"})


def said(model: type[Model]) -> list[Any]:
    """The columns of a model that mean something to an official."""
    return [column for column in model._meta.concrete_fields if column.name not in UNSAID]


def part_label(part: Any) -> str:
    """How a row below a page is called, stored or in its history: "Seat 2", "Position 3", "Effect 1"."""
    model = _model_of(part)
    for name in ("seat", "position", "number", "order"):
        if hasattr(part, name):
            # An order alone is no name: what has one is the first effect, the second ...
            called = model._meta if name == "order" else model._meta.get_field(name)
            return f"{capfirst(called.verbose_name)} {getattr(part, name)}"
    return f"{capfirst(model._meta.verbose_name)} {part.name}"


class Words:
    """Says the values of `states`: rows, or records of their history. One query for each kind of row they name."""

    def __init__(self, states: Iterable[Any]) -> None:
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for state in states:
            for column in said(_model_of(state)):
                if column.remote_field is not None:
                    wanted[column.remote_field.model].add(getattr(state, column.attname))
        # With all that their names may need: a car's name tells its team and its season.
        self._named = {
            model: {pk: str(row) for pk, row in model._default_manager.select_related().in_bulk(keys - {None}).items()}
            for model, keys in wanted.items()
        }

    def of(self, column: Any, state: Any) -> str:
        """The value of a column of one of the states."""
        value = getattr(state, column.attname)
        if value is None or value == "":
            return NOTHING
        if column.remote_field is not None:
            return self._named[column.remote_field.model].get(value, f"(deleted {column.verbose_name})")
        return _plainly(column, value)

    def line(self, part: Any, link: Any) -> str:
        """A row below a page in one line; `link` is the relation that it is below."""
        unsaid = {link.field.name, "seat", "position", "order", "season"}
        texts = [self.of(column, part) for column in said(_model_of(part)) if column.name not in unsaid]
        return ", ".join(text for text in texts if text != NOTHING)


def _plainly(column: Any, value: Any) -> str:
    """A value that is there, and that is no other row."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%d %B %Y, %H:%M} UTC"
    if isinstance(column, Milliseconds):
        return with_unit(value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(getattr(value, "name", value) or NOTHING)


def _model_of(state: Any) -> type[Model]:
    return getattr(state, "instance_type", type(state))
