"""What an official has before him or her: a season's events in order, and what the public does not know yet."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from championship.models import Entry, EntryList, EntryListLine, Event, EventEntry, Round, Season, Session
from championship.rules.entry_lists import ENTERED, ListLine, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWork:
    """The state of one entry list. `revision` is 0 and `status` "" before the first publication.

    `cars` and `withdrawn` count what is entered now, `unpublished` what publishing now would change.
    """

    revision: int
    status: str
    published_at: datetime | None
    cars: int
    withdrawn: int
    unpublished: int
    entry_list: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWork:
    pk: int
    name: str
    circuit: str
    starts_on: date
    ends_on: date
    is_cancelled: bool
    rounds: tuple[int, ...]
    sessions: int
    unconfirmed: int
    entry_list: ListWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonWork:
    pk: int
    slug: str
    label: str
    is_current: bool
    race_classes: tuple[tuple[str, int], ...]
    entry_list: ListWork
    events: tuple[EventWork, ...]


def season_work(season: Season) -> SeasonWork:
    """The state of a season's work, in the same number of queries however many events and cars it has."""
    entries = list(Entry.objects.filter(season=season).for_list())
    by_event: dict[int | None, list[ListLine]] = defaultdict(list)
    by_event[None] = [entry.as_list_line() for entry in entries]
    for event_entry in EventEntry.objects.filter(event__season=season).for_list():
        by_event[event_entry.event_id].append(event_entry.as_list_line())
    newest = {row.event_id: row for row in EntryList.objects.filter(season=season).order_by("revision")}
    published: dict[int, list[ListLine]] = defaultdict(list)
    for line in EntryListLine.objects.filter(entry_list__in=newest.values()).for_list():
        published[line.entry_list_id].append(line.as_list_line())

    def list_work(event: int | None) -> ListWork:
        revision = newest.get(event)
        return _list_work(by_event[event], revision, published[revision.pk] if revision else [])

    in_class = Counter(entry.race_class_id for entry in entries if entry.status == Entry.Status.ENTERED)
    return SeasonWork(
        pk=season.pk,
        slug=season.slug,
        label=season.label,
        is_current=season.is_current,
        race_classes=tuple((row.name, in_class[row.pk]) for row in season.race_classes.order_by("position")),
        entry_list=list_work(None),
        events=tuple(_event_work(season, list_work)),
    )


def _event_work(season: Season, list_work: Callable[[int | None], ListWork]) -> list[EventWork]:
    rounds: dict[int, list[int]] = defaultdict(list)
    for event, number in Round.objects.filter(season=season).order_by("number").values_list("event", "number"):
        rounds[event].append(number)
    sessions: dict[int, list[str]] = defaultdict(list)
    for event, status in Session.objects.filter(event__season=season).values_list("event", "start_status"):
        sessions[event].append(status)
    return [
        EventWork(
            pk=event.pk,
            name=event.name,
            circuit=event.circuit.name,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            is_cancelled=event.is_cancelled,
            rounds=tuple(rounds[event.pk]),
            sessions=len(sessions[event.pk]),
            unconfirmed=sessions[event.pk].count(Session.StartStatus.TO_BE_CONFIRMED),
            entry_list=list_work(event.pk),
        )
        for event in Event.objects.filter(season=season).select_related("circuit").order_by("starts_on", "slug")
    ]


def _list_work(now: Sequence[ListLine], newest: EntryList | None, published: Sequence[ListLine]) -> ListWork:
    changes = compare(published, now)
    return ListWork(
        revision=newest.revision if newest else 0,
        status=newest.status if newest else "",
        published_at=newest.published_at if newest else None,
        cars=sum(line.status == ENTERED for line in now),
        withdrawn=sum(line.status == EventEntry.Status.WITHDRAWN for line in now),
        unpublished=len(changes.added) + len(changes.removed) + len(changes.withdrawn) + len(changes.changed),
        entry_list=newest.pk if newest else None,
    )
