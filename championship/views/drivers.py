"""Drivers and where they sit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import drivers as selectors


@require_safe
def drivers(request: HttpRequest) -> HttpResponse:
    context = {"letters": selectors.driver_index(), "crumbs": [("Home", reverse("home")), ("Drivers", "")]}
    return render(request, "championship/drivers/drivers.html", context)


@require_safe
def driver(request: HttpRequest, slug: str) -> HttpResponse:
    page = selectors.driver_page(slug)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": [("Home", reverse("home")), ("Drivers", reverse("drivers")), (page.name, "")]}
    return render(request, "championship/drivers/driver.html", context)
