"""Codes of authenticator apps are taken once, whichever process is asked, and whether Redis is there or not."""

from datetime import timedelta

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from aslms_site.accounts.models import UsedCode
from aslms_site.accounts.real_time import now


def install() -> None:
    """The library keeps used codes in the default cache, which each process may have for itself."""
    TOTP._mark_code_used = _mark_code_used


def _mark_code_used(totp: TOTP, code: str) -> bool:
    """Whether this is the first use of the code."""
    valid = timedelta(seconds=app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1))
    UsedCode.objects.filter(at__lt=now() - valid).delete()
    key = salted_hmac("aslms_site.accounts.code", f"{totp.instance.user_id} {normalize_user_code(code)}").hexdigest()
    try:
        with transaction.atomic():
            UsedCode.objects.create(key=key, at=now())
    except IntegrityError:
        return False
    return True
