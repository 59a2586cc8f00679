from django.contrib.admin.apps import AdminConfig


class SiteAdminConfig(AdminConfig):
    """Django's admin with our own site class as `django.contrib.admin.site`."""

    default_site = "aslms_site.admin.OfficialsAdminSite"
