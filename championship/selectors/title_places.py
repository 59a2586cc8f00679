"""Where somebody stands in the titles of a season."""

from dataclasses import dataclass

from django.urls import reverse

from championship.models import Standing, StandingList
from championship.selectors.standing_contenders import in_points
from championship.selectors.text import ordinal


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePlace:
    """Where somebody stands in a title: `text` is `2nd with 71 points`, or `excluded`.

    `car_number` is that of the contender in a teams' title, "" in a drivers' title. `is_won` only once the title is
    awarded, for its holder.
    """

    season: str
    season_label: str
    title_name: str
    url: str
    race_class_name: str
    style_key: str
    car_number: str
    text: str
    after_round: int
    is_won: bool


def title_place(row: Standing) -> TitlePlace:
    """Shape a row of `latest_standings()` that was fetched with its entry."""
    table = row.standing_list
    race_class = table.title.race_class
    return TitlePlace(
        season=race_class.season.slug,
        season_label=race_class.season.label,
        title_name=table.title.name,
        url=reverse("title_standings", args=[race_class.season.slug, table.title.slug]),
        race_class_name=race_class.name,
        style_key=race_class.style_key,
        car_number=row.entry.car_number if row.entry else "",
        text=f"{ordinal(row.position)} with {in_points(row.points)}" if row.position else "excluded",
        after_round=table.round.number,
        is_won=row.is_champion and table.title_state == StandingList.TitleState.AWARDED,
    )
