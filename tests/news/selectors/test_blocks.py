"""Data blocks: the record as it stands, and whether it was amended since the story appeared."""

from datetime import UTC, datetime, timedelta

import pytest

from championship.services.recalls import recall
from news.markup import Block
from news.selectors.blocks import missing_blocks, parts_of
from news.selectors.story import story_page
from news.services import stories
from tests import factories as make
from tests import result_factories as results
from tests.news_factories import make_story, publish_story

pytestmark = pytest.mark.django_db

RACE = datetime(2030, 12, 5, 10, tzinfo=UTC)
STORY = RACE + timedelta(hours=1)
LATER = RACE + timedelta(hours=2)


@pytest.fixture
def round_(settings):
    settings.SITE_NOW = RACE + timedelta(days=200)
    season = results.make_racing_season(rounds=2)
    make.publish_list(season)
    return season.rounds.get(number=1)


def shown(kind, reference, *, since=STORY, **options):
    return parts_of(Block(kind=kind, reference=reference, **options).markup, since=since)


def result(**options):
    (part,) = shown("result", "2030-31/event-1/race-1", **options)
    return part


def cars(part):
    return [car.car_number for race_class in part.result.classes for car in race_class.cars]


def test_a_result_shows_the_first_of_each_class_with_its_state(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE, status="provisional")
    part = result(top=2)
    assert (cars(part), part.result.pill, part.amended) == (["7", "22"], "provisional", None)
    assert cars(result(race_class="lmp2", top=1)) == ["7"]
    assert shown("result", "2030-31/event-1/race-1", race_class="gt") == ()


def test_a_result_that_changed_after_publication_is_amended(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    results.publish_results(round_, ["22", "7", "99"], at=LATER, cause="Car 7: five seconds")
    part = result()
    assert cars(part) == ["22", "7", "99"]
    assert (part.amended.at, part.amended.text) == (LATER, "5 December 2030, 12:00 UTC")
    assert part.amended.cause == "Car 7: five seconds"
    assert result(since=LATER).amended is None
    assert result(since=None).amended is None


def test_what_was_amended_while_an_embargo_held_the_story_stood_when_it_appeared(round_, settings):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    block = Block(kind="result", reference="2030-31/event-1/race-1").markup
    settings.SITE_NOW = STORY - timedelta(minutes=1)
    story = publish_story(make_story("Held", body=block), at=STORY)
    stories.save(story, by=None, typed={"embargo_until": LATER + timedelta(hours=1)}, seen_version=story.version)
    settings.SITE_NOW = LATER + timedelta(hours=2)
    results.publish_results(round_, ["22", "7", "99"], at=LATER)
    (part,) = story_page("held").parts
    assert (cars(part), part.amended) == (["22", "7", "99"], None)
    results.publish_results(round_, ["99", "7", "22"], at=LATER + timedelta(hours=2))
    assert story_page("held").parts[0].amended.at == LATER + timedelta(hours=2)


def test_a_result_that_only_became_official_is_not_amended(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE, status="provisional")
    results.publish_results(round_, ["7", "22", "99"], at=LATER, cause="Made official")
    assert (result().result.pill, result().amended) == ("official", None)


def test_a_change_below_what_a_block_shows_is_none_of_it(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    results.publish_results(round_, ["7", "99", "22"], at=LATER)
    assert result(top=1).amended is None
    assert result(top=2).amended is not None


def test_a_story_from_before_the_result_has_nothing_amended(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    assert result(since=RACE - timedelta(hours=1)).amended is None


def test_a_recall_amends_what_a_story_saw(round_, settings):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    second = results.publish_results(round_, ["22", "7", "99"], at=RACE + timedelta(minutes=30))
    settings.SITE_NOW = LATER
    chief = make.make_user("chief", is_superuser=True)
    recall(second, by=chief, reason="Published by mistake")
    part = result()
    assert (cars(part), part.amended.at) == (["7", "22", "99"], LATER)


def test_a_table_stands_as_it_is_now_or_after_a_round_and_says_when_it_was_amended(round_):
    second = round_.season.rounds.get(number=2)
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    results.publish_results(second, ["22", "7", "99"], at=RACE + timedelta(minutes=5))
    (now,) = shown("standings", "2030-31/lmp2-teams", top=1)
    (then,) = shown("standings", "2030-31/lmp2-teams", after=1)
    assert (now.table.head.after, len(now.lines), now.total) == (2, 1, 3)
    assert (then.table.head.after, then.lines[0].contender.car_number) == (1, "7")
    assert then.table.url == "/2030-31/standings/lmp2-teams/?after=1"
    assert (now.amended, then.amended) == (None, None)
    results.publish_results(round_, ["99", "7", "22"], at=LATER, cause="Car 7: five seconds")
    (then,) = shown("standings", "2030-31/lmp2-teams", after=1)
    assert (then.lines[0].contender.car_number, then.amended.at) == ("99", LATER)
    (before,) = shown("standings", "2030-31/lmp2-teams", after=1, since=RACE - timedelta(hours=1))
    assert before.amended is None
    assert shown("standings", "2030-31/lmp2-teams", after=3) == ()


def test_a_chart_needs_two_rounds_and_has_ids_of_its_own(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    block = Block(kind="chart", reference="2030-31/lmp2-teams").markup
    assert parts_of(block) == ()
    results.publish_results(round_.season.rounds.get(number=2), ["22", "7", "99"], at=LATER)
    parts = parts_of(block + "<p>a</p>" + block)
    assert [part.prefix for part in (parts[0], parts[2])] == ["chart-0-", "chart-2-"]
    assert parts[0].chart.columns[1].label == "R2 Event 2"


def test_a_car_and_an_event_are_shown_as_they_are_known(round_):
    (car,) = shown("plate", "2030-31/22")
    entry = round_.season.entries.get(car_number="22")
    assert (car.plate.car_number, car.team_name, car.plate.url) == ("22", entry.team.name, "/2030-31/entries/22/")
    (event,) = shown("event", "2030-31/event-1")
    assert (event.card.name, len(event.card.rounds)) == ("4 Hours of Event-1", 1)


def test_what_is_missing_shows_readers_nothing_and_editors_why(round_):
    make.make_entry(round_.season.race_classes.get(), "987")
    missing = [
        ("result", "2030-31/event-1/race-1"),
        ("result", "2030-31/event-1/nowhere"),
        ("standings", "2030-31/lmp2-teams"),
        ("standings", "2030-31/gt-teams"),
        ("chart", "2030-31/lmp2-teams"),
        ("plate", "2030-31/987"),
        ("plate", "2030-31/1"),
        ("event", "2029-30/event-1"),
    ]
    body = "".join(Block(kind=kind, reference=reference).markup for kind, reference in missing)
    assert parts_of(f"<p>a</p>{body}") == parts_of("<p>a</p>")
    notes = missing_blocks(body)
    assert [reference in note for (_, reference), note in zip(missing, notes, strict=True)] == [True] * len(missing)
    assert notes[0] == "No published result of 2030-31/event-1/race-1. The block shows nothing until there is one."


def test_a_table_stands_in_a_frame_and_an_address_with_its_sign_is_left_alone():
    body = '<p><a href="https://a.example/&lt;table&gt;">&lt;table&gt;</a></p><table><tbody><tr><td>a</td></tr></tbody></table>'
    (part,) = parts_of(body)
    words, frame, rest = part.framed.partition(
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
    )
    assert (words + rest, frame != "") == (f"{part.html}</div>", True)
    assert words == '<p><a href="https://a.example/&lt;table&gt;">&lt;table&gt;</a></p>'
