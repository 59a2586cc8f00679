import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from championship.models import EntryList, EventEntry
from championship.services import entry_lists
from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _after_the_season_of_the_factories(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


def plates_of(response) -> list[str]:
    """Car numbers in the table, from top to bottom."""
    table = re.search(r"<table.*</table>", response.content.decode(), re.DOTALL)
    return re.findall(r'class="plate-number">([^<]+)<', table.group()) if table else []


def publish(season, event=None, status=EntryList.Status.PROVISIONAL, **values):
    now = entry_lists.preview(season=season, event=event)
    values = {"published_precision": "minute", "note": "", "source": ""} | values
    values.setdefault("published_at", datetime(2030, 11, now.revision, 12, tzinfo=UTC))
    return entry_lists.freeze(
        season=season, event=event, revision=now.revision, status=status, lines=now.lines, **values
    )


# The packaged season


def test_the_season_list_shows_39_cars_by_class(client, real_season):
    response = client.get("/2023-24/entries/")
    text = text_of(response)
    assert len(plates_of(response)) == 39
    assert "39 cars: 11 LMP2, 5 LMP3, 23 GT, 5 joined later" in text
    assert "Provisional Revision r1 Published in November 2023" in text
    assert "39 of 39 cars" in text
    for row in ("LMP2 11 cars", "LMP3 5 cars", "GT 23 cars"):
        assert row in text
    assert "the day is not on record" in text


def test_the_season_list_names_who_joined_later_and_who_left(client, real_season):
    text = text_of(client.get("/2023-24/entries/")).partition("Since this list")[2]
    joined, _, left = text.partition("Left")
    assert re.findall(r"Car (\d+)", joined) == ["34", "47", "58", "98", "18"]
    assert "Nielsen Racing from 4 Hours of Dubai, round 3" in joined
    assert "Huber Motorsport from 4 Hours of Abu Dhabi, rounds 4 and 5" in joined
    assert re.findall(r"Car (\d+)", left) == ["37", "56"]
    assert "Craft-Bamboo Racing since 4 Hours of Dubai: no longer listed" in left
    assert "Team Project 1 since 4 Hours of Dubai: withdrawn, date and reason not on record" in left


def test_nobody_has_joined_before_the_lists_of_the_events_are_out(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 11, 15, tzinfo=UTC)
    assert "Since this list" not in text_of(client.get("/2023-24/entries/"))


@pytest.mark.parametrize(
    ("query", "cars"),
    [
        ("class=lmp2&manufacturer=oreca", 11),
        ("class=lmp3&manufacturer=ligier", 5),
        ("class=lmp2&class=lmp3", 16),
        ("team=proton-competition&class=LMP2", 2),
        ("q=007", 0),
    ],
)
def test_the_season_list_is_filtered_by_its_address(client, real_season, query, cars):
    response = client.get(f"/2023-24/entries/?{query}")
    assert len(plates_of(response)) == cars
    assert f"{cars} of 39 cars" in text_of(response)


def test_the_german_teams_are_found_by_country(client, real_season):
    response = client.get("/2023-24/entries/?team_country=DE")
    table = text_of(response).partition("Crew")[2].partition("Since this list")[0]
    teams = ("Proton Competition", "GetSpeed", "Attempto Racing", "Leipert", "Herberth", "Project 1", "Motopark")
    assert [team for team in teams if team not in table] == []
    assert plates_of(response) == ["22", "55", "9", "11", "19", "33", "56", "66", "75", "93"]


def test_a_number_finds_exactly_that_car(client, real_season):
    assert plates_of(client.get("/2023-24/dubai/entries/?q=7")) == ["7"]


def test_the_list_of_dubai_has_41_cars_and_the_withdrawn_one(client, real_season):
    response = client.get("/2023-24/dubai/entries/")
    text = text_of(response)
    assert len(plates_of(response)) == 42
    assert "Final Revision r1 Published on 24 January 2024 41 cars, 1 withdrawn: 13 LMP2, 6 LMP3, 22 GT" in text
    assert "41 of 41 cars" in text
    assert "GT 22 cars, 1 withdrawn" in text
    assert "Date and reason not on record Withdrawn" in text


def test_a_list_whose_day_is_unknown_says_by_when_it_was_out(client, real_season):
    assert "On record by 10 February 2024" in text_of(client.get("/2023-24/abu-dhabi/entries/"))


def test_the_entry_list_page_with_styles_and_scripts_stays_below_60_kb(client, real_season):
    page = client.get("/2023-24/entries/").content
    asked = set(re.findall(r'(?:href|src)="/(static/(?:css|js)/[^"]+)"', page.decode()))
    # What the page does not ask for, the officials' side has.
    assert {name for name in asked if "admin" in name} == set()
    assert len(asked) >= 8
    contents = [page, *((ROOT / name).read_bytes() for name in asked)]
    assert sum(len(gzip.compress(content)) for content in contents) <= 60_000


# What a page says about itself


def test_the_page_names_itself_and_leads_to_all_it_names(client, real_season):
    response = client.get("/2023-24/sepang/entries/?utm_source=x&class=GT")
    head = head_of(response)
    assert head["title"] == "Entry list, 4 Hours of Sepang (filtered) · Asian Le Mans Series"
    assert head["canonical"] == "http://testserver/2023-24/sepang/entries/?class=gt"
    assert head["description"].startswith("Entry list of 4 Hours of Sepang, final revision r1: 39 cars: 11 LMP2")
    assert {
        "/",
        "/2023-24/",
        "/2023-24/sepang/",
        "/2023-24/sepang/entries/",
        "/2023-24/sepang/entries/r1/",
        "/2023-24/sepang/entries/changes/",
        "/2023-24/sepang/entries.csv?class=gt",
        "/2023-24/sepang/entries.json?class=gt",
        "/2023-24/entries/33/",
        "/teams/herberth-motorsport/",
        "/cars/porsche-911-gt3-r/",
        "/drivers/antares-au/",
        "/data/",
    } <= set(links_of(response))


def test_every_name_on_the_list_leads_somewhere(client, real_season):
    found = {link.partition("#")[0] for link in links_of(client.get("/2023-24/dubai/entries/"))}
    inside = {link for link in found if re.match(r"/(teams|cars|2023-24)/", link)}
    assert len(inside) > 80
    assert {link: status for link in inside if (status := client.get(link).status_code) != 200} == {}


def test_a_value_nobody_knows_is_named_above_the_full_list(client, real_season):
    response = client.get("/2023-24/entries/?class=lmp9&team_country=DE")
    assert response.status_code == 200
    assert "Class “lmp9” is not on this list. Known here: lmp2, lmp3, gt." in text_of(response)
    assert len(plates_of(response)) == 39
    assert head_of(response)["canonical"] == "http://testserver/2023-24/entries/"
    assert "Clear all filters" in text_of(response)


def test_filters_that_no_car_passes_say_so_for_people(client, real_season):
    text = text_of(client.get("/2023-24/entries/?q=nobody"))
    assert "0 of 39 cars" in text
    assert "No car matches" in text


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "1" + "0" * 30, "x" * 8000, "a%0D%0Ab:c", "<script>"])
@pytest.mark.parametrize("list_file", ["entries/", "entries.csv", "entries.json"])
def test_nasty_values_are_answered(client, list_file, value):
    race_class = make.make_race_class(make.make_season())
    make.make_entry(race_class, "7", crew=3)
    publish(race_class.season)
    assert client.get(f"/2030-31/{list_file}").status_code == 200
    for name in ("q", "class", "team", "rating", "nonsense"):
        response = client.get(f"/2030-31/{list_file}?{name}={value}")
        assert response.status_code in (200, 400)
        assert "html" not in response["Content-Type"] or b"<script>" not in response.content


# Publication


@pytest.mark.parametrize(
    "path", ["/1999-00/entries/", "/2030-31/monza/entries/", "/2030-31/entries/r2/", "/2030-31/entries.csv"]
)
def test_what_does_not_exist_is_not_found(client, path):
    make.make_season()
    assert client.get(path).status_code == 404


def test_before_the_first_list_the_page_says_so(client):
    event = make.make_event(make.make_season())
    make.make_event_entry(event, make.make_entry(make.make_race_class(event.season), "7", crew=1))
    for path in ("/2030-31/entries/", "/2030-31/sepang/entries/", "/2030-31/entries/changes/"):
        text = text_of(client.get(path))
        assert "No entry list yet" in text
        assert "Car 7" not in text
    assert client.get("/2030-31/sepang/entries.json").status_code == 404
    assert client.get("/2030-31/sepang/entries/r1/").status_code == 404


def test_a_list_of_tomorrow_is_nowhere(client, settings):
    season = make.make_season()
    race_class = make.make_race_class(season)
    make.make_entry(race_class, "7")
    publish(season)
    make.make_entry(race_class, "8")
    publish(season)
    settings.SITE_NOW = datetime(2030, 11, 2, 11, 59, tzinfo=UTC)
    assert plates_of(client.get("/2030-31/entries/")) == ["7"]
    assert client.get("/2030-31/entries/r2/").status_code == 404
    assert "r2" not in text_of(client.get("/2030-31/entries/changes/"))
    settings.SITE_NOW = datetime(2030, 11, 2, 12, tzinfo=UTC)
    assert plates_of(client.get("/2030-31/entries/")) == ["7", "8"]


def test_a_revision_stays_as_it_was_and_points_to_the_newer_one(client):
    season = make.make_season()
    entry = make.make_entry(make.make_race_class(season), "7")
    publish(season)
    assert "This is the newest revision" in text_of(client.get("/2030-31/entries/r1/"))
    first = plates_of(client.get("/2030-31/entries/r1/"))
    entry.car_number = "8"
    entry.save()
    publish(season, status=EntryList.Status.FINAL)
    response = client.get("/2030-31/entries/r1/")
    assert plates_of(response) == first == ["7"]
    assert "This is not the newest revision. Go to r2, final." in text_of(response)
    assert "/2030-31/entries/" in links_of(response)


@pytest.mark.parametrize(
    ("precision", "words", "machine"),
    [
        ("minute", "Published 1 November 2030, 12:00 UTC", '"2030-11-01T12:00Z" data-local'),
        ("day", "Published on 1 November 2030", '"2030-11-01"'),
        ("month", "Published in November 2030", '"2030-11"'),
        ("latest", "On record by 1 November 2030", '"2030-11-01"'),
    ],
)
def test_the_moment_of_publication_is_as_precise_as_the_record(client, precision, words, machine):
    season = make.make_season()
    make.make_entry(make.make_race_class(season), "7")
    publish(season, published_precision=precision)
    response = client.get("/2030-31/entries/")
    assert words in text_of(response)
    assert f"<time datetime={machine}>" in response.content.decode()


# Changes


def test_one_revision_has_no_changes_yet(client, real_season):
    text = text_of(client.get("/2023-24/dubai/entries/changes/"))
    assert "4 Hours of Dubai: what changed" in text
    assert "This is the only revision so far, so nothing has changed yet." in text


def test_changes_are_told_revision_by_revision(client):
    season = make.make_season()
    event = make.make_event(season)
    lmp2 = make.make_race_class(season)
    seven = make.make_event_entry(event, make.make_entry(lmp2, "7", team=make.make_team("dkr")), crew=1)
    eight = make.make_event_entry(event, make.make_entry(lmp2, "8"))
    nine = make.make_event_entry(event, make.make_entry(lmp2, "9"))
    publish(season, event)
    eight.status = EventEntry.Status.WITHDRAWN
    eight.save()
    nine.delete()
    seven.listed_country = "CH"
    seven.save()
    seven.crew.update(driver=make.make_driver("max-new"), rating="gold", nationality="GB")
    make.make_event_entry(event, make.make_entry(lmp2, "10"))
    publish(season, event)
    publish(season, event, status=EntryList.Status.FINAL)
    text = text_of(client.get("/2030-31/sepang/entries/changes/"))
    assert text.index("From r2 to r3") < text.index("From r1 to r2") < text.index("r1, the first list")
    assert "The cars and crews are the same; the list became final." in text
    assert "2 cars, 1 withdrawn 1 added, 1 removed, 1 withdrawn and 1 changed" in text
    assert "Team country: was Germany → is now Switzerland" in text
    assert "Bronze, France → is now Max New, Gold, United Kingdom" in text
    assert re.search(r"Withdrawn Car 8 .* Date and reason not on record", text)
    assert re.search(r"No longer on the list Car 9 ", text)
    assert re.search(r"Added Car 10 ", text)


# Queries


def fill(season, cars):
    """As many cars on the season's list and, joined later, on an event's list, in two revisions each."""
    classes = [make.make_race_class(season, name, place) for place, name in enumerate(("LMP2", "LMP3", "GT"), start=1)]
    event = make.make_event(season)
    make.make_round(event)
    for index in range(cars):
        make.make_entry(classes[index], f"{index + 10}", crew=3)
        late = make.make_entry(classes[index], f"{index + 50}")
        make.make_event_entry(event, late, crew=3)
    for _revision in range(2):
        publish(season)
        publish(season, event)


@pytest.mark.parametrize(
    "path",
    [
        "/{}/entries/",
        "/{}/entries/?q=x&class=gt&rating=gold&driver_country=FR",
        "/{}/sepang/entries/",
        "/{}/entries/r1/",
        "/{}/entries/changes/",
        "/{}/sepang/entries.csv",
        "/{}/entries.json?class=lmp2",
    ],
)
def test_three_cars_cost_no_more_queries_than_one(client, path):
    fill(make.make_season("2030-31"), 1)
    fill(make.make_season("2031-32"), 3)
    one, three = (queries_of(client, path.format(slug)) for slug in ("2030-31", "2031-32"))
    assert one == three <= 12
