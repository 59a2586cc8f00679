"""Notes of what happened to accounts, for administrators and for the throttle."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from aslms_site.accounts.addresses import client_address, device_of
from aslms_site.accounts.models import AccountEvent
from aslms_site.accounts.real_time import now

Kind = AccountEvent.Kind
# Long enough to look into a break-in, short enough not to keep where people were.
KEPT = timedelta(days=90)


def name_key(name: str) -> str:
    """What stands for a name that was typed into a form of ours."""
    return salted_hmac("aslms_site.accounts.name", name.strip().casefold()).hexdigest()[:32]


def note(
    kind: str,
    *,
    request: HttpRequest | None,
    user: User | None = None,
    by: User | None = None,
    name: str = "",
    text: str = "",
) -> AccountEvent:
    """Write down that this happened, from where it was done; and forget what is older than `KEPT`."""
    moment = now()
    if kind == Kind.LOGIN:
        AccountEvent.objects.filter(at__lt=moment - KEPT).delete()
    return AccountEvent.objects.create(
        kind=kind,
        at=moment,
        user=user,
        by=by if by != user else None,
        name=name_key(name) if name else "",
        address=client_address(request) if request is not None else "",
        device=device_of(request, user.pk if user is not None else None) if request is not None else "",
        note=text[:200],
    )
