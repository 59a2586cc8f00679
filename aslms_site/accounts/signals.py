"""What the libraries tell about accounts, written down."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from aslms_site.accounts import addresses, audit, sessions
from aslms_site.accounts.mails import mail
from aslms_site.accounts.models import AccountEvent

Kind = AccountEvent.Kind


def connect() -> None:
    user_logged_in.connect(_logged_in, dispatch_uid="account_logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="account_logged_out")
    authentication_step_completed.connect(_step_completed, dispatch_uid="account_step")
    mfa.authenticator_added.connect(_added, dispatch_uid="account_factor_added")
    mfa.authenticator_removed.connect(_removed, dispatch_uid="account_factor_removed")
    mfa.authenticator_reset.connect(_codes_made, dispatch_uid="account_codes_made")


def _logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.begin(request)
    addresses.remember_device(request, user.pk)
    audit.note(Kind.LOGIN, request=request, user=user)


def _logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        audit.note(Kind.LOGOUT, request=request, user=user)


def _step_completed(request: HttpRequest, user: User, method: str, **_: Any) -> None:
    if method == "mfa":
        sessions.use_factor(request, user)


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        sessions.use_factor(request, user)
        mail(user, "factor_changed", what="added", factor=str(authenticator))
    audit.note(Kind.FACTOR_ADDED, request=request, user=user, text=str(authenticator))


def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    mail(user, "factor_changed", what="removed", factor=str(authenticator))
    audit.note(Kind.FACTOR_REMOVED, request=request, user=user, text=str(authenticator))


def _codes_made(request: HttpRequest, user: User, **_: Any) -> None:
    audit.note(Kind.CODES_MADE, request=request, user=user)
