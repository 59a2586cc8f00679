"""Stories and topics as they are stored. Nothing is published here: that is the services' work."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from championship.admin.base import OfficialAdmin
from news.models import Story, Topic


@admin.register(Topic)
class TopicAdmin(OfficialAdmin):
    list_display = ("name", "slug")
    fixed = ("slug",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": (("name", "slug"),)}),)


@admin.register(Story)
class StoryAdmin(admin.ModelAdmin):
    """To read only, until the editors have pages of their own."""

    list_display = ("headline", "state", "publish_at", "edited_at")
    search_fields = ("headline", "slug", "standfirst")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return super().get_queryset(request).select_related("live")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return False
