"""Published classifications, to look at. Publishing makes them; nothing changes or deletes them."""

from django.contrib import admin

from championship.admin.entry_lists import ReadOnly
from championship.models import Classification


@admin.register(Classification)
class ClassificationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("__str__", "status", "published_at", "cause")
    list_filter = ("status",)
    joined = ("session__event__season",)
