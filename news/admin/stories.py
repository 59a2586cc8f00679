"""Stories and topics."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path

from championship.admin.base import OfficialAdmin
from news.admin import blocks
from news.admin.writing import WritingAdmin
from news.models import Story, Topic


@admin.register(Topic)
class TopicAdmin(OfficialAdmin):
    list_display = ("name", "slug")
    fixed = ("slug",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": (("name", "slug"),)}),)


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in Story.State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story] | None:
        return queryset.in_state(self.value()) if self.value() else None  # type: ignore[attr-defined]


@admin.register(Story)
class StoryAdmin(WritingAdmin):
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

    @admin.display(description="state")
    def state_in_words(self, story: Story) -> str:
        return str(story.state.label)

    @admin.display(description="public from (UTC)", ordering="publish_at", empty_value="")
    def public_from_in_words(self, story: Story) -> str:
        return f"{story.public_from:%d %b %Y, %H:%M}" if story.public_from else ""

    @admin.display(description="edited", ordering="edited_at")
    def edited(self, story: Story) -> str:
        who = story.edited_by or "the site"
        return f"{story.edited_at:%d %b %Y, %H:%M} by {who}" if story.edited_at else ""
