"""The entry list as CSV and JSON, and the page about the files."""

import csv
import io
import json
from datetime import UTC, date, datetime

import msgspec
import pytest

from championship.models import Season
from championship.selectors.entry_list_files import EntryListDocument, neutral, schema
from tests import factories as make
from tests.json_schema import complaints
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
PATHS = ["/2023-24/entries.json", "/2023-24/sepang/entries.json", "/2023-24/dubai/entries.json?class=gt&q=project"]


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline=""), strict=True))


# CSV


def test_the_csv_has_a_row_for_every_car(client, real_season):
    response = client.get("/2023-24/entries.csv")
    rows = rows_of(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="2023-24-entries.csv"'
    assert list(rows[0])[:14] == [
        "car_number",
        "race_class",
        "team",
        "team_country",
        "car_model",
        "manufacturer",
        "status",
        "withdrawn_on",
        "withdrawal_reason",
        "revision",
        "list_status",
        "driver_1",
        "rating_1",
        "nationality_1",
    ]
    classes = [row["race_class"] for row in rows]
    assert {name: classes.count(name) for name in classes} == {"LMP2": 11, "LMP3": 5, "GT": 23}
    assert {row["manufacturer"] for row in rows if row["race_class"] == "LMP2"} == {"Oreca"}
    car = next(row for row in rows if row["car_number"] == "99")
    assert (car["team"], car["driver_3"], car["nationality_2"]) == ("99 Racing", "Louis Delétraz", "")


def test_the_csv_of_an_event_says_who_was_withdrawn(client, real_season):
    response = client.get("/2023-24/dubai/entries.csv")
    assert response["Content-Disposition"] == 'attachment; filename="2023-24-dubai-entries.csv"'
    assert [row["car_number"] for row in rows_of(response) if row["status"] == "withdrawn"] == ["56"]
    assert len(rows_of(response)) == 42


def test_the_csv_says_of_which_revision_it_is_and_what_is_on_record_of_a_withdrawal(client, settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    season = make.make_season()
    race_class = make.make_race_class(season)
    make.make_entry(race_class, "7")
    gone = make.make_entry(race_class, "8")
    make.publish_list(season)
    gone.status, gone.withdrawn_on, gone.withdrawal_reason = "withdrawn", date(2030, 11, 20), "=Funds"
    gone.save()
    make.publish_list(season)
    columns = ("car_number", "revision", "list_status", "withdrawn_on", "withdrawal_reason")
    assert [tuple(row[name] for name in columns) for row in rows_of(client.get("/2030-31/entries.csv"))] == [
        ("7", "2", "provisional", "", ""),
        ("8", "2", "provisional", "2030-11-20", "'=Funds"),
    ]


def test_filters_take_rows_away_and_no_column(client, real_season):
    every, some = (client.get(f"/2023-24/entries.csv{query}") for query in ("", "?class=lmp3&utm_source=x"))
    assert every.content.splitlines()[0] == some.content.splitlines()[0]
    assert {row["race_class"] for row in rows_of(some)} == {"LMP3"}


def test_the_csv_begins_with_its_first_column_and_not_with_a_mark(client, real_season):
    assert client.get("/2023-24/entries.csv").content.startswith(b"car_number,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@x"])
def test_a_formula_is_neutral_and_comes_back_unchanged(text):
    cell = neutral(text)
    assert cell == f"'{text}"
    assert cell.removeprefix("'") == text


@pytest.mark.parametrize("text", ["", "D'Station", "'t Hoff", "99 Racing", "A=B", "Oreca 07 - Gibson"])
def test_a_text_that_is_no_formula_stays_as_it_is(text):
    assert neutral(text) == text


def test_names_that_look_like_formulas_are_neutral_in_the_file(client, settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    season = make.make_season()
    team = make.make_team("formula", name='=HYPERLINK("http://x.example")')
    make.make_entry(make.make_race_class(season), "7", team=team)
    make.publish_list(season)
    (row,) = rows_of(client.get("/2030-31/entries.csv"))
    assert row["team"] == '\'=HYPERLINK("http://x.example")'


# JSON


def test_the_json_carries_the_head_of_the_list_and_its_cars(client, real_season):
    answer = client.get("/2023-24/entries.json?class=LMP2&team=proton-competition").json()
    entries = answer.pop("entries")
    assert answer == {
        "season": "2023-24",
        "event": None,
        "revision": 1,
        "status": "provisional",
        "published_at": "2023-11-01T00:00:00Z",
        "published_precision": "month",
        "count": 2,
        "total": 39,
        "filters": {"class": ["lmp2"], "team": ["proton-competition"]},
    }
    assert [entry["car_number"] for entry in entries] == ["22", "55"]
    crew = entries[0].pop("crew")
    assert entries[0] == {
        "car_number": "22",
        "race_class": "LMP2",
        "team": "Proton Competition",
        "team_slug": "proton-competition",
        "team_country": "DE",
        "car_model": "Oreca 07 - Gibson",
        "manufacturer": "Oreca",
        "status": "entered",
        "withdrawn_on": None,
        "withdrawal_reason": "",
    }
    assert crew[2] == {
        "seat": 3,
        "status": "named",
        "driver": "René Binder",
        "driver_slug": "rene-binder",
        "rating": "gold",
        "nationality": "AT",
    }


def test_a_seat_to_be_announced_has_a_rating_and_no_driver(client, settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    season = make.make_season()
    make.make_entry(make.make_race_class(season), "7").crew.create(seat=1, status="to_be_announced", rating="bronze")
    make.publish_list(season)
    (entry,) = client.get("/2030-31/entries.json").json()["entries"]
    assert entry["crew"] == [
        {
            "seat": 1,
            "status": "to_be_announced",
            "driver": None,
            "driver_slug": None,
            "rating": "bronze",
            "nationality": "",
        }
    ]
    assert rows_of(client.get("/2030-31/entries.csv"))[0]["driver_1"] == "To be announced"


@pytest.mark.parametrize("path", PATHS)
def test_the_json_is_what_the_published_schema_says(client, real_season, path):
    response = client.get(path)
    published = client.get("/data/entry-list.schema.json")
    assert response["Content-Type"] == "application/json"
    assert response["Link"] == '</data/entry-list.schema.json>; rel="describedby"'
    assert published["Content-Type"] == "application/schema+json"
    assert complaints(response.json(), published.json()) == []
    assert msgspec.json.decode(response.content, type=EntryListDocument).count == len(response.json()["entries"])


def test_a_document_that_breaks_the_schema_is_noticed(client, real_season):
    document = client.get(PATHS[0]).json()
    broken = json.loads(json.dumps(document))
    broken["revision"] = 0
    broken["entries"][0]["car_number"] = 22
    broken["entries"][1]["crew"][0]["rating"] = "diamond"
    del broken["status"]
    broken["extra"] = ""
    assert len(complaints(broken, schema())) == 5


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_value_that_is_not_on_the_list_is_refused_in_words(client, real_season, ending):
    response = client.get(f"/2023-24/entries.{ending}?rating=x")
    message = "Rating “x” is not on this list. Known here: bronze, silver, gold, platinum."
    assert response.status_code == 400
    if ending == "json":
        assert response.json() == {"problems": [message]}
    else:
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode() == f"{message}\n"


# The page about the files


def test_the_data_page_offers_every_list_and_says_what_stands_in_it(client, real_season):
    response = client.get("/data/")
    text = text_of(response)
    assert head_of(response)["title"] == "Data · Asian Le Mans Series"
    for path in ("/2023-24/entries", "/2023-24/sepang/entries", "/2023-24/abu-dhabi/entries"):
        assert {f"{path}/", f"{path}.csv", f"{path}.json"} <= set(links_of(response))
    assert "/data/entry-list.schema.json" in links_of(response)
    header = client.get("/2023-24/entries.csv").content.decode().splitlines()[0].split(",")[:14]
    assert [column for column in header if column not in text] == []
    assert [name for name in schema()["$defs"]["EntryListDocument"]["properties"] if name not in text] == []
    assert "Decimal numbers, such as points or the length of a lap, are strings in JSON" in text
    assert "use them freely, without asking and without a fee" in text


def test_without_a_list_the_data_page_says_so(client):
    make.make_season()
    assert "No files yet" in text_of(client.get("/data/"))


def test_a_list_of_the_future_is_not_offered(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 11, 10, tzinfo=UTC)
    files = [link for link in links_of(client.get("/data/")) if link.endswith(".csv")]
    assert files == ["/2023-24/entries.csv"]


def test_three_lists_cost_the_data_page_no_more_queries_than_one(client, settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    counts = []
    for slug in ("2030-31", "2031-32", "2032-33"):
        season = make.make_season(slug)
        make.make_entry(make.make_race_class(season))
        make.publish_list(season)
        counts.append(queries_of(client, "/data/"))
    assert Season.objects.count() == 3
    assert counts[0] == counts[2] <= 12
