"""Mails about accounts: plain text, to the person's own address."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.template.loader import render_to_string


def mail(user: User, name: str, **context: Any) -> None:
    """Send `templates/accounts/mail/<name>.txt`, whose first line is the subject; without an address nothing."""
    if not user.email:
        return
    context |= {"person": user, "site": settings.SITE_URL, "staff": f"{settings.SITE_URL}{settings.STAFF_PATH}"}
    subject, _, body = render_to_string(f"accounts/mail/{name}.txt", context).partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [user.email])
