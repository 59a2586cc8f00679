"""Whose entry list it is, and the head of one of its published revisions."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from championship.models import EntryList, Event, Season
from championship.selectors.text import published_words

# An amended list is as binding as a final one.
PILLS = {EntryList.Status.AMENDED: "final"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListScope:
    """Whose list: a season's own (`event` and `event_name` are ""), or an event's."""

    season: str
    season_label: str
    event: str = ""
    event_name: str = ""

    @property
    def name(self) -> str:
        return self.event_name or f"Season {self.season_label}"

    @property
    def list_url(self) -> str:
        """The page of the newest revision."""
        return self.url("entry_list")

    @property
    def up_url(self) -> str:
        """The page of the event, or of the season."""
        return reverse("event", args=[self.season, self.event]) if self.event else reverse("season", args=[self.season])

    @property
    def changes_url(self) -> str:
        return self.url("entry_list_changes")

    def url(self, page: str, *args: object) -> str:
        """The address of a page of this list: `url("entry_list")`, `url("entry_list_revision", 1)`."""
        if self.event:
            return reverse(f"event_{page}", args=[self.season, self.event, *args])
        return reverse(page, args=[self.season, *args])


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The head of a published revision; `pill` is a state of the pill component.

    `published_text` says the moment as precisely as it is on record, `published_machine` is the same for `<time>`.
    """

    number: int
    status: str
    status_label: str
    pill: str
    published_at: datetime
    published_precision: str
    published_text: str
    published_machine: str
    note: str
    url: str


def scope_of(season: Season, event: Event | None) -> ListScope:
    """The list of an event, or without one the season's own."""
    if event is None:
        return ListScope(season=season.slug, season_label=season.label)
    return ListScope(season=season.slug, season_label=season.label, event=event.slug, event_name=event.name)


def revision_head(scope: ListScope, entry_list: EntryList) -> Revision:
    """The head of a revision of the list of `scope`."""
    text, machine = published_words(entry_list.published_at, entry_list.published_precision)
    return Revision(
        number=entry_list.revision,
        status=entry_list.status,
        status_label=entry_list.get_status_display(),
        pill=PILLS.get(entry_list.status, entry_list.status),
        published_at=entry_list.published_at,
        published_precision=entry_list.published_precision,
        published_text=text,
        published_machine=machine,
        note=entry_list.note,
        url=scope.url("entry_list_revision", entry_list.revision),
    )
