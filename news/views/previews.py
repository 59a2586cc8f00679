from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from news.selectors.story import preview_page
from news.services.publishing import hash_of


@require_safe
def preview(request: HttpRequest, secret: str) -> HttpResponse:
    """A working copy for whoever has the link: kept by no cache, found by no search engine, told to no other site."""
    page = preview_page(hash_of(secret))
    if page is None:
        raise Http404
    crumbs = [("Home", reverse("home")), ("Preview", "")]
    response = render(request, "news/previews/preview.html", {"preview": page, "page": page.story, "crumbs": crumbs})
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
