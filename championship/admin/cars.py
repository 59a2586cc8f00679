from django.contrib import admin

from championship.admin.base import SOURCE, OfficialAdmin, Rows
from championship.models import CarModel, CarModelAlias, Manufacturer


@admin.register(Manufacturer)
class ManufacturerAdmin(OfficialAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fixed = ("slug",)
    fieldsets = ((None, {"fields": ("name", "slug")}), SOURCE)


class CarModelAliasInline(Rows, admin.TabularInline):
    model = CarModelAlias
    fields = ("name",)
    extra = 1
    verbose_name_plural = "other spellings (in entry lists and timing files)"


@admin.register(CarModel)
class CarModelAdmin(OfficialAdmin):
    list_display = ("name", "manufacturer", "slug")
    list_filter = ("manufacturer",)
    search_fields = ("name", "slug", "manufacturer__name", "aliases__name")
    autocomplete_fields = ("manufacturer",)
    prepopulated_fields = {"slug": ("name",)}
    joined = ("manufacturer",)
    fixed = ("slug",)
    parts = ("aliases",)
    inlines = (CarModelAliasInline,)
    fieldsets = ((None, {"fields": ("manufacturer", ("name", "slug"))}), SOURCE)
