"""What the editor of a text asks the server: what there is to choose from, and how blocks are called."""

from datetime import UTC, datetime

import pytest

from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import signed_in
from tests.reading import queries_of

pytestmark = pytest.mark.django_db

BLOCKS = "/admin/news/story/blocks/"


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = datetime(2030, 12, 9, 12, tzinfo=UTC)


@pytest.fixture
def ada():
    return signed_in("ada", "Editor")


def names_of(client, *figures: str) -> list[tuple[str, str]]:
    answer = client.get(f"{BLOCKS}names/", {"blocks": "".join(figures)})
    return [(words["label"], words["note"]) for words in answer.json()]


def figure(kind: str, reference: str, **more: str) -> str:
    options = "".join(f' data-{name}="{value}"' for name, value in more.items())
    return f'<figure data-block="{kind}" data-ref="{reference}"{options}></figure>'


def test_a_season_offers_what_blocks_can_name(ada):
    season = make.make_season(is_current=True)
    race_class = make.make_race_class(season)
    make.make_title(race_class, "teams")
    make.make_session(make.make_event(season), "race-1")
    make.make_entry(race_class, "17")
    make.make_entry(race_class, "7")
    offered = ada.get(f"{BLOCKS}choices/").json()
    assert {name: [row["value"] for row in offered[name]] for name in ("events", "sessions", "titles", "cars")} == {
        "events": ["sepang"],
        "sessions": ["sepang/race-1"],
        "titles": [f"{race_class.slug}-teams"],
        "cars": ["7", "17"],
    }
    assert offered["season"] == season.slug
    assert offered["sessions"][0]["label"] == "4 Hours of Sepang, Race 1"
    assert ada.get(f"{BLOCKS}choices/", {"season": "1999"}).json() == offered


def test_the_result_that_was_published_last_is_offered_first(ada):
    season = results.make_racing_season(rounds=2)
    make.publish_list(season)
    assert ada.get(f"{BLOCKS}choices/").json()["newest_session"] == ""
    results.publish_results(season.rounds.get(number=1), ["7", "22"], at=datetime(2030, 12, 5, tzinfo=UTC))
    assert ada.get(f"{BLOCKS}choices/").json()["newest_session"] == "event-1/race-1"
    results.publish_results(season.rounds.get(number=2), ["7", "22"], at=datetime(2030, 12, 6, tzinfo=UTC))
    assert ada.get(f"{BLOCKS}choices/").json()["newest_session"] == "event-2/race-2"


def test_without_a_season_there_is_nothing_to_choose(ada):
    assert ada.get(f"{BLOCKS}choices/").json() is None


def test_pictures_are_found_by_all_of_the_words(ada):
    make.make_picture(shade=1, title="The grid", credit="Ada")
    finish = make.make_picture(shade=2, title="The finish", credit="Ada")
    found = ada.get(f"{BLOCKS}pictures/", {"q": "ada FINISH\x00"}).json()
    assert [(row["value"], row["title"]) for row in found] == [(finish.name, "The finish")]
    assert found[0]["thumb"].startswith(f"/admin/championship/picture/files/{finish.name}-square")
    assert len(ada.get(f"{BLOCKS}pictures/").json()) == 2


def test_blocks_are_called_by_what_they_name_and_say_what_readers_do_not_see(ada):
    race_class = make.make_race_class(make.make_season())
    event = make.make_event(race_class.season)
    race = make.make_round(event)
    entry = make.make_entry(race_class, "7")
    picture = make.make_picture()
    found = names_of(
        ada,
        figure("result", f"2030-31/sepang/{race.race_session.slug}", **{"class": race_class.slug, "top": "5"}),
        figure("plate", "2030-31/7"),
        figure("event", "2030-31/sepang"),
        figure("event", "2030-31/nowhere"),
        figure("picture", picture.name),
    )
    labels = [label for label, _ in found]
    assert labels == [
        f"4 Hours of Sepang 2030/31, {race.race_session.name}, {race_class.slug.upper()}, top 5",
        f"7 {entry.team.name}, {race_class.name}, 2030/31",
        "4 Hours of Sepang 2030/31",
        "2030-31/nowhere",
        picture.title,
    ]
    assert [bool(note) for _, note in found] == [True, True, False, True, False]
    results.publish_results(race, ["7"])
    after = names_of(ada, figure("result", f"2030-31/sepang/{race.race_session.slug}"))
    assert after[0][1] == ""


def test_a_table_and_a_chart_are_called_by_their_title(ada):
    title = make.make_title(make.make_race_class(make.make_season()), "teams")
    found = names_of(
        ada,
        figure("standings", f"2030-31/{title.slug}", after="3", top="5"),
        figure("chart", f"2030-31/{title.slug}"),
    )
    assert [label for label, _ in found] == [f"{title}, after round 3, top 5", str(title)]


def test_what_is_no_block_has_no_name(ada):
    assert names_of(ada, "<p>x</p>", figure("result", "../x"), "<script>") == []
    assert names_of(ada) == []


def test_more_blocks_cost_no_more_queries(ada):
    event = make.make_event(make.make_season())
    for number in (1, 2, 3):
        make.make_session(event, f"race-{number}")
    figures = [figure("result", f"2030-31/sepang/race-{number}") for number in (1, 2, 3)]
    one, three = (f"{BLOCKS}names/?blocks={''.join(some)}" for some in (figures[:1], figures))
    assert queries_of(ada, one) == queries_of(ada, three)


@pytest.mark.parametrize("name", ["choices", "pictures", "names"])
def test_only_those_who_write_are_answered(name):
    assert signed_in("tim", "Timekeeper").get(f"{BLOCKS}{name}/").status_code == 403
    assert signed_in("ada", "Editor").post(f"{BLOCKS}{name}/").status_code == 405
