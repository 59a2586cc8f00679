"""What the data page says: which files there are now, and what stands in them."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from championship.models import EntryList
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
class DataPage:
    lists: tuple[OfferedList, ...]
    schema_url: str


def data_page() -> DataPage:
    """Every list that is published now, the newest season first; one query."""
    rows = (
        EntryList.objects.newest()
        .select_related("season", "event")
        .order_by("-season__slug", F("event__starts_on").asc(nulls_first=True), "event_id")
    )
    lists = []
    for row in rows:
        scope = scope_of(row.season, row.event)
        lists.append(OfferedList(scope=scope, revision=revision_head(scope, row)))
    return DataPage(lists=tuple(lists), schema_url=reverse("entry_list_schema"))
