"""The content stamp: one integer that grows with every write to the sport's tables.

It stands in the address of generated files (and in cache keys), so that an old answer is never asked for again.
It is raised inside the writing transaction: a rolled-back write leaves the stamp alone.
"""

from collections.abc import Iterable

from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save

# Tables that no public page shows.
UNSEEN = frozenset({"ContentStamp", "StagedImport", "TimingImport", "EventDuty"})


def current() -> int:
    """The stamp of what is committed now; 0 before the first write."""
    from championship.models import ContentStamp

    return ContentStamp.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def raise_stamp(**_signal: object) -> None:
    """Count one change. Bulk writes send no signals and call this themselves."""
    from championship.models import ContentStamp

    if not ContentStamp.objects.filter(pk=1).update(value=F("value") + 1):
        ContentStamp.objects.create(pk=1, value=1)


def watch(models: Iterable[type[Model]]) -> None:
    """Raise the stamp whenever a row of these models is saved or deleted, or their many-to-many links change."""
    for model in models:
        if model.__name__ in UNSEEN or hasattr(model, "history_id"):
            continue
        uid = f"stamp:{model.__name__}"
        post_save.connect(raise_stamp, sender=model, dispatch_uid=uid)
        post_delete.connect(raise_stamp, sender=model, dispatch_uid=uid)
        for field in model._meta.local_many_to_many:
            m2m_changed.connect(raise_stamp, sender=field.remote_field.through, dispatch_uid=f"{uid}:{field.name}")
