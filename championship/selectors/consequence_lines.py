"""What a publication or a recall changes, as the lines of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from championship.rules.classification_changes import LineChange
from championship.rules.consequences import (
    AWARDED,
    CLINCHED,
    OPEN,
    SUBJECT,
    CarPlace,
    Consequence,
    TableRow,
    TitleChange,
)
from championship.rules.text import series
from championship.selectors.classification_changes import NOT_IN_THE_LIST, Change, lines_in_words
from championship.selectors.text import ordinal, plain

NOBODY = "nobody"
NOT_IN_THE_TABLE = "not in the table"
STATES = {
    OPEN: "open",
    CLINCHED: "decided early",
    SUBJECT: "decided, subject to official results",
    AWARDED: "awarded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CarLine:
    """A car with what changes about it."""

    car_number: str
    race_class: str
    team: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContenderLine:
    """A contender of a table with what changes about it."""

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """A title with what changes: `leader` and `state` are None where they stay; `rows` are contenders that move."""

    name: str
    slug: str
    leader: Change | None
    state: Change | None
    prizes: tuple[str, ...]
    rows: tuple[ContenderLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsequenceLines:
    cars: tuple[CarLine, ...]
    points: tuple[CarLine, ...]
    titles: tuple[TitleLine, ...]
    official_titles: tuple[str, ...]

    @property
    def invitations(self) -> tuple[TitleLine, ...]:
        return tuple(title for title in self.titles if title.prizes)


def consequence_lines(found: Consequence, changes: Sequence[LineChange] | None = None) -> ConsequenceLines:
    """Shape a consequence; with `changes`, the versions' own differences, the cars tell laps and times too."""
    return ConsequenceLines(
        cars=_cars(found, {change.car_number: change for change in changes or ()}),
        points=tuple(
            CarLine(
                car_number=row.score.car_number,
                race_class=row.score.race_class,
                team=row.score.team,
                changes=(Change(what=f"Round {row.score.round}", before=plain(row.before), after=plain(row.after)),),
            )
            for row in found.points
        ),
        titles=tuple(_title(change) for change in found.titles),
        official_titles=found.official_titles,
    )


def _cars(found: Consequence, changes: Mapping[str, LineChange]) -> tuple[CarLine, ...]:
    if found.is_first or not found.cars:
        return ()
    lines = []
    for place in found.places:
        car = place.car
        change = changes.get(car.car_number)
        if change and change.before and change.after:
            words = lines_in_words(change.before, change.after, car.race_class)
        else:
            words = _places(place.before, place.after)
        lines.append(CarLine(car_number=car.car_number, race_class=car.race_class, team=car.team, changes=words))
    return tuple(lines)


def _places(before: CarPlace | None, after: CarPlace | None) -> tuple[Change, ...]:
    if before is None or after is None:
        here = before or after
        words = _class_place(here)
        return (
            Change(
                what=here.race_class if here else "",
                before=words if before else NOT_IN_THE_LIST,
                after=words if after else NOT_IN_THE_LIST,
            ),
        )
    rows = (
        Change(what=after.race_class, before=_class_place(before), after=_class_place(after)),
        Change(what="Overall", before=ordinal(before.position), after=ordinal(after.position)),
    )
    return tuple(row for row in rows if row.before != row.after)


def _class_place(car: CarPlace | None) -> str:
    if car is None:
        return NOT_IN_THE_LIST
    return ordinal(car.class_position) if car.class_position else car.status.lower()


def _title(change: TitleChange) -> TitleLine:
    (led, leads), (was, is_now) = change.leaders, change.states
    state = None
    if was != is_now:
        state = Change(what="Title", before=STATES[was], after=STATES[is_now])
    return TitleLine(
        name=change.table.title,
        slug=change.table.slug,
        leader=Change(what="Leader", before=series(list(led)) or NOBODY, after=series(list(leads)) or NOBODY)
        if change.changes_leader
        else None,
        state=state,
        prizes=change.table.prizes if change.changes_prizes else (),
        rows=tuple(ContenderLine(name=row.name, changes=_standing(row.before, row.after)) for row in change.rows),
    )


def _standing(before: TableRow | None, after: TableRow | None) -> tuple[Change, ...]:
    """What differs in a table; a champion's line may differ in nothing else."""
    rows = (
        Change(what="Place", before=_place(before), after=_place(after)),
        Change(
            what="Points", before=plain(before.points) if before else "0", after=plain(after.points) if after else "0"
        ),
    )
    return tuple(row for row in rows if row.before != row.after)


def _place(row: TableRow | None) -> str:
    if row is None:
        return NOT_IN_THE_TABLE
    return ordinal(row.position) if row.position else "excluded"
