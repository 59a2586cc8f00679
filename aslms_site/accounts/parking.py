"""What somebody sent when the session had just ended: kept until the next login, shown, and sent again by hand."""

from typing import Any

from django.http import HttpRequest

KEY = "account_parked"
MOST_CHARACTERS = 500_000
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def fields_of(request: HttpRequest, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Every field that was sent, in its order, as hidden fields of a form can send it again."""
    left_out = {TOKEN, *without}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]


def park(request: HttpRequest) -> dict[str, Any] | None:
    """What this request sent, for `keep` in the next session; None when there is nothing to keep."""
    fields = fields_of(request)
    if not fields or sum(len(value) for _, value in fields) > MOST_CHARACTERS:
        return None
    return {
        "user": request.user.pk,
        "path": request.get_full_path(),
        "fields": fields,
        "files": sorted(file.name for file in request.FILES.values()),
    }


def keep(request: HttpRequest, parked: dict[str, Any]) -> None:
    request.session[KEY] = parked


def parked(request: HttpRequest) -> dict[str, Any] | None:
    """What the person who is logged in now had sent; never what somebody else had."""
    found = request.session.get(KEY)
    return found if found is not None and found["user"] == request.user.pk else None
