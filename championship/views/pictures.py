"""The files of the pictures that readers may see, one by one. Nothing lists them, and the master has no address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from championship import clock
from championship.models import Picture
from championship.rules.pictures import FORMATS, PictureFile
from championship.selectors.pictures import newest_file, picture_bytes

# What stands at an address never changes, but it may be taken down: a reader keeps what was seen for a day, caches
# between ask again every five minutes, and are told in a few bytes that it is the same.
CACHE_CONTROL = "public, max-age=86400, s-maxage=300, stale-if-error=86400"


@require_safe
def picture_file(request: HttpRequest, file: PictureFile) -> HttpResponse:
    """One file, while something public shows its picture. A former file leads to the one in its place."""
    content = picture_bytes(file, among=Picture.objects.public())
    if content is not None:
        response = HttpResponse(content, content_type=FORMATS[file.format])
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response
    newest = newest_file(file)
    if newest is None:
        # The next moment may make it public: no cache keeps that it was not there.
        request.valid_until = clock.now()  # type: ignore[attr-defined]  # read by aslms_site.middleware
        raise Http404
    return redirect("picture_file", file=newest)
