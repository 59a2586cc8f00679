"""The notice board as officials see it: drafts and what is published, adding a document, publishing it."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from championship import rights
from championship.admin.desk.base import require
from championship.admin.desk.document_forms import FIELDS, DocumentForm
from championship.admin.step_up import question
from championship.models import Document, Event
from championship.selectors.document_lines import document_lines, for_lines
from championship.selectors.documents import find_event
from championship.services import document_uploads as uploads
from championship.services.documents import DocumentError, next_number
from championship.services.saving import StaleVersionError

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
def desk_documents(request: HttpRequest, season: str, event: str) -> HttpResponse:
    row = _event(request, season, event, "view_document")
    published = for_lines(Document.objects.published().filter(event=row))
    drafts = Document.objects.drafts().filter(event=row).select_related("session", "event_entry__entry", "file")
    context = {
        "lines": document_lines(list(published), row),
        "drafts": drafts.defer("file__content").order_by("pk"),
        "number": next_number(row),
        "may_add": rights.may(request.user, "add_document", row),
    }
    return _page(request, "documents", row, f"Documents: {row.name}", context)


@require_http_methods(GET_AND_POST)
def desk_document_add(request: HttpRequest, season: str, event: str) -> HttpResponse:
    row = _event(request, season, event, "add_document")
    if request.method != "POST":
        amended = Document.objects.published().filter(event=row, number=_number(request.GET.get("amends", ""))).first()
        form = DocumentForm(event=row, initial=_initial(amended) if amended else None)
        return _form_page(request, row, None, form)
    form = DocumentForm(request.POST, request.FILES, event=row)
    if not form.is_valid():
        return _form_page(request, row, None, form, status=HTTPStatus.BAD_REQUEST)
    publishes = _publishes(request, row)
    # A file cannot be carried through the question who it is: then the document is a draft until that is answered.
    waits = publishes and question(request) is not None
    try:
        document = uploads.add_upload(
            row,
            values=form.values,
            upload=form.upload,
            publish_by=request.user if publishes and not waits else None,
            seen_number=form.cleaned_data["seen_number"],
        )
    except (DocumentError, ValidationError) as error:
        return _refused(request, row, None, form, error)
    return _done(request, row, document, waits=waits)


@require_http_methods(GET_AND_POST)
def desk_document(request: HttpRequest, season: str, event: str, document: int) -> HttpResponseBase:
    row = _event(request, season, event, "view_document")
    draft = Document.objects.filter(event=row, pk=document).select_related("file").defer("file__content").first()
    if draft is None:
        raise Http404
    if request.method == "POST":
        return _changed(request, row, draft)
    if draft.is_published:
        return _published_page(request, row, draft)
    form = DocumentForm(event=row, document=draft, initial=_values(draft))
    return _form_page(request, row, draft, form)


def _changed(request: HttpRequest, event: Event, draft: Document) -> HttpResponseBase:
    """What the pressed button asks for: delete the draft, or keep what is typed, and publish that."""
    deletes = request.POST.get("do") == "delete"
    require(request, "delete_document" if deletes else "change_document", event)
    form = DocumentForm(request.POST, request.FILES, event=event, document=draft)
    if not deletes and not draft.is_published and not form.is_valid():
        return _form_page(request, event, draft, form, status=HTTPStatus.BAD_REQUEST)
    publishes = not deletes and _publishes(request, event)
    asked = question(request) if publishes else None
    if asked is not None and not request.FILES:
        return asked
    seen_version = _number(request.POST.get("seen_version", "")) or 0
    try:
        if deletes:
            uploads.delete_upload(draft, seen_version=seen_version)
            messages.success(request, f"The draft “{draft.title}” is deleted. It never had a number.")
            return HttpResponseRedirect(_board_url(event))
        document = uploads.change_upload(
            draft,
            values=form.values if not draft.is_published else {},
            upload=form.upload if not draft.is_published else None,
            seen_version=seen_version,
            publish_by=request.user if publishes and asked is None else None,
            seen_number=_number(request.POST.get("seen_number", "")),
        )
    except StaleVersionError as error:
        what = "Look at it again, then delete it." if deletes else "What you typed is below: send it to replace theirs."
        return _refused(request, event, error.current, form, f"Somebody else saved this draft meanwhile. {what}")
    except (DocumentError, ValidationError) as error:
        return _refused(request, event, draft, form, error)
    return _done(request, event, document, waits=asked is not None)


def _done(request: HttpRequest, event: Event, document: Document, *, waits: bool) -> HttpResponse:
    if document.is_published:
        messages.success(request, f"Published as document {document.number}. It is on the notice board.")
        return HttpResponseRedirect(_board_url(event))
    if waits:
        text = "Kept as a draft with its file. Press the button to publish it: you are asked first if it is still you."
        messages.warning(request, text)
    else:
        messages.success(request, "Kept as a draft. Nobody but officials sees it.")
    return HttpResponseRedirect(reverse("admin:desk_document", args=[event.season.slug, event.slug, document.pk]))


def _refused(
    request: HttpRequest, event: Event, draft: Document | None, form: DocumentForm, error: Exception | str
) -> HttpResponse:
    """The form with everything that was typed, and why it cannot be; only a file has to be chosen again."""
    if draft is not None:
        draft = Document.objects.filter(pk=draft.pk).select_related("file").first()
        if draft is None or draft.is_published:
            messages.error(request, str(error))
            return HttpResponseRedirect(_board_url(event))
    words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return _form_page(request, event, draft, form, refusal=words, status=HTTPStatus.CONFLICT)


def _form_page(
    request: HttpRequest,
    event: Event,
    draft: Document | None,
    form: DocumentForm,
    *,
    refusal: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    number = next_number(event)
    if form.is_bound:
        # What the page shows now is what the next press agrees to.
        form.data = form.data.copy()
        form.data["seen_version"] = str(draft.version) if draft else ""
        form.data["seen_number"] = str(number)
    else:
        form.initial |= {"seen_version": draft.version if draft else None, "seen_number": number}
    context = {
        "form": form,
        "fields": [form[name] for name in (*FIELDS, "file")],
        "draft": draft,
        "number": number,
        "refusal": refusal,
        "file_again": form.is_bound and bool(request.FILES),
        "may_change": rights.may(request.user, "change_document" if draft else "add_document", event),
        "may_publish": rights.may(request.user, "publish_document", event),
        "may_delete": draft is not None and rights.may(request.user, "delete_document", event),
    }
    title = f"Draft: {draft.title}" if draft else f"Add a document: {event.name}"
    page = _page(request, "document_form", event, title, context)
    page.status_code = status
    return page


def _published_page(request: HttpRequest, event: Event, document: Document) -> HttpResponse:
    (line,) = document_lines(list(for_lines(Document.objects.filter(pk=document.pk))), event)
    context = {
        "document": document,
        "line": line,
        "may_amend": rights.may(request.user, "add_document", event) and document.kind not in uploads.MADE_HERE,
    }
    return _page(request, "document", event, str(document), context)


def _page(request: HttpRequest, template: str, event: Event, title: str, context: dict[str, Any]) -> TemplateResponse:
    request.current_app = admin.site.name  # type: ignore[attr-defined]
    known = {"title": title, "event": event, "board_address": _board_url(event), "is_desk": True}
    return TemplateResponse(
        request, f"admin/desk/{template}.html", {**admin.site.each_context(request), **known, **context}
    )


def _event(request: HttpRequest, season: str, event: str, permission: str) -> Event:
    """Raises Http404, or PermissionDenied when this person may not do that there."""
    row = find_event(season, event)
    if row is None:
        raise Http404
    require(request, permission, row)
    return row


def _publishes(request: HttpRequest, event: Event) -> bool:
    """Whether the pressed button publishes, which takes a right of its own."""
    if request.POST.get("do") != "publish":
        return False
    require(request, "publish_document", event)
    return True


def _board_url(event: Event) -> str:
    return reverse("admin:desk_documents", args=[event.season.slug, event.slug])


def _values(draft: Document) -> dict[str, Any]:
    return {name: getattr(draft, f"{name}_id", None) or getattr(draft, name) for name in FIELDS}


def _initial(amended: Document) -> dict[str, Any]:
    """What a document that amends another one has in common with it."""
    return {**_values(amended), "amends": amended.pk, "title": f"{amended.title} (amended)"[:150]}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
