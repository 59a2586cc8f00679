import pytest

from championship.models import Score, StandingList
from championship.services import standings
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    """Two rounds and three cars of one class, with titles for teams and drivers."""
    season = make.make_season()
    make.make_points_settings(season)
    lmp2 = make.make_race_class(season)
    make.make_title(lmp2, "teams")
    make.make_title(lmp2, "drivers")
    event = make.make_event(season)
    for number in ("7", "22", "99"):
        make.make_event_entry(event, make.make_entry(lmp2, number), crew=2)
    make.make_round(event, 1)
    make.make_round(event, 2)
    return season


def table(season, round_number, *, contender="teams", basis="all"):
    found = StandingList.objects.filter(
        title__contender=contender, round__number=round_number, basis=basis, round__season=season
    ).latest("version")
    return [
        (line.position, line.entry.car_number if line.entry else line.driver.slug, line.points)
        for line in found.standings.all()
    ]


def test_publishing_a_round_makes_the_tables_after_it(season):
    first = season.rounds.get(number=1)
    results.make_pole(first, "22")
    results.publish_results(first, ["7", "22", "99"])
    assert table(season, 1) == [(1, "7", 25), (2, "22", 19), (3, "99", 15)]
    assert [points for _, _, points in table(season, 1, contender="drivers")] == [25, 25, 19, 19, 15, 15]


def test_a_second_refresh_writes_nothing(season):
    results.publish_results(season.rounds.get(number=1), ["7", "22", "99"])
    before = list(StandingList.objects.values_list("pk", flat=True)), list(Score.objects.values_list("pk", flat=True))
    assert standings.refresh(season, cause="Again") == []
    after = list(StandingList.objects.values_list("pk", flat=True)), list(Score.objects.values_list("pk", flat=True))
    assert after == before
