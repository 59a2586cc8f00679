"""Where a request comes from, and which browser sent it."""

import ipaddress
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

DEVICE_COOKIE = "device"
DEVICE_AGE = 365 * 86_400
# People share a browser at the circuit's office.
MOST_PEOPLE = 10
_SALT = "aslms_site.accounts.device"


def client_address(request: HttpRequest) -> str:
    """The address of the reader; of IPv6 its network, since one reader has all of it. Empty when nobody says.

    Each proxy adds at the end of X-Forwarded-For whom it was asked by. With n proxies of our own the n-th from the end
    was written by the outermost of them; what stands before it anybody may have made up.
    """
    found = request.META.get("REMOTE_ADDR", "")
    trusted = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if trusted and len(hops) >= trusted:
        found = hops[-trusted]
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def device_of(request: HttpRequest, user_pk: int | None) -> str:
    """The identity of this browser if that person has logged in with it before, otherwise empty."""
    device, people = _read(request)
    return device if user_pk is not None and user_pk in people else ""


def remember_device(request: HttpRequest, user_pk: int) -> None:
    """Let this browser be known to that person; the cookie leaves with the answer (`set_device`)."""
    device, people = _read(request)
    others = [pk for pk in people if pk != user_pk]
    people = [*others[1 - MOST_PEOPLE :], user_pk]
    request.device_cookie = signing.dumps([device or secrets.token_hex(16), people], salt=_SALT)  # type: ignore[attr-defined]


def set_device(request: HttpRequest, response: HttpResponseBase) -> None:
    value = getattr(request, "device_cookie", "")
    if value:
        response.set_cookie(
            DEVICE_COOKIE,
            value,
            max_age=DEVICE_AGE,
            path=settings.STAFF_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        device, people = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=_SALT, max_age=DEVICE_AGE)
    except signing.BadSignature:
        return "", []
    return device, people
