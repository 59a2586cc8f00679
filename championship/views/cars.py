"""Models of car by manufacturer, and the cars of one model."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.selectors import cars as selectors


@require_safe
def cars(request: HttpRequest) -> HttpResponse:
    context = {"manufacturers": selectors.manufacturers(), "crumbs": [("Home", reverse("home")), ("Cars", "")]}
    return render(request, "championship/cars/cars.html", context)


@require_safe
def car_model(request: HttpRequest, slug: str) -> HttpResponse:
    page = selectors.car_model_page(slug)
    if page is None:
        raise Http404
    context = {"page": page, "crumbs": [("Home", reverse("home")), ("Cars", reverse("cars")), (page.name, "")]}
    return render(request, "championship/cars/car_model.html", context)
