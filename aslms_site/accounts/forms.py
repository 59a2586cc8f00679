"""The forms of logging in, with the throttle in front of them, and of an invitation."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from aslms_site.accounts import throttles


class PasswordLoginForm(LoginForm):
    """Name and password; the name is what colleagues see beside your work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autofocus"] = True

    def clean(self) -> Any:
        if self._errors:
            return super().clean()
        try:
            attempt = throttles.try_password(self.request, self.cleaned_data["login"])
        except throttles.WaitError as error:
            raise ValidationError(str(error)) from error
        cleaned = super().clean()
        if not self.user.is_staff:
            raise ValidationError("This account is not one of the officials' side.")
        throttles.was_right(attempt)
        return cleaned


class AppForm(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class CodeForm(AuthenticateForm):
    """A code of an authenticator app, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}

    def clean_code(self) -> str:
        try:
            attempt = throttles.try_code(context.request, self.user)
        except throttles.WaitError as error:
            raise ValidationError(str(error)) from error
        code = super().clean_code()
        throttles.was_right(attempt)
        return code


class AcceptForm(SetPasswordForm):
    """The password of an invited person."""


class InvitationForm(forms.ModelForm):
    """A new colleague. The person sets password and second factor; nobody else ever knows them."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups", "is_superuser")
        help_texts = {
            "username": "What colleagues read beside this person's work: letters, digits, . + - _ only.",
            "is_superuser": "An administrator may do everything, and keeps accounts.",
        }
        labels = {"groups": "Roles", "is_superuser": "Administrator"}
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = "The invitation goes there, and whatever the account needs later."

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError("There is an account with this address already.")
        return email

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)
