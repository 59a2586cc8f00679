"""What a publication changes: places, points, tables, titles and what they bring, before and after."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

OPEN, CLINCHED, SUBJECT, AWARDED = "open", "clinched", "subject", "awarded"
"""The states of a title, as `models.StandingList.TitleState` has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarPlace:
    """A car in the classification that stands. `race_class` and `team` are names, times are milliseconds."""

    car_number: str
    race_class: str
    team: str
    position: int
    class_position: int | None
    status: str
    laps: int
    total_time: int | None
    best_lap_time: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundScore:
    """The points of a car for a round."""

    round: int
    car_number: str
    race_class: str
    team: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One contender of a table; `name` is how a sentence calls it: `car 24`, a driver's name."""

    contender: str
    name: str
    position: int | None
    points: Decimal
    is_champion: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleTable:
    """The newest table of a title; `prizes` are what the title brings: `24 Hours of Le Mans 2024`."""

    title: str
    slug: str
    after_round: int
    state: str
    rows: tuple[TableRow, ...]
    prizes: tuple[str, ...] = ()

    @property
    def leaders(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows if row.position == 1)

    @property
    def champions(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows if row.is_champion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that follows from the results of a season at one moment, with the places of one of its sessions.

    `tables` count provisional results, `official_tables` only official ones; both by the slug of their title, in the
    order of the season's titles.
    """

    places: tuple[CarPlace, ...] = ()
    scores: tuple[RoundScore, ...] = ()
    tables: tuple[TitleTable, ...] = ()
    official_tables: tuple[TitleTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChange:
    """A car before and after; None where it is not in the list."""

    before: CarPlace | None
    after: CarPlace | None

    @property
    def car(self) -> CarPlace:
        found = self.after or self.before
        assert found is not None  # noqa: S101  # One of the two lists has it.
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsChange:
    """The points of a car for a round, before and after."""

    score: RoundScore
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChange:
    """A contender of a table before and after; None where it is not in the table."""

    name: str
    before: TableRow | None
    after: TableRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleChange:
    """A title whose table says something else than before; `before` or `after` is None where there is no table."""

    before: TitleTable | None
    after: TitleTable | None
    rows: tuple[StandingChange, ...]

    @property
    def table(self) -> TitleTable:
        found = self.after or self.before
        assert found is not None  # noqa: S101  # There was one, or there is one now.
        return found

    @property
    def leaders(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (self.before.leaders if self.before else (), self.after.leaders if self.after else ())

    @property
    def states(self) -> tuple[str, str]:
        """Before and after; a title without a table is open."""
        return (self.before.state if self.before else OPEN, self.after.state if self.after else OPEN)

    @property
    def champions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (self.before.champions if self.before else (), self.after.champions if self.after else ())

    @property
    def changes_leader(self) -> bool:
        """Whether somebody else leads; the first leader of all is news as well."""
        before, after = self.leaders
        return set(before) != set(after)

    @property
    def changes_prizes(self) -> bool:
        """Whether what the title brings goes to somebody else, or is surer or less sure than before."""
        before, after = self.states
        return bool(self.table.prizes) and (self.changes_leader or before != after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """All that a publication or a recall changes; `cars` counts the list as it is afterwards, 0 for none.

    `official_titles` are the names of those whose table of official results alone changes as well.
    """

    is_first: bool
    cars: int
    places: tuple[PlaceChange, ...]
    points: tuple[PointsChange, ...]
    titles: tuple[TitleChange, ...]
    official_titles: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What identifies exactly this."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]

    @property
    def invitations(self) -> tuple[TitleChange, ...]:
        return tuple(title for title in self.titles if title.changes_prizes)


def consequence(before: Results, after: Results) -> Consequence:
    """What differs between two moments."""
    return Consequence(
        is_first=not before.places,
        cars=len(after.places),
        places=_places(before.places, after.places),
        points=_points(before.scores, after.scores),
        titles=_titles(before.tables, after.tables),
        official_titles=tuple(change.table.title for change in _titles(before.official_tables, after.official_tables)),
    )


def _places(before: Sequence[CarPlace], after: Sequence[CarPlace]) -> tuple[PlaceChange, ...]:
    """The cars that differ, in the order of the later list; those that are gone stand last."""
    then = {car.car_number: car for car in before}
    now = {car.car_number: car for car in after}
    return tuple(
        PlaceChange(before=then.get(number), after=now.get(number))
        for number in dict.fromkeys([*now, *then])
        if then.get(number) != now.get(number)
    )


def _points(before: Sequence[RoundScore], after: Sequence[RoundScore]) -> tuple[PointsChange, ...]:
    """Cars whose points for a round differ; no line in the scores is as good as no points."""
    then = {(score.round, score.car_number): score for score in before}
    now = {(score.round, score.car_number): score for score in after}
    found = []
    for key in dict.fromkeys([*now, *then]):
        score = now.get(key) or then[key]
        old, new = (scores[key].points if key in scores else Decimal(0) for scores in (then, now))
        if old != new:
            found.append(PointsChange(score=score, before=old, after=new))
    return tuple(sorted(found, key=lambda change: change.score.round))


def _titles(before: Sequence[TitleTable], after: Sequence[TitleTable]) -> tuple[TitleChange, ...]:
    """Titles whose newest tables differ, in the order of the season's titles."""
    then = {table.slug: table for table in before}
    now = {table.slug: table for table in after}
    found = []
    for slug in dict.fromkeys([*now, *then]):
        old, new = then.get(slug), now.get(slug)
        if old != new:
            found.append(TitleChange(before=old, after=new, rows=_rows(old, new)))
    return tuple(found)


def _rows(before: TitleTable | None, after: TitleTable | None) -> tuple[StandingChange, ...]:
    then = {row.contender: row for row in before.rows} if before else {}
    now = {row.contender: row for row in after.rows} if after else {}
    return tuple(
        StandingChange(name=(now.get(key) or then[key]).name, before=then.get(key), after=now.get(key))
        for key in dict.fromkeys([*now, *then])
        if then.get(key) != now.get(key)
    )
