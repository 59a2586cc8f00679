"""The race tracks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors.circuits import circuit_page, circuits_page


@require_safe
def circuits(request: HttpRequest) -> HttpResponse:
    crumbs = [("Home", reverse("home")), ("Circuits", "")]
    context = {"circuits": circuits_page(), "crumbs": crumbs}
    return render(request, "championship/circuits/circuits.html", context)


@require_safe
def circuit(request: HttpRequest, slug: str) -> HttpResponse:
    page = circuit_page(slug)
    if page is None:
        raise Http404
    crumbs = [("Home", reverse("home")), ("Circuits", reverse("circuits")), (page.card.name, "")]
    return render(request, "championship/circuits/circuit.html", {"page": page, "crumbs": crumbs})
