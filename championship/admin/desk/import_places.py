"""Where a timing file belongs: to the results of a session, or to the entries of an event."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from championship.admin.desk.base import desk_url, find_session, require
from championship.models import Event, Session, TimingImport

MAY_RESULTS = ("add_timingimport", "change_classificationdraft")
MAY_ENTRIES = ("add_timingimport", "add_evententry", "change_evententry", "add_entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A session, or without one an event, with the addresses of the pages of its timing files."""

    event: Event
    session: Session | None = None

    @property
    def name(self) -> str:
        return self.session.name if self.session else f"the entries of {self.event.name}"

    @property
    def upload_url(self) -> str:
        if self.session:
            return desk_url(self.session, "desk_import")
        return reverse("admin:desk_entries_import", args=[self.event.season.slug, self.event.slug])

    @property
    def back_url(self) -> str:
        """Where the work goes on: at the desk, or with the cars at the event."""
        if self.session:
            return desk_url(self.session)
        return f"{reverse('admin:championship_evententry_changelist')}?event__id__exact={self.event.pk}"

    def review_url(self, pk: UUID) -> str:
        return f"{self.upload_url}{pk}/"

    def files(self) -> Any:
        """The files that were uploaded here, the newest first."""
        if self.session:
            return TimingImport.objects.filter(session=self.session, purpose=TimingImport.Purpose.RESULTS)
        return TimingImport.objects.filter(event=self.event, purpose=TimingImport.Purpose.ENTRIES)


def session_place(request: HttpRequest, season: str, event: str, session: str) -> Place:
    """Raises Http404, or PermissionDenied when this person may not write drafts there."""
    row = find_session(request, season, event, session, MAY_RESULTS[0])
    require(request, MAY_RESULTS[1], row.event)
    return Place(event=row.event, session=row)


def event_place(request: HttpRequest, season: str, event: str) -> Place:
    """Raises Http404, or PermissionDenied when this person may not enter cars there."""
    row = Event.objects.select_related("season", "circuit").filter(season__slug=season, slug=event).first()
    if row is None:
        raise Http404
    for permission in MAY_ENTRIES:
        require(request, permission, row)
    return Place(event=row)


def import_page(
    request: HttpRequest, template: str, place: Place, title: str, context: dict[str, Any]
) -> TemplateResponse:
    """The page `templates/admin/desk/<template>.html` with what all pages of timing files know."""
    request.current_app = admin.site.name  # type: ignore[attr-defined]
    known = {
        **admin.site.each_context(request),
        "title": title,
        "event": place.event,
        "session": place.session,
        "desk_address": place.back_url,
        "upload_address": place.upload_url,
    }
    return TemplateResponse(request, f"admin/desk/{template}.html", {**known, **context})
