"""Mails about accounts: plain text, to the person's own address."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def mail(user: User, name: str, **context: Any) -> bool:
    """Send `templates/accounts/mail/<name>.txt`, whose first line is the subject; without an address nothing.

    Returns whether it left.
    """
    if not user.email:
        return False
    context |= {"person": user, "site": settings.SITE_URL, "staff": f"{settings.SITE_URL}{settings.STAFF_PATH}"}
    subject, _, body = render_to_string(f"accounts/mail/{name}.txt", context).partition("\n")
    try:
        send_mail(subject.strip(), body.strip() + "\n", None, [user.email])
    except OSError:
        # smtplib's errors are among them. What the mail tells of is done already, and stays done.
        logger.exception("The mail %s to %s was not sent", name, user)
        return False
    return True
