"""The season 2023/24 against what others counted and printed: every figure that is on record comes out of the files."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.http import QueryDict

from championship.models import Driver, Season, StandingList
from championship.rules.text import fold
from championship.selectors.standings import title_standings_page
from tests.season import write

pytestmark = pytest.mark.django_db

TABLES = Path(__file__).parent / "golden" / "2023-24-standings.csv"
"""Counted from the same results and poles by others, no official table: `6+1` are points for a place and a pole."""

TITLES = ["lmp2-teams", "lmp2-drivers", "lmp3-teams", "lmp3-drivers", "gt-teams", "gt-drivers"]

# Between the provisional and the official version of round 5, and a day later.
BEFORE_THE_PENALTIES = datetime(2024, 2, 11, 17, tzinfo=UTC)
AFTER_THE_PENALTIES = datetime(2024, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def season(season_rows, django_db_blocker):
    """The whole season, once for this module: its tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        write(season_rows)
        yield Season.objects.get(slug="2023-24")
        transaction.set_rollback(True)


def table(season, title, after=5, moment=AFTER_THE_PENALTIES, basis="all"):
    """The newest table of a title after a round, as it was known at `moment`."""
    race_class, contender = title.split("-")
    lists = StandingList.objects.newest(moment).filter(
        title__race_class__season=season, title__race_class__slug=race_class, title__contender=contender
    )
    return lists.get(round__number=after, basis=basis)


def lines(*args, **kwargs):
    """Of each contender (car number or slug) its line."""
    rows = table(*args, **kwargs).standings.select_related("entry", "driver")
    return {row.entry.car_number if row.entry else row.driver.slug: row for row in rows}


def expected(title):
    with TABLES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["title"] == title]
    return [
        (row["position"], row["contender"], *(row[f"round_{number}"] for number in range(1, 6)), row["points"])
        for row in rows
    ]


def slugs_by_name():
    """Every name and alias of a driver, however it is written, with the slugs of those who bear it."""
    found = {}
    for driver in Driver.objects.prefetch_related("aliases"):
        for name in (str(driver), *(alias.name for alias in driver.aliases.all())):
            found.setdefault(fold(name), set()).add(driver.slug)
    return found


def in_figures(cell):
    if not cell.took_part:
        return ""
    pole = f"+{cell.pole_points:.0f}" if cell.pole_points else ""
    return f"{cell.place_points:.0f}{pole}"


def shown(title):
    """What the page of a title shows, line by line."""
    page = title_standings_page(season="2023-24", title=title, data=QueryDict())
    return [
        (
            str(line.position),
            line.contender.key,
            *(in_figures(cell) for cell in line.cells),
            f"{line.points:.0f}",
        )
        for line in page.lines
    ]


@pytest.mark.parametrize("title", ["lmp2-teams", "lmp3-teams", "gt-teams"])
def test_every_car_has_its_points_of_every_round_and_its_position(season, title):
    assert shown(title) == expected(title)


@pytest.mark.parametrize("title", ["lmp2-drivers", "lmp3-drivers", "gt-drivers"])
def test_every_driver_has_the_points_of_the_rounds_driven_and_the_position(season, title):
    known = slugs_by_name()
    wanted = [
        (position, *known.get(fold(name), {f"nobody is called {name}"}), *rest)
        for position, name, *rest in expected(title)
    ]
    assert sorted(shown(title)) == sorted(wanted)


# (after round, title, car, points): printed by newspapers.
PRINTED_POINTS = [
    (2, "gt-teams", "42", 44),  # autoaktuell.at
    (2, "gt-teams", "91", 33),  # autoaktuell.at
    (2, "lmp2-teams", "99", 43),  # paddocknews24.com
    (2, "lmp2-teams", "4", 33),  # paddocknews24.com
    (4, "lmp2-teams", "4", 73),  # fast-mag.com
]


@pytest.mark.parametrize(("after", "title", "car", "points"), PRINTED_POINTS)
def test_printed_points_come_out(season, after, title, car, points):
    assert lines(season, title, after)[car].points == points


# (after round, title): {(car in front, car behind): gap}, printed by newspapers and the organiser.
PRINTED_GAPS = [
    (3, "lmp2-teams", {("99", "4"): 20}),  # pellemotorsport.com; omanobserver.om
    (4, "lmp3-teams", {("2", "17"): 1}),  # fast-mag.com
    (4, "gt-teams", {("91", "88"): 9}),  # fast-mag.com
    (5, "gt-teams", {("91", "88"): 2}),  # italian-endurance.com
    (5, "lmp3-teams", {("17", "2"): 3}),  # sport-auto.ch
]


@pytest.mark.parametrize(("after", "title", "gaps"), PRINTED_GAPS)
def test_printed_gaps_come_out(season, after, title, gaps):
    rows = lines(season, title, after)
    assert {(front, behind): rows[front].points - rows[behind].points for front, behind in gaps} == gaps


# (title, car, position) after round 5.
PRINTED_POSITIONS = [
    ("lmp2-teams", "22", 2),  # motor-freizeit-trends.at; motorsport-xl.de
    ("lmp2-teams", "99", 3),  # omanobserver.om
    ("gt-teams", "42", 3),  # lemans.org
]


@pytest.mark.parametrize(("title", "car", "position"), PRINTED_POSITIONS)
def test_printed_positions_come_out(season, title, car, position):
    assert lines(season, title)[car].position == position


@pytest.mark.parametrize(("title", "car"), [("lmp2-teams", "4"), ("lmp3-teams", "17"), ("gt-teams", "91")])
def test_the_champions_are_those_that_the_organiser_named(season, title, car):
    """lemans.org"""
    rows = lines(season, title)
    assert {row.entry.car_number for row in rows.values() if row.is_champion} == {car}
    assert rows[car].position == 1
    assert table(season, title).title_state == StandingList.TitleState.AWARDED


def test_a_crew_that_shared_all_rounds_shares_the_drivers_title(season):
    assert {
        title: sorted(slug for slug, row in lines(season, title).items() if row.is_champion)
        for title in TITLES
        if title.endswith("drivers")
    } == {
        "lmp2-drivers": ["colin-braun", "george-kurtz", "malthe-jakobsen"],
        "lmp3-drivers": ["alexander-bukhantsov", "james-winslow"],
        "gt-drivers": ["alex-malykhin", "joel-sturm", "klaus-bachler"],
    }


def test_before_the_penalties_gt_was_six_points_apart_and_is_two_since(season):
    """lemans.org before, italian-endurance.com after."""
    gaps = []
    for moment in (BEFORE_THE_PENALTIES, AFTER_THE_PENALTIES):
        rows = lines(season, "gt-teams", moment=moment)
        gaps.append(rows["91"].points - rows["88"].points)
    assert gaps == [6, 2]


def test_the_penalties_moved_car_22_past_car_99(season):
    before, after = (
        {car: (row.position, row.points) for car, row in lines(season, "lmp2-teams", moment=moment).items()}
        for moment in (BEFORE_THE_PENALTIES, AFTER_THE_PENALTIES)
    )
    assert {car: before[car] for car in ("4", "22", "99")} == {"4": (1, 81), "99": (2, 70), "22": (3, 68)}
    assert {car: after[car] for car in ("4", "22", "99")} == {"4": (1, 83), "22": (2, 71), "99": (3, 70)}


@pytest.mark.parametrize("title", TITLES)
def test_titles_were_decided_subject_to_official_results_before_the_penalties(season, title):
    assert table(season, title, moment=BEFORE_THE_PENALTIES).title_state == "subject"
    official = StandingList.objects.newest(BEFORE_THE_PENALTIES).filter(basis="official")
    assert set(official.values_list("round__number", flat=True)) == {1, 2, 3, 4}


@pytest.mark.parametrize("title", TITLES)
def test_official_tables_equal_those_of_all_results_once_all_are_official(season, title):
    for after in range(1, 6):
        rows = [
            [(line.position, line.entry_id, line.driver_id, line.points) for line in found.standings.all()]
            for found in (table(season, title, after), table(season, title, after, basis="official"))
        ]
        assert rows[0] == rows[1]
