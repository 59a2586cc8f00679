"""The link with which somebody takes an account over: once, within three days, and only until a password is set."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from aslms_site.accounts import audit
from aslms_site.accounts.mails import mail
from aslms_site.accounts.models import AccountEvent

KEPT = timedelta(days=3)
_SALT = "aslms_site.accounts.invitation"


def token_of(user: User) -> str:
    # An unusable password is random: setting one, or inviting anew, makes the link void.
    return signing.dumps([user.pk, user.password], salt=_SALT)


def invited(token: str) -> User | None:
    """The account that this link opens, if it still does."""
    try:
        pk, password = signing.loads(token, salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, password=password, is_active=True).first()
    return user if user is not None and not user.has_usable_password() else None


def invite(user: User, *, by: User, request: HttpRequest, why: str = "invitation") -> bool:
    """Send the link; one that was sent before opens nothing any more. `why` names the mail. Returns whether it left."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    link = f"{settings.SITE_URL}{reverse('account_invitation', args=[token_of(user)])}"
    audit.note(AccountEvent.Kind.INVITED, request=request, user=user, by=by)
    return mail(user, why, link=link, by=by, days=KEPT.days)
