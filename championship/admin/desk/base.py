"""The frame of the desk's pages: which session, who may, and what every page shows above its task."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from championship import rights
from championship.models import Event, Session
from championship.selectors.desk_steps import Step


def find_session(request: HttpRequest, season: str, event: str, session: str, permission: str) -> Session:
    """The session of these slugs. Raises Http404, or PermissionDenied when this person may not do that there."""
    found = (
        Session.objects.select_related("event__season", "event__circuit", "round")
        .filter(event__season__slug=season, event__slug=event, slug=session)
        .first()
    )
    if found is None:
        raise Http404
    require(request, permission, found.event)
    return found


def require(request: HttpRequest, permission: str, event: Event) -> None:
    """Raise PermissionDenied unless this person has the permission at the event."""
    if not rights.may(request.user, permission, event):
        raise PermissionDenied(rights.refusal(request.user, event))


def desk_url(session: Session, name: str = "desk", *args: object) -> str:
    """The address of a page of the session's desk: `desk_url(session, "desk_publish")`."""
    event = session.event
    return reverse(f"admin:{name}", args=[event.season.slug, event.slug, session.slug, *args])


def step_url(session: Session, step: Step) -> str:
    """Where a step is done."""
    found = desk_url(session, step.page, *step.args)
    return f"{found}?{step.query}" if step.query else found


def desk_page(
    request: HttpRequest, template: str, session: Session, title: str, context: dict[str, Any]
) -> TemplateResponse:
    """The page `templates/admin/desk/<template>.html` with what all pages of the desk know."""
    request.current_app = admin.site.name  # type: ignore[attr-defined]
    return TemplateResponse(
        request,
        f"admin/desk/{template}.html",
        {
            **admin.site.each_context(request),
            "title": title,
            "session": session,
            "event": session.event,
            "desk_address": desk_url(session),
            **context,
        },
    )
