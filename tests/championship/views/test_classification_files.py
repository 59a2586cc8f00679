"""The classification as CSV and JSON."""

import csv
import io
from datetime import UTC, datetime

import msgspec
import pytest

from championship.selectors.classification_files import ClassificationDocument, schema
from tests import result_factories as results
from tests.json_schema import complaints
from tests.reading import links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
PATH = "/2030-31/event-1/race-1"


@pytest.fixture(autouse=True)
def _after_the_season_of_the_factories(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def race():
    return results.make_racing_season(rounds=1).rounds.get()


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline=""), strict=True))


def test_the_csv_has_places_gaps_points_and_the_version_in_every_row(client, race):
    penalty = results.make_decision(race.race_session, "22", {"kind": "time_added", "time": 5_000})
    results.make_pole(race, "22")
    results.publish_results(race, ["7", "22"], not_classified=["99"], decisions=[penalty])
    response = client.get(f"{PATH}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="2030-31-event-1-race-1.csv"'
    first, second, third = rows_of(response)
    car = {name: second[name] for name in list(second)[:31]}
    assert (car.pop("team")[:5], car.pop("car_model"), car.pop("manufacturer")) == ("Team ", "Oreca-07", "Oreca")
    assert car == {
        "position": "2",
        "class_position": "2",
        "car_number": "22",
        "race_class": "LMP2",
        "team_country": "DE",
        "status": "Classified",
        "laps": "100",
        "total_time_ms": "12025000",
        "total_time": "3:20:25.000",
        "gap_laps": "0",
        "gap_ms": "15000",
        "interval_laps": "0",
        "interval_ms": "15000",
        "class_gap_laps": "0",
        "class_gap_ms": "15000",
        "class_interval_laps": "0",
        "class_interval_ms": "15000",
        "best_lap_ms": "110200",
        "best_lap": "1:50.200",
        "best_lap_number": "2",
        "place_points": "18",
        "pole_points": "1",
        "points": "19",
        "decisions": "car-22",
        "version": "1",
        "classification_status": "official",
        "published_at": "2030-12-05T10:00:00+00:00",
        "published_precision": "minute",
    }
    assert (first["gap_laps"], first["gap_ms"], first["points"]) == ("", "", "25")
    assert (third["status"], third["class_position"], third["points"]) == ("Not classified", "", "0")
    assert (second["nationality_1"], second["driver_3"]) == ("FR", "")
    assert second["driver_1"].startswith("Ada Seat")


def test_the_files_of_a_version_stay(client, race):
    results.publish_results(race, ["7", "22"], status="provisional")
    results.publish_results(race, ["22", "7"], cause="Car 7 was too low")
    newest, first = client.get(f"{PATH}.json").json(), client.get(f"{PATH}/v1.json").json()
    assert (newest["version"], newest["status"], newest["cause"]) == (2, "official", "Car 7 was too low")
    assert (first["version"], first["is_newest"], newest["is_newest"]) == (1, False, True)
    assert [[car["car_number"] for car in document["results"]] for document in (newest, first)] == [
        ["22", "7"],
        ["7", "22"],
    ]
    response = client.get(f"{PATH}/v1.csv")
    assert response["Content-Disposition"] == 'attachment; filename="2030-31-event-1-race-1-v1.csv"'
    assert [row["points"] for row in rows_of(response)] == ["25", "18"]


def test_a_team_that_looks_like_a_formula_is_neutral(client, race):
    team = race.season.entries.get(car_number="7").team
    team.name = "=1+1"
    team.save()
    results.publish_results(race, ["7"])
    assert rows_of(client.get(f"{PATH}.csv"))[0]["team"] == "'=1+1"


def test_the_json_is_what_the_published_schema_says(client, real_results):
    published = client.get("/data/classification.schema.json")
    assert published["Content-Type"] == "application/schema+json"
    for path in ("/2023-24/abu-dhabi/race-2.json", "/2023-24/abu-dhabi/race-2/v1.json?class=gt"):
        response = client.get(path)
        assert response["Content-Type"] == "application/json"
        assert response["Link"] == '</data/classification.schema.json>; rel="describedby"'
        assert complaints(response.json(), published.json()) == []
        assert msgspec.json.decode(response.content, type=ClassificationDocument).count == len(
            response.json()["results"]
        )
    document = client.get("/2023-24/abu-dhabi/race-2.json?class=lmp2").json()
    assert (document["race_class"], document["count"], document["total"], document["round"]) == ("lmp2", 13, 40, 5)
    assert [one["slug"] for one in document["decisions"]] == ["car-24", "car-3"]
    assert document["document_number"] is None
    car = next(car for car in document["results"] if car["car_number"] == "24")
    assert (car["points"], car["class_gap"], car["decisions"]) == ("6", {"laps": 1, "time": None}, ["car-24"])


def test_a_document_that_breaks_the_schema_is_noticed(client, race):
    results.publish_results(race, ["7", "22"])
    broken = client.get(f"{PATH}.json").json()
    broken["version"] = 0
    broken["results"][0]["car_number"] = 7
    broken["results"][1]["points"] = 18
    del broken["status"]
    assert len(complaints(broken, schema())) == 4


def test_the_data_page_offers_every_result_and_says_what_stands_in_it(client, race):
    results.publish_results(race, ["7", "22"])
    response = client.get("/data/")
    text = text_of(response)
    assert {f"{PATH}/", f"{PATH}.csv", f"{PATH}.json", "/data/classification.schema.json"} <= set(links_of(response))
    header = client.get(f"{PATH}.csv").content.decode().splitlines()[0].split(",")
    assert [column for column in header[:33] if column not in text] == []
    head = schema()["$defs"]["ClassificationDocument"]["properties"]
    assert [name for name in head if name not in text] == []


def test_three_results_cost_the_data_page_no_more_queries_than_one(client):
    season = results.make_racing_season(rounds=3)
    counts = []
    for race in season.rounds.all():
        results.publish_results(race, ["7"])
        counts.append(queries_of(client, "/data/"))
    assert counts[0] == counts[2] <= 12
