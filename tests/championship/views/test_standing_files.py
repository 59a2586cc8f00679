"""The table of a title as CSV and JSON."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from championship.models import Adjustment, Title
from championship.selectors.standing_files import StandingsDocument, schema
from championship.services import standings
from tests import factories as make
from tests import result_factories as results
from tests.json_schema import complaints
from tests.reading import links_of, text_of

pytestmark = pytest.mark.django_db
CSV = "/2030-31/standings/lmp2-teams.csv"
JSON = "/2030-31/standings/lmp2-teams.json"


@pytest.fixture(autouse=True)
def _after_the_season(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def season():
    """Car 7 won round 1 before 22 and 99; round 2 is provisional: 22 won from pole, 7 retired, 99 was not there."""
    season = results.make_racing_season()
    first, second = season.rounds.order_by("number")
    season.entries.filter(car_number="22").update(team=make.make_team("formula", name="=SUM(1)", country="GB"))
    results.publish_results(first, ["7", "22", "99"])
    results.make_pole(second, "22")
    results.publish_results(second, ["22"], not_classified=["7"], status="provisional")
    return season


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline=""), strict=True))


def test_the_csv_has_a_row_for_every_contender_with_the_state_of_the_table(client, season):
    response = client.get(CSV)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="2030-31-lmp2-teams.csv"'
    assert response.content.startswith(b"position,")
    first, second, third = rows_of(response)
    assert first == {
        "position": "1",
        "car_number": "22",
        "team": "'=SUM(1)",
        "driver": "",
        "country": "GB",
        "points": "44",
        "champion": "yes",
        "round_1_points": "18",
        "round_1_position": "2",
        "round_2_points": "26",
        "round_2_position": "1",
        "title": "lmp2-teams",
        "title_state": "subject",
        "after_round": "2",
        "basis": "all",
        "version": "1",
        "published_at": "2031-01-02T10:00:00Z",
        "published_precision": "minute",
    }
    assert [(row["round_2_points"], row["round_2_position"]) for row in (second, third)] == [("0", ""), ("", "")]


def test_the_csv_of_drivers_has_their_names(client, season):
    row = rows_of(client.get("/2030-31/standings/lmp2-drivers.csv"))[0]
    assert (row["car_number"], row["team"], row["position"], row["points"]) == ("", "", "1", "44")
    assert row["driver"].startswith("Ada Seat ")


def test_files_follow_the_same_choice_as_the_page(client, season):
    assert "round_2_points" not in rows_of(client.get(f"{CSV}?after=1"))[0]
    official = client.get(f"{JSON}?official=1").json()
    assert (official["basis"], official["after_round"], official["title_state"]) == ("official", 1, "open")
    assert [one["round"] for one in official["rounds"]] == [1]


def test_the_json_has_every_round_of_every_contender(client, season):
    document = client.get(JSON).json()
    assert document["rounds"] == [
        {"round": 1, "name": "4 Hours of Event-1, Race 1", "result_state": "official", "result_version": 1},
        {"round": 2, "name": "4 Hours of Event-2, Race 2", "result_state": "provisional", "result_version": 1},
    ]
    first = document["standings"][0]
    assert (first["position"], first["car_number"], first["team_slug"], first["points"]) == (1, "22", "formula", "44")
    assert first["rounds"][1] == {
        "round": 2,
        "car_number": "22",
        "class_position": 1,
        "scoring_position": 1,
        "place_points": "25",
        "pole_points": "1",
        "points": "26",
        "pole_position": True,
        "dropped": False,
    }
    assert [one["round"] for one in document["standings"][2]["rounds"]] == [1]


def test_numbers_in_json_are_exact_and_adjustments_have_their_reasons(client, season):
    title = Title.objects.get(race_class__season=season, contender="teams")
    car, first = season.entries.get(car_number="7"), season.rounds.first()
    deduction = {"kind": "deduction", "points": Decimal("30.5"), "reason": "Fuel"}
    Adjustment.objects.create(title=title, entry=car, round=first, **deduction)
    standings.refresh(season, cause="Decision")
    last = client.get(JSON).json()["standings"][-1]
    assert (last["car_number"], last["points"]) == ("7", "-5.5")
    assert last["adjustments"] == ["30.5 points deducted as of round 1: Fuel"]


@pytest.mark.parametrize("path", [JSON, "/2030-31/standings/lmp2-drivers.json", f"{JSON}?after=1&official=1"])
def test_the_json_is_what_the_published_schema_says(client, season, path):
    response = client.get(path)
    published = client.get("/data/standings.schema.json")
    assert response["Content-Type"] == "application/json"
    assert response["Link"] == '</data/standings.schema.json>; rel="describedby"'
    assert published["Content-Type"] == "application/schema+json"
    assert complaints(response.json(), published.json()) == []
    assert msgspec.json.decode(response.content, type=StandingsDocument).season == "2030-31"


def test_a_document_that_breaks_the_schema_is_noticed(client, season):
    broken = json.loads(client.get(JSON).content)
    broken["title_state"] = "won"
    broken["standings"][0]["points"] = 44
    del broken["version"]
    assert len(complaints(broken, schema())) == 3


def test_the_data_page_offers_every_title_and_says_what_stands_in_the_files(client, season, settings):
    response = client.get("/data/")
    text = text_of(response)
    assert {CSV, JSON, "/2030-31/standings/lmp2-drivers.csv", "/data/standings.schema.json"} <= set(links_of(response))
    header = client.get(CSV).content.decode().splitlines()[0].split(",")
    assert [name for name in header if name not in text and not name.startswith("round_2")] == []
    settings.SITE_NOW = datetime(2030, 11, 1, tzinfo=UTC)
    assert "No tables yet" in text_of(client.get("/data/"))
