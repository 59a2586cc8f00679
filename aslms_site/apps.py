from django.contrib.admin.apps import AdminConfig


class SiteAdminConfig(AdminConfig):
    """Django's admin with our own site class as `django.contrib.admin.site`."""

    default_site = "aslms_site.admin.OfficialsAdminSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.admin import site

        from aslms_site import accounts

        accounts.register(site)
