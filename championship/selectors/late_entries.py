"""What happened to the field of a season after its own entry list: cars that joined, cars that left."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from championship.models import EntryListLine, Event, Round, Season
from championship.selectors.entry_lines import NOT_COUNTED, EntryLine, entry_line
from championship.selectors.text import series


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedCar:
    """A car that is not on the season's list; `rounds` is text such as `rounds 4 and 5`, "" if there is none yet."""

    line: EntryLine
    event_name: str
    event_url: str
    rounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftCar:
    """A car of the season's list that `event_name` and later events do not count; `remark` says what is known."""

    line: EntryLine
    event_name: str
    event_url: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEntries:
    joined: tuple[JoinedCar, ...]
    left: tuple[LeftCar, ...]

    def __bool__(self) -> bool:
        return bool(self.joined or self.left)


def rounds_of_events(season: Season) -> dict[int, list[int]]:
    """The numbers of the rounds of every event, by the event's key."""
    found: dict[int, list[int]] = {}
    for event, number in Round.objects.filter(season=season).values_list("event", "number"):
        found.setdefault(event, []).append(number)
    return found


def rounds_in_words(numbers: Sequence[int]) -> str:
    """For example `round 3`, `rounds 4 and 5`."""
    if not numbers:
        return ""
    return f"{'round' if len(numbers) == 1 else 'rounds'} {series([str(number) for number in sorted(numbers)])}"


def late_entries(season: Season, listed: Sequence[EntryListLine]) -> LateEntries:
    """Hold the newest published lists of the events against the cars `listed` for the season; two queries."""
    rows = (
        EntryListLine.objects.on_newest_lists()
        .filter(entry_list__season=season, entry_list__event__isnull=False)
        .without_crew()
        .order_by("entry_list__event__starts_on", "entry_list__event_id", "position")
    )
    by_event: dict[Event, list[EntryListLine]] = {}
    for row in rows:
        by_event.setdefault(row.entry_list.event, []).append(row)
    known = {row.entry_id for row in listed}
    return LateEntries(joined=_joined(by_event, known, rounds_of_events(season)), left=_left(by_event, listed))


def _list_url(row: EntryListLine) -> str:
    return reverse("event_entry_list", args=[row.race_class.season.slug, row.entry_list.event.slug])


def _joined(
    by_event: dict[Event, list[EntryListLine]], known: set[int], rounds: dict[int, list[int]]
) -> tuple[JoinedCar, ...]:
    found: dict[int, JoinedCar] = {}
    for event, rows in by_event.items():
        for row in rows:
            if row.entry_id not in known and row.entry_id not in found and row.status not in NOT_COUNTED:
                found[row.entry_id] = JoinedCar(
                    line=entry_line(row, with_crew=False),
                    event_name=event.name,
                    event_url=_list_url(row),
                    rounds=rounds_in_words(rounds.get(event.pk, [])),
                )
    return tuple(found.values())


def _left(by_event: dict[Event, list[EntryListLine]], listed: Sequence[EntryListLine]) -> tuple[LeftCar, ...]:
    """Cars that no event lists any more since some event; one that only missed an event has not left."""
    found = []
    for car in listed:
        since: tuple[Event, EntryListLine | None] | None = None
        for event, rows in by_event.items():
            row = next((row for row in rows if row.entry_id == car.entry_id), None)
            if row is not None and row.status not in NOT_COUNTED:
                since = None
            elif since is None:
                since = (event, row)
        if since is not None:
            event, row = since
            found.append(_left_car(entry_line(row or car, with_crew=False), event, row, by_event[event][0]))
    return tuple(found)


def _left_car(line: EntryLine, event: Event, row: EntryListLine | None, any_row: EntryListLine) -> LeftCar:
    remark = "no longer listed"
    if row is not None:
        remark = f"{line.status_label.lower()}{f', {line.withdrawal_text}' if line.withdrawal_text else ''}"
    return LeftCar(line=line, event_name=event.name, event_url=_list_url(any_row), remark=remark)
