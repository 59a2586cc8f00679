"""How we use the library of accounts: no signing up, no messages of its own, secrets encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

from aslms_site.accounts.addresses import client_address

SITE_NAME = "Asian Le Mans Series"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """No: the pages that need it are behind our own question (`step_up.proved`)."""
        return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Our pages say themselves what was done."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That is not the code. It changes every 30 seconds, and each is taken once.",
        "cannot_delete_authenticator": "This is your only second factor: add another one before you remove it.",
    }

    def get_totp_issuer(self) -> str:
        return SITE_NAME

    def _get_site_name(self) -> str:
        return SITE_NAME

    def _get_user_identifier(self, user: User) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - the library's name
        number = Authenticator.objects.filter(user=user, type=type).count()
        return "Passkey" if number == 0 else f"Passkey {number + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever needs a second factor keeps one."""
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        return not settings.SECOND_FACTOR or others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def encrypt(self, text: str) -> str:
        """A stolen database alone makes no codes."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"aslms_site.accounts.factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
