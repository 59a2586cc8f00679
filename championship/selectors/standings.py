"""The tables of a season's titles: all in short, and one title with every round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse

from championship.models import Adjustment, Classification, Round, Season, Standing, StandingList, Title
from championship.selectors.standing_cells import RoundFacts, cell, facts_of
from championship.selectors.standing_chart import Chart, chart
from championship.selectors.standing_choice import Choice, choose
from championship.selectors.standing_contenders import is_for_teams, key_of
from championship.selectors.standing_lines import StandingLine, accounted, standing_lines
from championship.selectors.standing_rounds import (
    RoundHead,
    newest_versions,
    provisional_names,
    round_head,
    rounds_ahead,
    rounds_of,
)
from championship.selectors.standing_words import PILLS, placed, title_sentence
from championship.selectors.text import counted, published_words

# How many lines of each table the page of all titles shows, and those that share the last of these places.
SHORT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleHead:
    """A title; `style_key` has the colours of its class."""

    name: str
    slug: str
    url: str
    race_class: str
    race_class_name: str
    style_key: str
    is_for_teams: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHead:
    """A published table: after which round, on which basis, in which version; `state` is that of the title."""

    after: int
    basis: str
    version: int
    cause: str
    published_at: datetime
    published_precision: str
    published_text: str
    published_machine: str
    state: str
    state_label: str

    @property
    def pill(self) -> str:
        return PILLS[self.state]

    @property
    def is_official(self) -> bool:
        """Whether only official results count."""
        return self.basis == StandingList.Basis.OFFICIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSummary:
    """A title in short: the first lines of its newest table, or none while no round counts."""

    title: TitleHead
    table: TableHead | None
    lines: tuple[StandingLine, ...]
    sentence: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonStandingsPage:
    """All titles of a season; `rounds` are its rounds as the newest tables count them."""

    season_slug: str
    season_label: str
    titles: tuple[TitleSummary, ...]
    rounds: tuple[RoundHead, ...]

    @property
    def has_tables(self) -> bool:
        return any(one.table for one in self.titles)

    @property
    def lead(self) -> str:
        return coverage(self.rounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleStandingsPage:
    """One title; `table` is None while no round counts on the basis that was asked for.

    `rounds` are the columns: those that count in the table, and those to come when it is the newest.
    """

    season_slug: str
    season_label: str
    title: TitleHead
    titles: tuple[TitleHead, ...]
    choice: Choice
    table: TableHead | None = None
    rounds: tuple[RoundHead, ...] = ()
    lines: tuple[StandingLine, ...] = ()
    sentence: str = ""
    chart: Chart | None = None

    @property
    def coverage(self) -> str:
        return coverage(self.rounds)

    @property
    def csv_url(self) -> str:
        return self._file("title_standings_csv")

    @property
    def json_url(self) -> str:
        return self._file("title_standings_json")

    def _file(self, name: str) -> str:
        return f"{reverse(name, args=[self.season_slug, self.title.slug])}{self.choice.query}"


def season_standings_page(season: str) -> SeasonStandingsPage | None:
    """All titles of the season; None when there is no such season. Seven queries, fewer without tables."""
    found = Season.objects.filter(slug=season).first()
    if found is None:
        return None
    titles = list(Title.objects.of_season(found).select_related("race_class__season"))
    tables = newest_tables(titles)
    rows: dict[int, list[Standing]] = {}
    standings = Standing.objects.filter(standing_list__in=tables.values()).select_related("entry__team", "driver")
    for row in standings.order_by("standing_list", "order"):
        rows.setdefault(row.standing_list_id, []).append(row)
    versions = newest_versions(found)
    heads = [round_head(found, row, versions.get(row.race_session_id), "all") for row in rounds_of(found)]
    return SeasonStandingsPage(
        season_slug=found.slug,
        season_label=found.label,
        titles=tuple(_summary(title, tables.get(title.pk), rows) for title in titles),
        rounds=tuple(heads),
    )


def title_standings_page(*, season: str, title: str, data: QueryDict) -> TitleStandingsPage | None:
    """The table of a title that `data` asks for (`after`, `official`); None when there is no such title."""
    titles = list(Title.objects.filter(race_class__season__slug=season).select_related("race_class__season"))
    chosen = next((one for one in titles if one.slug == title), None)
    if chosen is None:
        return None
    found = chosen.race_class.season
    lists = list(StandingList.objects.newest().filter(title=chosen, is_void=False).select_related("round"))
    choice, table = choose(data, lists, reverse("title_standings", args=[season, title]))
    page = TitleStandingsPage(
        season_slug=found.slug,
        season_label=found.label,
        title=title_head(chosen),
        titles=tuple(title_head(one) for one in titles),
        choice=choice,
    )
    if table is None:
        return page
    versions = newest_versions(found)
    rounds = rounds_of(found)
    heads = _columns(found, rounds, versions, table, is_newest=choice.is_newest)
    by_round = _rows_by_round(lists, table)
    lines = _lines(chosen, by_round[table.round.number], heads, _by_number(rounds, versions))
    return replace(
        page,
        table=table_head(table),
        rounds=heads,
        lines=lines,
        sentence=title_sentence(placed(lines), table.title_state),
        chart=chart(lines, by_round, heads),
    )


def newest_tables(titles: Iterable[Title]) -> dict[int, StandingList]:
    """Of every title the table after the last round that counts, provisional results included; by the title's key."""
    known = StandingList.objects.newest().filter(title__in=titles, basis=StandingList.Basis.ALL, is_void=False)
    return {table.title_id: table for table in known.select_related("round").order_by("round__number")}


def title_head(title: Title) -> TitleHead:
    """The head of a title that was fetched with its class and season."""
    race_class = title.race_class
    return TitleHead(
        name=title.name,
        slug=title.slug,
        url=reverse("title_standings", args=[race_class.season.slug, title.slug]),
        race_class=race_class.slug,
        race_class_name=race_class.name,
        style_key=race_class.style_key,
        is_for_teams=is_for_teams(title),
    )


def table_head(table: StandingList) -> TableHead:
    """The head of a table that was fetched with its round."""
    text, machine = published_words(table.published_at, table.published_precision)
    return TableHead(
        after=table.round.number,
        basis=table.basis,
        version=table.version,
        cause=table.cause,
        published_at=table.published_at,
        published_precision=table.published_precision,
        published_text=text,
        published_machine=machine,
        state=table.title_state,
        state_label=table.get_title_state_display(),
    )


def coverage(heads: Sequence[RoundHead]) -> str:
    """Which rounds a table counts, in sentences; "" when it counts none."""
    done = [head for head in heads if head.is_counted]
    if not done:
        return ""
    said = [f"After round {done[-1].number}."]
    provisional = [head for head in heads if head.state == "provisional"]
    if provisional:
        noun = "result" if len(provisional) == 1 else "results"
        said.append(f"Includes the provisional {noun} of {provisional_names(heads)}.")
    if ahead := rounds_ahead(heads):
        said.append(f"{counted(ahead, 'round')} to come.")
    return " ".join(said)


def _summary(title: Title, table: StandingList | None, rows: Mapping[int, Sequence[Standing]]) -> TitleSummary:
    of_table = rows.get(table.pk, ()) if table else ()
    lines = standing_lines(of_table, title.race_class.season.slug)
    return TitleSummary(
        title=title_head(title),
        table=table_head(table) if table else None,
        lines=_first(lines),
        sentence=title_sentence(placed(lines), table.title_state) if table else "",
        total=len(lines),
    )


def _first(lines: Sequence[StandingLine]) -> tuple[StandingLine, ...]:
    last = lines[min(SHORT, len(lines)) - 1].position if lines else None
    return tuple(
        line for place, line in enumerate(lines) if place < SHORT or (last is not None and line.position == last)
    )


def _columns(
    season: Season,
    rounds: Sequence[Round],
    versions: Mapping[int, Classification],
    table: StandingList,
    *,
    is_newest: bool,
) -> tuple[RoundHead, ...]:
    """The rounds up to that of the table; later ones only beside the newest table, where they are to come."""
    return tuple(
        round_head(season, row, versions.get(row.race_session_id), table.basis)
        for row in rounds
        if is_newest or row.number <= table.round.number
    )


def _by_number(rounds: Iterable[Round], versions: Mapping[int, Classification]) -> dict[int, Classification]:
    return {row.number: versions[row.race_session_id] for row in rounds if row.race_session_id in versions}


def _rows_by_round(lists: Iterable[StandingList], table: StandingList) -> dict[int, list[Standing]]:
    """The rows of the table and of those before it on the same basis, by round."""
    wanted = {
        one.pk: one.round.number for one in lists if one.basis == table.basis and one.round.number <= table.round.number
    }
    found: dict[int, list[Standing]] = {number: [] for number in sorted(wanted.values())}
    rows = Standing.objects.filter(standing_list__in=wanted).select_related("entry__team", "driver")
    for row in rows.order_by("standing_list", "order"):
        found[wanted[row.standing_list_id]].append(row)
    return found


def _lines(
    title: Title, rows: Sequence[Standing], heads: Sequence[RoundHead], versions: Mapping[int, Classification]
) -> tuple[StandingLine, ...]:
    facts = facts_of(title, versions, heads)
    after = max(facts, default=0)
    adjustments: dict[str, list[Adjustment]] = {}
    known = Adjustment.objects.filter(title=title, round__number__lte=after)
    for row in known.select_related("entry", "driver", "round"):
        adjustments.setdefault(key_of(row), []).append(row)
    lines = standing_lines(rows, title.race_class.season.slug, _cars(facts))
    return tuple(_with_rounds(line, title, heads, facts, adjustments.get(line.contender.key, ())) for line in lines)


def _cars(facts: Mapping[int, RoundFacts]) -> dict[str, list[str]]:
    """With which cars each driver scored, in the order of the rounds."""
    found: dict[str, list[str]] = {}
    for of_round in facts.values():
        for driver, car_number in of_round.drivers.items():
            cars = found.setdefault(driver, [])
            if car_number not in cars:
                cars.append(car_number)
    return found


def _with_rounds(
    line: StandingLine,
    title: Title,
    heads: Sequence[RoundHead],
    facts: Mapping[int, RoundFacts],
    adjustments: Sequence[Adjustment],
) -> StandingLine:
    cells = tuple(
        cell(
            head,
            facts.get(head.number),
            line.contender.key,
            for_teams=is_for_teams(title),
            dropped=head.number in line.dropped_rounds,
        )
        for head in heads
    )
    told, account, is_explained = accounted(line, cells, adjustments)
    return replace(line, cells=cells, adjustments=told, account=account, is_explained=is_explained)
