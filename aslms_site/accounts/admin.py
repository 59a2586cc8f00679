"""Accounts and roles in the admin, and what happened to accounts: for administrators only.

The right to change accounts is a way to every other right, so no role's permission opens these pages.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator

from aslms_site.accounts import factor_removals, invitations, sessions
from aslms_site.accounts.forms import InvitationForm
from aslms_site.accounts.models import AccountEvent
from championship.admin.step_up import confirmed
from championship.models import EventDuty

NO_MAIL = "This site cannot send mail, so nobody can be invited: set EMAIL_HOST and MAIL_FROM."

NOT_SENT = "The mail could not be sent: look at the e-mail address, then use “Send the invitation again”."


class AdministratorsOnly:
    """Whoever is no administrator neither sees nor opens these pages, whatever the account's permissions say."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser


class DutyInline(AdministratorsOnly, admin.TabularInline):
    """Where somebody works, when the roles do not hold at every event."""

    model = EventDuty
    extra = 0
    autocomplete_fields = ("event",)
    verbose_name_plural = "event duties (with none, the roles hold at every event)"


class AccountAdmin(AdministratorsOnly, UserAdmin):
    """Adding an account is inviting somebody: the person sets the password, which nobody else ever knows."""

    add_form = InvitationForm
    add_form_template = "accounts/admin/invite.html"
    change_form_template = "accounts/admin/account.html"
    add_fieldsets = ((None, {"fields": ("username", "first_name", "last_name", "email", "groups", "is_superuser")}),)
    fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email")}),
        ("What this person may do", {"fields": ("is_active", "groups", "is_superuser")}),
        ("Since when", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    list_display = ("username", "first_name", "last_name", "email", "roles", "second_factor", "is_active")
    list_filter = ("groups", "is_superuser", "is_active")
    inlines = (DutyInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups", "authenticator_set")

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        return self.inlines if obj else ()

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join(["Administrator"] * user.is_superuser + names)

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, user: User) -> bool:
        return any(row.type != row.Type.RECOVERY_CODES for row in user.authenticator_set.all())

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = InvitationForm.Meta.widgets["groups"]()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change and not invitations.invite(obj, by=request.user, request=request):
            messages.warning(request, NOT_SENT)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        if not settings.CAN_MAIL:
            messages.error(request, NO_MAIL)
            return HttpResponseRedirect(reverse("admin:auth_user_changelist"))
        return super().add_view(request, form_url, {"title": "Invite a colleague", **(extra_context or {})})

    # --- links and tasks ----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Without the library's page that sets somebody else's password: who sets it could log in as that person."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/invite/", wrap(self.invite_view), name="auth_user_invite"),
            path("<int:pk>/second-factor/", wrap(self.factor_view), name="auth_user_second_factor"),
        ]
        return own + [url for url in super().get_urls() if url.name != "auth_user_password_change"]

    @method_decorator(confirmed)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Inviting somebody and granting rights is asked about like publishing."""
        return super().changeform_view(request, *args, **kwargs)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        user = self.get_object(request, object_id)
        tools = []
        if user is not None and user.is_active:
            if not user.has_usable_password():
                tools.append(("Send the invitation again", reverse("admin:auth_user_invite", args=[user.pk])))
            elif sessions.has_factor(user):
                tools.append(("Second factor lost", reverse("admin:auth_user_second_factor", args=[user.pk])))
        return super().change_view(request, object_id, form_url, {"object_tools": tools, **(extra_context or {})})

    @method_decorator(confirmed)
    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self._person(request, pk)
        if user.has_usable_password():
            messages.error(request, f"{user} has a password already, and can ask for a new one at the login.")
        elif not settings.CAN_MAIL:
            messages.error(request, NO_MAIL)
        elif request.method == "POST":
            if invitations.invite(user, by=request.user, request=request):
                messages.success(request, f"Invited {user} again; an earlier link is void.")
            else:
                messages.warning(request, NOT_SENT)
        else:
            return self._task(request, "invite_again", user, f"Invite {user} again", {})
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))

    @method_decorator(confirmed)
    def factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the removal of a lost second factor, agree to it, or drop it."""
        user = self._person(request, pk)
        removal = factor_removals.open_removal(user)
        refusal = ""
        if request.method == "POST":
            try:
                done = self._removal_step(request, user, removal)
            except factor_removals.RemovalError as error:
                refusal = str(error)
            else:
                messages.success(request, done)
                return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        context = {
            "removal": removal,
            "refusal": refusal,
            "reason": request.POST.get("reason", ""),
            "may_agree": removal is not None and request.user not in (removal.asked_by, removal.user),
        }
        return self._task(request, "second_factor", user, f"Second factor of {user}", context)

    def _removal_step(self, request: HttpRequest, user: User, removal: Any) -> str:
        if removal is None:
            factor_removals.ask(user, by=request.user, reason=request.POST.get("reason", ""), request=request)
            return f"Asked. Another administrator has to agree within a day; {user} was told by mail."
        if "drop" in request.POST:
            factor_removals.drop(removal, by=request.user, request=request)
            return "Nothing was removed."
        if factor_removals.agree(removal, by=request.user, request=request):
            return f"Removed. {user} begins anew with the link that was sent by mail."
        return f"Removed. {NOT_SENT}"

    def _person(self, request: HttpRequest, pk: int) -> User:
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = User.objects.filter(pk=pk, is_active=True).first()
        if user is None:
            raise Http404
        return user

    def _task(
        self, request: HttpRequest, template: str, user: User, title: str, context: dict[str, Any]
    ) -> TemplateResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "person": user}
        shared["row_url"] = reverse("admin:auth_user_change", args=[user.pk])
        return TemplateResponse(request, f"accounts/admin/{template}.html", shared | context)


class RoleAdmin(AdministratorsOnly, GroupAdmin):
    pass


class AccountEventAdmin(AdministratorsOnly, admin.ModelAdmin):
    """What happened to accounts in the last 90 days; nobody writes it by hand."""

    list_display = ("at", "kind", "user", "by", "address", "note")
    list_display_links = None
    list_filter = ("kind",)
    search_fields = ("user__username", "address")
    search_help_text = "Name of an account, or an address"
    list_select_related = ("user", "by")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def register(site: admin.AdminSite) -> None:
    """Replace Django's own pages of accounts and groups.

    The library's go: with them one administrator alone could take or change the second factor of another.
    """
    site.unregister([User, Group, EmailAddress, Authenticator])
    site.register(User, AccountAdmin)
    site.register(Group, RoleAdmin)
    site.register(AccountEvent, AccountEventAdmin)
