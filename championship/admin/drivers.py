from django.contrib import admin

from championship.admin.base import SOURCE, OfficialAdmin, Rows
from championship.admin.resources import DriverImportExport
from championship.models import Driver, DriverAlias


class DriverAliasInline(Rows, admin.TabularInline):
    model = DriverAlias
    fields = ("name",)
    extra = 1
    verbose_name_plural = "other spellings of the full name (in entry lists and timing files)"


@admin.register(Driver)
class DriverAdmin(DriverImportExport, OfficialAdmin):
    list_display = ("family_name", "given_name", "country_name", "slug")
    list_display_links = ("family_name", "given_name")
    search_fields = ("given_name", "family_name", "slug", "aliases__name")
    prepopulated_fields = {"slug": ("given_name", "family_name")}
    fixed = ("slug",)
    parts = ("aliases",)
    inlines = (DriverAliasInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (("given_name", "family_name"), "slug", "country", "portrait"),
                "description": "A driver has no team and no rating here: both belong to the crew of an event.",
            },
        ),
        SOURCE,
    )

    @admin.display(description="country", ordering="country")
    def country_name(self, driver: Driver) -> str:
        return driver.country.name or "neutral"
