"""The account pages under /admin/account/. Only what we use of the library: nobody signs up here."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth import views as auth
from django.urls import path

from aslms_site.accounts import views
from aslms_site.accounts.step_up import proved

urlpatterns = [
    # On the way in
    path("login/", account.login, name="account_login"),
    path("login/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/", views.challenge, name="account_challenge"),
    path("resume/", views.resume, name="account_resume"),
    path("invitation/<str:token>/", views.invitation, name="account_invitation"),
    # A new password by mail; the names are Django's
    path("password/", views.ResetView.as_view(), name="admin_password_reset"),
    path(
        "password/sent/",
        auth.PasswordResetDoneView.as_view(template_name="accounts/reset_sent.html"),
        name="password_reset_done",
    ),
    path("password/new/<uidb64>/<token>/", views.ResetConfirmView.as_view(), name="password_reset_confirm"),
    path(
        "password/set/",
        auth.PasswordResetCompleteView.as_view(template_name="accounts/reset_complete.html"),
        name="password_reset_complete",
    ),
    # Second factors
    path("enrol/", views.enrol, name="account_enrol"),
    path("", mfa.index, name="mfa_index"),
    path("app/add/", proved(views.AddAppView.as_view()), name="mfa_activate_totp"),
    path("app/remove/", proved(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("passkeys/add/", proved(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", proved(views.RemovePasskeyView.as_view()), name="mfa_remove_webauthn"),
    path("codes/", proved(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", proved(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
]
