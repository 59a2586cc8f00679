"""Who may do what: a permission of a role, at an event that the person works at.

Ask `may`, never `user.has_perm`: a duty (`models.EventDuty`) limits what somebody writes to single events. Whoever has
none works at all events. Reading is never limited, nor is what belongs to no event, such as a team or a season.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model

from championship.models import Event, EventDuty

Person = AbstractBaseUser | AnonymousUser

# The ways from a row to the event that it is part of, the first that the row has. A round of an adjustment is no such
# way: what takes points from a car concerns the whole season.
WAYS = ("event", "session", "event_entry", "decision", "classification", "result", "entry_list", "line", "document")


def may(user: Person, permission: str, event: Event | None = None) -> bool:
    """Whether `user` has the permission at `event`, or anywhere at all.

    `publish_classification` is one of this app; another app's is named with it: `news.publish_story`.
    """
    app, _, codename = permission.rpartition(".")
    if not user.has_perm(f"{app or 'championship'}.{codename}"):
        return False
    return event is None or codename.startswith("view_") or not refusal(user, event)


def refusal(user: Person, row: Model | None) -> str:
    """Why `user` may not write to `row`, whatever the roles say; empty unless it is part of an event without duty."""
    events = duties(user)
    if not events or row is None:
        return ""
    event = event_of(row)
    if event is None or event in events:
        return ""
    names = " and ".join(f"{duty.name} {duty.season}" for duty in events)
    return f"You are on duty at {names} only. To work at another event, ask an administrator."


def duties(user: Person) -> tuple[Event, ...]:
    """The events that this person's work is limited to; none when it is not limited. Read once for each request."""
    if not user.is_authenticated or user.is_superuser:  # type: ignore[union-attr]
        return ()
    if not hasattr(user, "_duties"):
        rows = (
            EventDuty.objects.filter(user=user)
            .select_related("event__season")
            .order_by("event__starts_on", "event__slug")
        )
        user._duties = tuple(duty.event for duty in rows)  # type: ignore[union-attr]
    return user._duties  # type: ignore[union-attr]


def event_of(row: Any) -> Event | None:
    """The event that `row` is part of, also of a row that is not saved yet."""
    if isinstance(row, Event):
        return row
    for way in WAYS:
        if getattr(row, f"{way}_id", None) is not None:
            return event_of(getattr(row, way))
    return None
