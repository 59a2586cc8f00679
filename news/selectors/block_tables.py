"""The tables of titles for the blocks of a story: all rounds of all titles in one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import OuterRef, Subquery

from championship.models import Standing, StandingList, Title
from championship.selectors.standing_chart import Chart, chart
from championship.selectors.standing_lines import StandingLine, standing_lines
from championship.selectors.standing_rounds import round_head
from championship.selectors.standing_words import placed, title_sentence
from championship.selectors.standings import TableHead, TitleHead, table_head, title_head


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTable:
    """A title after one round; `url` is the page of exactly this table.

    `known_since` is when the first version of it was published.
    """

    title: TitleHead
    season_label: str
    head: TableHead
    lines: tuple[StandingLine, ...]
    sentence: str
    url: str
    known_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleTables:
    """The newest tables of a title by round, provisional results included."""

    title: Title
    rows: Mapping[int, Sequence[Standing]]

    @property
    def newest(self) -> BlockTable:
        return self._table(max(self.rows))

    def after(self, number: int | None) -> BlockTable | None:
        """The table after a round, the newest for None; None when that round does not count."""
        if number is None:
            return self.newest
        return self._table(number) if number in self.rows else None

    def chart(self) -> Chart | None:
        """The totals round by round; None after fewer than two rounds."""
        season = self.title.race_class.season
        rounds = [rows[0].standing_list.round for rows in self.rows.values()]
        return chart(self.newest.lines, self.rows, [round_head(season, row, None, "all") for row in rounds])

    def _table(self, number: int) -> BlockTable:
        rows = self.rows[number]
        season = self.title.race_class.season
        head = title_head(self.title)
        lines = standing_lines(rows, season.slug)
        table = rows[0].standing_list
        return BlockTable(
            title=head,
            season_label=season.label,
            head=table_head(table),
            lines=lines,
            sentence=title_sentence(placed(lines), table.title_state),
            url=head.url if number == max(self.rows) else f"{head.url}?after={number}",
            known_since=rows[0].known_since,
        )


def tables_of(titles: Iterable[Title]) -> dict[int, TitleTables]:
    """The tables of these titles (fetched with class and season) by key; one query, none without titles."""
    asked = {title.pk: title for title in titles}
    if not asked:
        return {}
    known = StandingList.objects.newest().filter(title__in=asked, basis=StandingList.Basis.ALL, is_void=False)
    first = StandingList.objects.filter(
        title=OuterRef("standing_list__title"),
        round=OuterRef("standing_list__round"),
        basis=OuterRef("standing_list__basis"),
    ).order_by("version")
    rows = (
        Standing.objects.filter(standing_list__in=known)
        .annotate(known_since=Subquery(first.values("published_at")[:1]))
        .select_related("standing_list__round__race_session", "standing_list__round__event", "entry__team", "driver")
        .order_by("standing_list__title", "standing_list__round__number", "order")
    )
    found: dict[int, TitleTables] = {}
    for title, of_title in groupby(rows, key=attrgetter("standing_list.title_id")):
        by_round = groupby(of_title, key=attrgetter("standing_list.round.number"))
        found[title] = TitleTables(title=asked[title], rows={number: list(of_round) for number, of_round in by_round})
    return found
