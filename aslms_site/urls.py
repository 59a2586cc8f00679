"""The whole site map on one screen."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, register_converter

from aslms_site import views as site
from aslms_site.sitemaps import SITEMAPS
from championship.converters import CarNumberConverter, EventConverter, PictureFileConverter, SeasonConverter
from championship.views import (
    calendar,
    cars,
    circuits,
    classes,
    classifications,
    corrections,
    data,
    decisions,
    documents,
    drivers,
    entries,
    entry_lists,
    events,
    feeds,
    invitations,
    pictures,
    results,
    seasons,
    standings,
    teams,
    title_fights,
)
from news.views import feeds as news_feeds
from news.views import pages, previews, stories

register_converter(SeasonConverter, "season")
register_converter(CarNumberConverter, "car_number")
register_converter(EventConverter, "event")
register_converter(PictureFileConverter, "picture_file")

handler403 = site.forbidden

urlpatterns = [
    path("", site.home, name="home"),
    # The short addresses of the current season
    path("calendar/", seasons.current_calendar, name="current_calendar"),
    path("entries/", seasons.current_entries, name="current_entries"),
    path("results/", results.current_results, name="current_results"),
    path("standings/", standings.current_standings, name="current_standings"),
    # A season
    path("<season:season>/", seasons.season, name="season"),
    path("<season:season>/calendar/", calendar.season_calendar, name="season_calendar"),
    path("<season:season>/calendar.ics", calendar.season_ics, name="season_ics"),
    path("<season:season>/invitations/", invitations.invitations, name="invitations"),
    path("<season:season>/results/", results.season_results, name="season_results"),
    path("<season:season>/entries/", entry_lists.entry_list, name="entry_list"),
    path("<season:season>/entries.csv", entry_lists.entry_list_csv, name="entry_list_csv"),
    path("<season:season>/entries.json", entry_lists.entry_list_json, name="entry_list_json"),
    path("<season:season>/entries/r<int:revision>/", entry_lists.entry_list_revision, name="entry_list_revision"),
    path("<season:season>/entries/changes/", entry_lists.entry_list_changes, name="entry_list_changes"),
    path("<season:season>/entries/<car_number:car_number>/", entries.entry, name="entry"),
    path("<season:season>/title-fight/", title_fights.title_fight, name="title_fight"),
    path("<season:season>/standings/", standings.season_standings, name="season_standings"),
    path("<season:season>/standings/<slug:title>/", standings.title_standings, name="title_standings"),
    path("<season:season>/standings/<slug:title>.csv", standings.title_standings_csv, name="title_standings_csv"),
    path("<season:season>/standings/<slug:title>.json", standings.title_standings_json, name="title_standings_json"),
    # An event
    path("<season:season>/<event:event>/", events.event, name="event"),
    path("<season:season>/<event:event>.ics", calendar.event_ics, name="event_ics"),
    path("<season:season>/<event:event>/<slug:session>.ics", calendar.session_ics, name="session_ics"),
    path("<season:season>/<event:event>/entries/", entry_lists.entry_list, name="event_entry_list"),
    path("<season:season>/<event:event>/entries.csv", entry_lists.entry_list_csv, name="event_entry_list_csv"),
    path("<season:season>/<event:event>/entries.json", entry_lists.entry_list_json, name="event_entry_list_json"),
    path(
        "<season:season>/<event:event>/entries/r<int:revision>/",
        entry_lists.entry_list_revision,
        name="event_entry_list_revision",
    ),
    path(
        "<season:season>/<event:event>/entries/changes/",
        entry_lists.entry_list_changes,
        name="event_entry_list_changes",
    ),
    # Its notice board
    path("<season:season>/<event:event>/documents/", documents.documents, name="documents"),
    path("<season:season>/<event:event>/documents.csv", documents.documents_csv, name="documents_csv"),
    path("<season:season>/<event:event>/documents.json", documents.documents_json, name="documents_json"),
    path("<season:season>/<event:event>/documents/<slug:address>/", documents.document, name="document"),
    path(
        "<season:season>/<event:event>/documents/<slug:address>/<slug:digest>.pdf",
        documents.document_file,
        name="document_file",
    ),
    # A session, whose address is its classification
    path("<season:season>/<event:event>/<slug:session>/", classifications.classification, name="classification"),
    path(
        "<season:season>/<event:event>/<slug:session>.csv",
        classifications.classification_csv,
        name="classification_csv",
    ),
    path(
        "<season:season>/<event:event>/<slug:session>.json",
        classifications.classification_json,
        name="classification_json",
    ),
    path(
        "<season:season>/<event:event>/<slug:session>/v<int:version>/",
        classifications.classification_version,
        name="classification_version",
    ),
    path(
        "<season:season>/<event:event>/<slug:session>/v<int:version>.csv",
        classifications.classification_version_csv,
        name="classification_version_csv",
    ),
    path(
        "<season:season>/<event:event>/<slug:session>/v<int:version>.json",
        classifications.classification_version_json,
        name="classification_version_json",
    ),
    path(
        "<season:season>/<event:event>/<slug:session>/changes/",
        classifications.classification_changes,
        name="classification_changes",
    ),
    path("<season:season>/<event:event>/<slug:session>/decisions/<slug:slug>/", decisions.decision, name="decision"),
    path("corrections/", corrections.corrections, name="corrections"),
    # Who and what races
    path("teams/", teams.teams, name="teams"),
    path("teams/<slug:slug>/", teams.team, name="team"),
    path("drivers/", drivers.drivers, name="drivers"),
    path("drivers/<slug:slug>/", drivers.driver, name="driver"),
    path("cars/", cars.cars, name="cars"),
    path("cars/<slug:slug>/", cars.car_model, name="car_model"),
    path("circuits/", circuits.circuits, name="circuits"),
    path("circuits/<slug:slug>/", circuits.circuit, name="circuit"),
    # Files of the library of pictures
    path("pictures/<picture_file:file>", pictures.picture_file, name="picture_file"),
    # The newsroom
    path("news/", stories.news, name="news"),
    path("news/topic/<slug:slug>/", stories.topic, name="topic"),
    path("news/preview/<str:secret>/", previews.preview, name="story_preview"),
    path("news/preview/<str:secret>/pictures/<picture_file:file>", previews.picture, name="story_preview_picture"),
    path("news/<slug:slug>/", stories.story, name="story"),
    path("news/<slug:slug>/share-<slug:content>.png", stories.story_share, name="story_share"),
    path("feeds/news.atom", news_feeds.news_feed, name="news_feed"),
    # Data
    path("data/", data.data, name="data"),
    path("data/entry-list.schema.json", data.entry_list_schema, name="entry_list_schema"),
    path("data/classification.schema.json", data.classification_schema, name="classification_schema"),
    path("data/standings.schema.json", data.standings_schema, name="standings_schema"),
    path("data/documents.schema.json", data.documents_schema, name="documents_schema"),
    path("feeds/documents.atom", feeds.documents_feed, name="documents_feed"),
    path("feeds/results.atom", feeds.results_feed, name="results_feed"),
    # For machines
    path("classes-<int:stamp>.css", classes.class_colours, name="class_colours"),
    path("share-<int:stamp>.png", site.site_share, name="site_share"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", site.robots_txt, name="robots_txt"),
    path("favicon.ico", site.favicon, name="favicon"),
    path(".well-known/security.txt", site.security_txt, name="security_txt"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    # The officials' side
    path("admin/account/", include("aslms_site.accounts.urls")),
    path("admin/", admin.site.urls),
    # Whatever else the editors write: about, contact, a guide
    path("<slug:slug>/", pages.page, name="page"),
]
