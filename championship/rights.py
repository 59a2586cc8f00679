"""Who may do what: a permission of a role, at an event that the person works at."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from championship.models import Event


def may(user: AbstractBaseUser | AnonymousUser, permission: str, event: Event | None = None) -> bool:
    """Whether `user` has the permission (`publish_classification`, of this app) at `event`, or anywhere at all."""
    return user.has_perm(f"championship.{permission}")
