"""Decisions of the stewards at the desk: entering one, seeing what it moves, and putting it on the notice board."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from championship import rights
from championship.admin.desk.base import desk_page, desk_url, find_session
from championship.admin.desk.decision_forms import DecisionForms
from championship.admin.desk.people import person_at
from championship.admin.desk.sessions import publish_button
from championship.admin.forms import is_stale
from championship.admin.step_up import confirmed
from championship.admin.track_time import to_track
from championship.models import ClassificationDraft, Decision, EventEntry, Session
from championship.selectors.consequence_lines import consequence_lines
from championship.selectors.consequence_pages import changed_pages
from championship.selectors.desk_steps import RIGHTS
from championship.selectors.effects import effects_in_words
from championship.selectors.who_may import who_may
from championship.services import decision_drafts, documents
from championship.services.decision_preview import Foreseen, foresee
from championship.services.documents import DocumentError
from championship.services.drafts import locked
from championship.services.results import ResultsError, cars_of

ADD, CHANGE, PUBLISH = "add_decision", "change_decision", "publish_decision"
METHODS = ["GET", "HEAD", "POST"]
CONFLICT = 409


@require_http_methods(METHODS)
def desk_decision_add(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, ADD)
    return _decide(request, row, slug="")


@require_http_methods(METHODS)
def desk_decision(request: HttpRequest, season: str, event: str, session: str, slug: str) -> HttpResponse:
    row = find_session(request, season, event, session, CHANGE)
    return _decide(request, row, slug=slug)


@require_http_methods(METHODS)
@confirmed
def desk_decision_publish(request: HttpRequest, season: str, event: str, session: str, slug: str) -> HttpResponse:
    row = find_session(request, season, event, session, PUBLISH)
    decision = _found(row, slug)
    refusal = ""
    if request.method == "POST":
        try:
            return _publish(request, row, decision)
        except (DocumentError, ResultsError) as error:
            refusal = str(error)
            decision = _found(row, slug)
    before = documents.last_document(decision)
    context = {
        "decision": decision,
        "text": documents.decision_text(decision),
        "effects": effects_in_words(decision.as_ruling().effects),
        "fact_at": _fact_time(decision),
        "number": documents.next_number(row.event),
        "before": before,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
        "decision_address": desk_url(row, "desk_decision", slug),
    }
    return desk_page(request, "decision_publish", row, f"Publish the decision on {_car(decision)}", context)


def _publish(request: HttpRequest, session: Session, decision: Decision) -> HttpResponse:
    """Put exactly what was seen on the notice board. Raises DocumentError, and then nothing is published."""
    number = request.POST.get("number", "")
    with transaction.atomic():
        # The same order of locks as publishing a version: the session, then the season.
        locked(session)
        current = Decision.objects.select_for_update().get(pk=decision.pk)
        if is_stale(current, request.POST.get("seen_version", "")):
            raise DocumentError("Somebody changed the decision since you looked at it. Read it again, then publish.")
        document = documents.publish_decision(
            decision,
            by=request.user,  # type: ignore[arg-type]
            reason=request.POST.get("reason", "")[:300],
        )
        if str(document.number) != number:
            raise DocumentError(
                f"Another document was published in the meantime: this one is document {document.number} now."
            )
        _begin(request, _found(session, decision.slug))
    text = 'Published as <a href="{}">document {}</a>.'
    messages.success(request, format_html(text, document.get_absolute_url(), document.number))
    return HttpResponseRedirect(desk_url(session, "desk_decision", decision.slug))


def _decide(request: HttpRequest, session: Session, *, slug: str) -> HttpResponse:
    cars = cars_of(session)
    if request.method != "POST":
        decision = _found(session, slug) if slug else Decision(session=session)
        return _page(request, session, cars, DecisionForms(decision, cars))
    with transaction.atomic():
        locked(session)
        if "preview" in request.POST:
            return _previewed(request, session, cars, slug)
        forms = DecisionForms(_held(session, slug), cars, request.POST)
        if not _saved(forms):
            return _page(request, session, cars, forms, status=CONFLICT if forms.stale else 200)
        decision = forms.form.instance
        draft = _begin(request, decision)
    follows = " The next version of the list has it: look at the desk." if draft else ""
    messages.success(request, f"Saved the decision on {_car(decision)}.{follows}")
    return HttpResponseRedirect(desk_url(session, "desk_decision", decision.slug))


def _previewed(request: HttpRequest, session: Session, cars: Mapping[str, EventEntry], slug: str) -> HttpResponse:
    """The form as it was sent, with what saving it would change. Nothing is written."""
    forms = DecisionForms(_held(session, slug), cars, request.POST)
    tried = DecisionForms(_held(session, slug), cars, request.POST)
    if not forms.is_valid() or not tried.is_valid():
        return _page(request, session, cars, forms, status=CONFLICT if forms.stale else 200)
    try:
        found = foresee(session, tried.save, by=request.user)  # type: ignore[arg-type]
    except (ResultsError, ValidationError) as error:
        forms.form.add_error(None, str(error) if isinstance(error, ResultsError) else error)
        return _page(request, session, cars, forms)
    return _page(request, session, cars, forms, found=found)


def _saved(forms: DecisionForms) -> bool:
    """Whether the decision is written; otherwise the form says why it is not."""
    if not forms.is_valid():
        return False
    try:
        with transaction.atomic():
            forms.save()
    except ValidationError as error:
        forms.form.add_error(None, error)
        return False
    return True


def _begin(request: HttpRequest, decision: Decision) -> bool:
    """Whether there is a draft in which the decision counts next; why there can be none is said."""
    try:
        with transaction.atomic():
            return decision_drafts.begin_revision(decision, by=request.user) is not None  # type: ignore[arg-type]
    except ResultsError as error:
        messages.warning(request, f"The next version could not be begun. {error}")
        return False


def _found(session: Session, slug: str) -> Decision:
    rows = session.decisions.select_related("session__event__season", "session__event__circuit", "event_entry__entry")
    found = rows.prefetch_related("effects").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _held(session: Session, slug: str) -> Decision:
    """The decision to write; an existing one is held until the end of the caller's transaction.

    Whoever is saving it is waited for: what is read after that is what they left.
    """
    if not slug:
        return Decision(session=session)
    session.decisions.select_for_update().filter(slug=slug).first()
    return _found(session, slug)


def _page(
    request: HttpRequest,
    session: Session,
    cars: Mapping[str, EventEntry],
    forms: DecisionForms,
    *,
    found: Foreseen | None = None,
    status: int = 200,
) -> HttpResponse:
    decision = forms.form.instance
    stored = decision if decision.pk else None
    title = f"Decision on {_car(stored)}" if stored else "Enter a decision"
    context = {
        "form": forms.form,
        "effects": forms.effects,
        "stale": forms.stale,
        "differences": forms.differences,
        "decision": stored,
        "cars": {number: _as_shown(car) for number, car in cars.items()},
        "next_number": documents.next_number(session.event),
        "document": documents.last_document(stored) if stored else None,
        "may_publish": rights.may(request.user, PUBLISH, session.event),
        "publish": _publish_button(request, session) if stored else None,
        "history": reverse("admin:championship_decision_history", args=[stored.pk]) if stored else "",
        "publish_address": desk_url(session, "desk_decision_publish", stored.slug) if stored else "",
        "add_address": desk_url(session, "desk_decision_add"),
        **_shown(session, found),
    }
    page = desk_page(request, "decision", session, f"{title}: {session.event.name}, {session.name}", context)
    page.status_code = status
    return page


def _publish_button(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """What publishing the list now would change, as the desk says it; None without a draft."""
    draft = ClassificationDraft.objects.filter(session=session).select_related("author", "checker").first()
    person = person_at(request, session.event)
    return publish_button(session, draft, person.rights, who_may(RIGHTS)) if draft else None


def _shown(session: Session, found: Foreseen | None) -> dict[str, Any]:
    """What the page says follows from the decision."""
    if found is None:
        return {"foreseen": None}
    now, follows = found.preview, found.consequence
    return {
        "foreseen": found,
        "found": follows,
        "lines": consequence_lines(follows) if follows else None,
        "pages": changed_pages(session, follows, now.version) if follows and now else (),
    }


def _fact_time(decision: Decision) -> str:
    """The time of the fact in track time, as readers will read it; empty when it is not on record."""
    if decision.fact_at is None:
        return ""
    day, clock = to_track(decision.fact_at, decision.session.event.zone)
    return f"{day.day} {day:%B %Y}, {clock:%H:%M:%S}, track time"


def _car(decision: Decision) -> str:
    return f"car {decision.event_entry.entry.car_number}"


def _as_shown(car: EventEntry) -> dict[str, str]:
    race_class = car.entry.race_class
    return {"team": car.team_name, "className": race_class.name, "style": race_class.style_key}
