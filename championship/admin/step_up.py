"""Publishing asks again who somebody is, when that was proved a while ago (`settings.STEP_UP_AGE`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

View = Callable[..., HttpResponseBase]


def question(request: HttpRequest) -> HttpResponseBase | None:
    """The page that asks who it is, which carries along what was posted; None for a person who is proved."""
    return import_string(settings.STEP_UP)(request)


def confirmed(view: View) -> View:
    """Decorator of a view that publishes, recalls or makes official: its POST reaches it from a proved person only.

    Otherwise the answer is a page that asks for password, code or passkey. It carries along all that was posted, and
    sending it runs the view: a view does nothing for this, loses nothing that was typed, and is asked with GET as ever.
    Files that are posted along cannot be carried; a page that publishes takes them on an earlier page.

        @confirmed
        def desk_publish(request, season, event, session): ...

    Of a method, such as a task page: `@method_decorator(confirmed)`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and (page := question(request)) is not None:
            return page
        return view(request, *args, **kwargs)

    return guarded
