"""The addresses of the desk, under /admin/desk/. The admin site adds them, each behind its own login check."""

from collections.abc import Callable

from django.urls import URLPattern, path

from championship.admin.desk import grid, sessions

SESSION = "desk/<season:season>/<event:event>/<slug:session>/"


def patterns(guarded: Callable[..., Callable[..., object]]) -> list[URLPattern]:
    """All patterns; `guarded` is the admin site's `admin_view`."""
    views = [
        (SESSION, sessions.desk, "desk"),
        (f"{SESSION}grid/", grid.desk_grid, "desk_grid"),
    ]
    return [path(route, guarded(view), name=name) for route, view, name in views]
