from django.contrib import admin

from championship.admin.base import SOURCE, OfficialAdmin
from championship.models import CarModel, Manufacturer


@admin.register(Manufacturer)
class ManufacturerAdmin(OfficialAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fixed = ("slug",)
    fieldsets = ((None, {"fields": ("name", "slug")}), SOURCE)


@admin.register(CarModel)
class CarModelAdmin(OfficialAdmin):
    list_display = ("name", "manufacturer", "slug")
    list_filter = ("manufacturer",)
    search_fields = ("name", "slug", "manufacturer__name")
    autocomplete_fields = ("manufacturer",)
    prepopulated_fields = {"slug": ("name",)}
    joined = ("manufacturer",)
    fixed = ("slug",)
    fieldsets = ((None, {"fields": ("manufacturer", ("name", "slug"))}), SOURCE)
