"""The notice board of an event: all that is published on it, and one document with all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import django_filters
from django.db.models import Count, Window
from django.http import QueryDict

from championship.models import AppliedDecision, Classification, Decision, Document, DocumentFile, Event
from championship.rules.names import car_number_key
from championship.selectors.classification_heads import Version, published_versions
from championship.selectors.document_lines import (
    HASH_IN_ADDRESS,
    BoardScope,
    DocumentLine,
    board_scope,
    document_line,
    document_lines,
    for_lines,
    listed_entries,
    of_address,
)
from championship.selectors.entry_filters import (
    AppliedFilters,
    Choices,
    EntryFilterForm,
    KnownValueFilter,
    applied_filters,
)
from championship.selectors.revisions import Revision, revision_head, scope_of

NEWEST = 5


class DocumentFilter(django_filters.FilterSet):
    """Filters over the documents of one board. What can be chosen is what stands on it."""

    kind = KnownValueFilter("kind", label="Kind")
    car = KnownValueFilter("event_entry__entry__car_number", label="Car")
    session = KnownValueFilter("session__slug", label="Session")

    class Meta:
        model = Document
        fields: list[str] = []
        form = EntryFilterForm

    def __init__(self, data: QueryDict, *, queryset: object, rows: Sequence[Document]) -> None:
        super().__init__(data, queryset=queryset)
        for name, choices in _choices(rows).items():
            self.filters[name].extra["choices"] = [("", "All"), *choices]


def _choices(rows: Sequence[Document]) -> dict[str, Choices]:
    kinds = {row.kind for row in rows}
    cars = {row.event_entry.entry.car_number for row in rows if row.event_entry}
    sessions = {row.session.slug: row.session.name for row in rows if row.session}
    return {
        "kind": [(value, label) for value, label in Document.Kind.choices if value in kinds],
        "car": [(number, number) for number in sorted(cars, key=car_number_key)],
        "session": sorted(sessions.items(), key=lambda item: item[1]),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """A notice board: `lines` are the documents that the filters let pass, the newest first; `total` counts all."""

    scope: BoardScope
    lines: tuple[DocumentLine, ...]
    total: int
    filters: AppliedFilters

    @property
    def shared_url(self) -> str:
        """The address of this board with the filters that are applied, in one spelling."""
        return self._filtered("documents")

    @property
    def csv_url(self) -> str:
        return self._filtered("documents_csv")

    @property
    def json_url(self) -> str:
        return self._filtered("documents_json")

    def _filtered(self, page: str) -> str:
        return f"{self.scope.url(page)}{'?' if self.filters.query else ''}{self.filters.query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestDocuments:
    """The newest documents of a board, which has `total`."""

    scope: BoardScope
    lines: tuple[DocumentLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A document with what it is made of: the version or the revision that it announces, the page of its decision.

    `decision_url` is "" until the decision counts in a published version; `session_url` is that of its session.
    """

    scope: BoardScope
    line: DocumentLine
    version: Version | None
    revision: Revision | None
    session_url: str
    decision_url: str


def board_page(*, season: str, event: str, data: QueryDict) -> BoardPage | None:
    """The notice board of an event, None when there is no such event."""
    found = find_event(season, event)
    if found is None:
        return None
    published = Document.objects.published().filter(event=found)
    rows = list(for_lines(published))
    filters, shown = applied_filters(DocumentFilter(data, queryset=published, rows=rows), data, rows)
    lines = document_lines([row for row in rows if row.pk in shown], found)
    return BoardPage(scope=board_scope(found), lines=lines, total=len(rows), filters=filters)


def newest_documents(event: Event) -> NewestDocuments | None:
    """The newest documents of an event that was fetched with season and circuit, None while there is none."""
    published = Document.objects.published().filter(event=event).annotate(total=Window(Count("pk")))
    rows = list(for_lines(published)[:NEWEST])
    if not rows:
        return None
    return NewestDocuments(scope=board_scope(event), lines=document_lines(rows, event), total=rows[0].total)


def document_page(*, season: str, event: str, address: str) -> DocumentPage | None:
    """The page of a published document, None when there is none at this address."""
    found, place = find_event(season, event), of_address(address)
    if found is None or place is None:
        return None
    row = for_lines(Document.objects.published().filter(place, event=found)).first()
    if row is None:
        return None
    scope = board_scope(found)
    return DocumentPage(
        scope=scope,
        line=document_line(row, found, listed_entries([row])),
        version=_version(row, found) if row.classification_id else None,
        revision=revision_head(scope_of(found.season, found), row.entry_list) if row.entry_list else None,
        session_url=scope.url("classification", row.session.slug) if row.session else "",
        decision_url=_decision_url(row) if row.decision_id else "",
    )


def document_file(*, season: str, event: str, address: str, digest: str) -> DocumentFile | None:
    """The file of a published document whose hash begins so, with its content; None when there is none."""
    place = of_address(address)
    if place is None or len(digest) != HASH_IN_ADDRESS:
        return None
    published = Document.objects.published().filter(place, event__season__slug=season, event__slug=event)
    return DocumentFile.objects.filter(document__in=published.order_by(), sha256__startswith=digest).first()


def decision_documents(decision: Decision, event: Event) -> tuple[DocumentLine, ...]:
    """The published documents of a decision, the newest first."""
    return document_lines(list(for_lines(Document.objects.published().filter(decision=decision))), event)


def find_event(season: str, event: str) -> Event | None:
    return Event.objects.filter(season__slug=season, slug=event).select_related("season", "circuit").first()


def _version(row: Document, event: Event) -> Version | None:
    session = row.session
    session.event = event
    return published_versions(session).head(row.classification.version)


def _decision_url(row: Document) -> str:
    published = Classification.objects.published().order_by()
    if not AppliedDecision.objects.filter(decision=row.decision_id, classification__in=published).exists():
        return ""
    return row.decision.get_absolute_url()
