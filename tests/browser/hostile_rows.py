"""Rows whose every text wants to become a script, for pages that must show it as text."""

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import CharField, Field, Model, QuerySet, TextField, URLField

from championship.models import Picture
from news.models import StoryLink
from tests.payloads import PICTURE, payloads

# So many go through each field, the shortest: what is escaped is escaped sign by sign.
MOST = 2_500
MARKS = frozenset("<>\"'&{")
# What has a form of its own, which addresses, stylesheets, drawings, clocks and readers of files need: forms and files
# refuse anything else, or the site alone writes it.
FORMED = frozenset(
    """slug group time_zone outline layout plate_colour plate_ink accent_on_dark car_number colour sha256 digest
    secret_hash content_type currency numbering archive_slug dropped_rounds shown lines matches contained""".split()
)
# The text of a story is HTML, and the name of a picture that of its files.
OTHERS = frozenset({"Picture.name", "Story.body", "StoryEdition.body"})
# JSON, and which of its keys hold words.
STRUCTURED = {"body": ("number", "competitor", "session", "fact", "offence", "reason"), "effects": ("race",)}
# What nearly every page repeats by the hundred: each page gets some of the payloads, all pages together get all.
LABELS = frozenset({"Season.label", "RaceClass.name", "Event.name", "Session.name", "Circuit.name", "Topic.name"})


@functools.cache
def texts() -> tuple[str, ...]:
    """What is put into every field, all in all: in one line, as fields of forms take it."""
    # SQLite reads no text behind a NUL, and PostgreSQL keeps none.
    marked = [payload for payload in payloads() if MARKS.intersection(payload) and "\x00" not in payload]
    found = {" ".join(payload.split()) for payload in marked}
    return tuple(sorted(found, key=lambda one: (len(one), one))[:MOST])


def share(place: int, places: int, words: Sequence[str] = ()) -> str:
    """The payloads of one of so many places; all places together have all of `words`, or of `texts`."""
    found = words or texts()
    size = -(-len(found) // places)
    first = place * size % len(found)
    return " ".join(found[first : first + size])


def models() -> Iterator[type[Model]]:
    """Every model of the sport and of the newsroom; histories are shown to officials alone."""
    for app in ("championship", "news"):
        for model in apps.get_app_config(app).get_models():
            if not model._meta.proxy and not model.__name__.startswith("Historical"):
                yield model


def fields_of(model: type[Model], *, labels: bool = False) -> list[Field]:
    """The fields of a model that hold a text as somebody wrote it: its labels, or the others."""
    found = []
    for field in model._meta.concrete_fields:
        name = f"{model.__name__}.{field.name}"
        is_text = isinstance(field, CharField | TextField) and not field.choices and field.max_length not in (1, 2)
        if is_text and field.name not in FORMED and name not in OTHERS and (name in LABELS) == labels:
            found.append(field)
    return found


def overwrite(words: Sequence[str] = ()) -> list[str]:
    """Put `words`, or the payloads, in place of every text that may be stored, past every service; which fields."""
    found = []
    with _without_checks():
        for model in models():
            fields = fields_of(model)
            rows = list(model._base_manager.order_by("pk")) if fields else []
            for number, row in enumerate(rows):
                for field in fields:
                    setattr(
                        row,
                        field.attname,
                        _text(field, getattr(row, field.attname), share(number, len(rows), words) + f" {number}"),
                    )
            if rows:
                # The querysets of frozen rows refuse it.
                QuerySet(model).bulk_update(rows, [field.name for field in fields], batch_size=50)
                found += [f"{model.__name__}.{field.name}" for field in fields]
    return found


def show_everywhere(picture: Picture) -> None:
    """Let the picture of the data blocks stand wherever a picture may stand."""
    QuerySet(Picture).filter(pk=picture.pk).update(name=PICTURE)
    for model in models():
        for field in model._meta.concrete_fields:
            if field.related_model is Picture and not field.unique and field.null and model is not StoryLink:
                QuerySet(model).update(**{field.name: picture.pk})


def relabel(place: int, places: int) -> None:
    """Give the labels the payloads of one page of so many."""
    for model in models():
        names = [field.name for field in fields_of(model, labels=True)]
        for key in model._base_manager.values_list("pk", flat=True) if names else ():
            QuerySet(model).filter(pk=key).update(**{name: f"{share(place, places)} {key}" for name in names})


def _text(field: Field, value: Any, words: str) -> str:
    if field.name in STRUCTURED:
        return json.dumps(_filled(json.loads(value), STRUCTURED[field.name], words)) if value else value
    return f"https://example.org/?{words}" if isinstance(field, URLField) else words


def _filled(value: Any, keys: Iterable[str], words: str) -> Any:
    if isinstance(value, list):
        return [_filled(one, keys, words) for one in value]
    if isinstance(value, dict):
        return {key: words if key in keys else _filled(one, keys, words) for key, one in value.items()}
    return value


@contextmanager
def _without_checks() -> Iterator[None]:
    """A reason without a deed, as in a row that was never withdrawn, is refused otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
