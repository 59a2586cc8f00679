"""What officials get whose change met a database that was busy for longer than a page may wait."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from aslms_site.middleware import Handler, is_staff_path
from aslms_site.views import busy


class BusyDatabase:
    """Middleware: a lock that did not come in time undoes the change, and its page sends the same once more.

    Pages that know better what is in the way say it themselves; this is for all others.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[return-value]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError) or not is_staff_path(request):
            return None
        return busy(request)
