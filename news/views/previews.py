from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from championship.rules.pictures import FORMATS, PictureFile
from news.selectors.story import preview_page, preview_picture
from news.services.publishing import hash_of


@require_safe
def preview(request: HttpRequest, secret: str) -> HttpResponse:
    """A working copy for whoever has the link: kept by no cache, found by no search engine, told to no other site."""
    page = preview_page(
        hash_of(secret), picture_address=lambda file: reverse("story_preview_picture", args=[secret, file])
    )
    if page is None:
        raise Http404
    crumbs = [("Home", reverse("home")), ("Preview", "")]
    return _private(
        render(request, "news/previews/preview.html", {"preview": page, "page": page.story, "crumbs": crumbs})
    )


@require_safe
def picture(request: HttpRequest, secret: str, file: PictureFile) -> HttpResponse:
    """A file of a picture of the working copy, as long as its link works."""
    content = preview_picture(hash_of(secret), file)
    if content is None:
        raise Http404
    return _private(HttpResponse(content, content_type=FORMATS[file.format]))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
