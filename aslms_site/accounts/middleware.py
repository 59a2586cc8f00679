"""The gate of the officials' side: sessions end by time, and nobody is in without a second factor.

It stands before every view under STAFF_PATH, so that a page that is added later is behind it without saying so.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from aslms_site.accounts import addresses, audit, parking, sessions
from aslms_site.accounts.models import AccountEvent
from aslms_site.middleware import Handler, StaffPathsOnly, is_staff_path

# What somebody needs who is on the way in or out.
OPEN = frozenset(
    {
        "account_login",
        "account_enrol",
        "account_challenge",
        "account_invitation",
        "admin:login",
        "admin:logout",
        "admin_password_reset",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "password_reset_complete",
        "password_reset_confirm",
        "password_reset_done",
    }
)


class Gate:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        addresses.set_device(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        if not is_staff_path(request) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name  # type: ignore[union-attr]
        if name != "admin:logout" and (why := sessions.end_of(request)):
            return _ended(request, why)
        sessions.see(request)
        if name in OPEN or not settings.SECOND_FACTOR or sessions.used_factor(request):
            return None
        page = "account_challenge" if sessions.has_factor(request.user) else "account_enrol"
        return HttpResponseRedirect(_with_next(page, _page(request)))


class StaffGate(StaffPathsOnly, Gate):
    pass


def _ended(request: HttpRequest, why: str) -> HttpResponseBase:
    """To the login and back; what was sent is kept for the same person."""
    audit.note(AccountEvent.Kind.ENDED, request=request, user=request.user)
    parked = parking.park(request) if request.method == "POST" else None
    back = reverse("account_resume") if parked else _page(request)
    logout(request)
    if parked:
        parking.keep(request, parked)
        why += " What you sent is kept: log in to send it again."
    messages.info(request, why)
    return HttpResponseRedirect(_with_next("account_login", back))


def _page(request: HttpRequest) -> str:
    """Where to come back to: the page itself, also for what was sent to it."""
    return request.get_full_path()


def _with_next(name: str, back: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': back})}"
