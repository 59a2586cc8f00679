from django.contrib import admin

from championship.admin.base import SOURCE, OfficialAdmin, Rows
from championship.admin.resources import TeamImportExport
from championship.models import Team, TeamAlias


class TeamAliasInline(Rows, admin.TabularInline):
    model = TeamAlias
    fields = ("name",)
    extra = 1
    verbose_name_plural = "other spellings (in entry lists and timing files)"


@admin.register(Team)
class TeamAdmin(TeamImportExport, OfficialAdmin):
    list_display = ("name", "country_name", "slug")
    search_fields = ("name", "slug", "aliases__name")
    prepopulated_fields = {"slug": ("name",)}
    fixed = ("slug",)
    parts = ("aliases",)
    inlines = (TeamAliasInline,)
    fieldsets = (
        (None, {"fields": (("name", "slug"), "country", "logo")}),
        SOURCE,
    )

    @admin.display(description="country", ordering="country")
    def country_name(self, team: Team) -> str:
        return team.country.name
