"""The account pages of our own; those of the library are in `urls`."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from aslms_site.accounts import audit, invitations, parking, sessions, step_up, throttles
from aslms_site.accounts.adapters import FactorAdapter
from aslms_site.accounts.forms import AcceptForm
from aslms_site.accounts.models import AccountEvent

Kind = AccountEvent.Kind
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = "account_next"


def next_page(request: HttpRequest, found: str) -> str:
    """`found` when it is a page of this site, otherwise the first page of the officials' side."""
    is_ours = url_has_allowed_host_and_scheme(found, allowed_hosts={request.get_host()})
    return found if found and is_ours else reverse("admin:index")


@login_required
@require_GET
def enrol(request: HttpRequest) -> HttpResponse:
    """The choice of a second factor, on the first login."""
    if "next" in request.GET:
        request.session[NEXT] = next_page(request, request.GET["next"])
    if sessions.has_factor(request.user):
        return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "accounts/enrol.html", {"title": "Add your second factor"})


@login_required
@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest) -> HttpResponse:
    """For a session that has shown no second factor although there is one."""
    found = next_page(request, request.GET.get("next", ""))
    if sessions.used_factor(request) or not sessions.has_factor(request.user):
        return HttpResponseRedirect(found)
    form = step_up.ConfirmForm(request.POST if request.method == "POST" else None, request=request, factor_only=True)
    if form.is_bound and form.is_valid():
        sessions.prove(request)
        return HttpResponseRedirect(found)
    return step_up.confirm_page(request, form)


@login_required
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """What was sent when the session had ended: to send it again, or to drop it."""
    found = parking.parked(request)
    if request.method == "POST" or found is None:
        request.session.pop(parking.KEY, None)
        return HttpResponseRedirect(reverse("admin:index"))
    return render(request, "accounts/resume.html", {"title": "Send it again", "parked": found})


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invited person sets the password, and goes on to the second factor."""
    user = invitations.invited(token)
    if user is None:
        return render(request, "accounts/invitation_over.html", {"title": "This link is over"}, status=410)
    form = AcceptForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        audit.note(Kind.INVITATION_USED, request=request, user=user)
        login(request, user, backend=BACKEND)
        return HttpResponseRedirect(reverse("account_enrol"))
    return render(request, "accounts/invitation.html", {"title": "Welcome", "form": form, "invited": user})


class AddAppView(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        sessions.use_factor(self.request, self.request.user)
        # The code that was typed here opens nothing afterwards.
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        app.wrap().validate_code(form.cleaned_data["code"])
        return response


class RemovePasskeyView(RemoveWebAuthnView):
    """The library asks only for an authenticator app whether it may go."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = FactorAdapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("mfa_index"))
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("mfa_index")


class ResetView(auth.PasswordResetView):
    """A new password by mail. The answer never tells whether there is such an account."""

    template_name = "accounts/reset.html"
    email_template_name = "accounts/mail/reset.txt"
    subject_template_name = "accounts/mail/reset_subject.txt"
    extra_email_context = {"site_url": settings.SITE_URL}

    def form_valid(self, form: Any) -> HttpResponse:
        if not throttles.may_mail(self.request, form.cleaned_data["email"]):
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"can_mail": settings.CAN_MAIL}


class ResetConfirmView(auth.PasswordResetConfirmView):
    template_name = "accounts/reset_confirm.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        audit.note(Kind.RESET, request=self.request, user=self.user)
        return response
