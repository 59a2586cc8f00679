"""The list that a draft would publish, car by car."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from championship.models import Driver, EventEntry, Session
from championship.rules.classification_changes import LineChange
from championship.rules.classifications import ClassifiedLine
from championship.rules.durations import duration
from championship.selectors.classification_changes import Change, lines_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """A car of the list; `changes` say what differs from the version that stands, `is_new` that it was not in it."""

    position: int
    class_position: int | None
    car_number: str
    race_class: str
    style_key: str
    team: str
    drivers: tuple[str, ...]
    status: str
    laps: int
    total_time: str
    best_lap_time: str
    changes: tuple[Change, ...]
    is_new: bool


def order_lines(
    session: Session,
    lines: Sequence[ClassifiedLine],
    drivers: Mapping[str, Sequence[str]],
    changes: Sequence[LineChange],
) -> tuple[OrderLine, ...]:
    """The lines in their order, two queries; `drivers` are slugs by car number."""
    cars = EventEntry.objects.filter(event=session.event_id).select_related("entry__race_class__season", "entry__team")
    by_number = {car.entry.car_number: car for car in cars}
    slugs = {slug for crew in drivers.values() for slug in crew}
    names = {driver.slug: driver.name for driver in Driver.objects.filter(slug__in=slugs)}
    changed = {change.car_number: change for change in changes}
    return tuple(
        _line(line, by_number[line.car_number], drivers.get(line.car_number, ()), names, changed.get(line.car_number))
        for line in lines
    )


def _line(
    line: ClassifiedLine,
    car: EventEntry,
    crew: Sequence[str],
    names: Mapping[str, str],
    change: LineChange | None,
) -> OrderLine:
    race_class = car.entry.race_class
    words = lines_in_words(change.before, line, race_class.name) if change and change.before else ()
    return OrderLine(
        position=line.position,
        class_position=line.class_position,
        car_number=line.car_number,
        race_class=race_class.name,
        style_key=race_class.style_key,
        team=car.team_name,
        drivers=tuple(names.get(slug, slug) for slug in crew),
        status=line.status,
        laps=line.laps,
        total_time=duration(line.total_time) if line.total_time is not None else "",
        best_lap_time=duration(line.best_lap_time) if line.best_lap_time is not None else "",
        changes=words,
        is_new=change is not None and change.before is None,
    )
