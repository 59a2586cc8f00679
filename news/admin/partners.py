from django.contrib import admin

from championship.admin.base import OfficialAdmin
from news.models import Partner


@admin.register(Partner)
class PartnerAdmin(OfficialAdmin):
    list_display = ("name", "kind", "place", "starts_on", "ends_on")
    search_fields = ("name", "kind")
    fieldsets = (
        (None, {"fields": (("name", "kind"), "url", "logo", "words")}),
        ("Where and when it is shown", {"fields": ("place", ("starts_on", "ends_on"))}),
    )
