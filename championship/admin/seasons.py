from django.contrib import admin
from django.http import HttpRequest

from championship.admin.base import SOURCE, OfficialAdmin
from championship.admin.next_season import NextSeasonMixin
from championship.admin.publishing import PublishEntryListMixin
from championship.models import Entry, Event, RaceClass, Season, Title


@admin.register(Season)
class SeasonAdmin(PublishEntryListMixin, NextSeasonMixin, OfficialAdmin):
    list_display = ("label", "slug", "is_current")
    search_fields = ("label", "slug")
    fixed = ("slug",)
    fieldsets = (
        (None, {"fields": ("label", "slug", "is_current")}),
        SOURCE,
    )

    def object_tools(self, request: HttpRequest, obj: Season) -> list[tuple[str, str]]:
        return [
            *super().object_tools(request, obj),
            ("Classes", self.list_url(RaceClass, season__id__exact=obj.pk)),
            ("Titles", self.list_url(Title, race_class__season__id__exact=obj.pk)),
            ("Events", self.list_url(Event, season__id__exact=obj.pk)),
            ("Entries", self.list_url(Entry, season__id__exact=obj.pk)),
        ]
