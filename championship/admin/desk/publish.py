"""The page that publishes a draft: everything that follows first, then exactly that."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from championship import rights
from championship.admin.desk.base import desk_page, desk_url, find_session
from championship.admin.desk.checks import placed_checks
from championship.admin.desk.forms import STATUS_OF, PublishForm
from championship.admin.step_up import confirmed
from championship.models import ClassificationDraft, Session
from championship.rules.consequence_words import button_text, in_a_sentence
from championship.rules.consequences import Consequence
from championship.selectors.classification_changes import NOT_IN_THE_LIST, Change
from championship.selectors.consequence_lines import consequence_lines
from championship.selectors.consequence_pages import changed_pages
from championship.selectors.draft_order import order_lines
from championship.selectors.text import ordinal
from championship.selectors.who_may import who_may
from championship.services import consequence_preview, publishing
from championship.services.documents import next_number
from championship.services.publish_checks import is_decided_anew
from championship.services.publishing import Preview
from championship.services.results import ResultsError

VERBS = {"provisional": publishing.publish_provisional, "official": publishing.publish_official}
RIGHT_FOR = {"provisional": "publish_classification", "official": "make_classification_official"}


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def desk_publish(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    choice = request.GET.get("as", "provisional")
    if choice not in STATUS_OF:
        raise Http404
    row = find_session(request, season, event, session, RIGHT_FOR[choice])
    draft = ClassificationDraft.objects.filter(session=row).select_related("author", "checker").first()
    if draft is None:
        messages.info(request, "There is no draft to publish. It may have been published or deleted just now.")
        return HttpResponseRedirect(desk_url(row))
    form = PublishForm(request.POST) if request.method == "POST" else None
    refusal = ""
    if form is not None and form.is_valid():
        names = ("seen", "document", "foreseen", "warnings_reason", "single_signed_reason")
        try:
            published = VERBS[choice](draft, by=request.user, **{name: form.cleaned_data[name] for name in names})
        except ResultsError as error:
            refusal = str(error)
        else:
            text = 'Published {}. <a href="{}">See it as readers do</a>.'
            words = f"{published.get_status_display().lower()} v{published.version}"
            words = f"{words} as document {published.document_number}"
            messages.success(request, format_html(text, words, published.get_absolute_url()))
            return HttpResponseRedirect(desk_url(row))
    now = publishing.preview(draft, STATUS_OF[choice])
    found = consequence_preview.of_publishing(draft, now, anew=bool(refusal))
    context = {
        "choice": choice,
        "others": [
            name for name in STATUS_OF if name != choice and rights.may(request.user, RIGHT_FOR[name], row.event)
        ],
        "refusal": refusal,
        "draft": draft,
        **_shown(request, row, now, found),
        **_asked(request, draft, now, found, form),
    }
    return desk_page(request, "publish", row, f"Publish: {row.event.name}, {row.name}", context)


def _shown(request: HttpRequest, session: Session, now: Preview, found: Consequence | None) -> dict[str, Any]:
    """What the page says follows."""
    return {
        "now": now,
        "checks": placed_checks(session, now.checks, user=request.user),
        "found": found,
        "lines": consequence_lines(found, now.changes) if found else None,
        "pages": changed_pages(session, found, now.version, next_number(session.event)) if found else (),
        "order": order_lines(session, now.lines, now.drivers, now.changes),
        "roles": who_may(["check_classification"])["check_classification"],
    }


def _asked(
    request: HttpRequest,
    draft: ClassificationDraft,
    now: Preview,
    found: Consequence | None,
    posted: PublishForm | None,
) -> dict[str, Any]:
    """What has to be typed before the button, and what is another than at the last look.

    What was typed stays; the form always stands for what is shown now.
    """
    document = next_number(now.session.event)
    shown = {
        "seen": now.fingerprint,
        "document": str(document),
        "foreseen": found.fingerprint if found else "",
        "shown_order": " ".join(line.car_number for line in now.lines),
        "shown_text": in_a_sentence(found) if found else "",
    }
    differences: list[Change] = []
    if posted is None:
        form = PublishForm(initial=shown)
    else:
        differences = _differences(posted.data, shown)
        posted.data = posted.data.copy()
        for name, value in shown.items():
            posted.data[name] = value
        form = posted
    signs_as_checker = draft.author_id not in (None, request.user.pk)
    is_checked = draft.checker_id is not None and not is_decided_anew(draft)
    return {
        "form": form,
        "differences": differences,
        "is_checked": is_checked,
        "signs_as_checker": signs_as_checker and not is_checked,
        "signs_alone": not is_checked and not signs_as_checker,
        "button": button_text(status=now.status, version=now.version, document=document, found=found),
    }


def _differences(data: Mapping[str, Any], shown: Mapping[str, str]) -> list[Change]:
    """What the page showed at the last look, and shows now."""
    found = []
    if data.get("document", "") != shown["document"]:
        found.append(Change(what="Document", before=str(data.get("document", "")), after=shown["document"]))
    if data.get("shown_text", "") != shown["shown_text"]:
        found.append(Change(what="What follows", before=str(data.get("shown_text", "")), after=shown["shown_text"]))
    before, after = str(data.get("shown_order", "")).split(), shown["shown_order"].split()
    places = {number: place for place, number in enumerate(before, start=1)}
    for place, number in enumerate(after, start=1):
        if places.get(number) != place:
            was = ordinal(places[number]) if number in places else NOT_IN_THE_LIST
            found.append(Change(what=f"Car {number}", before=was, after=ordinal(place)))
    gone = [number for number in before if number not in after]
    found += [Change(what=f"Car {number}", before="in the list", after=NOT_IN_THE_LIST) for number in gone]
    return found
