"""The desk of a session: where it stands, and what can be done next."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from championship.admin.desk.base import desk_page, find_session


@require_safe
def desk(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, "view_classification")
    return desk_page(request, "desk", row, f"{row.event.name}, {row.name}", {})
