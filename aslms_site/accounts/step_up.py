"""The question “is it still you?” before something that cannot be taken back quietly.

`confirm` is what `settings.STEP_UP` names, so that the sport's pages can ask (`championship.admin.step_up`). It answers
with a page only when the person proved nothing for `settings.STEP_UP_AGE`; that page carries along every field that was
sent, and sending it does the thing itself: nothing is typed twice, and nothing is kept anywhere meanwhile.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as passkeys
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse

from aslms_site.accounts import parking, sessions, throttles

ANSWER = "confirm_answer"
CREDENTIAL = "confirm_credential"
CONFIRM_FIELDS = (ANSWER, CREDENTIAL, "confirm_get")


class ConfirmForm(forms.Form):
    """A password, a code or a passkey of the person who is logged in; with `factor_only` no password."""

    confirm_answer = forms.CharField(required=False, strip=False, max_length=200)
    confirm_credential = forms.JSONField(required=False)

    def __init__(self, *args: Any, request: HttpRequest, factor_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.factor_only = factor_only

    def clean(self) -> None:
        credential, answer = self.cleaned_data.get(CREDENTIAL), self.cleaned_data.get(ANSWER, "")
        if credential:
            self._check_passkey(credential)
        elif not answer:
            raise ValidationError("Enter it first.")
        elif self.factor_only or len("".join(answer.split())) <= LONGEST_CODE:
            self._check_code(answer)
        else:
            self._check_password(answer)

    def _check_passkey(self, credential: Any) -> None:
        passkeys.parse_authentication_response(credential)
        authenticator = passkeys.complete_authentication(self.request.user, credential)
        authenticator.record_usage()
        sessions.use_factor(self.request, self.request.user)

    def _check_code(self, answer: str) -> None:
        try:
            attempt = throttles.try_code(self.request, self.request.user)
        except throttles.WaitError as error:
            raise ValidationError(str(error)) from error
        found = Authenticator.objects.filter(user=self.request.user).exclude(type=Authenticator.Type.WEBAUTHN)
        for authenticator in found:
            if authenticator.wrap().validate_code(answer):
                authenticator.record_usage()
                throttles.was_right(attempt)
                sessions.use_factor(self.request, self.request.user)
                return
        raise ValidationError("That is not the code. It changes every 30 seconds, and each is taken once.")

    def _check_password(self, answer: str) -> None:
        try:
            attempt = throttles.try_password(self.request, self.request.user.get_username())
        except throttles.WaitError as error:
            raise ValidationError(str(error)) from error
        if not self.request.user.check_password(answer):
            raise ValidationError("That is not the password.")
        throttles.was_right(attempt)


# A recovery code has 8 digits; passwords begin at 15 characters.
LONGEST_CODE = 10


def confirm(request: HttpRequest) -> HttpResponse | None:
    """None when the request may go on; otherwise the page that asks, with what was sent."""
    if sessions.is_proved(request):
        return None
    asked = request.method == "POST" and (ANSWER in request.POST or CREDENTIAL in request.POST)
    form = ConfirmForm(request.POST if asked else None, request=request)
    if asked and form.is_valid():
        sessions.prove(request)
        return None
    return confirm_page(request, form)


def confirm_page(request: HttpRequest, form: ConfirmForm) -> HttpResponse:
    types = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    has_passkey = Authenticator.Type.WEBAUTHN in types
    context = {
        "title": "Your second factor" if form.factor_only else "Is it still you?",
        "form": form,
        "fields": parking.fields_of(request, without=CONFIRM_FIELDS),
        "files": [file.name for file in request.FILES.values()],
        "is_get": request.method == "GET" or "confirm_get" in request.POST,
        "has_code": Authenticator.Type.TOTP in types,
        "options": passkeys.begin_authentication(request.user) if has_passkey else None,
    }
    return TemplateResponse(request, "accounts/confirm.html", context)


def proved(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view of an account page, behind the question also when it is only opened."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and (page := confirm(request)) is not None:
            return page
        if "confirm_get" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
