"""The colours of the classes, as a stylesheet: pages hold no inline style."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from championship import stamp as content_stamp
from championship.selectors.classes import class_colours as colours_of_all_classes


@require_safe
def class_colours(request: HttpRequest, stamp: int) -> HttpResponse:
    """The colours as they are now. Kept for a year under the stamp of today; under another one only briefly.

    An old stamp is asked for by a page that some cache still holds, a later one by a page that was made in the
    moment of a change; both get colours, and neither poisons a cache.
    """
    # Read before the colours: a change in between makes the colours newer than the stamp, never older.
    is_current = stamp == content_stamp.current()
    lines = [
        f".{row.style_key}{{--class-plate:{row.plate_colour};--class-ink:{row.plate_ink};"
        f"--class-accent-dark:{row.accent_on_dark}}}\n"
        for row in colours_of_all_classes()
    ]
    response = HttpResponse("".join(lines), content_type="text/css; charset=utf-8")
    if is_current:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
