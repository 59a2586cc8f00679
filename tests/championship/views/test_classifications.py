import re
from datetime import UTC, datetime, timedelta

import pytest

from championship.models import ClassificationState, Result, Round, Session
from championship.services import signatures
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
RACE = "/2030-31/sepang/race-1/"
BEFORE_THE_RACE = datetime(2030, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _after_the_season_of_the_factories(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


def make_race(slug: str = "2030-31", lmp2: tuple[str, ...] = ("7", "22"), gt: tuple[str, ...] = ("88",)) -> Round:
    """A round of two classes whose cars have crews of two."""
    season = make.make_season(slug)
    make.make_points_settings(season)
    event = make.make_event(season)
    for place, (name, cars) in enumerate((("LMP2", lmp2), ("GT", gt)), start=1):
        race_class = make.make_race_class(season, name, place)
        make.make_title(race_class)
        for number in cars:
            make.make_event_entry(event, make.make_entry(race_class, number), crew=2)
    return make.make_round(event)


def table_of(response) -> str:
    """The words of the table."""
    page = response.content.decode()
    return text_of(type("Part", (), {"content": re.search(r"<table.*?</table>", page, re.DOTALL).group().encode()}))


def plates_of(response) -> list[str]:
    """Car numbers in the table, from top to bottom."""
    table = re.search(r"<table.*?</table>", response.content.decode(), re.DOTALL)
    return re.findall(r'class="plate-number">([^<]+)<', table.group()) if table else []


# The packaged season


def test_the_last_race_shows_what_the_stewards_made_of_it(client, real_results):
    response = client.get("/2023-24/abu-dhabi/race-2/")
    text = text_of(response)
    assert "Official Version v2" in text
    assert plates_of(response)[:3] == ["25", "22", "30"]
    assert len(plates_of(response)) == 40
    assert "Car 24: 1 lap removed and 1.000 s added" in text
    assert "Document number not on record" in text
    assert plates_of(client.get("/2023-24/abu-dhabi/race-2/?class=gt"))[:3] == ["88", "91", "95"]


def test_its_first_version_stays_as_it_was(client, real_results):
    response = client.get("/2023-24/abu-dhabi/race-2/v1/")
    assert plates_of(response)[:3] == ["25", "24", "22"]
    assert "Superseded by v2, official. See what changed." in text_of(response)
    assert plates_of(client.get("/2023-24/abu-dhabi/race-2/v1/?class=gt"))[:2] == ["19", "88"]


def test_the_site_clock_shows_the_provisional_result(client, real_results, settings):
    settings.SITE_NOW = datetime(2024, 2, 11, 17, tzinfo=UTC)
    response = client.get("/2023-24/abu-dhabi/race-2/")
    assert "Provisional Version v1" in text_of(response)
    assert plates_of(response)[1] == "24"
    assert client.get("/2023-24/abu-dhabi/race-2/v2/").status_code == 404
    assert client.get("/2023-24/abu-dhabi/race-2/decisions/car-24/").status_code == 404
    settings.SITE_NOW = datetime(2024, 2, 11, 10, tzinfo=UTC)
    assert "Still to come" in text_of(client.get("/2023-24/abu-dhabi/race-2/"))
    assert client.get("/2023-24/abu-dhabi/race-2/v1/").status_code == 404


def test_qualifying_shows_the_poles_that_it_set(client, real_results, settings):
    text = text_of(client.get("/2023-24/sepang/qualifying/"))
    assert "No list of its times is on record here." in text
    assert "Race 1 Car 90 LMP2 TF Sport Salih Yoluc 1:53.653 Best lap of qualifying" in text
    assert "Race 2 Car 90 LMP2 TF Sport Salih Yoluc not on record Second-best lap of qualifying" in text
    settings.SITE_NOW = datetime(2023, 12, 2, 8, tzinfo=UTC)
    assert "Pole positions" not in text_of(client.get("/2023-24/sepang/qualifying/"))


def test_every_name_in_the_result_leads_somewhere(client, real_results):
    found = {link.partition("#")[0] for link in links_of(client.get("/2023-24/abu-dhabi/race-2/?class=lmp3"))}
    inside = {link for link in found if link.startswith("/")}
    assert len(inside) > 30
    assert {link: status for link in inside if (status := client.get(link).status_code) != 200} == {}


# The table


def test_the_table_has_places_gaps_best_laps_and_points(client):
    race = make_race()
    results.publish_results(race, ["7", "88", "22"])
    text = table_of(client.get(RACE))
    assert re.search(r"1 Car 7 LMP2 .* LMP2 1 100 3:20:10\.000 FL 1:50\.100 25", text)
    assert re.search(r"2 Car 88 GT .* GT 1 100 \+10\.000 \+10\.000 FL 1:50\.200 25", text)
    assert re.search(r"3 Car 22 LMP2 .* LMP2 2 100 \+20\.000 \+10\.000 1:50\.300 18", text)


def test_a_class_has_its_own_places_and_gaps(client):
    race = make_race()
    results.publish_results(race, ["7", "88", "22"])
    response = client.get(f"{RACE}?class=LMP2&utm_source=x")
    text = table_of(response)
    assert plates_of(response) == ["7", "22"]
    assert re.search(r"2 Car 22 LMP2 .* 3 100 \+20\.000 \+20\.000 1:50\.300 18", text)
    assert head_of(response)["canonical"] == f"http://testserver{RACE}?class=lmp2"
    assert {"/2030-31/sepang/race-1.csv?class=lmp2", RACE, f"{RACE}?class=gt"} <= set(links_of(response))


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("class=lmp9", "Class “lmp9” is not in this classification. Known here: lmp2, gt."),
        ("class=gt&class=lmp2", "Class takes one value, and this address gives 2."),
    ],
)
def test_a_class_nobody_knows_is_named_above_all_cars(client, query, problem):
    results.publish_results(make_race(), ["7", "88", "22"])
    response = client.get(f"{RACE}?{query}")
    assert problem in text_of(response)
    assert len(plates_of(response)) == 3
    assert head_of(response)["canonical"] == f"http://testserver{RACE}"
    for ending in ("csv", "json"):
        answer = client.get(f"/2030-31/sepang/race-1.{ending}?{query}")
        assert answer.status_code == 400
        assert problem in answer.content.decode()


def test_cars_that_are_not_classified_stand_below_a_row_that_says_so(client):
    results.publish_results(make_race(), ["7", "88"], not_classified=["22"])
    text = table_of(client.get(RACE))
    assert text.index("Car 88") < text.index("Not classified 1 car") < text.index("Car 22")
    assert re.search(r"– Car 22 LMP2 ", text)


def test_a_car_that_does_not_score_says_so(client):
    race = make_race()
    race.season.points_settings.late_joiners_score = False
    race.season.points_settings.save()
    second = make.make_round(race.event, 2)
    late = make.make_entry(race.season.race_classes.get(slug="gt"), "9")
    results.publish_results(race, ["7", "88", "22"])
    other = make.make_event(race.season, "dubai", starts_on=race.event.starts_on + timedelta(days=30))
    third = make.make_round(other, 3)
    for number in ("7", "88", "22"):
        make.make_event_entry(other, race.season.entries.get(car_number=number), crew=1)
    make.make_event_entry(other, late, crew=1)
    results.publish_results(second, ["7", "88", "22"])
    results.publish_results(third, ["7", "9", "88", "22"])
    text = table_of(client.get("/2030-31/dubai/race-3/"))
    assert re.search(r"Car 9 GT .* 1:50\.200 n\. e\.", text)
    assert re.search(r"Car 88 GT .* 1:50\.300 25", text)


def test_points_lead_to_the_table_of_the_class(client):
    results.publish_results(make_race(), ["7", "88", "22"])
    assert {"/2030-31/standings/lmp2-teams/", "/2030-31/standings/gt-teams/"} <= set(links_of(client.get(RACE)))


def test_decisions_are_footnotes_that_lead_to_their_pages(client):
    race = make_race()
    penalty = results.make_decision(race.race_session, "7", {"kind": "time_added", "time": 15_000}, reason="too fast")
    results.publish_results(race, ["7", "88", "22"], decisions=[penalty])
    response = client.get(RACE)
    assert re.search(r"2 Car 7 LMP2 .* \+5\.000 Decision 1 ", table_of(response))
    assert "1 Car 7: 15.000 s added. Too fast. Decision number not on record" in text_of(response)
    assert {"#decision-1", f"{RACE}decisions/car-7/"} <= set(links_of(response))
    assert "Decisions in this result" not in text_of(client.get(f"{RACE}?class=gt"))


def test_each_class_has_its_winner_pole_and_fastest_lap(client):
    race = make_race()
    driver = make.make_driver("ada-fast")
    results.make_pole(race, "22", driver, lap_time=109_000)
    results.publish_results(race, ["7", "88", "22"])
    text = text_of(client.get(RACE)).partition("In each class")[2]
    assert re.search(
        r"LMP2 Winner Car 7, .* Pole position Car 22, Ada Fast, 1:49\.000 Fastest lap 1:50\.100, car 7", text
    )
    assert re.search(r"GT Winner Car 88, .* Fastest lap 1:50\.200, car 88, lap 2", text)


def test_a_qualifying_session_is_counted_by_best_laps(client):
    race = make_race()
    qualifying = make.make_session(race.event, "qualifying", kind="qualifying")
    race.grid_from.add(qualifying)
    results.make_pole(race, "7")
    results.publish_results(qualifying, ["7", "88", "22"])
    response = client.get("/2030-31/sepang/qualifying/")
    text = table_of(response)
    assert "Points" not in text
    assert re.search(r"2 Car 88 GT .* \+0\.100 \+0\.100 ", text)
    assert "Pole positions" in text_of(response)


# States and versions


def test_the_banner_says_what_is_pending(client):
    version = results.publish_results(make_race(), ["7", "88", "22"], status="provisional", document_number="12")
    ClassificationState.objects.filter(classification=version).update(is_protested=True, is_subject_to_appeal=True)
    text = text_of(client.get(RACE))
    assert "Provisional Version v1 Published 7 December 2030, 10:00 UTC Document 12" in text
    assert "Protest open; subject to appeal." in text


def test_one_signature_is_shown_until_there_are_two(client):
    official = make.make_user()
    version = results.publish_results(
        make_race(), ["7", "88", "22"], from_archive=False, author=official, single_signed_reason="alone at the desk"
    )
    assert "One signature: alone at the desk." in text_of(client.get(RACE))
    signatures.countersign(version, by=make.make_user("second"))
    assert "One signature" not in text_of(client.get(RACE))


def test_versions_are_listed_with_their_causes(client):
    race = make_race()
    results.publish_results(race, ["7", "88", "22"], status="provisional")
    results.publish_results(race, ["22", "88", "7"], cause="Car 7 was too low")
    text = text_of(client.get(RACE))
    assert re.search(r"v2 Official Published .* Car 7 was too low v1 Provisional Published", text)
    assert {f"{RACE}v1/", f"{RACE}v2/", f"{RACE}changes/"} <= set(links_of(client.get(RACE)))
    assert "The newest version. This address always shows it." in text_of(client.get(f"{RACE}v2/"))


def test_a_recalled_version_leaves_a_page_with_the_reason(client):
    race = make_race()
    results.publish_results(race, ["7", "88", "22"])
    second = results.publish_results(race, ["22", "88", "7"], cause="Wrong file")
    recall(second, by=None, reason="It was the file of another race.", at=datetime(2030, 12, 8, tzinfo=UTC))
    newest = client.get(RACE)
    assert plates_of(newest) == ["7", "88", "22"]
    assert (
        "Version v2 was recalled on 8 December 2030, 00:00 UTC: It was the file of another race. "
        "Version v1 stands again." in text_of(newest)
    )
    tombstone = client.get(f"{RACE}v2/")
    assert tombstone.status_code == 200
    assert '<meta name="robots" content="noindex">' in tombstone.content.decode()
    assert plates_of(tombstone) == []
    assert "It was the file of another race." in text_of(tombstone)
    assert "What stands is version v1, official." in text_of(tombstone)
    for ending in ("csv", "json"):
        answer = client.get(f"/2030-31/sepang/race-1/v2.{ending}")
        assert answer.status_code == 410
        assert "Version 2 was recalled" in answer.content.decode()


def test_before_the_recall_the_version_stands(client, settings):
    race = make_race()
    version = results.publish_results(race, ["7", "88", "22"])
    recall(version, by=None, reason="Wrong file.", at=datetime(2030, 12, 9, tzinfo=UTC))
    settings.SITE_NOW = datetime(2030, 12, 8, tzinfo=UTC)
    assert plates_of(client.get(RACE)) == ["7", "88", "22"]
    assert "Recalled" not in text_of(client.get(f"{RACE}v1/"))
    settings.SITE_NOW = datetime(2030, 12, 9, tzinfo=UTC)
    text = text_of(client.get(RACE))
    assert "Version v1 was recalled on 9 December 2030, 00:00 UTC: Wrong file." in text
    assert "No classification yet" in text
    assert "No version stands now." in text_of(client.get(f"{RACE}v1/"))
    assert client.get("/2030-31/sepang/race-1.csv").status_code == 404


# Sessions without a classification


@pytest.mark.parametrize(
    ("values", "now", "words"),
    [
        ({}, BEFORE_THE_RACE, "Still to come"),
        ({}, datetime(2030, 12, 7, 7, tzinfo=UTC), "By the timetable the session is on."),
        ({}, datetime(2030, 12, 7, 11, tzinfo=UTC), "By the timetable the session is over."),
        ({"state": Session.State.CANCELLED, "state_reason": "Fog"}, BEFORE_THE_RACE, "Cancelled Fog."),
        ({"state": Session.State.CANCELLED}, BEFORE_THE_RACE, "The reason is not on record."),
        (
            {"state": Session.State.POSTPONED, "state_reason": "Rain"},
            BEFORE_THE_RACE,
            "Rain. The new time is not",
        ),
    ],
)
def test_a_session_without_a_result_says_what_it_is(client, settings, values, now, words):
    settings.SITE_NOW = now
    make.make_round(make.make_event(make.make_season()), 1, **values)
    response = client.get(RACE)
    assert response.status_code == 200
    assert words in text_of(response)
    assert client.get("/2030-31/sepang/race-1.json").status_code == 404
    assert "No classification yet" in text_of(client.get(f"{RACE}changes/"))


def test_a_result_of_tomorrow_is_nowhere(client, settings):
    race = make_race()
    results.make_pole(race, "7")
    penalty = results.make_decision(race.race_session, "7", {"kind": "fine"})
    results.publish_results(race, ["7", "88", "22"], at=datetime(2030, 12, 7, 12, tzinfo=UTC), decisions=[penalty])
    settings.SITE_NOW = datetime(2030, 12, 7, 11, 59, tzinfo=UTC)
    assert "Car 7" not in text_of(client.get(RACE))
    for path in (
        f"{RACE}v1/",
        f"{RACE}decisions/car-7/",
        "/2030-31/sepang/race-1.csv",
        "/2030-31/sepang/race-1/v1.json",
    ):
        assert client.get(path).status_code == 404
    settings.SITE_NOW = datetime(2030, 12, 7, 12, tzinfo=UTC)
    assert plates_of(client.get(RACE)) == ["7", "88", "22"]
    assert client.get(f"{RACE}decisions/car-7/").status_code == 200


def test_sessions_lead_to_their_neighbours(client):
    event = make.make_event(make.make_season())
    make.make_round(event)
    make.make_session(event, "qualifying", kind="qualifying", starts_at=None, start_status="not_on_record", date=None)
    make.make_session(make.make_event(event.season, "dubai", starts_on=event.ends_on + timedelta(days=9)), "race")
    links = links_of(client.get(RACE))
    assert links[-2:] == ["/2030-31/sepang/qualifying/", "/2030-31/dubai/race/"]


@pytest.mark.parametrize(
    "path",
    [
        "/1999-00/sepang/race-1/",
        "/2030-31/monza/race-1/",
        "/2030-31/sepang/race-9/",
        "/2030-31/sepang/race-1/v2/",
        "/2030-31/sepang/race-9/changes/",
        "/2030-31/sepang/race-1/decisions/car-7/",
        "/2030-31/sepang/race-9/decisions/car-7/",
        "/2030-31/sepang/race-9/v1.csv",
    ],
)
def test_what_does_not_exist_is_not_found(client, path):
    results.publish_results(make_race(), ["7", "88", "22"])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "1" + "0" * 30, "x" * 8000, "a%0D%0Ab:c", "<script>"])
def test_nasty_values_are_answered(client, value):
    results.publish_results(make_race(), ["7", "88", "22"])
    for path in (RACE, f"{RACE}v1/", "/2030-31/sepang/race-1.csv", "/2030-31/sepang/race-1.json"):
        response = client.get(f"{path}?class={value}")
        assert response.status_code in (200, 400)
        assert "html" not in response["Content-Type"] or b"<script>" not in response.content


# Queries


@pytest.mark.parametrize(
    "path",
    [
        "/{}/sepang/race-1/",
        "/{}/sepang/race-1/?class=lmp2",
        "/{}/sepang/race-1/v1/",
        "/{}/sepang/race-1/changes/",
        "/{}/sepang/race-1.csv",
        "/{}/sepang/race-1/v2.json",
        "/{}/sepang/race-1/decisions/car-7/",
    ],
)
def test_three_cars_and_decisions_cost_no_more_queries_than_one(client, path):
    for slug, cars in (("2030-31", ("7",)), ("2031-32", ("7", "22", "99"))):
        race = make_race(slug, lmp2=cars, gt=())
        penalties = [
            results.make_decision(race.race_session, number, {"kind": "time_added", "time": 1_000}) for number in cars
        ]
        for number in cars[:1]:
            results.make_pole(race, number, make.make_driver())
        results.publish_results(race, cars, status="provisional")
        results.publish_results(race, cars, decisions=penalties)
    one, three = (queries_of(client, path.format(slug)) for slug in ("2030-31", "2031-32"))
    assert one == three <= 12
    assert Result.objects.count() == 8
