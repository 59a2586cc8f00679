"""Guessing is hopeless, and locking somebody out is no weapon.

Every attempt is written down before it is looked at, in the database that all workers share, and counts until it
turns out right. A browser in which the person has logged in before has an allowance of its own (its signed cookie is
shown to no other browser), so nobody's guesses from elsewhere can keep the person out there; nor do they where guesses
come from another address, until there are so many for one account that only a known browser may go on for some minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from aslms_site.accounts import audit
from aslms_site.accounts.models import AccountEvent
from aslms_site.accounts.real_time import now

Kind = AccountEvent.Kind


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many wrong attempts within this time; one more waits until the oldest of them is that long ago."""

    attempts: int
    time: timedelta


FROM_KNOWN_BROWSER = Allowance(10, timedelta(minutes=15))
FROM_ADDRESS_AT_ACCOUNT = Allowance(5, timedelta(minutes=15))
FROM_ADDRESS = Allowance(30, timedelta(minutes=15))
AT_ACCOUNT = Allowance(30, timedelta(minutes=15))
# Six digits are guessed sooner than a password, by somebody who has that already.
CODES = (Allowance(5, timedelta(minutes=15)), Allowance(20, timedelta(days=1)))
MAILS = (Allowance(3, timedelta(hours=1)), Allowance(10, timedelta(hours=1)))


class WaitError(Exception):
    """Too many attempts; str() says in words how long to wait and what else to do."""


def try_password(request: HttpRequest, name: str) -> AccountEvent:
    """Note an attempt to log in with this name; call `was_right` when it was. Raises WaitError."""
    user = User.objects.filter(username=name).first()
    attempt = audit.note(Kind.PASSWORD_WRONG, request=request, user=user, name=name)
    wrong = AccountEvent.objects.filter(kind=Kind.PASSWORD_WRONG)
    if attempt.device:
        limits = [(wrong.filter(device=attempt.device), FROM_KNOWN_BROWSER)]
    else:
        strangers = wrong.filter(device="")
        at_account = strangers.filter(name=attempt.name)
        limits = [
            (at_account.filter(address=attempt.address), FROM_ADDRESS_AT_ACCOUNT),
            (strangers.filter(address=attempt.address), FROM_ADDRESS),
            (at_account, AT_ACCOUNT),
        ]
    _wait_if_over(attempt, limits, "passwords", "Or log in with a browser that you have used here before.")
    return attempt


def try_code(request: HttpRequest, user: User) -> AccountEvent:
    """Note an attempt to enter a code of this person; call `was_right` when it was. Raises WaitError."""
    attempt = audit.note(Kind.CODE_WRONG, request=request, user=user)
    wrong = AccountEvent.objects.filter(kind=Kind.CODE_WRONG, user=user, device=attempt.device)
    _wait_if_over(attempt, [(wrong, allowance) for allowance in CODES], "codes", "Or use a passkey.")
    return attempt


def may_mail(request: HttpRequest, address: str) -> bool:
    """Note that somebody asks for a mail to this address; whether it may be sent."""
    asked = audit.note(Kind.RESET_ASKED, request=request, name=address)
    asks = AccountEvent.objects.filter(kind=Kind.RESET_ASKED)
    to_one, from_one = MAILS
    limits = [(asks.filter(name=asked.name), to_one), (asks.filter(address=asked.address), from_one)]
    is_free = all(_free_at(rows, allowance, asked) is None for rows, allowance in limits)
    if not is_free:
        # Whoever asks without end would otherwise keep every mail from the person.
        asked.delete()
    return is_free


def was_right(attempt: AccountEvent) -> None:
    """It was no guess: it counts no more."""
    right = {Kind.PASSWORD_WRONG: Kind.PASSWORD_RIGHT, Kind.CODE_WRONG: Kind.CODE_RIGHT}
    attempt.kind = right[Kind(attempt.kind)]
    attempt.save(update_fields=["kind"])


def _wait_if_over(
    attempt: AccountEvent, limits: list[tuple[QuerySet[AccountEvent], Allowance]], what: str, else_do: str
) -> None:
    moments = [moment for rows, allowance in limits if (moment := _free_at(rows, allowance, attempt))]
    if moments:
        # An attempt that nobody looked at makes nobody wait longer.
        attempt.delete()
        minutes = -(-(max(moments) - now()) // timedelta(minutes=1))
        wait = "a minute" if minutes <= 1 else f"{minutes} minutes" if minutes < 120 else f"{-(-minutes // 60)} hours"
        raise WaitError(f"Too many wrong {what}. Try again in {wait}. {else_do}")


def _free_at(rows: QuerySet[AccountEvent], allowance: Allowance, attempt: AccountEvent) -> datetime | None:
    """When the next attempt is free; None when this one still is. Those of the same moment count against each other."""
    before = rows.filter(at__gt=attempt.at - allowance.time).exclude(pk=attempt.pk).order_by("-at")
    moments = list(before.values_list("at", flat=True)[: allowance.attempts])
    return moments[-1] + allowance.time if len(moments) == allowance.attempts else None
