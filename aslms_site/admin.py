"""The officials' admin site."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse

from championship.models import Driver, Picture, Season
from championship.selectors.desk_index import desk_index
from championship.selectors.pictures import thumbnail_url
from championship.selectors.season_work import season_work
from news.rights import kinds_seen
from news.selectors.newsroom import newsroom_work


class SuggestionsView(AutocompleteJsonView):
    """Suggestions of a search field; a driver's tell the country too, and a picture's what it looks like."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Driver):
            result["country"] = str(obj.country)
        if isinstance(obj, Picture):
            result["thumb"] = thumbnail_url(obj)
        return result


class OfficialsAdminSite(admin.AdminSite):
    """The one admin site, registered by `aslms_site.apps.SiteAdminConfig`. Its first page is the season's work."""

    site_header = "Asian Le Mans Series"
    site_title = "Officials, Asian Le Mans Series"
    index_title = "The season’s work"
    empty_value_display = "none"
    enable_nav_sidebar = True
    logout_template = "accounts/logged_out.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # It deletes without a version check, and without a word of why something cannot go.
        self.disable_action("delete_selected")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """With the race desk and the newsroom, before the catch-all of the admin."""
        # They stand in the packages of the nouns' pages, which register themselves on this very site.
        from championship.admin.desk import urls as desk
        from news.admin.newsroom import urls as newsroom

        return [*desk.patterns(self.admin_view), *newsroom.patterns(self.admin_view), *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The stock address of the login leads to ours, and back to where somebody was going."""
        found = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('account_login')}{'?' if found else ''}{found}")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return SuggestionsView.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The work of the current season, or of the one that `?season=` names."""
        context: dict[str, Any] = {"seasons": [], "work": None}
        if request.user.has_perm("championship.view_season"):
            seasons = list(Season.objects.all())
            asked = request.GET.get("season", "")
            chosen = [row for row in seasons if row.slug == asked] or [row for row in seasons if row.is_current]
            context["seasons"] = seasons
            if chosen:
                context["work"] = season_work(chosen[0])
                context["desks"] = desk_index(chosen[0])
                context["season_tools"] = self.get_model_admin(Season).object_tools(request, chosen[0])
        if kinds := kinds_seen(request.user):
            context["newsroom"] = newsroom_work(kinds)
        return super().index(request, {**context, **(extra_context or {})})
