"""What the titles of a season bring: a place at Le Mans, or priority for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.defaultfilters import pluralize
from django.urls import reverse

from championship.models import Invitation, RaceClass, Season, Standing, StandingList, Title
from championship.selectors.published_results import latest_standings
from championship.selectors.standing_lines import standing_lines
from championship.selectors.standing_words import Placed, full_mention, placed, title_sentence
from championship.selectors.text import series

State = StandingList.TitleState
# State of what a title brings, with its pill and the words on that, by the state of the title.
HOLDING_STATES = {
    State.OPEN.value: ("projected", "to-be-confirmed", "Projected"),
    State.CLINCHED.value: ("secured", "final", "Secured"),
    State.SUBJECT_TO_OFFICIAL_RESULTS.value: ("secured", "provisional", "Secured, subject to official results"),
    State.AWARDED.value: ("awarded", "official", "Awarded"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds what a title brings, now or finally: `state` is projected, secured or awarded.

    `pill` and `label` are its state pill; `sentence` names the holder and `reason` says why, by the table at `url`.
    """

    state: str
    pill: str
    label: str
    sentence: str
    reason: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePrize:
    """What one title brings; `sentence` says it whole, `race` names the race with its year.

    `holding` is None where nobody asked for it, and while the title has no table.
    """

    title_name: str
    kind: str
    kind_label: str
    race: str
    sentence: str
    holding: Holding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassStakes:
    """What is at stake in one class: who competes for its titles (`teams and drivers`), and what the titles bring."""

    race_class_name: str
    style_key: str
    for_overall_victory: bool
    titles: str
    prizes: tuple[TitlePrize, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationsPage:
    """All that the page of a season's invitations says."""

    season_slug: str
    season_label: str
    classes: tuple[ClassStakes, ...]

    @property
    def summary(self) -> str:
        """`At stake beside the titles: two invitations and one priority for a place on a grid.`"""
        kinds = [prize.kind for row in self.classes for prize in row.prizes]
        invitations, priorities = (kinds.count(kind) for kind in (Invitation.Kind.INVITATION, Invitation.Kind.PRIORITY))
        parts = []
        if invitations:
            parts.append(f"{apnumber(invitations)} invitation{pluralize(invitations)}")
        if priorities:
            parts.append(f"{apnumber(priorities)} priorit{pluralize(priorities, 'y,ies')} for a place on a grid")
        return f"At stake beside the titles: {series(parts)}." if parts else ""


def invitations_page(season: str) -> InvitationsPage | None:
    """The page of a season, or None when there is no such season."""
    found = Season.objects.filter(slug=season).first()
    if found is None:
        return None
    return InvitationsPage(
        season_slug=found.slug, season_label=found.label, classes=class_stakes(found, holdings(found))
    )


def holdings(season: Season) -> dict[int, Holding]:
    """Who holds what each title of the season brings, by the title's key, as the newest tables say; one query."""
    rows = latest_standings().filter(standing_list__title__race_class__season=season)
    by_title = groupby(rows.select_related("entry__team", "driver"), key=lambda row: row.standing_list.title_id)
    found = {title: _holding(list(group)) for title, group in by_title}
    return {title: holding for title, holding in found.items() if holding}


def class_stakes(season: Season, held: Mapping[int, Holding] | None = None) -> tuple[ClassStakes, ...]:
    """What is at stake in each class of the season, in three queries; with `held` also who holds it."""
    classes = RaceClass.objects.filter(season=season).select_related("season")
    return tuple(
        ClassStakes(
            race_class_name=row.name,
            style_key=row.style_key,
            for_overall_victory=row.for_overall_victory,
            titles=series([f"{title.group} {title.contender}".strip() for title in row.titles.all()]),
            prizes=tuple(
                _prize(prize, title, row, (held or {}).get(title.pk))
                for title in row.titles.all()
                for prize in title.invitations.all()
            ),
        )
        for row in classes.prefetch_related("titles__invitations")
    )


def _title_name(title: Title, race_class: RaceClass) -> str:
    """As in a sentence: `LMP2 teams’ title`, with a group `LMP2 Am drivers’ title`."""
    words = (race_class.name, title.group, f"{title.contender}’ title")
    return " ".join(word for word in words if word)


def _holding(rows: list[Standing]) -> Holding | None:
    """The holder by one table: the leader while the title is open, the winner once it is decided."""
    table = rows[0].standing_list
    title = table.title
    season = title.race_class.season.slug
    places = placed(standing_lines(rows, season))
    if not places:
        return None
    state, pill, label = HOLDING_STATES[table.title_state]
    return Holding(
        state=state,
        pill=pill,
        label=label,
        sentence=_holder(places[0], table.title_state),
        reason=f"After round {table.round.number}: {title_sentence(places, table.title_state)}",
        url=reverse("title_standings", args=[season, title.slug]),
    )


def _holder(first: Placed, state: str) -> str:
    """Who holds it, as a sentence; contenders that share the first place are named together."""
    who, many = full_mention(first.contenders), len(first.contenders) > 1
    match state:
        case State.OPEN:
            return f"{who} would receive it if the season ended now."
        case State.AWARDED:
            return f"{who} {'have' if many else 'has'} won it."
        case State.CLINCHED:
            return f"{who} {'are' if many else 'is'} sure of it."
        case _:
            return f"{who} {'have' if many else 'has'} won it, subject to official results."


def _prize(prize: Invitation, title: Title, race_class: RaceClass, held: Holding | None) -> TitlePrize:
    title_name = _title_name(title, race_class)
    # “The 24 Hours of Le Mans”, but “Road to Le Mans”: a race named after its length takes the article.
    race = f"{'the ' if prize.race[0].isdigit() else ''}{prize.race} {prize.year}"
    if prize.kind == Invitation.Kind.INVITATION:
        sentence = f"The winner of the {title_name} is invited to {race}."
    else:
        sentence = f"The winner of the {title_name} has priority for a place on the grid of {race}."
    return TitlePrize(
        title_name=title_name,
        kind=prize.kind,
        kind_label=prize.get_kind_display(),
        race=f"{prize.race} {prize.year}",
        sentence=sentence,
        holding=held,
    )
