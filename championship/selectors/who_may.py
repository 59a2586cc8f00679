"""Whom to ask for what one may not do oneself."""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from championship.rules.text import series

ADMINISTRATORS = "administrators"


def who_may(permissions: Iterable[str], *, app: str = "championship") -> dict[str, str]:
    """By permission of an app (`publish_classification`) the roles that have it, as words; one query."""
    found: dict[str, list[str]] = {permission: [] for permission in permissions}
    rows = Group.objects.filter(permissions__content_type__app_label=app, permissions__codename__in=found)
    for name, permission in rows.order_by("name").values_list("name", "permissions__codename"):
        found[permission].append(name)
    return {permission: series([*names, ADMINISTRATORS]) for permission, names in found.items()}
