"""The files of the pictures, one by one. Nothing lists them, and the master has no address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from championship.rules.pictures import FORMATS, PictureFile
from championship.selectors.pictures import newest_file, picture_bytes


@require_safe
def picture_file(request: HttpRequest, file: PictureFile) -> HttpResponse:
    """One file, for a year: what stands at its address never changes. A former file leads to the one in its place."""
    content = picture_bytes(file)
    if content is not None:
        response = HttpResponse(content, content_type=FORMATS[file.format])
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    newest = newest_file(file)
    if newest is None:
        raise Http404
    return redirect("picture_file", file=newest)
