"""Accounts and groups in the admin: for administrators only.

The right to change accounts is a way to every other right, so no group's permission opens these pages.
"""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest


class AdministratorsOnly:
    """Whoever is no administrator neither sees nor opens these pages, whatever the account's permissions say."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser


class AccountAdmin(AdministratorsOnly, UserAdmin):
    pass


class RoleAdmin(AdministratorsOnly, GroupAdmin):
    pass


def register(site: admin.AdminSite) -> None:
    """Replace Django's own pages of accounts and groups."""
    site.unregister([User, Group])
    site.register(User, AccountAdmin)
    site.register(Group, RoleAdmin)
