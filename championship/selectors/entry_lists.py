"""The entry list of a season or of an event: its newest revision, any revision, and what changed between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from championship.models import EntryList, EntryListLine, Event, EventEntry, Season
from championship.rules import entry_lists as rules
from championship.selectors.entry_filters import AppliedFilters, apply_filters
from championship.selectors.entry_lines import EntryLine, Section, count_label, country_name, entry_line, sections
from championship.selectors.late_entries import LateEntries, late_entries
from championship.selectors.revisions import ListScope, Revision, revision_head, scope_of
from championship.selectors.text import series


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryListPage:
    """A revision with its cars; `revision` is None while nothing is published.

    `lines` are the cars that the filters let pass, `total` counts the lines of the whole list and `total_cars` its
    cars without the withdrawn; `classes` are the sections of the whole list.
    """

    scope: ListScope
    revision: Revision | None = None
    revisions: tuple[Revision, ...] = ()
    lines: tuple[EntryLine, ...] = ()
    sections: tuple[Section, ...] = ()
    classes: tuple[Section, ...] = ()
    total: int = 0
    total_cars: int = 0
    most_seats: int = 0
    filters: AppliedFilters | None = None
    late: LateEntries | None = None

    @property
    def newest(self) -> Revision:
        return self.revisions[0]

    @property
    def shown_cars(self) -> int:
        return sum(line.is_counted for line in self.lines)

    @property
    def count_in_words(self) -> str:
        """For example `39 cars: 11 LMP2, 5 LMP3, 23 GT`, of the whole list."""
        lines = [line for section in self.classes for line in section.lines]
        per_class = ((sum(line.is_counted for line in one.lines), one.race_class_name) for one in self.classes)
        return f"{count_label(lines)}: {', '.join(f'{cars} {name}' for cars, name in per_class)}"

    @property
    def shared_url(self) -> str:
        """The address of this list with the filters that are applied, in one spelling."""
        return self._filtered("entry_list")

    @property
    def csv_url(self) -> str:
        return self._filtered("entry_list_csv")

    @property
    def json_url(self) -> str:
        return self._filtered("entry_list_json")

    def _filtered(self, page: str) -> str:
        query = self.filters.query if self.filters else ""
        return f"{self.scope.url(page)}{'?' if query else ''}{query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCar:
    line: EntryLine
    changes: tuple[rules.Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionChanges:
    """What a revision changed since the one before; `before` is None for the first."""

    revision: Revision
    before: Revision | None
    cars: str
    added: tuple[EntryLine, ...] = ()
    removed: tuple[EntryLine, ...] = ()
    withdrawn: tuple[EntryLine, ...] = ()
    changed: tuple[ChangedCar, ...] = ()

    @property
    def in_words(self) -> str:
        """For example `2 added, 1 withdrawn and 3 changed`; "" when only the status changed."""
        counts = [("added", self.added), ("removed", self.removed)]
        counts += [("withdrawn", self.withdrawn), ("changed", self.changed)]
        return series([f"{len(cars)} {word}" for word, cars in counts if cars])


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryListChangesPage:
    """The revisions of a list, the newest first; none while nothing is published."""

    scope: ListScope
    steps: tuple[RevisionChanges, ...] = ()


def entry_list_page(*, season: str, event: str | None, data: QueryDict) -> EntryListPage | None:
    """The newest published revision with the filters of `data`; None when there is no such season or event."""
    scope, published = _published(season, event)
    if scope is None or not published:
        return EntryListPage(scope=scope) if scope else None
    newest = published[0]
    lines = newest.lines.all()
    rows = list(lines.for_list())
    classes = [(row.slug, row.name) for row in newest.season.race_classes.all()]
    filters, passing = apply_filters(data, queryset=lines, rows=rows, classes=classes)
    return _page(
        scope,
        published,
        rows,
        shown=[row for row in rows if row.pk in passing],
        filters=filters,
        late=None if event else late_entries(newest.season, rows),
    )


def entry_list_revision_page(*, season: str, event: str | None, revision: int) -> EntryListPage | None:
    """Exactly that published revision; None when there is none."""
    scope, published = _published(season, event)
    chosen = next((one for one in published if one.revision == revision), None)
    if scope is None or chosen is None:
        return None
    rows = list(chosen.lines.for_list())
    return _page(scope, published, rows, shown=rows, chosen=chosen)


def entry_list_changes_page(*, season: str, event: str | None) -> EntryListChangesPage | None:
    """All published revisions with what each changed; None when there is no such season or event."""
    scope, published = _published(season, event)
    if scope is None:
        return None
    rows: dict[int, list[EntryListLine]] = {one.pk: [] for one in published}
    for row in EntryListLine.objects.filter(entry_list__in=published).for_list():
        rows[row.entry_list_id].append(row)
    oldest_first = published[::-1]
    steps = [
        _step(scope, one, rows[one.pk], before, rows[before.pk] if before else [])
        for before, one in zip([None, *oldest_first], oldest_first, strict=False)
    ]
    return EntryListChangesPage(scope=scope, steps=tuple(steps[::-1]))


def _published(season: str, event: str | None) -> tuple[ListScope | None, list[EntryList]]:
    """Whose list it is and its published revisions, the newest first; (None, []) without such a season or event."""
    wanted = {"event": None} if event is None else {"event__slug": event}
    published = list(
        EntryList.objects.published().filter(season__slug=season, **wanted).select_related("season", "event")
    )
    if published:
        return scope_of(published[0].season, published[0].event), published
    if event is not None:
        found = Event.objects.filter(season__slug=season, slug=event).select_related("season").first()
        return (scope_of(found.season, found) if found else None), []
    found = Season.objects.filter(slug=season).first()
    return (scope_of(found, None) if found else None), []


def _page(
    scope: ListScope,
    published: Sequence[EntryList],
    rows: Sequence[EntryListLine],
    *,
    shown: Sequence[EntryListLine],
    chosen: EntryList | None = None,
    filters: AppliedFilters | None = None,
    late: LateEntries | None = None,
) -> EntryListPage:
    shaped = {row.pk: entry_line(row) for row in rows}
    lines = tuple(shaped[row.pk] for row in shown)
    return EntryListPage(
        scope=scope,
        revision=revision_head(scope, chosen or published[0]),
        revisions=tuple(revision_head(scope, one) for one in published),
        lines=lines,
        sections=sections(lines),
        classes=sections(shaped.values()),
        total=len(shaped),
        total_cars=sum(line.is_counted for line in shaped.values()),
        most_seats=max((len(line.crew) for line in shaped.values()), default=0),
        filters=filters,
        late=late,
    )


def _step(
    scope: ListScope,
    entry_list: EntryList,
    rows: Sequence[EntryListLine],
    before: EntryList | None,
    rows_before: Sequence[EntryListLine],
) -> RevisionChanges:
    now = {row.car_number: entry_line(row) for row in rows}
    head = revision_head(scope, entry_list)
    cars = count_label(tuple(now.values()))
    if before is None:
        return RevisionChanges(revision=head, before=None, cars=cars)
    then = {row.car_number: entry_line(row) for row in rows_before}
    changes = rules.compare([row.as_list_line() for row in rows_before], [row.as_list_line() for row in rows])
    return RevisionChanges(
        revision=head,
        before=revision_head(scope, before),
        cars=cars,
        added=tuple(now[line.car_number] for line in changes.added),
        removed=tuple(then[line.car_number] for line in changes.removed),
        withdrawn=tuple(now[line.car_number] for line in changes.withdrawn),
        changed=tuple(
            ChangedCar(line=now[car.line.car_number], changes=tuple(in_words(change) for change in car.changes))
            for car in changes.changed
        ),
    )


def in_words(change: rules.Change) -> rules.Change:
    """The same change with the words that the pages use: labels of a status, names of countries."""
    return rules.Change(
        what=change.what,
        before=_words(change.what, change.before),
        after=_words(change.what, change.after),
    )


def _words(what: str, text: str) -> str:
    if what == "Status" and text:
        return str(EventEntry.Status(text).label)
    if what == "Team country":
        return country_name(text)
    if what.startswith("Seat"):
        return re.sub(r"\b[A-Z]{2}$", lambda code: country_name(code.group()) or code.group(), text)
    return text
