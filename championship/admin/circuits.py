from django.contrib import admin

from championship.admin.base import SOURCE, OfficialAdmin
from championship.models import Circuit


@admin.register(Circuit)
class CircuitAdmin(OfficialAdmin):
    list_display = ("name", "location", "country_name", "time_zone")
    search_fields = ("name", "location", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fixed = ("slug",)
    fieldsets = (
        (None, {"fields": (("name", "slug"), "layout", ("location", "country"), "time_zone", "lead_picture")}),
        ("The track", {"fields": (("length_m", "turns"), ("latitude", "longitude"), "outline")}),
        SOURCE,
    )

    @admin.display(description="country", ordering="country")
    def country_name(self, circuit: Circuit) -> str:
        return circuit.country.name
