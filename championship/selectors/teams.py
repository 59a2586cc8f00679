"""Teams: who is listed now, and what one team entered."""

from dataclasses import dataclass

from championship.models import EntryListLine, Team
from championship.rules.text import fold
from championship.selectors.appearances import (
    SeasonOfCars,
    appearances,
    by_season,
    in_order_of_events,
    newest_season,
)
from championship.selectors.careers import Career, team_career
from championship.selectors.entry_lines import EntryLine, country_name, entry_line
from championship.selectors.pictures import ShownPicture, shown_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamItem:
    """A team in the list of teams, with its cars in the newest season in which it is listed."""

    name: str
    url: str
    country: str
    country_name: str
    season_label: str
    cars: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """A team; `also_listed_as` are the other spellings of its name, `seasons` is empty when no newest list has it."""

    name: str
    country: str
    country_name: str
    also_listed_as: tuple[str, ...]
    seasons: tuple[SeasonOfCars, ...]
    career: Career
    logo: ShownPicture | None


def team_items() -> tuple[TeamItem, ...]:
    """Teams with a car on a newest published list, by name; one query.

    A team that was on an older list only keeps its page, so that no address dies, but it is not shown here.
    """
    rows = list(in_order_of_events(EntryListLine.objects.on_newest_lists().without_crew()))
    cars = newest_season(rows, lambda row: row.team_id)
    teams = {row.team_id: row.team for row in rows}
    items = [_item(teams[key], lines) for key, lines in cars.items()]
    return tuple(sorted(items, key=lambda item: fold(item.name)))


def team_page(slug: str) -> TeamPage | None:
    """The page of one team; None until a published list or classification names it."""
    known = Team.shown_to_readers().filter(slug=slug)
    team = known.select_related("logo").prefetch_related("aliases").first()
    if team is None:
        return None
    found = appearances(EntryListLine.objects.filter(team=team))
    names = {alias.name for alias in team.aliases.all()} | {one.line.team_name for one in found}
    return TeamPage(
        name=team.name,
        country=str(team.country),
        country_name=country_name(str(team.country)),
        also_listed_as=tuple(sorted(names - {team.name}, key=fold)),
        seasons=by_season(found),
        career=team_career(team),
        logo=shown_picture(team.logo),
    )


def _item(team: Team, rows: list[EntryListLine]) -> TeamItem:
    return TeamItem(
        name=team.name,
        url=team.get_absolute_url(),
        country=str(team.country),
        country_name=country_name(str(team.country)),
        season_label=rows[0].race_class.season.label,
        cars=tuple(entry_line(row, with_crew=False) for row in rows),
    )
