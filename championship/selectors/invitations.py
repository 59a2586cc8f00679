"""What the titles of a season bring: a place at Le Mans, or priority for one."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.defaultfilters import pluralize

from championship.models import Invitation, RaceClass, Season, Title
from championship.selectors.text import series


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePrize:
    """What one title brings; `sentence` says it whole, `race` names the race with its year."""

    title_name: str
    kind: str
    kind_label: str
    race: str
    sentence: str


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
    return InvitationsPage(season_slug=found.slug, season_label=found.label, classes=class_stakes(found))


def class_stakes(season: Season) -> tuple[ClassStakes, ...]:
    """What is at stake in each class of the season, in three queries."""
    classes = RaceClass.objects.filter(season=season).select_related("season")
    return tuple(
        ClassStakes(
            race_class_name=row.name,
            style_key=row.style_key,
            for_overall_victory=row.for_overall_victory,
            titles=series([f"{title.group} {title.contender}".strip() for title in row.titles.all()]),
            prizes=tuple(_prize(prize, title, row) for title in row.titles.all() for prize in title.invitations.all()),
        )
        for row in classes.prefetch_related("titles__invitations")
    )


def _title_name(title: Title, race_class: RaceClass) -> str:
    """As in a sentence: `LMP2 teams’ title`, with a group `LMP2 Am drivers’ title`."""
    words = (race_class.name, title.group, f"{title.contender}’ title")
    return " ".join(word for word in words if word)


def _prize(prize: Invitation, title: Title, race_class: RaceClass) -> TitlePrize:
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
    )
