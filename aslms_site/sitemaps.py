"""What search engines are told to visit: the pages that readers look for, and nothing that is not published."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from championship import clock
from championship.models import (
    AppliedDecision,
    CarModel,
    Circuit,
    Classification,
    Decision,
    Document,
    Driver,
    EntryList,
    EntryListLine,
    Event,
    Season,
    StandingList,
    Team,
    Title,
)
from news.models import Page, Story

PAGES = ("home", "news", "teams", "drivers", "cars", "circuits", "data", "corrections")
SEASON_PAGES = (
    "season",
    "season_calendar",
    "invitations",
    "entry_list",
    "season_results",
    "season_standings",
    "title_fight",
)


class PageSitemap(Sitemap):
    """A sitemap whose items are addresses, under the name of SITE_URL whatever name the question came under."""

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def location(self, item: str) -> str:
        return item

    def items(self) -> list[str]:
        return list(self.addresses())

    def addresses(self) -> Iterable[str]:
        raise NotImplementedError


class SiteSitemap(PageSitemap):
    """The pages that every copy of the site has, and those that editors wrote."""

    def addresses(self) -> Iterable[str]:
        yield from (reverse(name) for name in PAGES)
        yield from (page.get_absolute_url() for page in Page.objects.published())


class SeasonSitemap(PageSitemap):
    def addresses(self) -> Iterable[str]:
        seasons = Season.objects.values_list("slug", flat=True)
        return (reverse(name, args=[slug]) for slug in seasons for name in SEASON_PAGES)


class EventSitemap(PageSitemap):
    def addresses(self) -> Iterable[str]:
        return (event.get_absolute_url() for event in Event.objects.select_related("season"))


class EntryListSitemap(PageSitemap):
    """The lists of events, and every published revision."""

    def addresses(self) -> Iterable[str]:
        lists = EntryList.objects.published().select_related("season", "event")
        for entry_list in lists:
            yield entry_list.get_absolute_url()
        for season, event in sorted({(row.season.slug, row.event.slug) for row in lists if row.event}):
            yield reverse("event_entry_list", args=[season, event])


class ResultSitemap(PageSitemap):
    """Sessions with a classification, each published version that was not recalled, and the decisions in them."""

    def addresses(self) -> Iterable[str]:
        published = Classification.objects.published()
        standing = published.exclude(state__recalled_at__lte=clock.now())
        versions = list(standing.select_related("session__event__season").order_by("session", "version"))
        for version in versions:
            yield version.get_absolute_url()
        for season, event, session in sorted({_place(version) for version in versions}):
            yield reverse("classification", args=[season, event, session])
        decided = AppliedDecision.objects.filter(classification__in=published)
        decisions = Decision.objects.filter(applied__in=decided).select_related("session__event__season")
        yield from (decision.get_absolute_url() for decision in decisions.distinct())


def _place(version: Classification) -> tuple[str, str, str]:
    session = version.session
    return session.event.season.slug, session.event.slug, session.slug


class DocumentSitemap(PageSitemap):
    """The notice boards that have a document, and every document."""

    def addresses(self) -> Iterable[str]:
        rows = list(Document.objects.published().select_related("event__season"))
        yield from (row.get_absolute_url() for row in rows)
        for season, event in sorted({(row.event.season.slug, row.event.slug) for row in rows}):
            yield reverse("documents", args=[season, event])


class StandingSitemap(PageSitemap):
    """Every title that has a table."""

    def addresses(self) -> Iterable[str]:
        known = StandingList.objects.newest().filter(is_void=False)
        titles = Title.objects.filter(standing_lists__in=known).distinct().select_related("race_class__season")
        return (reverse("title_standings", args=[title.race_class.season.slug, title.slug]) for title in titles)


class EntrySitemap(PageSitemap):
    def addresses(self) -> Iterable[str]:
        cars = EntryListLine.objects.published().values_list("entry__season__slug", "entry__car_number")
        return (reverse("entry", args=car) for car in cars.order_by("entry__season__slug", "entry").distinct())


class ListedSitemap(PageSitemap):
    """Teams, drivers and models of car that stand on a published list, and all circuits."""

    def addresses(self) -> Iterable[str]:
        lines = EntryListLine.objects.published()
        listed = (
            Circuit.objects.all(),
            Team.objects.filter(lines__in=lines).distinct(),
            Driver.objects.filter(entrylistseats__line__in=lines).distinct(),
            CarModel.objects.filter(lines__in=lines).distinct(),
        )
        return (row.get_absolute_url() for rows in listed for row in rows)


class NewsSitemap(PageSitemap):
    """Public stories, and the topics that have some."""

    def addresses(self) -> Iterable[str]:
        stories = list(Story.objects.published())
        yield from (story.get_absolute_url() for story in stories)
        yield from sorted({story.live.topic.get_absolute_url() for story in stories if story.live.topic})


SITEMAPS: dict[str, type[Sitemap]] = {
    "site": SiteSitemap,
    "seasons": SeasonSitemap,
    "events": EventSitemap,
    "entry_lists": EntryListSitemap,
    "results": ResultSitemap,
    "documents": DocumentSitemap,
    "standings": StandingSitemap,
    "entries": EntrySitemap,
    "listed": ListedSitemap,
    "news": NewsSitemap,
}
