"""What happened to accounts, codes that were used, and second factors that two administrators take away."""

from django.conf import settings
from django.db import models


class AccountEvent(models.Model):
    """One thing that happened to an account. Administrators read it, and the throttle counts with it.

    `name` is a keyed hash of the name that was typed: people type passwords there. `address` is that of the reader, as
    `addresses.client_address` says it; of rows older than `audit.KEPT` nothing is kept.
    """

    class Kind(models.TextChoices):
        LOGIN = "login", "Logged in"
        PASSWORD_RIGHT = "password_right", "Password was right"
        PASSWORD_WRONG = "password_wrong", "Password was wrong"
        CODE_RIGHT = "code_right", "Code was right"
        CODE_WRONG = "code_wrong", "Code was wrong"
        LOGOUT = "logout", "Logged out"
        ENDED = "ended", "Session ended by time"
        INVITED = "invited", "Invited"
        INVITATION_USED = "invitation_used", "Invitation accepted"
        RESET_ASKED = "reset_asked", "Asked for a new password"
        RESET = "reset", "Set a new password by mail"
        FACTOR_ADDED = "factor_added", "Second factor added"
        FACTOR_REMOVED = "factor_removed", "Second factor removed"
        CODES_MADE = "codes_made", "Recovery codes made anew"
        REMOVAL_ASKED = "removal_asked", "Removal of the second factor asked for"
        REMOVAL_DROPPED = "removal_dropped", "Removal of the second factor dropped"

    kind = models.CharField(max_length=15, choices=Kind)
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="account_events",
        verbose_name="account",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="If somebody else did it.",
    )
    name = models.CharField(max_length=32)
    address = models.CharField(max_length=45, verbose_name="from")
    device = models.CharField(max_length=32)
    note = models.CharField(max_length=200)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind", "at"], name="account_event_kind"),
            models.Index(fields=["name", "at"], name="account_event_name"),
            models.Index(fields=["address", "at"], name="account_event_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user or 'unknown name'}"


class UsedCode(models.Model):
    """A code of an authenticator app that was used: no process takes it a second time while it is still valid."""

    key = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class FactorRemoval(models.Model):
    """Two administrators take the second factor of somebody who lost it: one asks, another agrees."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factor_removals")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="one_open_removal_of_a_second_factor"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None)
                | ~models.Q(agreed_by=models.F("asked_by")) & ~models.Q(agreed_by=models.F("user")),
                name="a_second_factor_is_removed_by_two_others",
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("user")), name="nobody_asks_to_remove_the_own_second_factor"
            ),
        ]

    def __str__(self) -> str:
        return f"Second factor of {self.user}"
