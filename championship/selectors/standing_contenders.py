"""Who stands in a table: a car of a teams' title, or a driver of a drivers' title."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from championship.models import Adjustment, Standing, Title
from championship.selectors.entry_lines import country_name
from championship.selectors.text import plain, series

# More names than this in one sentence are counted instead.
MOST_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """`key` is the car number in a teams' title, the slug of the driver in a drivers' title.

    `cars` are the numbers that it scored with. `name` is the team's or the driver's, `mention` is how a sentence
    calls the contender.
    """

    key: str
    name: str
    short_name: str
    mention: str
    url: str
    team: str
    country: str
    country_name: str
    car_number: str
    cars: tuple[str, ...] = ()

    @property
    def is_driver(self) -> bool:
        return not self.car_number

    @property
    def anchor(self) -> str:
        return f"why-{self.key}"


def key_of(row: Standing | Adjustment) -> str:
    """The key of the contender of a line or an adjustment that was fetched with its entry and driver."""
    return row.entry.car_number if row.entry else row.driver.slug


def contender(row: Standing, season: str, cars: Sequence[str] = ()) -> Contender:
    """Shape the contender of a line that was fetched with `entry__team` and `driver`."""
    if row.entry:
        team = row.entry.team
        number = row.entry.car_number
        return Contender(
            key=number,
            name=team.name,
            short_name=team.name,
            mention=f"car {number}",
            url=reverse("entry", args=[season, number]),
            team=team.slug,
            country=str(team.country),
            country_name=country_name(str(team.country)),
            car_number=number,
            cars=(number,),
        )
    driver = row.driver
    return Contender(
        key=driver.slug,
        name=driver.name,
        short_name=f"{driver.given_name[:1]}. {driver.family_name}",
        mention=driver.name,
        url=driver.get_absolute_url(),
        team="",
        country=str(driver.country),
        country_name=country_name(str(driver.country)),
        car_number="",
        cars=tuple(cars),
    )


def is_for_teams(title: Title) -> bool:
    return title.contender == Title.Contender.TEAMS


def mentions(contenders: Sequence[Contender]) -> str:
    """Contenders as a sentence lists them: `cars 4 and 22`, `Ben Hanley, Charlie Eastwood and Viktor Shaytar`."""
    if len(contenders) > MOST_NAMES:
        noun = "drivers" if contenders[0].is_driver else "cars"
        return f"{len(contenders)} {noun}"
    if len(contenders) > 1 and not contenders[0].is_driver:
        return f"cars {series([one.car_number for one in contenders])}"
    return series([one.mention for one in contenders])


def points_text(points: Decimal) -> str:
    """`83`, `62.5`, `−3` with the sign that type has for it."""
    return plain(points).replace("-", "\N{MINUS SIGN}")


def in_points(points: Decimal) -> str:
    """`1 point`, `62.5 points`."""
    return f"{points_text(points)} point{'' if abs(points) == 1 else 's'}"
