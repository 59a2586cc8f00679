"""Stories and topics."""

from typing import Any

from django.contrib import admin
from django.urls import path

from championship.admin.base import OfficialAdmin
from news.admin import blocks
from news.admin.lists import StateColumns, StateFilter
from news.admin.writing import WritingAdmin
from news.models import Story, Topic


@admin.register(Topic)
class TopicAdmin(OfficialAdmin):
    list_display = ("name", "slug")
    fixed = ("slug",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": (("name", "slug"),)}),)


@admin.register(Story)
class StoryAdmin(StateColumns, WritingAdmin):
    list_display = ("headline", "state_in_words", "public_from_in_words", "edited")
    list_filter = (StateFilter, "topic")
    search_fields = ("headline", "standfirst", "slug", "byline")
    search_help_text = "Headline, standfirst, address or byline"

    def get_urls(self) -> list[Any]:
        """With what the editor of the text asks, whatever is written in it."""
        asked = {"choices": blocks.block_choices, "pictures": blocks.block_pictures, "names": blocks.block_names}
        return [
            *(
                path(f"blocks/{name}/", self.admin_site.admin_view(view), name=f"news_story_block_{name}")
                for name, view in asked.items()
            ),
            *super().get_urls(),
        ]
