"""What feed readers are told: documents, and versions of results. Titles say what there is, never who won."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse

from championship import clock
from championship.models import Classification, Document
from championship.selectors.document_lines import board_scope, label_of

# So many of the newest: a weekend brings about sixty documents.
MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry. `key` never changes and never comes back: it is the page's path, with the day of publication.

    `updated_at` moves when something happened to what was published: a version that is recalled.
    """

    key: str
    url: str
    title: str
    summary: str
    category: str
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed with its newest entries first; `url` is its own address, `page_url` the page that it follows."""

    title: str
    subtitle: str
    url: str
    page_url: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated_at(self) -> datetime | None:
        return max((entry.updated_at for entry in self.entries), default=None)


def documents_feed() -> Feed:
    """The newest documents of all notice boards, in one query."""
    rows = Document.objects.published().select_related("event__season")[:MOST_ENTRIES]
    return Feed(
        title="Asian Le Mans Series: documents",
        subtitle="Decisions, bulletins, entry lists and classifications as they appear on the notice boards.",
        url=reverse("documents_feed"),
        page_url=reverse("home"),
        entries=_newest(_document(row) for row in rows),
    )


def results_feed() -> Feed:
    """The newest versions of classifications of all sessions, recalled ones too, in one query."""
    rows = (
        Classification.objects.published()
        .select_related("state", "session__event__season")
        .annotate(moved_at=Coalesce("state__recalled_at", "published_at"))
        .order_by(F("moved_at").desc(), "-pk")[:MOST_ENTRIES]
    )
    return Feed(
        title="Asian Le Mans Series: results",
        subtitle="Every version of every classification as it is published. Titles never say who won.",
        url=reverse("results_feed"),
        page_url=reverse("current_results"),
        entries=_newest(_version(row) for row in rows),
    )


def _newest(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    return tuple(sorted(entries, key=lambda one: one.updated_at, reverse=True))


def _document(row: Document) -> FeedEntry:
    scope = board_scope(row.event)
    url = scope.url("document", row.address)
    return FeedEntry(
        key=_key(row.published_at, url),
        url=url,
        title=f"{scope.name}: {f'{label_of(row.number)}, ' if row.number else ''}{row.title}",
        summary=f"{row.get_kind_display()} on the notice board of {scope.name}.",
        category=row.get_kind_display(),
        published_at=row.published_at,
        updated_at=row.published_at,
    )


def _version(row: Classification) -> FeedEntry:
    url, session = row.get_absolute_url(), row.session
    recalled_at = row.state.recalled_at
    is_recalled = recalled_at is not None and recalled_at <= clock.now()
    label = row.get_status_display()
    words = f"{label.lower()} v{row.version}"
    return FeedEntry(
        key=_key(row.published_at, url),
        url=url,
        title=f"{session.event.name} {session.event.season.label}, {session.name}: {words}"
        f"{', recalled' if is_recalled else ''}",
        summary="This version was recalled; its page says why and what stands."
        if is_recalled
        else f"{label} classification, version {row.version}.",
        category="Recalled" if is_recalled else label,
        published_at=row.published_at,
        updated_at=recalled_at if is_recalled else row.published_at,
    )


def _key(published_at: datetime, url: str) -> str:
    return f"{published_at:%Y-%m-%d}:{url}"
