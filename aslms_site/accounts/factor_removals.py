"""A second factor that was lost is taken away by two administrators; the person hears of both steps by mail."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from aslms_site.accounts import audit, invitations
from aslms_site.accounts.mails import mail
from aslms_site.accounts.models import AccountEvent, FactorRemoval
from aslms_site.accounts.real_time import now

Kind = AccountEvent.Kind
KEPT = timedelta(days=1)


class RemovalError(Exception):
    """It cannot be done; str() says why, and what to do instead."""


def open_removal(user: User) -> FactorRemoval | None:
    """What waits for a second administrator; after a day nothing does."""
    return FactorRemoval.objects.filter(user=user, ended_at=None, asked_at__gt=now() - KEPT).first()


def ask(user: User, *, by: User, reason: str, request: HttpRequest) -> FactorRemoval:
    """The first of two steps. Raises RemovalError."""
    if by == user:
        raise RemovalError("Your own second factor is removed by two others. Ask two administrators.")
    if not reason.strip():
        raise RemovalError("Say how you know that it is really this person who asks: you met, or you spoke.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if open_removal(user) is not None:
            raise RemovalError("This was asked for already. Another administrator has to agree.")
        FactorRemoval.objects.filter(user=user, ended_at=None).update(ended_at=now())
        removal = FactorRemoval.objects.create(user=user, asked_by=by, asked_at=now(), reason=reason.strip()[:200])
        audit.note(Kind.REMOVAL_ASKED, request=request, user=user, by=by, text=reason.strip())
    mail(user, "removal_asked", by=by, reason=removal.reason)
    return removal


def agree(removal: FactorRemoval, *, by: User, request: HttpRequest) -> bool:
    """The second step: factors and password go, every session ends, and a link by mail begins anew.

    Returns whether the mail left. Raises RemovalError.
    """
    with transaction.atomic():
        row = FactorRemoval.objects.select_for_update().select_related("user", "asked_by").get(pk=removal.pk)
        if row.ended_at is not None or row.asked_at <= now() - KEPT:
            raise RemovalError("This is not asked for any more. Ask for it again.")
        if by in (row.asked_by, row.user):
            raise RemovalError("Two administrators have to agree, and neither is the person. Ask a colleague.")
        row.agreed_by, row.ended_at = by, now()
        row.save(update_fields=["agreed_by", "ended_at"])
        Authenticator.objects.filter(user=row.user).delete()
        audit.note(Kind.FACTOR_REMOVED, request=request, user=row.user, by=by, text=f"Asked by {row.asked_by}")
        return invitations.invite(row.user, by=by, request=request, why="removal_done")


def drop(removal: FactorRemoval, *, by: User, request: HttpRequest) -> None:
    """Nothing is removed after all."""
    FactorRemoval.objects.filter(pk=removal.pk, ended_at=None).update(ended_at=now())
    audit.note(Kind.REMOVAL_DROPPED, request=request, user=removal.user, by=by)
