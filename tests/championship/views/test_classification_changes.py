"""What changed between versions, the decisions behind it, and the list of all corrections."""

import re
from datetime import UTC, datetime

import pytest

from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
RACE = "/2030-31/event-1/race-1/"
PENALTY = {"kind": "time_added", "time": 15_000}


@pytest.fixture(autouse=True)
def _after_the_season_of_the_factories(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def race():
    return results.make_racing_season(rounds=1).rounds.get()


# The packaged season


def test_the_penalties_of_the_last_race_are_told_car_by_car(client, real_results):
    text = text_of(client.get("/2023-24/abu-dhabi/race-2/changes/"))
    assert "From v1 to v2" in text
    assert "3 cars changed and 10 cars moved" in text
    assert re.search(r"Car 19 GT Leipert Motorsport GT: was 1st → is now 7th down", text)
    assert "Time: was 4:01:46.683 → is now 4:03:32.683 (+1:46.000)" in text
    assert re.search(r"Car 88 GT Triple Eight GT: was 2nd → is now 1st up .* Points: was 18 → is now 25", text)
    assert re.search(r"Laps: was 90 → is now 89 .* Decision: 1 lap removed and 1\.000 s added", text)


def test_a_decision_says_what_is_on_record_and_what_it_moved(client, real_results):
    response = client.get("/2023-24/abu-dhabi/race-2/decisions/car-24/")
    text = text_of(response)
    assert "Car 24: 1 lap removed and 1.000 s added" in text
    assert "Number Not on record Time of the fact Not on record Fact Not on record Offence Not on record" in text
    assert "Counts in v2 (official)" in text
    moved = text.partition("What it moved")[2]
    assert re.search(r"Car 24 .* LMP2: was 2nd → is now 7th down", moved)
    assert re.search(r"Car 22 .* LMP2: was 3rd → is now 2nd up", moved)
    assert "Car 88" not in moved
    assert "/2023-24/abu-dhabi/race-2/v2/" in links_of(response)


def test_the_corrections_name_the_one_of_the_season(client, real_results):
    response = client.get("/corrections/")
    assert re.search(r"Official Published .* 2023/24 4 Hours of Abu Dhabi, Race 2, v2", text_of(response))
    assert "/2023-24/abu-dhabi/race-2/changes/#v2" in links_of(response)


# Changes


def test_one_version_has_no_changes_yet(client, race):
    results.publish_results(race, ["7", "22", "99"])
    text = text_of(client.get(f"{RACE}changes/"))
    assert "v1, the first version" in text
    assert "This is the only version so far, so nothing has changed yet." in text


def test_a_version_of_the_same_lines_says_what_it_became(client, race):
    results.publish_results(race, ["7", "22", "99"], status="provisional")
    results.publish_results(race, ["7", "22", "99"], cause="No protest")
    text = text_of(client.get(f"{RACE}changes/"))
    assert "Places, times and points are the same; the classification became official." in text
    assert text.index("From v1 to v2") < text.index("v1, the first version")


def test_a_decision_that_counts_and_no_longer_counts_is_told(client, race):
    penalty = results.make_decision(race.race_session, "7", PENALTY, reason="passed under yellow")
    results.publish_results(race, ["7", "22", "99"])
    results.publish_results(race, ["7", "22", "99"], decisions=[penalty], cause="Penalty")
    results.publish_results(race, ["7", "22", "99"], status="revised", cause="Appeal")
    text = text_of(client.get(f"{RACE}changes/"))
    revised, _, rest = text.partition("From v1 to v2")
    assert "Decisions that no longer count Car 7: 15.000 s added" in revised
    assert "Decisions that now count Car 7: 15.000 s added. Passed under yellow." in rest
    for part, places in ((rest, "was 1st → is now 2nd down"), (revised, "was 2nd → is now 1st up")):
        assert f"LMP2: {places}" in part
    page = text_of(client.get(f"{RACE}decisions/car-7/"))
    assert "This decision does not count in what stands now." in page
    assert "Counts in v2 (official)" in page


def test_cars_drivers_and_statuses_that_differ_are_told(client, race):
    results.publish_results(race, ["7", "22"], not_classified=["99"])
    other = make.make_driver("max-new")
    results.publish_results(race, ["7", "99"], drivers={"7": [other]}, cause="Wrong file")
    text = text_of(client.get(f"{RACE}changes/"))
    assert re.search(r"Drivers: was Ada Seat 1 of 7, Ada Seat 2 of 7 → is now Max New", text, re.IGNORECASE)
    assert "Status: was Not classified → is now Classified" in text
    assert "LMP2: was not classified → is now 2nd" in text
    assert "LMP2: was 2nd → is now not in the list" in text


def test_a_version_after_a_recall_is_held_against_the_one_that_stood(client, race):
    results.publish_results(race, ["7", "22", "99"])
    second = results.publish_results(race, ["99", "22", "7"], cause="Wrong file")
    recall(second, by=None, reason="Another race.", at=second.published_at)
    results.publish_results(race, ["22", "7", "99"], cause="The right one")
    text = text_of(client.get(f"{RACE}changes/"))
    assert "From v1 to v3" in text
    assert "Recalled on 5 December 2030, " in text
    assert "From v1 to v2" in text


# Decisions


def test_a_decision_shows_all_that_is_on_record(client, race):
    penalty = results.make_decision(
        race.race_session,
        "7",
        PENALTY,
        number="31",
        fact="Passed under yellow",
        fact_at=datetime(2030, 12, 5, 7, 30, tzinfo=UTC),
        offence="Article 5",
        source="Document 31",
    )
    results.publish_results(race, ["7", "22", "99"], decisions=[penalty])
    text = text_of(client.get(f"{RACE}decisions/car-7/"))
    assert (
        "Number 31 Time of the fact 5 December 2030, 15:30 track time Fact Passed under yellow Offence Article 5 "
        "Decision 15.000 s added Reason Not on record Status Applied to the classification Counts in v1 (official) "
        "Source Document 31" in text
    )


def test_a_decision_counts_although_others_follow_and_is_taken_out_alone(client, race):
    first = results.make_decision(race.race_session, "7", PENALTY)
    second = results.make_decision(race.race_session, "22", {"kind": "time_added", "time": 25_000})
    contained = results.make_decision(race.race_session, "99", {"kind": "fine"})
    results.publish_results(race, ["7", "22", "99"], decisions=[first, second, contained], contained=[contained.slug])
    moved = text_of(client.get(f"{RACE}decisions/car-22/")).partition("What it moved")[2]
    assert re.findall(r"LMP2: was (\w+) → is now (\w+)", moved) == [("1st", "3rd"), ("2nd", "1st"), ("3rd", "2nd")]
    assert re.findall(r"Car (\w+)", moved) == ["22", "7", "99"]
    assert "No car stands elsewhere because of it." in text_of(client.get(f"{RACE}decisions/car-99/"))


def test_a_decision_that_was_corrected_is_shown_as_it_is_and_as_it_was_told(client, race):
    decision = results.make_decision(race.race_session, "7", PENALTY, reason="passed under yellow", number="31")
    results.publish_results(race, ["7", "22", "99"], decisions=[decision])
    pages = [f"{RACE}v1/", "/2030-31/event-1/", "/2030-31/entries/7/"]
    before = [text_of(client.get(page)) for page in pages] + [client.get(f"{RACE}v1.json").content]
    assert all("15.000 s added" in str(page) for page in before)
    moved = text_of(client.get(f"{RACE}decisions/car-7/")).partition("What it moved")[2]
    decision.reason, decision.number = "passed under red", "32"
    decision.save()
    decision.effects.update(kind="laps_removed", time=None, laps=500)
    assert [text_of(client.get(page)) for page in pages] + [client.get(f"{RACE}v1.json").content] == before
    text = text_of(client.get(f"{RACE}decisions/car-7/"))
    assert "Decision 500 laps removed Reason Passed under red" in text
    assert (
        "In v1 Published otherwise, before it was corrected: car 7, 15.000 s added. Passed under yellow. Decision 31"
    ) in text
    assert text.partition("What it moved")[2] == moved


def test_a_decision_that_a_later_version_tells_otherwise_is_a_change_of_that_version(client, race):
    decision = results.make_decision(race.race_session, "7", PENALTY)
    results.publish_results(race, ["7", "22", "99"], decisions=[decision])
    assert "Published otherwise" not in text_of(client.get(f"{RACE}decisions/car-7/"))
    decision.effects.update(time=25_000)
    results.publish_results(race, ["7", "22", "99"], decisions=[decision], cause="Corrected penalty")
    text = text_of(client.get(f"{RACE}changes/")).partition("From v1 to v2")[2]
    assert ("25.000 s added" in text, "15.000 s added" in text) == (True, True)


def test_a_decision_on_a_car_that_is_not_in_the_list_is_a_page_too(client, race):
    fine = results.make_decision(race.race_session, "99", {"kind": "fine"})
    results.publish_results(race, ["7", "22"], decisions=[fine])
    text = text_of(client.get(f"{RACE}decisions/car-99/"))
    assert "Car 99: fine" in text
    assert "No car stands elsewhere because of it." in text


# Corrections


def test_corrections_come_from_all_seasons_the_newest_first(client, race):
    results.publish_results(race, ["7", "22", "99"])
    second = results.publish_results(race, ["22", "7", "99"], cause="Car 7 was too low")
    recall(second, by=None, reason="It was not.", at=datetime(2030, 12, 20, tzinfo=UTC))
    season = make.make_season("2031-32")
    event = make.make_event(season)
    make.make_event_entry(event, make.make_entry(make.make_race_class(season), "5"))
    other = make.make_round(event)
    results.publish_results(other, ["5"], at=datetime(2031, 1, 1, tzinfo=UTC))
    results.publish_results(other, ["5"], at=datetime(2031, 1, 2, tzinfo=UTC), cause="Best lap of car 5")
    text = text_of(client.get("/corrections/"))
    order = ["Best lap of car 5", "It was not. Version v1 counts.", "Car 7 was too low"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert head_of(client.get("/corrections/"))["title"] == "Corrections · Asian Le Mans Series"


def test_nothing_is_corrected_before_its_time(client, race, settings):
    results.publish_results(race, ["7", "22", "99"])
    second = results.publish_results(race, ["22", "7", "99"], cause="Car 7 was too low")
    recall(second, by=None, reason="It was not.", at=datetime(2030, 12, 20, tzinfo=UTC))
    settings.SITE_NOW = datetime(2030, 12, 19, tzinfo=UTC)
    assert "It was not." not in text_of(client.get("/corrections/"))
    settings.SITE_NOW = datetime(2030, 12, 5, 10, 30, tzinfo=UTC)
    assert "No correction yet" in text_of(client.get("/corrections/"))


def test_three_corrections_cost_no_more_queries_than_one(client, race):
    results.publish_results(race, ["7"])
    counts = []
    for number in range(3):
        results.publish_results(race, ["7"], cause=f"Cause {number}")
        counts.append(queries_of(client, "/corrections/"))
    assert counts[0] == counts[2] <= 12
