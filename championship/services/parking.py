"""Making way for rows that exchange what only one of them may have: a name, a position, a round, another spelling.

They are saved one after the other, so for a moment two of them would have it. Whatever a stored row gives up is
therefore freed before the first row is saved.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from championship.models import (
    CarModel,
    Circuit,
    DriverAlias,
    Manufacturer,
    RaceClass,
    Round,
    Season,
    Team,
    TeamAlias,
)
from championship.record.limits import LARGEST_SMALL_NUMBER
from championship.record.schema import EventRow, RaceClassRow
from championship.services.rows import remove_aliases

_NAMED: dict[str, type[Any]] = {
    "circuits": Circuit,
    "manufacturers": Manufacturer,
    "car_models": CarModel,
    "teams": Team,
}


def make_way(table: str, rows: Sequence[Any], *, season: Season | None, reason: str) -> None:
    """Free what the stored rows of `rows`, all of one table of the record, are about to give up.

    Call it in the transaction that then saves every one of `rows`, and undo that transaction if one cannot be saved:
    until then they hold values that stand for nothing. `season` is whose classes and events they are; None for other
    tables. A removed alias leaves `reason` in its history; values that are only parked leave no trace.
    """
    if table in _NAMED:
        _park_names(_NAMED[table].objects, rows)
    if table == "race_classes":
        _park_names(RaceClass.objects.filter(season=season), rows)
        _park_positions(rows, season)
    elif table == "events":
        _park_rounds(rows, season)
    elif table == "teams":
        for row in rows:
            remove_aliases(TeamAlias, {"team__slug": row.slug}, row.aliases, reason)
    elif table == "drivers":
        for row in rows:
            remove_aliases(DriverAlias, {"driver__slug": row.slug}, row.aliases, reason)


def _park_names(stored: Any, rows: Sequence[Any]) -> None:
    names = {row.slug: row.name for row in rows}
    for row in stored.filter(slug__in=names):
        if row.name != names[row.slug]:
            # No name in a file has a control character, so none of them can meet this one.
            stored.filter(pk=row.pk).update(name=f"\x01{row.pk}")


def _park_positions(rows: Sequence[RaceClassRow], season: Season | None) -> None:
    classes = RaceClass.objects.filter(season=season)
    positions = {row.slug: row.position for row in rows}
    free = _free_numbers([*positions.values(), *classes.values_list("position", flat=True)])
    for race_class in classes.filter(slug__in=positions):
        if race_class.position != positions[race_class.slug]:
            classes.filter(pk=race_class.pk).update(position=next(free))


def _park_rounds(rows: Sequence[EventRow], season: Season | None) -> None:
    rounds = Round.objects.filter(season=season)
    numbers = {(row.slug, session.slug): session.round for row in rows for session in row.sessions}
    taken = [number for number in numbers.values() if number is not None]
    free = _free_numbers([*taken, *rounds.values_list("number", flat=True)])
    for round_ in rounds.select_related("event", "race_session"):
        key = (round_.event.slug, round_.race_session.slug)
        if key in numbers and numbers[key] != round_.number:
            rounds.filter(pk=round_.pk).update(number=next(free))


def _free_numbers(taken: Iterable[int]) -> Iterator[int]:
    """Numbers of a small column that nobody has or gets, the largest first."""
    known = set(taken)
    return (number for number in range(LARGEST_SMALL_NUMBER, 0, -1) if number not in known)
