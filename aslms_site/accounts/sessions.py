"""What a session of the officials' side remembers of its login, and when it ends.

It ends `SESSION_LONGEST` after the login, and when nobody asked for a page during `SESSION_IDLE`. Whoever proved within
`STEP_UP_AGE` who he or she is publishes without being asked again. All three are read from the real clock.
"""

import time

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

LOGIN_AT = "account_login_at"
SEEN_AT = "account_seen_at"
PROVED_AT = "account_proved_at"
FACTOR_OF = "account_factor_of"
# Writing down each request would be a write of the database for each.
SEEN_EVERY = 60


def begin(request: HttpRequest) -> None:
    """Somebody has just logged in."""
    moment = time.time()
    request.session.update({LOGIN_AT: moment, SEEN_AT: moment, PROVED_AT: moment})


def end_of(request: HttpRequest) -> str:
    """Why this session is over, in words; empty while it goes on."""
    moment = time.time()
    session = request.session
    if moment - session.get(LOGIN_AT, 0) > settings.SESSION_LONGEST:
        return "You logged in more than 12 hours ago."
    if moment - session.get(SEEN_AT, 0) > settings.SESSION_IDLE:
        return "Nothing was asked for during an hour, so you were logged out."
    return ""


def see(request: HttpRequest) -> None:
    """Somebody is still there."""
    moment = time.time()
    if moment - request.session.get(SEEN_AT, 0) > SEEN_EVERY:
        request.session[SEEN_AT] = moment


def prove(request: HttpRequest) -> None:
    """Whoever is logged in has just proved it."""
    request.session[PROVED_AT] = time.time()


def is_proved(request: HttpRequest) -> bool:
    return time.time() - request.session.get(PROVED_AT, 0) < settings.STEP_UP_AGE


def use_factor(request: HttpRequest, user: User) -> None:
    """The second factor of this person was used, or made, in this session."""
    request.session[FACTOR_OF] = user.pk


def used_factor(request: HttpRequest) -> bool:
    return request.session.get(FACTOR_OF) == request.user.pk


def has_factor(user: User) -> bool:
    """Whether this person has a passkey or an authenticator app; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
