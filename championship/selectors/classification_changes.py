"""What changed between the published versions of a classification, in words and marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from championship.models import AppliedDecision, Result, Score
from championship.rules.classification_changes import compare
from championship.rules.classifications import ClassifiedLine
from championship.rules.durations import difference, duration
from championship.selectors.classification_heads import (
    SessionScope,
    Version,
    Versions,
    published_versions,
    session_scope,
)
from championship.selectors.decision_lines import DecisionLine, told_line
from championship.selectors.result_lines import ResultLine, for_lines, result_lines
from championship.selectors.session_facts import find_session
from championship.selectors.text import counted, ordinal, plain, series

NOT_IN_THE_LIST = "not in the list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing about a car that differs, in words; `places` are those gained, negative when lost, 0 for the rest."""

    what: str
    before: str
    after: str
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCar:
    """A car that two versions show differently; `is_own` when not only the others moved around it."""

    line: ResultLine
    is_own: bool
    changes: tuple[Change, ...]
    decisions: tuple[DecisionLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChanges:
    """What a version changed since the one that stood before it; `before` is None for the first.

    `added` and `dropped` are the decisions that one of the two versions has and the other has not.
    """

    version: Version
    before: Version | None
    cars: str
    changed: tuple[ChangedCar, ...] = ()
    added: tuple[DecisionLine, ...] = ()
    dropped: tuple[DecisionLine, ...] = ()

    @property
    def own(self) -> tuple[ChangedCar, ...]:
        return tuple(car for car in self.changed if car.is_own)

    @property
    def moved(self) -> tuple[ChangedCar, ...]:
        return tuple(car for car in self.changed if not car.is_own)

    @property
    def in_words(self) -> str:
        """For example `3 cars changed and 5 cars moved`; "" when the lines are the same."""
        counts = [("changed", self.own), ("moved", self.moved)]
        return series([f"{counted(len(cars), 'car')} {word}" for word, cars in counts if cars])


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationChangesPage:
    """The versions of a classification, the newest first; none while nothing is published."""

    scope: SessionScope
    steps: tuple[VersionChanges, ...] = ()


def classification_changes_page(*, season: str, event: str, session: str) -> ClassificationChangesPage | None:
    """All published versions with what each changed; None when there is no such session."""
    found = find_session(season, event, session)
    if found is None:
        return None
    scope, versions = session_scope(found), published_versions(found)
    rows: dict[int, list[Result]] = {row.pk: [] for row in versions.rows}
    for result in for_lines(Result.objects.filter(classification__in=versions.rows)):
        rows[result.classification_id].append(result)
    points = _points_by_version(versions)
    decisions = _decisions_by_version(versions, scope)
    steps = []
    for head in versions.heads:
        row = versions.row(head.number)
        before = versions.row(head.follows) if head.follows else None
        steps.append(
            VersionChanges(
                version=head,
                before=versions.head(head.follows) if head.follows else None,
                cars=counted(len(rows[row.pk]), "car"),
                changed=changed_cars(
                    rows[before.pk], rows[row.pk], points[before.pk], points[row.pk], decisions[row.pk]
                )
                if before
                else (),
                added=_without(decisions[row.pk], decisions[before.pk]) if before else decisions[row.pk],
                dropped=_without(decisions[before.pk], decisions[row.pk]) if before else (),
            )
        )
    return ClassificationChangesPage(scope=scope, steps=tuple(steps))


def changed_cars(
    before: Sequence[Result],
    after: Sequence[Result],
    points_before: Mapping[int, str],
    points_after: Mapping[int, str],
    decisions: Iterable[DecisionLine] = (),
) -> tuple[ChangedCar, ...]:
    """The cars that two versions show differently, in the order of the later one; `points` are by entry."""
    then, now = _by_car(before), _by_car(after)
    lines = {line.car_number: line for line in (*result_lines(before), *result_lines(after))}
    moved = {
        change.car_number: change
        for change in compare([row.as_classified_line() for row in before], [row.as_classified_line() for row in after])
    }
    found = []
    for number in dict.fromkeys([*now, *then]):
        old, new = then.get(number), now.get(number)
        other = _other_changes(old, new, points_before, points_after)
        change = moved.get(number)
        if change is None and not other:
            continue
        found.append(
            ChangedCar(
                line=lines[number],
                is_own=(change is not None and change.is_own) or any(one.what == "Drivers" for one in other),
                changes=(*places_in_words(old, new), *other),
                decisions=tuple(decision for decision in decisions if decision.car_number == number),
            )
        )
    return tuple(found)


def places_in_words(before: Result | None, after: Result | None) -> tuple[Change, ...]:
    """What differs in place, laps, times and status, the place in the class first."""
    if before is None or after is None:
        here = before or after
        place = _class_place(here.as_classified_line())
        old, new = (place, NOT_IN_THE_LIST) if after is None else (NOT_IN_THE_LIST, place)
        return (Change(what=here.race_class.name, before=old, after=new),)
    old_line, new_line = before.as_classified_line(), after.as_classified_line()
    return lines_in_words(old_line, new_line, after.race_class.name)


def lines_in_words(before: ClassifiedLine, after: ClassifiedLine, race_class_name: str) -> tuple[Change, ...]:
    """The same for two lines of one car."""
    places = 0
    if before.class_position and after.class_position:
        places = before.class_position - after.class_position
    rows = [
        Change(what="Status", before=before.status, after=after.status),
        Change(
            what=race_class_name,
            before=_class_place(before),
            after=_class_place(after),
            places=places,
        ),
        Change(
            what="Overall",
            before=ordinal(before.position),
            after=ordinal(after.position),
            places=before.position - after.position,
        ),
        Change(what="Laps", before=str(before.laps), after=str(after.laps)),
        Change(what="Time", before=_time(before.total_time), after=_time(after.total_time, before.total_time)),
        Change(what="Best lap", before=_time(before.best_lap_time), after=_time(after.best_lap_time)),
    ]
    return tuple(row for row in rows if row.before != row.after)


def _other_changes(
    before: Result | None, after: Result | None, points_before: Mapping[int, str], points_after: Mapping[int, str]
) -> tuple[Change, ...]:
    """What differs in the points, and in who drove."""
    entry = (after or before).event_entry.entry_id
    rows = [Change(what="Points", before=points_before.get(entry, "0"), after=points_after.get(entry, "0"))]
    if before is not None and after is not None:
        rows.append(Change(what="Drivers", before=_crew(before), after=_crew(after)))
    return tuple(row for row in rows if row.before != row.after)


def _points_by_version(versions: Versions) -> dict[int, dict[int, str]]:
    """Points as text by version and entry, in one query."""
    found: dict[int, dict[int, str]] = {row.pk: {} for row in versions.rows}
    for score in Score.objects.filter(classification__in=versions.rows):
        found[score.classification_id][score.entry_id] = plain(score.points)
    return found


def _decisions_by_version(versions: Versions, scope: SessionScope) -> dict[int, tuple[DecisionLine, ...]]:
    """The decisions that count in each version, as it told them, in one query."""
    found: dict[int, tuple[DecisionLine, ...]] = {row.pk: () for row in versions.rows}
    for row in AppliedDecision.objects.filter(classification__in=versions.rows).select_related("decision"):
        line = told_line(row, scope)
        found[row.classification_id] = (*found[row.classification_id], line)
    return found


def _without(some: Iterable[DecisionLine], others: Iterable[DecisionLine]) -> tuple[DecisionLine, ...]:
    """Those that the others lack or tell otherwise; their order alone is no difference."""
    known = {replace(decision, note=0) for decision in others}
    return tuple(decision for decision in some if replace(decision, note=0) not in known)


def _by_car(rows: Iterable[Result]) -> dict[str, Result]:
    return {row.car_number: row for row in rows}


def _class_place(line: ClassifiedLine) -> str:
    """The place in the class, or the status of a car that has none."""
    return ordinal(line.class_position) if line.class_position else line.status.lower()


def _time(milliseconds: int | None, before: int | None = None) -> str:
    """A time, with how much it differs from the one before."""
    if milliseconds is None:
        return "none"
    if before is None or before == milliseconds:
        return duration(milliseconds)
    sign = "+" if milliseconds > before else "\N{MINUS SIGN}"
    return f"{duration(milliseconds)} ({sign}{difference(abs(milliseconds - before))})"


def _crew(row: Result) -> str:
    return ", ".join(f"{driver.given_name} {driver.family_name}".strip() for driver in row.drivers.all())
