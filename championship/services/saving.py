"""Saving one row: the way every official's change and every loaded file goes."""

from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from championship.models.base import Versioned

AnyModel = TypeVar("AnyModel", bound=Model)


class StaleVersionError(Exception):
    """Somebody else saved this row after it was read. `current` is the row as it stands now."""

    def __init__(self, current: Versioned) -> None:
        self.current = current
        super().__init__(f"{current} was changed by somebody else in the meantime.")


def save(instance: AnyModel, *, reason: str = "", seen_version: int | None = None) -> AnyModel:
    """Check and save a row in one transaction, with `reason` in its history.

    `seen_version` is the version that the person saw; StaleVersionError when the row has moved on.
    Raises ValidationError when a rule or a constraint refuses the row.
    """
    with transaction.atomic():
        if isinstance(instance, Versioned) and not instance._state.adding:
            # NO KEY: whoever only refers to the row need not wait, also not at the end of a transaction (foreign keys).
            current = type(instance)._default_manager.select_for_update(no_key=True).get(pk=instance.pk)
            if seen_version is not None and current.version != seen_version:
                raise StaleVersionError(current)
            instance.version = current.version + 1
        instance.full_clean()
        instance._change_reason = reason  # type: ignore[attr-defined]  # read by simple_history
        instance.save()
    return instance
