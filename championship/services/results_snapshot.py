"""Everything that follows from the results of a season now, whatever the site's clock says, to compare two moments."""

from itertools import groupby

from championship.models import Invitation, Result, Score, Season, Session, Standing, StandingList, Title
from championship.rules.consequences import CarPlace, Results, RoundScore, TableRow, TitleTable


def results_now(session: Session) -> Results:
    """The places of the session in the version that stands, with the points and tables of its season; six queries."""
    season = session.event.season
    tables = _newest_tables(season)
    return Results(
        places=_places(session),
        scores=_scores(season),
        tables=tables[StandingList.Basis.ALL],
        official_tables=tables[StandingList.Basis.OFFICIAL],
    )


def _places(session: Session) -> tuple[CarPlace, ...]:
    rows = Result.objects.filter(classification__session=session, classification__state__is_current=True)
    return tuple(
        CarPlace(
            car_number=row.car_number,
            race_class=row.race_class.name,
            team=row.team_name,
            position=row.position,
            class_position=row.class_position,
            status=row.status,
            laps=row.laps,
            total_time=row.total_time,
            best_lap_time=row.best_lap_time,
        )
        for row in rows.select_related("race_class").order_by("position")
    )


def _scores(season: Season) -> tuple[RoundScore, ...]:
    rows = Score.objects.filter(classification__state__is_current=True, round__season=season)
    return tuple(
        RoundScore(
            round=row.round.number,
            car_number=row.entry.car_number,
            race_class=row.entry.race_class.name,
            team=row.entry.team.name,
            points=row.points,
        )
        for row in rows.select_related("round", "entry__race_class", "entry__team").order_by("round__number", "pk")
    )


def _newest_tables(season: Season) -> dict[str, tuple[TitleTable, ...]]:
    """By basis, the table of every title after the last round that counts; titles without one are left out."""
    titles = {title.pk: title for title in Title.objects.of_season(season)}
    prizes: dict[int, list[str]] = {}
    for prize in Invitation.objects.filter(title__in=titles):
        prizes.setdefault(prize.title_id, []).append(f"{prize.race} {prize.year}")
    newest: dict[tuple[int, int, str], StandingList] = {}
    for row in StandingList.objects.filter(title__in=titles).select_related("round").order_by("version"):
        newest[row.title_id, row.round_id, row.basis] = row
    last: dict[tuple[int, str], StandingList] = {}
    for row in sorted(newest.values(), key=lambda row: row.round.number):
        if not row.is_void:
            last[row.title_id, row.basis] = row
    lines = Standing.objects.filter(standing_list__in=last.values()).select_related("entry", "driver")
    rows_of = {
        pk: tuple(_table_row(line) for line in group)
        for pk, group in groupby(lines.order_by("standing_list", "order"), key=lambda line: line.standing_list_id)
    }
    found: dict[str, tuple[TitleTable, ...]] = {}
    for basis in StandingList.Basis:
        found[basis] = tuple(
            TitleTable(
                title=title.name,
                slug=title.slug,
                after_round=row.round.number,
                state=row.title_state,
                rows=rows_of.get(row.pk, ()),
                prizes=tuple(prizes.get(pk, ())),
            )
            for pk, title in titles.items()
            if (row := last.get((pk, basis)))
        )
    return found


def _table_row(line: Standing) -> TableRow:
    return TableRow(
        contender=line.entry.car_number if line.entry else line.driver.slug,
        name=f"car {line.entry.car_number}" if line.entry else line.driver.name,
        position=line.position,
        points=line.points,
        is_champion=line.is_champion,
    )
