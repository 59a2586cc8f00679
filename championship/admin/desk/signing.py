"""Two pairs of eyes: checking a draft, typing its order a second time, countersigning what one person published."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from championship.admin.desk.base import desk_page, desk_url, find_session
from championship.admin.desk.checks import placed_checks
from championship.admin.desk.forms import RetypeForm, VersionForm
from championship.admin.desk.sessions import default_status
from championship.models import Classification, ClassificationDraft, Session
from championship.selectors.draft_order import order_lines
from championship.services import drafts, signatures
from championship.services.results import ResultsError
from championship.services.saving import StaleVersionError

RIGHT = "check_classification"


@require_http_methods(["GET", "HEAD", "POST"])
def desk_check(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, RIGHT)
    draft = _draft(row)
    if draft is None:
        return _gone(request, row)
    refusal = ""
    if request.method == "POST":
        form = VersionForm(request.POST)
        seen = form.cleaned_data["seen_version"] if form.is_valid() else 0
        try:
            drafts.check_draft(draft, by=request.user, seen_version=seen)
        except ResultsError as error:
            refusal = str(error)
        except StaleVersionError as error:
            refusal = _stale(error)
        else:
            messages.success(request, "Checked: you signed the draft.")
            return HttpResponseRedirect(desk_url(row))
        draft = _draft(row) or draft
    now = default_status(draft)
    context = {
        "draft": draft,
        "refusal": refusal,
        "is_own": draft.author == request.user,
        "now": now,
        "checks": placed_checks(row, now.checks, user=request.user),
        "order": order_lines(row, now.lines, now.drivers, now.changes),
        "form": VersionForm(initial={"seen_version": draft.version}),
    }
    return desk_page(request, "check", row, f"Check: {row.event.name}, {row.name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_retype(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, RIGHT)
    draft = _draft(row)
    if draft is None:
        return _gone(request, row)
    form = RetypeForm(initial={"seen_version": draft.version})
    if request.method == "POST":
        form = RetypeForm(request.POST)
        if form.is_valid():
            seen, order = form.cleaned_data["seen_version"], re.split(r"[\s,;]+", form.cleaned_data["order"].strip())
            try:
                drafts.retype(draft, order=[number.upper() for number in order], by=request.user, seen_version=seen)
            except ResultsError as error:
                form.add_error(None, str(error))
            except StaleVersionError as error:
                form.add_error(None, f"{_stale(error)} What you typed is still below.")
            else:
                messages.success(request, "Both orders are the same. You signed the draft as its checker.")
                return HttpResponseRedirect(desk_url(row))
        current = _draft(row) or draft
        form.data = form.data.copy()
        form.data["seen_version"] = str(current.version)
    context: dict[str, Any] = {"form": form, "draft": draft, "is_own": draft.author == request.user}
    return desk_page(request, "retype", row, f"Type it again: {row.event.name}, {row.name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_countersign(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, RIGHT)
    waiting = _single_signed(row, request.GET.get("version", ""))
    refusal = ""
    if request.method == "POST" and waiting is not None:
        try:
            signatures.countersign(waiting, by=request.user)
        except ResultsError as error:
            refusal = str(error)
        else:
            messages.success(request, f"Countersigned: v{waiting.version} has two signatures now.")
            return HttpResponseRedirect(desk_url(row))
    context = {
        "version": waiting,
        "refusal": refusal,
        "is_own": waiting is not None and waiting.author == request.user,
        "warnings": waiting.warnings.splitlines() if waiting else [],
    }
    return desk_page(request, "countersign", row, f"Countersign: {row.event.name}, {row.name}", context)


def _single_signed(session: Session, asked: str) -> Classification | None:
    """The version that waits for a second signature: the one that is asked for, else the newest; None without one."""
    rows = session.classifications.exclude(single_signed_reason="").select_related("author", "state")
    rows = rows.filter(state__countersigned_by=None, from_archive=False).order_by("-version")
    if asked.isascii() and asked.isdigit() and len(asked) < 6:
        rows = rows.filter(version=int(asked))
    found = rows.first()
    if found is not None:
        found.session = session
    return found


def _draft(session: Session) -> ClassificationDraft | None:
    rows = ClassificationDraft.objects.filter(session=session)
    return rows.select_related("author", "checker", "retyped_by", "session").first()


def _gone(request: HttpRequest, row: Session) -> HttpResponse:
    messages.info(request, "There is no draft to look at. It may have been published or deleted just now.")
    return HttpResponseRedirect(desk_url(row))


def _stale(error: StaleVersionError) -> str:
    return f"{error.current.history.latest().history_user or 'Somebody'} saved the draft after you opened this page."
