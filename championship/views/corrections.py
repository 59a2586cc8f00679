"""What changed after it had been published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors.corrections import corrections_page


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    context = {"page": corrections_page(), "crumbs": [("Home", reverse("home")), ("Corrections", "")]}
    return render(request, "championship/corrections/corrections.html", context)
