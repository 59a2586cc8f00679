"""A total is the sum of its rounds, in every table, and whatever becomes of cars, crews and classes."""

from datetime import UTC, datetime

import pytest

from championship.models import Entry
from championship.services import standings
from championship.services.results_check import findings
from tests import factories as make
from tests import result_factories as results
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_season(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def season():
    return results.make_racing_season()


def table(client, title: str) -> dict[str, tuple[float, dict[int, float]]]:
    """Of every contender the total and the points by round, as the JSON document has them."""
    lines = client.get(f"/2030-31/standings/{title}.json").json()["standings"]
    return {
        line["car_number"] or line["driver_slug"]: (
            float(line["points"]),
            {each["round"]: float(each["points"]) for each in line["rounds"]},
        )
        for line in lines
    }


def test_who_drove_another_car_has_no_part_in_the_pole_of_a_car_that_did_not_race(client, season):
    """Sporting-rules 2.5: the crew of the event without those who drove another car."""
    first, _ = season.rounds.order_by("number")
    absent, other = (seat.driver for seat in results.car_at(first.race_session, "99").crew.order_by("seat"))
    results.make_pole(first, "99")
    results.publish_results(first, ["7", "22"], drivers={"7": [other]})
    found = table(client, "lmp2-drivers")
    assert found[other.slug] == (25, {1: 25})
    assert found[absent.slug] == (1, {1: 1})
    assert all(total == sum(by_round.values()) for total, by_round in found.values())
    assert table(client, "lmp2-teams")["99"] == (1, {1: 1})


def test_a_car_that_changes_its_class_keeps_what_it_got_in_the_former(client, season):
    first, second = season.rounds.order_by("number")
    results.make_pole(first, "99")
    results.publish_results(first, ["7", "22"])
    gt = make.make_race_class(season, "GT", position=2)
    make.make_title(gt, "teams")
    make.make_title(gt, "drivers")
    Entry.objects.filter(car_number__in=["7", "99"]).update(race_class=gt)
    results.publish_results(second, ["22", "7", "99"])
    assert table(client, "lmp2-teams") == {"22": (43, {1: 18, 2: 25}), "7": (25, {1: 25}), "99": (1, {1: 1})}
    assert table(client, "gt-teams") == {"7": (25, {2: 25}), "99": (18, {2: 18})}
    for title in ("lmp2-drivers", "gt-drivers"):
        found = table(client, title)
        assert found
        assert all(total == sum(by_round.values()) for total, by_round in found.values())
    fights = text_of(client.get("/2030-31/title-fight/"))
    assert "is the champion with 43 points, 18 ahead of car 7." in fights
    assert "is the champion with 25 points, 7 ahead of car 99." in fights
    standings.refresh(season, cause="Nothing")
    assert findings(season) == []
