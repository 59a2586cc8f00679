"""A decision of the stewards."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from championship.selectors.decisions import decision_page
from championship.views.classifications import crumbs_of


@require_safe
def decision(request: HttpRequest, season: str, event: str, session: str, slug: str) -> HttpResponse:
    page = decision_page(season=season, event=event, session=session, slug=slug)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": crumbs_of(page.scope, f"Decision, car {page.decision.car_number}")}
    return render(request, "championship/decisions/decision.html", context)
