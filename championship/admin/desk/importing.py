"""Timing files: upload one, look at what it would change, say what names mean, and let exactly that be written."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from championship.admin.desk.import_choices import read_choices
from championship.admin.desk.import_places import Place, event_place, import_page, session_place
from championship.admin.desk.import_words import review_context
from championship.admin.forms import as_version
from championship.models import Session, TimingImport
from championship.services import timing_imports
from championship.services.saving import StaleVersionError
from championship.services.timing_imports import AnyPreview, ImportMovedOnError, TimingImportError
from championship.timing.limits import MOST_BYTES
from championship.timing.tables import TimingFileError, TimingProblem

MOST_RECENT = 10
TOO_LARGE = f"The file has more than {MOST_BYTES // 1_000} kB. A result file has a few kilobytes."


class UploadForm(forms.Form):
    """A timing file."""

    file = forms.FileField(
        max_length=255,
        error_messages={
            "required": "Choose the file that the timing provider sent.",
            "empty": "The file is empty. Download it again, or ask for it again.",
            "max_length": "The name of the file is too long. Give it a shorter one.",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    """The result file of a session."""
    return _upload(request, session_place(request, season, event, session))


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, season: str, event: str, session: str, pk: UUID) -> HttpResponse:
    """What the file would make of the session's draft."""
    return _review(request, session_place(request, season, event, session), pk)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_entries(request: HttpRequest, season: str, event: str) -> HttpResponse:
    """The file of a timed session, for the entries of the event."""
    return _upload(request, event_place(request, season, event))


@require_http_methods(["GET", "HEAD", "POST"])
def review_entries(request: HttpRequest, season: str, event: str, pk: UUID) -> HttpResponse:
    """What the file would make of the entries of the event."""
    return _review(request, event_place(request, season, event), pk)


# Upload


def _upload(request: HttpRequest, place: Place) -> HttpResponse:
    """What can be read is kept and leads to its review; what cannot is told line by line."""
    if request.method != "POST":
        return _upload_page(request, place)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        text = " ".join(error for errors in form.errors.values() for error in errors)
        return _upload_page(request, place, text, HTTPStatus.BAD_REQUEST)
    sent = form.cleaned_data["file"]
    if sent.size > MOST_BYTES:
        return _upload_page(request, place, f"{sent.name}: {TOO_LARGE}", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        kept = timing_imports.stage(
            content=sent.read(), file_name=sent.name, by=request.user, session=place.session, event=place.event
        )
    except TimingFileError as error:
        text = f"{sent.name} cannot be used as it is. Nothing was kept and nothing was changed."
        return _upload_page(request, place, text, HTTPStatus.UNPROCESSABLE_ENTITY, error.problems)
    if kept.is_known:
        what = "applied" if kept.staged.state == TimingImport.State.APPLIED else "waiting"
        messages.info(request, f"This very file is {what} already, so it was not kept a second time.")
    return HttpResponseRedirect(place.review_url(kept.staged.pk))


def _upload_page(
    request: HttpRequest,
    place: Place,
    refusal: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    problems: tuple[TimingProblem, ...] = (),
) -> HttpResponse:
    rows = place.files().defer("content", "rows", "matches").select_related("staged_by", "applied_by")
    context = {
        "recent": [(row, place.review_url(row.pk)) for row in rows[:MOST_RECENT]],
        "is_race": place.session is not None and place.session.kind == Session.Kind.RACE,
        "refusal": refusal,
        "problems": problems,
    }
    page = import_page(request, "import", place, f"Timing file for {place.name}", context)
    page.status_code = status
    return page


# Review


def _review(request: HttpRequest, place: Place, pk: UUID) -> HttpResponse:
    """What is to be mended, what to be said, and what would be written; then one button that writes exactly that."""
    related = ("session__event__season", "event__season", "staged_by", "applied_by")
    staged = place.files().select_related(*related).filter(pk=pk).first()
    if staged is None:
        raise Http404
    if request.method != "POST":
        return _review_page(request, place, staged)
    try:
        return _done(request, place, staged)
    except StaleVersionError:
        text = "Somebody else answered for this file meanwhile. These are the answers as they are now; look again."
    except TimingImportError as error:
        text = str(error)
    return _review_page(request, place, staged, refusal=text, status=HTTPStatus.CONFLICT)


def _done(request: HttpRequest, place: Place, staged: TimingImport) -> HttpResponse:
    """What the pressed button asks for. Raises TimingImportError, StaleVersionError."""
    match request.POST.get("do"):
        case "discard":
            timing_imports.discard(staged)
            messages.success(request, f"{staged.file_name} is laid aside. Nothing was changed.")
            return HttpResponseRedirect(place.upload_url)
        case "reopen":
            timing_imports.reopen(staged)
        case "confirm" | "choose":
            return _answered(request, place, staged)
    return HttpResponseRedirect(place.review_url(staged.pk))


def _answered(request: HttpRequest, place: Place, staged: TimingImport) -> HttpResponse:
    """Keep the answers; write what was shown when that was asked for, and nothing else follows from the answers."""
    before = timing_imports.matches_of(staged)
    matches, errors = before, {}
    if staged.state == TimingImport.State.STAGED:
        matches, errors = read_choices(request.POST, timing_imports.preview(staged), before)
    seen_version = as_version(request.POST.get("seen_version", ""))
    answered = timing_imports.choose(staged, matches=matches, seen_version=seen_version)
    if errors:
        text = "Some answers cannot be used yet; the others are kept."
        return _review_page(
            request, place, answered, refusal=text, status=HTTPStatus.BAD_REQUEST, errors=errors, posted=request.POST
        )
    if request.POST.get("do") == "choose":
        return HttpResponseRedirect(place.review_url(staged.pk))
    if matches != before:
        text = "Your answers are kept. This is what follows from them: look at it, then confirm."
        return _review_page(request, place, answered, notice=text)
    return _applied(request, place, answered)


def _applied(request: HttpRequest, place: Place, staged: TimingImport) -> HttpResponse:
    seen, cause = request.POST.get("seen", ""), request.POST.get("cause")
    try:
        timing_imports.apply(staged, seen=seen, by=request.user, cause=cause[:300] if cause is not None else None)
    except ImportMovedOnError as moved:
        text = "Something was changed since you looked: nothing was written. This is what would be written now."
        return _review_page(
            request, place, staged, refusal=text, status=HTTPStatus.CONFLICT, shown=moved.preview, posted=request.POST
        )
    what = "The draft is written" if place.session else "The entries are written"
    messages.success(request, f"{what} from {staged.file_name}. Nothing is public yet.")
    return HttpResponseRedirect(place.back_url)


def _review_page(
    request: HttpRequest,
    place: Place,
    staged: TimingImport,
    *,
    refusal: str = "",
    notice: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    errors: Mapping[str, str] | None = None,
    posted: Mapping[str, str] | None = None,
    shown: AnyPreview | None = None,
) -> HttpResponse:
    staged.refresh_from_db(fields=["state", "version", "matches", "applied_at", "applied_by"])
    context: dict[str, Any] = {"staged": staged, "refusal": refusal, "notice": notice}
    if staged.state == TimingImport.State.STAGED:
        context |= review_context(shown or timing_imports.preview(staged), errors or {}, posted or {})
    template = "import_review" if place.session else "import_entries_review"
    page = import_page(request, template, place, f"{staged.file_name} for {place.name}", context)
    page.status_code = status
    return page
