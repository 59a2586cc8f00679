"""`manage.py demo_accounts`: one account for each role, to try the site with."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

# Printed on every run, so it is no secret; the command refuses to run where that would matter.
PASSWORD = "try-the-asian-le-mans-series"  # noqa: S105
ROLES = {
    "timekeeper": "Timekeeper",
    "stewards": "Stewards' secretary",
    "entries": "Entries secretary",
    "editor": "Editor",
    "chief-editor": "Chief editor",
}
ADMINISTRATOR = "administrator"


class Command(BaseCommand):
    help = "Make one demo account for each role and print how to log in. Needs DEBUG; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts have a known password: they are made only with DEBUG on.")
        names = [*ROLES, ADMINISTRATOR]
        if User.objects.exclude(username__in=names).exists() and not User.objects.filter(username__in=names).exists():
            self.stdout.write("This database has accounts of its own, so no demo accounts were made.")
            return
        with transaction.atomic():
            accounts = [self._account(name, group=group) for name, group in ROLES.items()]
            accounts.append(self._account(ADMINISTRATOR, group=None))
        self.stdout.write(f"Demo accounts for {settings.SITE_URL}{settings.STAFF_PATH}")
        for account in accounts:
            known = account.check_password(PASSWORD)
            self.stdout.write(f"  {account.username:<14} {PASSWORD if known else '(its password was changed)'}")

    def _account(self, username: str, *, group: str | None) -> User:
        """The account of this name, made when there is none; an existing one is left as it is."""
        existing = User.objects.filter(username=username).first()
        if existing is not None:
            return existing
        if group is None:
            return User.objects.create_superuser(username, password=PASSWORD)
        try:
            role = Group.objects.get(name=group)
        except Group.DoesNotExist:
            raise CommandError(f'There is no group "{group}". Run `manage.py migrate` first.') from None
        account = User.objects.create_user(username, password=PASSWORD, is_staff=True)
        account.groups.add(role)
        return account
