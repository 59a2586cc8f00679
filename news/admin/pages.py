from django.contrib import admin

from news.admin.lists import StateColumns, StateFilter
from news.admin.writing import WHERE, WritingAdmin
from news.models import Page


@admin.register(Page)
class PageAdmin(StateColumns, WritingAdmin):
    """Written like a story, without what only news has: a topic, a byline, what it is about."""

    list_display = ("headline", "slug", "footer_place", "state_in_words", "edited")
    list_filter = (StateFilter,)
    search_fields = ("headline", "standfirst", "slug")
    search_help_text = "Headline, standfirst or address"
    autocomplete_fields = ()
    fieldsets = (
        (None, {"fields": ("headline", "standfirst", "body"), "classes": ("writing-text",)}),
        ("Facts", {"fields": ("lead_picture", "footer_place")}),
        ("Address and embargo", {"fields": WHERE, "classes": ("collapse",)}),
    )
