"""What several models share: validators, the source of a fact, the version of a row, rows that never change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from championship.rules import names


def _whole(pattern: str, message: str) -> RegexValidator:
    return RegexValidator(rf"\A(?:{pattern})\Z", message)


validate_slug = _whole(names.SLUG.pattern, "Use lower-case letters, digits and single hyphens, for example abu-dhabi.")
validate_season_slug = _whole(names.SEASON_SLUG.pattern, "Use the years, for example 2023-24 or 2024.")
validate_car_number = _whole(
    names.CAR_NUMBER.pattern,
    "Use 1 to 3 digits, with one capital letter behind them if need be: 7, 007, 22A.",
)
validate_currency = _whole(names.CURRENCY.pattern, "Use the code of three capital letters, for example EUR.")
validate_colour = _whole(names.COLOUR.pattern, "Use # and six hexadecimal digits, for example #0B4EA2.")
validate_outline = _whole(
    names.OUTLINE.pattern, "Use SVG path data with the commands M L C Q S H V Z in a box of 200 by 140."
)


def refuse_reserved(slug: str, reserved: frozenset[str]) -> None:
    """Raise a ValidationError on `slug` when the site map needs that word for itself."""
    if slug in reserved:
        raise ValidationError({"slug": f"“{slug}” is an address of the site itself. Choose another word."})


class Sourced(models.Model):
    """A fact that says where it comes from."""

    source = models.CharField(
        max_length=500,
        blank=True,
        help_text="Where these facts were published: a page, a document or a file.",
    )

    class Meta:
        abstract = True


class Precision(models.TextChoices):
    """How much of a moment of publication is on record."""

    MINUTE = "minute", "To the minute"
    DAY = "day", "The day is on record"
    MONTH = "month", "The month is on record"
    LATEST = "latest", "Not on record; on this day at the latest"


class Milliseconds(models.PositiveIntegerField):
    """A time of a lap or of a race, kept as whole milliseconds. Officials type and read it as a time: 1:46.000."""

    def deconstruct(self) -> Any:
        # The column is a whole number like any other: migrations need not know more.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", args, kwargs


class Versioned(models.Model):
    """A row that two people may edit at once: every accepted save raises `version`, a stale one is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class FrozenError(Exception):
    """Somebody tried to change what was published. Publish a new revision instead."""


_is_freezing: ContextVar[bool] = ContextVar("is_freezing", default=False)


@contextmanager
def freezing() -> Iterator[None]:
    """The only place where frozen rows may be added: a service that publishes writes a version and all its rows in it.

    Nobody adds a car to a version afterwards, which would change what was published as much as editing one.
    """
    before = _is_freezing.set(True)
    try:
        yield
    finally:
        _is_freezing.reset(before)


def is_freezing() -> bool:
    """Whether a service is publishing just now."""
    return _is_freezing.get()


def _refuse(model: type[models.Model]) -> NoReturn:
    raise FrozenError(f"{model._meta.verbose_name} is published and never changes: publish a new revision instead.")


class FrozenQuerySet(models.QuerySet[Any]):
    """Rows are read, and added while they are published; adding them later, changing or deleting raises FrozenError."""

    def update(self, **_values: Any) -> int:
        _refuse(self.model)

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse(self.model)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> int:
        _refuse(self.model)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts") or not _is_freezing.get():
            _refuse(self.model)
        return super().bulk_create(objs, *args, **kwargs)


class Frozen(models.Model):
    """A published row: written once, then immutable."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True
        # Related managers write through it: `other_session.classifications.add(version)` is refused as well.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse(type(self))
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        # Fixtures come in here, too.
        if not _is_freezing.get():
            _refuse(type(self))
        super().save_base(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        _refuse(type(self))
