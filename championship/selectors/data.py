"""What the data page says: which files there are now, and what stands in them."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from championship.models import Classification, Document, EntryList, Event, StandingList, Title
from championship.selectors.classification_heads import SessionScope, session_scope
from championship.selectors.revisions import ListScope, Revision, revision_head, scope_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedList:
    """A published list with the addresses of its files."""

    scope: ListScope
    revision: Revision

    @property
    def csv_url(self) -> str:
        return self.scope.url("entry_list_csv")

    @property
    def json_url(self) -> str:
        return self.scope.url("entry_list_json")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedResult:
    """The classification that stands of a session, with the addresses of its files."""

    scope: SessionScope
    version: int
    status_label: str

    @property
    def csv_url(self) -> str:
        return self.scope.url("classification_csv")

    @property
    def json_url(self) -> str:
        return self.scope.url("classification_json")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTable:
    """A title with a table, with the addresses of its files."""

    season: str
    season_label: str
    title: str
    title_name: str

    @property
    def url(self) -> str:
        return reverse("title_standings", args=[self.season, self.title])

    @property
    def csv_url(self) -> str:
        return reverse("title_standings_csv", args=[self.season, self.title])

    @property
    def json_url(self) -> str:
        return reverse("title_standings_json", args=[self.season, self.title])


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedBoard:
    """A notice board with a document, with the addresses of its files."""

    season: str
    season_label: str
    event: str
    event_name: str

    @property
    def board_url(self) -> str:
        return reverse("documents", args=[self.season, self.event])

    @property
    def csv_url(self) -> str:
        return reverse("documents_csv", args=[self.season, self.event])

    @property
    def json_url(self) -> str:
        return reverse("documents_json", args=[self.season, self.event])


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    lists: tuple[OfferedList, ...]
    results: tuple[OfferedResult, ...]
    tables: tuple[OfferedTable, ...]
    boards: tuple[OfferedBoard, ...]
    schema_url: str
    result_schema_url: str
    standings_schema_url: str
    documents_schema_url: str


def data_page() -> DataPage:
    """All that is published now, the newest season first; four queries."""
    return DataPage(
        lists=_lists(),
        results=_results(),
        tables=_tables(),
        boards=_boards(),
        schema_url=reverse("entry_list_schema"),
        result_schema_url=reverse("classification_schema"),
        standings_schema_url=reverse("standings_schema"),
        documents_schema_url=reverse("documents_schema"),
    )


def _lists() -> tuple[OfferedList, ...]:
    rows = (
        EntryList.objects.newest()
        .select_related("season", "event")
        .order_by("-season__slug", F("event__starts_on").asc(nulls_first=True), "event_id")
    )
    lists = []
    for row in rows:
        scope = scope_of(row.season, row.event)
        lists.append(OfferedList(scope=scope, revision=revision_head(scope, row)))
    return tuple(lists)


def _results() -> tuple[OfferedResult, ...]:
    rows = (
        Classification.objects.newest()
        .select_related("session__event__season")
        .order_by(
            "-session__event__season__slug",
            "session__event__starts_on",
            "session__event_id",
            "session__date",
            "session__starts_at",
            "session__slug",
        )
    )
    return tuple(
        OfferedResult(scope=session_scope(row.session), version=row.version, status_label=row.get_status_display())
        for row in rows
    )


def _tables() -> tuple[OfferedTable, ...]:
    known = StandingList.objects.newest().filter(is_void=False)
    titles = Title.objects.filter(standing_lists__in=known).distinct().select_related("race_class__season")
    rows = titles.order_by("-race_class__season__slug", "race_class__position", "group", "-contender")
    return tuple(
        OfferedTable(
            season=row.race_class.season.slug,
            season_label=row.race_class.season.label,
            title=row.slug,
            title_name=row.name,
        )
        for row in rows
    )


def _boards() -> tuple[OfferedBoard, ...]:
    published = Document.objects.published().order_by().values("event")
    rows = (
        Event.objects.filter(pk__in=published).select_related("season").order_by("-season__slug", "starts_on", "slug")
    )
    return tuple(
        OfferedBoard(season=row.season.slug, season_label=row.season.label, event=row.slug, event_name=row.name)
        for row in rows
    )
