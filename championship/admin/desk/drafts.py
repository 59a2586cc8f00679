"""What is done to a draft as a whole: its cause, throwing it away and bringing it back, and beginning one."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from championship import rights
from championship.admin.desk.base import desk_page, desk_url, find_session
from championship.admin.desk.forms import CauseForm, DeleteDraftForm, FlagsForm, ReviseForm
from championship.models import Classification, ClassificationDraft, Session
from championship.selectors.desk_steps import REVISE, TYPE
from championship.services import drafts, signatures
from championship.services.results import ResultsError
from championship.services.saving import StaleVersionError


@require_POST
def draft_cause(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = _session(request, season, event, session)
    form = CauseForm(request.POST)

    def act(draft: ClassificationDraft) -> str:
        drafts.say_cause(
            draft, cause=form.cleaned_data["cause"], by=request.user, seen_version=form.cleaned_data["seen_version"]
        )
        return "The cause is saved."

    return _done(request, row, form, act)


@require_POST
def draft_delete(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = _session(request, season, event, session)
    form = DeleteDraftForm(request.POST)

    def act(draft: ClassificationDraft) -> str:
        drafts.delete_draft(
            draft, by=request.user, reason=form.cleaned_data["reason"], seen_version=form.cleaned_data["seen_version"]
        )
        return "The draft is deleted. Below you can bring it back."

    return _done(request, row, form, act)


@require_POST
def draft_return(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = _session(request, season, event, session)
    try:
        drafts.bring_back(session=row, by=request.user)
    except ResultsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The draft is back as it was.")
    return HttpResponseRedirect(desk_url(row))


@require_http_methods(["GET", "HEAD", "POST"])
def desk_revise(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, "view_classification")
    if not any(rights.may(request.user, right, row.event) for right in REVISE):
        raise PermissionDenied
    if request.method == "POST":
        form = ReviseForm(request.POST)
        if form.is_valid() and (answer := _begin(request, row, form)):
            return answer
        version = _version(row, request.POST.get("version", ""))
    else:
        version = _version(row, request.GET.get("version", ""))
        to = request.GET.get("to", "")
        cause = "Made official" if to == "official" else ""
        form = ReviseForm(initial={"cause": cause, "version": version.version, "to": to})
    return desk_page(
        request, "revise", row, f"The next version: {row.event.name}, {row.name}", {"form": form, "version": version}
    )


@require_POST
def desk_pending(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, "change_classificationstate")
    form = FlagsForm(request.POST)
    standing = row.classifications.filter(state__is_current=True).first()
    if standing is None:
        messages.error(request, "No version stands, so nothing can be pending about it.")
    elif not form.is_valid():
        messages.error(request, "Nothing is saved: say why. Colleagues read it in the history.")
    else:
        flags = {name: form.cleaned_data[name] for name in signatures.FLAGS}
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen_version"]
        try:
            signatures.set_flags(standing, flags, by=request.user, reason=reason, seen_version=seen)
        except ResultsError as error:
            messages.error(request, str(error))
        except StaleVersionError:
            messages.error(
                request,
                f"Somebody set it just now: look at what is pending, then set yours again. Your reason was: {reason}",
            )
        else:
            messages.success(request, "Saved. Readers see what is pending beside the result.")
    return HttpResponseRedirect(desk_url(row))


def _begin(request: HttpRequest, row: Session, form: ReviseForm) -> HttpResponse | None:
    version = _version(row, str(form.cleaned_data["version"]))
    try:
        drafts.revise(session=row, by=request.user, cause=form.cleaned_data["cause"], version=version)
    except ResultsError as error:
        form.add_error(None, str(error))
        return None
    if form.cleaned_data["to"] == "official":
        return HttpResponseRedirect(f"{desk_url(row, 'desk_publish')}?as=official")
    messages.success(request, f"A draft begins with v{version.version}, with the decisions as they are now.")
    return HttpResponseRedirect(desk_url(row))


def _version(session: Session, asked: str) -> Classification:
    """The version that is asked for, by default the one that stands. Raises Http404 where there is none."""
    rows = session.classifications.select_related("state")
    if asked.isascii() and asked.isdigit() and len(asked) < 6:
        found = rows.filter(version=int(asked)).first()
    else:
        found = rows.filter(state__is_current=True).first()
    if found is None:
        raise Http404
    return found


def _session(request: HttpRequest, season: str, event: str, session: str) -> Session:
    row = find_session(request, season, event, session, "view_classification")
    if not any(rights.may(request.user, right, row.event) for right in (*TYPE, *REVISE)):
        raise PermissionDenied
    return row


def _done(
    request: HttpRequest,
    row: Session,
    form: CauseForm | DeleteDraftForm,
    act: Callable[[ClassificationDraft], str],
) -> HttpResponse:
    """Do it to the draft as it was seen, and say on the desk what became of it."""
    draft = ClassificationDraft.objects.filter(session=row).first()
    if draft is None:
        messages.error(request, "There is no draft any more: it was published or deleted just now.")
    elif not form.is_valid():
        messages.error(request, " ".join(text for texts in form.errors.values() for text in texts))
    else:
        try:
            messages.success(request, act(draft))
        except ResultsError as error:
            messages.error(request, str(error))
        except StaleVersionError:
            typed = form.cleaned_data.get("cause") or form.cleaned_data.get("reason")
            kept = f" You had typed: {typed}" if typed else ""
            messages.error(
                request, f"Somebody saved the draft just now, so nothing was done. Look at it, then try again.{kept}"
            )
    return HttpResponseRedirect(desk_url(row))
