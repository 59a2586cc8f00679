"""The fight for every title of a season after a round: who has won it, who still can, what the leader needs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.urls import reverse

from championship.models import (
    Adjustment,
    Classification,
    EligibilityOverride,
    Round,
    Score,
    Season,
    Standing,
    StandingList,
    Title,
)
from championship.rules.points import PointsRules
from championship.rules.standings import ContenderScore, TableAdjustment, TableRules
from championship.rules.title_fights import TitleFight, fight
from championship.selectors.standing_choice import Link, after_asked, links_after
from championship.selectors.standing_contenders import Contender, contender, is_for_teams, key_of
from championship.selectors.standing_rounds import RoundHead, newest_versions, round_head, rounds_of
from championship.selectors.standings import TableHead, TitleHead, coverage, table_head, title_head
from championship.selectors.title_fight_words import Needs, Rival, needs_of, outlook_sentences, rivals_of, verdict

ALL = StandingList.Basis.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class FightSection:
    """One title: `sentences` say how it stands, `rivals` are those who can still win it, `needs` what the leader needs.

    `table` is None, and nothing is said, while no round counts.
    """

    title: TitleHead
    table: TableHead | None = None
    is_decided: bool = False
    sentences: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    others: int = 0
    needs: tuple[Needs, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFightPage:
    """All titles after round `after`, None before the first; `rounds` lead to the same page after each round.

    `is_newest` says that no later round counts. With `problems` a round was asked for that has no table.
    """

    season_slug: str
    season_label: str
    after: int | None
    is_newest: bool
    asked: bool
    coverage: str
    rounds: tuple[Link, ...]
    problems: tuple[str, ...]
    sections: tuple[FightSection, ...]

    @property
    def url(self) -> str:
        """The address of this page in one spelling."""
        query = f"?after={self.after}" if self.asked and not self.problems else ""
        return f"{reverse('title_fight', args=[self.season_slug])}{query}"

    @property
    def is_over(self) -> bool:
        return any(one.table for one in self.sections) and all(one.is_decided for one in self.sections if one.table)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What all fights of a season after one round follow from; scores by class and kind, adjustments by title.

    `barred` gives by car number the round from which a car scores no more.
    """

    table_rules: TableRules
    points_rules: PointsRules
    heads: Sequence[RoundHead]
    after: int
    remaining: Sequence[RoundHead]
    scores: Mapping[tuple[int, str], Sequence[ContenderScore]]
    adjustments: Mapping[int, Sequence[TableAdjustment]]
    barred: Mapping[str, int]


def title_fight_page(season: str, data: QueryDict) -> TitleFightPage | None:
    """The fights after the round that `data` asks for (`after`), else after the newest; None without such a season."""
    titles = list(
        Title.objects.filter(race_class__season__slug=season).select_related("race_class__season__points_settings")
    )
    found = titles[0].race_class.season if titles else Season.objects.filter(slug=season).first()
    if found is None:
        return None
    tables_known = StandingList.objects.newest().filter(title__in=titles, basis=ALL, is_void=False)
    # Tables may be left from before the points settings were taken away; nobody can say then what is still to win.
    lists = list(tables_known.select_related("round")) if hasattr(found, "points_settings") else []
    known = sorted({one.round.number for one in lists})
    asked, problems = after_asked(data, known)
    after = asked if asked is not None else max(known, default=None)
    url = reverse("title_fight", args=[season])
    sections: tuple[FightSection, ...] = tuple(FightSection(title=title_head(title)) for title in titles)
    said = ""
    if after is not None:
        tables = {one.title_id: one for one in lists if one.round.number == after}
        facts = _facts(found, after, newest_versions(found), rounds_of(found))
        sections = _sections(titles, tables, facts)
        said = coverage([head for head in facts.heads if head.number <= after])
    return TitleFightPage(
        season_slug=found.slug,
        season_label=found.label,
        after=after,
        is_newest=after == max(known, default=None),
        asked=asked is not None,
        coverage=said,
        rounds=links_after(known, after, url),
        problems=tuple(problems),
        sections=sections,
    )


def _facts(season: Season, after: int, versions: Mapping[int, Classification], rounds: Sequence[Round]) -> _Facts:
    heads = [round_head(season, row, versions.get(row.race_session_id), ALL) for row in rounds]
    counted = {head.number for head in heads if head.is_counted and head.number <= after}
    chosen = [versions[row.race_session_id] for row in rounds if row.number in counted]
    adjustments: dict[int, list[TableAdjustment]] = {}
    known = Adjustment.objects.filter(title__race_class__season=season, round__number__lte=after)
    for row in known.select_related("entry", "driver", "round"):
        adjustments.setdefault(row.title_id, []).append(
            TableAdjustment(contender=key_of(row), round=row.round.number, points=row.points)
        )
    return _Facts(
        table_rules=season.points_settings.as_table_rules(),
        points_rules=season.points_settings.as_points_rules(),
        heads=heads,
        after=after,
        remaining=[head for head in heads if head.number not in counted and head.state != "cancelled"],
        scores=Score.objects.filter(classification__in=chosen).by_contender().scores,
        adjustments=adjustments,
        barred=EligibilityOverride.objects.barred(season),
    )


def _sections(titles: Sequence[Title], tables: Mapping[int, StandingList], facts: _Facts) -> tuple[FightSection, ...]:
    rows = Standing.objects.filter(standing_list__in=tables.values()).select_related("entry__team", "driver")
    of_table = {
        pk: list(group)
        for pk, group in groupby(rows.order_by("standing_list", "order"), key=lambda row: row.standing_list_id)
    }
    return tuple(
        _section(title, tables[title.pk], of_table.get(tables[title.pk].pk, []), facts)
        if title.pk in tables
        else FightSection(title=title_head(title))
        for title in titles
    )


def _section(title: Title, table: StandingList, rows: Iterable[Standing], facts: _Facts) -> FightSection:
    contenders = {key_of(row): contender(row, title.race_class.season.slug) for row in rows}
    result = _fight(title, contenders, facts)
    following = facts.remaining[0] if facts.remaining else None
    held = {head.number: head for head in facts.heads}
    rivals = rivals_of(result, contenders)
    return FightSection(
        title=title_head(title),
        table=table_head(table),
        is_decided=result.state == "decided",
        sentences=(
            verdict(result, contenders, table.title_state),
            *outlook_sentences(result, contenders, held, following),
        ),
        rivals=() if result.state == "decided" else rivals,
        others=len(result.groups) - len(rivals),
        needs=needs_of(result, contenders, following) if following else (),
    )


def _fight(title: Title, contenders: Mapping[str, Contender], facts: _Facts) -> TitleFight:
    """Only those whom the published table knows fight: what was changed after it is not told before it."""
    scores = facts.scores.get((title.race_class_id, title.contender), ())
    return fight(
        [score for score in scores if score.contender in contenders],
        [row for row in facts.adjustments.get(title.pk, ()) if row.contender in contenders],
        facts.table_rules,
        facts.points_rules,
        after=facts.after,
        remaining=[head.number for head in facts.remaining],
        share_cars=not is_for_teams(title),
        barred=facts.barred if is_for_teams(title) else {},
    )
