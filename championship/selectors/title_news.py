"""How the titles of a season stand, one sentence for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from championship.models import Season, Standing, StandingList, Title
from championship.selectors.published_results import latest_standings
from championship.selectors.standing_contenders import Contender, contender, in_points, mentions

# Enough lines to hold the first crew and the next one.
LINES = 12
SAID_OF_ONE = {
    StandingList.TitleState.OPEN: "leads with",
    StandingList.TitleState.CLINCHED: "has won the title early, with",
    StandingList.TitleState.SUBJECT_TO_OFFICIAL_RESULTS: "is champion subject to official results, with",
    StandingList.TitleState.AWARDED: "is champion with",
}
SAID_OF_MANY = {
    StandingList.TitleState.OPEN: "lead with",
    StandingList.TitleState.CLINCHED: "have won the title early, with",
    StandingList.TitleState.SUBJECT_TO_OFFICIAL_RESULTS: "are champions subject to official results, with",
    StandingList.TitleState.AWARDED: "are champions with",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleNews:
    """The state of one title: `leaders` are its holders once it is decided.

    `verdict` goes on behind their names: `leads with 58 points, 5 points ahead of car 22`.
    """

    title_name: str
    url: str
    race_class_name: str
    style_key: str
    is_for_teams: bool
    state: str
    after_round: int
    leaders: tuple[Contender, ...]
    verdict: str

    @property
    def is_awarded(self) -> bool:
        return self.state == StandingList.TitleState.AWARDED

    @property
    def is_won(self) -> bool:
        """Whether it is awarded, or only official results are missing."""
        return self.is_awarded or self.state == StandingList.TitleState.SUBJECT_TO_OFFICIAL_RESULTS


def title_news(season: Season) -> tuple[TitleNews, ...]:
    """Every title of the season that has a table, by class; one query."""
    rows = (
        latest_standings()
        .filter(standing_list__title__race_class__season=season, order__lte=LINES, position__isnull=False)
        .select_related("entry__team", "driver")
    )
    return tuple(_news(season, list(lines)) for _, lines in groupby(rows, key=attrgetter("standing_list_id")))


def _news(season: Season, rows: Sequence[Standing]) -> TitleNews:
    table = rows[0].standing_list
    title = table.title
    first = [row for row in rows if row.position == rows[0].position]
    leaders = tuple(contender(row, season.slug) for row in first)
    said = SAID_OF_ONE if len(leaders) == 1 else SAID_OF_MANY
    return TitleNews(
        title_name=title.name,
        url=reverse("title_standings", args=[season.slug, title.slug]),
        race_class_name=title.race_class.name,
        style_key=title.race_class.style_key,
        is_for_teams=title.contender == Title.Contender.TEAMS,
        state=table.title_state,
        after_round=table.round.number,
        leaders=leaders,
        verdict=f"{said[table.title_state]} {in_points(first[0].points)}{_lead(season, rows, len(first))}",
    )


def _lead(season: Season, rows: Sequence[Standing], leaders: int) -> str:
    """`, 5 points ahead of car 22`; "" when nobody follows."""
    if leaders == len(rows):
        return ""
    second = rows[leaders]
    rivals = mentions([contender(row, season.slug) for row in rows if row.position == second.position])
    ahead = rows[0].points - second.points
    if not ahead:
        return f", as many as {rivals}, and more of the better places"
    return f", {in_points(ahead)} ahead of {rivals}"
