from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from news.admin.lists import StateColumns, StateFilter
from news.admin.writing import WHERE, WritingAdmin, with_library
from news.models import Page


@admin.register(Page)
class PageAdmin(StateColumns, WritingAdmin):
    """Written like a story, without what only news has: a topic, a byline, what it is about."""

    list_display = ("headline", "slug", "footer_place", "state_in_words", "edited")
    list_filter = (StateFilter,)
    search_fields = ("headline", "standfirst", "slug")
    search_help_text = "Headline, standfirst or address"
    ordering = ("footer_place", "headline")
    autocomplete_fields = ()
    fieldsets = (
        (None, {"fields": ("headline", "standfirst", "body"), "classes": ("writing-text",)}),
        ("Facts", {"fields": ("lead_picture", "footer_place")}),
        ("Address and embargo", {"fields": WHERE, "classes": ("collapse",)}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "lead_picture":
            field.help_text = with_library("The one large picture. Most pages need none.")
        return field
