"""Taking the version that stands back, with everything that follows from it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from championship import rights
from championship.admin.desk.base import desk_page, desk_url, find_session
from championship.admin.desk.forms import RecallForm
from championship.admin.step_up import confirmed
from championship.rules.consequence_words import in_a_sentence
from championship.selectors.consequence_lines import consequence_lines
from championship.selectors.consequence_pages import changed_pages
from championship.selectors.desk_steps import RECALL
from championship.selectors.who_may import who_may
from championship.services import consequence_preview, recalls
from championship.services.results import ResultsError


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def desk_recall(request: HttpRequest, season: str, event: str, session: str) -> HttpResponse:
    row = find_session(request, season, event, session, "view_classification")
    if not any(rights.may(request.user, right, row.event) for right in RECALL):
        raise PermissionDenied
    standing = row.classifications.filter(state__is_current=True).select_related("author").first()
    if standing is None:
        messages.info(request, "No version stands, so there is nothing to recall.")
        return HttpResponseRedirect(desk_url(row))
    standing.session = row
    refusal = recalls.refusal(standing, request.user)
    form = RecallForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and not refusal:
        version, _, foreseen = form.cleaned_data["seen"].partition(".")
        reason = form.cleaned_data["reason"]
        try:
            if version != str(standing.version):
                raise ResultsError(f"v{standing.version} stands now. Look at what recalling it changes.")
            stands = recalls.take_back(standing, by=request.user, reason=reason, foreseen=foreseen)
        except ResultsError as error:
            form.add_error(None, str(error))
        else:
            what = f"v{stands.version} stands again" if stands else "no version stands now"
            text = 'Recalled v{}: {}. <a href="{}">Its page says why</a>.'
            messages.success(request, format_html(text, standing.version, what, standing.get_absolute_url()))
            return HttpResponseRedirect(desk_url(row))
    try:
        found = consequence_preview.of_recalling(standing, by=request.user, anew=form is not None)
    except ResultsError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(desk_url(row))
    seen = f"{standing.version}.{found.fingerprint}"
    if form is None:
        form = RecallForm(initial={"seen": seen})
    else:
        form.data = form.data.copy()
        form.data["seen"] = seen
    context = {
        "version": standing,
        "refusal": refusal,
        "who": who_may(RECALL)[RECALL[0]],
        "form": form,
        "found": found,
        "sentence": in_a_sentence(found),
        "lines": consequence_lines(found),
        "pages": changed_pages(row, found),
    }
    return desk_page(request, "recall", row, f"Recall: {row.event.name}, {row.name}", context)
