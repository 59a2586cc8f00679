"""Tables of every title after every round: computed whole, stored as versions, never edited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from championship import clock, stamp
from championship.models import Classification, Round, Season, Standing, StandingList, Title, freezing
from championship.rules.standings import TableLine, history
from championship.rules.title_fights import champions
from championship.services import scores as scores_service
from championship.services.standing_facts import Facts, season_facts

COUNTS_AS_OFFICIAL = frozenset({Classification.Status.OFFICIAL, Classification.Status.REVISED})
_LINE = (
    "entry_id",
    "driver_id",
    "order",
    "position",
    "points",
    "dropped_rounds",
    "tie_place",
    "tie_count",
    "tie_other",
    "is_champion",
)

Key = tuple[int, int, str]
"""Of which table: the ids of title and round, and the basis."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one version of a table says; `lines` are values in the order of `_LINE`."""

    title_state: str
    is_void: bool
    lines: tuple[tuple[object, ...], ...]


VOID = Table(title_state=StandingList.TitleState.OPEN, is_void=True, lines=())


def refresh(
    season: Season,
    *,
    cause: str,
    at: datetime | None = None,
    precision: str = StandingList.Precision.MINUTE,
) -> list[StandingList]:
    """Bring scores and tables up to date after any change that they follow from; returns the new tables.

    Call it in the transaction of the change: of a pole, an eligibility, an adjustment, points settings, a round's
    distance, a cancellation. When nothing follows from the change nothing is written.
    """
    with transaction.atomic():
        scores_service.rewrite(season)
        return rebuild(season, cause=cause, at=at, precision=precision)


def rebuild(
    season: Season,
    *,
    cause: str,
    at: datetime | None = None,
    precision: str = StandingList.Precision.MINUTE,
) -> list[StandingList]:
    """Write a new version of every table that differs from its newest one, and return these.

    `cause` is what readers are told made it so; `at` is the moment of publication of that, by default now. A table
    is never published before the version that it follows. A table whose round no longer counts becomes void.
    """
    with transaction.atomic():
        # The lock: two publications of one season at once count up the versions of its tables one after the other.
        Season.objects.select_for_update(no_key=True).get(pk=season.pk)
        moment = at or clock.now()
        newest = _newest(season)
        known = _tables_of(newest)
        wanted: dict[Key, Table] = dict(computed(season))
        for key in newest.keys() - wanted.keys():
            wanted[key] = VOID
        rows, lines = [], []
        for key, table in wanted.items():
            before = newest.get(key)
            if known.get(key) == table:
                continue
            title, round_, basis = key
            row = StandingList(
                title_id=title,
                round_id=round_,
                basis=basis,
                version=before.version + 1 if before else 1,
                published_at=max(moment, before.published_at) if before else moment,
                published_precision=precision,
                title_state=table.title_state,
                is_void=table.is_void,
                cause=cause,
            )
            rows.append(row)
            lines.append(table.lines)
        if rows:
            with freezing():
                StandingList.objects.bulk_create(rows)
                Standing.objects.bulk_create(
                    Standing(standing_list=row, **dict(zip(_LINE, line, strict=True)))
                    for row, of_row in zip(rows, lines, strict=True)
                    for line in of_row
                )
            stamp.raise_stamp()
    return rows


def computed(season: Season) -> dict[Key, Table]:
    """Every table that there is now, by title, round and basis, as the rules give it from the stored scores.

    A title of a group has none: who belongs to a group is not on record.
    """
    facts = season_facts(season)
    found: dict[Key, Table] = {}
    counted = [round_ for round_ in facts.rounds if round_.number in facts.status]
    official = [round_ for round_ in counted if facts.status[round_.number] in COUNTS_AS_OFFICIAL]
    for title in Title.objects.of_season(season).filter(group=""):
        tables = _tables(title, counted, facts)
        # Once all is official, as it is most of the time, the two tables are the same.
        official_tables = tables if official == counted else _tables(title, official, facts)
        for basis, of_basis in (
            (StandingList.Basis.ALL, tables),
            (StandingList.Basis.OFFICIAL, official_tables),
        ):
            found |= {(title.pk, round_, str(basis)): table for round_, table in of_basis.items()}
    return found


def stored(season: Season) -> dict[Key, Table]:
    """Every table as its newest version has it, also those that are void."""
    return _tables_of(_newest(season))


def _tables(title: Title, counted: Sequence[Round], facts: Facts) -> dict[int, Table]:
    """The table after each of these rounds, by the round's id."""
    numbers = {round_.number for round_ in counted}
    scores = [score for score in facts.scores.get((title.race_class_id, title.contender), ()) if score.round in numbers]
    adjustments = facts.adjustments.get(title.pk, ())
    tables = history(scores, adjustments, facts.rules, sorted(numbers))
    ids = facts.ids[title.contender]
    share_cars = title.contender == Title.Contender.DRIVERS
    found = {}
    for done, round_ in enumerate(counted, start=1):
        lines = tables[round_.number]
        held = {each.number for each in counted[:done]}
        remaining = [each.number for each in facts.rounds if each.number not in held]
        is_official = all(facts.status[each.number] in COUNTS_AS_OFFICIAL for each in counted[:done])
        winners = champions(
            lines,
            scores,
            facts.rules,
            facts.points,
            after=round_.number,
            remaining=remaining,
            share_cars=share_cars,
            barred={} if share_cars else facts.barred,
        )
        found[round_.pk] = Table(
            title_state=_state(bool(winners), bool(remaining), is_official),
            is_void=False,
            lines=tuple(
                _line(title, line, order, ids[line.contender], line.contender in winners)
                for order, line in enumerate(lines, start=1)
            ),
        )
    return found


def _state(is_decided: bool, rounds_remain: bool, is_official: bool) -> str:
    if not is_decided:
        return StandingList.TitleState.OPEN
    if not is_official:
        return StandingList.TitleState.SUBJECT_TO_OFFICIAL_RESULTS
    return StandingList.TitleState.CLINCHED if rounds_remain else StandingList.TitleState.AWARDED


def _line(title: Title, line: TableLine, order: int, contender: int, is_champion: bool) -> tuple[object, ...]:
    is_team = title.contender == Title.Contender.TEAMS
    tie = line.tie_break
    return (
        contender if is_team else None,
        None if is_team else contender,
        order,
        line.position,
        line.points,
        ",".join(str(number) for number in line.dropped_rounds),
        tie.place if tie else None,
        tie.count if tie else None,
        tie.other if tie else None,
        is_champion,
    )


def _newest(season: Season) -> dict[Key, StandingList]:
    """Of every table its newest version, published or not by the site's clock."""
    rows = StandingList.objects.filter(title__race_class__season=season).order_by("version")
    return {(row.title_id, row.round_id, row.basis): row for row in rows}


def _tables_of(newest: Mapping[Key, StandingList]) -> dict[Key, Table]:
    lines: dict[int, list[tuple[object, ...]]] = {row.pk: [] for row in newest.values()}
    found = Standing.objects.filter(standing_list__in=lines).order_by("standing_list", "order")
    for pk, *line in found.values_list("standing_list_id", *_LINE):
        lines[pk].append(tuple(line))
    return {key: Table(row.title_state, row.is_void, tuple(lines[row.pk])) for key, row in newest.items()}
