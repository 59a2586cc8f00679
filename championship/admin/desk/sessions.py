"""The desk of a session: where it stands, and what can be done next."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from championship import rights
from championship.admin.desk.base import desk_page, desk_url, find_session, step_url
from championship.admin.desk.forms import FlagsForm
from championship.admin.desk.people import person_at
from championship.models import Classification, ClassificationDraft, Season, Session
from championship.rules.consequence_words import button_text
from championship.selectors.desk import DeskPage, desk_page_of
from championship.selectors.desk_index import desk_index
from championship.selectors.desk_steps import FLAG, OFFICIAL, PROVISIONAL, RECALL, REVISE, RIGHTS, TYPE, next_steps
from championship.selectors.who_may import who_may
from championship.services import consequence_preview, publishing, recalls
from championship.services.decisions import decisions_in_force
from championship.services.documents import next_number
from championship.services.drafts import contained_decisions
from championship.services.publishing import Preview


@require_safe
def desk(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, "view_classification")
    draft = ClassificationDraft.objects.filter(session=row).select_related("author", "checker").first()
    contained = contained_decisions(draft) if draft else []
    counting = {decision.slug for decision in decisions_in_force(row, contained)}
    page = desk_page_of(row, counting=counting, contained=contained)
    person = person_at(request, row.event)
    roles = who_may(RIGHTS)
    context = {
        "page": page,
        "steps": [(step, step_url(row, step)) for step in next_steps(page, person, roles)],
        "person": person,
        "decisions": [(decision, desk_url(row, "desk_decision", decision.slug)) for decision in page.decisions],
        "flags": _flags(page) if page.standing and person.may(FLAG) else None,
        "may_revise": person.may(REVISE),
        "may_type": person.may(TYPE),
        "may_check": "check_classification" in person.rights,
        "who_flags": roles[FLAG[0]],
        "who_checks": roles["check_classification"],
        "recall": _recall(request, row, page, roles[RECALL[0]]),
        "publish": publish_button(row, draft, person.rights, roles) if draft else None,
    }
    return desk_page(request, "desk", row, f"{row.event.name}, {row.name}", context)


def default_status(draft: ClassificationDraft) -> Preview:
    """The preview of what is published next: provisional, unless only an official version makes sense."""
    provisional = publishing.preview(draft, Classification.Status.PROVISIONAL)
    if not provisional.stops:
        return provisional
    official = publishing.preview(draft, Classification.Status.OFFICIAL)
    is_revised = official.status == Classification.Status.REVISED
    return official if is_revised or not official.stops else provisional


def _flags(page: DeskPage) -> FlagsForm | None:
    standing = page.standing
    if standing is None:
        return None
    now = {flag.name: flag.is_set for flag in standing.flags}
    return FlagsForm(initial={"seen_version": standing.state_version, **now})


def publish_button(
    session: Session, draft: ClassificationDraft, held: frozenset[str], roles: dict[str, str]
) -> dict[str, Any]:
    """The publish button: its words, where it leads, and who may press it."""
    now = default_status(draft)
    wanted = PROVISIONAL if now.status == Classification.Status.PROVISIONAL else OFFICIAL
    try:
        found = consequence_preview.of_publishing(draft, now)
    except OperationalError:
        # The database was busy for longer than a page may wait: the button leads to the page that tries again.
        found = None
    choice = "provisional" if wanted == PROVISIONAL else "official"
    return {
        "now": now,
        "text": button_text(status=now.status, version=now.version, document=next_number(session.event), found=found),
        "url": f"{desk_url(session, 'desk_publish')}?as={choice}",
        "who": "" if held & set(wanted) else roles[wanted[0]],
    }


def _recall(request: HttpRequest, session: Session, page: DeskPage, who: str) -> dict[str, str] | None:
    """The way to recall the version that stands, or why this person may not."""
    standing = page.standing
    if standing is None:
        return None
    classification = Classification.objects.select_related("session__event__season").get(pk=standing.pk)
    return {
        "url": desk_url(session, "desk_recall"),
        "refusal": recalls.refusal(classification, request.user),
        "who": who,
    }


@require_safe
def desk_index_page(request: HttpRequest) -> HttpResponse:
    """All sessions of the current season, or of the one that `?season=` names."""
    if not rights.may(request.user, "view_classification"):
        raise PermissionDenied
    asked = request.GET.get("season", "")
    season = Season.objects.filter(slug=asked).first() if asked else Season.objects.current()
    if asked and season is None:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": f"Race desk, season {season.label}" if season else "Race desk",
        "index": desk_index(season) if season else None,
    }
    request.current_app = admin.site.name  # type: ignore[attr-defined]
    return TemplateResponse(request, "admin/desk/index.html", context)
