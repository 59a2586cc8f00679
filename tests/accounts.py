"""People who log in as a browser does, with a clock that the test moves."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from tests import factories as make

PASSWORD = "correct horse battery staple"
LOGIN = "/admin/account/login/"
SECOND = "/admin/account/login/second-factor/"


def person(name: str = "official", **values: Any) -> User:
    return make.make_user(name, email=f"{name}@example.org", **values)


def with_app(user: User) -> str:
    """Give this person an authenticator app; returns its key."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or that many steps of 30 seconds later."""
    return f"{hotp_value(secret, int(time.time()) // 30 + steps):06}"


def log_in(client: Client, name: str = "official", password: str = PASSWORD, **extra: Any) -> HttpResponse:
    """Send name and password; `extra` is for the request, such as `REMOTE_ADDR`."""
    return client.post(LOGIN, {"login": name, "password": password}, **extra)


def enter_code(client: Client, code: str, **extra: Any) -> HttpResponse:
    return client.post(SECOND, {"code": code}, **extra)


def is_in(client: Client) -> bool:
    """Whether this browser has a session of somebody."""
    return "_auth_user_id" in client.session


def factors(user: User) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def staff(path: str) -> str:
    return f"{settings.STAFF_PATH}{path}"
