"""What every answer carries, and the border between public pages and the officials' side.

Public pages hold nothing personal, so that any cache may keep them: sessions, logins and messages exist only
under `settings.STAFF_PATH`, and a public view has no `request.session` and no `request.user`.
"""

from collections.abc import Callable
from datetime import datetime

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from championship import clock

Handler = Callable[[HttpRequest], HttpResponseBase]

# Short, because what is published may change at any minute of an event; a stale answer is served while a
# cache fetches anew (30 s) or while the site is away (a day). A view may set its own, longer policy.
MAX_AGE, MAX_STALE = 5, 30
PUBLIC_CACHE_CONTROL = (
    f"public, max-age={MAX_AGE}, s-maxage={MAX_AGE}, stale-while-revalidate={MAX_STALE}, stale-if-error=86400"
)
STAFF_CACHE_CONTROL = "private, no-store"


def is_staff_path(request: HttpRequest) -> bool:
    """Whether this address belongs to the officials' side, where answers differ by person."""
    return request.path_info.startswith(settings.STAFF_PATH)


def resource_policy(get_response: Handler) -> Handler:
    """Let no other site embed our answers (Cross-Origin-Resource-Policy), static files included."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def public_policy(valid_until: datetime | None) -> str:
    """How long any cache may keep a public page; not beyond the moment at which time alone changes it."""
    if valid_until is None:
        return PUBLIC_CACHE_CONTROL
    left = max(0, int((valid_until - clock.now()).total_seconds()))
    fresh = min(MAX_AGE, left)
    stale = min(MAX_STALE, left - fresh)
    return f"public, max-age={fresh}, s-maxage={fresh}, stale-while-revalidate={stale}, stale-if-error=86400"


def cache_policy(get_response: Handler) -> Handler:
    """Say who may keep an answer: any cache a public page, nobody an error or a page of the staff side.

    A view or a tag that shows what time alone will change (a scheduled story) sets `request.valid_until`.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if is_staff_path(request):
            response.headers["Cache-Control"] = STAFF_CACHE_CONTROL
        elif response.status_code >= 500 or request.method not in ("GET", "HEAD"):
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", public_policy(getattr(request, "valid_until", None)))
        return response

    return middleware


class StaffPathsOnly:
    """Mixin for a Django middleware that would otherwise put cookies or `Vary: Cookie` on public answers."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_staff_path(request):
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)  # type: ignore[attr-defined]


class StaffSessionMiddleware(StaffPathsOnly, SessionMiddleware):
    pass


class StaffCsrfMiddleware(StaffPathsOnly, CsrfViewMiddleware):
    """No token cookie on public pages. A POST to one is still refused: `process_view` runs everywhere."""


class StaffAuthenticationMiddleware(StaffPathsOnly, AuthenticationMiddleware):
    pass


class StaffMessageMiddleware(StaffPathsOnly, MessageMiddleware):
    pass


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy of `CONTENT_SECURITY_POLICY` on public pages, the admin's own on the staff side."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_staff_path(request) and parts.config is None and not report_only:
            parts.config = settings.STAFF_CONTENT_SECURITY_POLICY
        return parts
