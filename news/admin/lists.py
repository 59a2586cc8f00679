"""What the lists of stories and pages show: the state of each, and who wrote on it last."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from news.models import Story


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in Story.State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story] | None:
        return queryset.in_state(self.value()) if self.value() else None  # type: ignore[attr-defined]


class StateColumns:
    """Columns for a ModelAdmin."""

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
