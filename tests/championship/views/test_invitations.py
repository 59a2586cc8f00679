from datetime import UTC, datetime, timedelta

import pytest

from championship.models import Title
from tests import factories as make
from tests import result_factories as results
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/2030-31/invitations/"
FILE = ["7", "22", "99"]


def test_two_invitations_and_one_priority_are_at_stake_in_2023_24(client, real_season):
    response = client.get("/2023-24/invitations/")
    text = text_of(response)
    for words in (
        "At stake beside the titles: two invitations and one priority for a place on a grid.",
        "LMP2 races for overall victory Invitation 24 Hours of Le Mans 2024 "
        "The winner of the LMP2 teams’ title is invited to the 24 Hours of Le Mans 2024.",
        "LMP3 Priority for a place on the grid Road to Le Mans 2024 "
        "The winner of the LMP3 teams’ title has priority for a place on the grid of Road to Le Mans 2024.",
        "GT Invitation 24 Hours of Le Mans 2024 "
        "The winner of the GT teams’ title is invited to the 24 Hours of Le Mans 2024.",
    ):
        assert words in text
    assert text.count("is invited to") == 2
    assert "/2023-24/" in links_of(response)


def test_a_title_of_a_group_names_it_and_a_class_may_have_nothing_at_stake(client):
    season = make.make_season()
    make.make_invitation(make.make_title(make.make_race_class(season), "drivers", group="Am"))
    make.make_race_class(season, "GT", 2)
    text = text_of(client.get(ADDRESS))
    assert "At stake beside the titles: one invitation." in text
    assert "The winner of the LMP2 Am drivers’ title is invited to the 24 Hours of Le Mans 2031." in text
    assert "Nothing beyond the title is at stake in GT." in text


def test_the_head_of_the_page(client, real_season):
    head = head_of(client.get("/2023-24/invitations/"))
    assert head["title"] == "Invitations 2023/24 · Asian Le Mans Series"
    assert "The winner of the LMP2 teams’ title is invited" in head["description"]


def test_a_season_without_classes_says_so_and_an_unknown_one_is_not_found(client):
    make.make_season()
    assert "Nothing announced yet" in text_of(client.get(ADDRESS))
    assert client.get("/1999/invitations/").status_code == 404


def test_one_invitation_or_three_take_as_many_queries(client):
    season = make.make_season(is_current=True)
    make.make_invitation(make.make_title(make.make_race_class(season)))
    one = queries_of(client, ADDRESS)
    for position, name in ((2, "LMP3"), (3, "GT")):
        make.make_invitation(make.make_title(make.make_race_class(season, name, position)))
    assert queries_of(client, ADDRESS) == one <= 12


# Who holds them


@pytest.fixture
def race(settings):
    """Two rounds with an invitation for the teams' title; nothing published."""
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)
    season = results.make_racing_season()
    make.make_invitation(Title.objects.get(race_class__season=season, contender="teams"))
    return list(season.rounds.order_by("number"))


def test_the_leader_of_an_open_title_is_the_projected_holder(client, race):
    results.publish_results(race[0], FILE)
    response = client.get(ADDRESS)
    team = race[0].season.entries.get(car_number="7").team.name
    assert (
        f"Projected Car 7 of {team} would receive it if the season ended now. "
        f"After round 1: Car 7 of {team} leads with 25 points, 7 ahead of car 22. The table" in text_of(response)
    )
    assert "/2030-31/standings/lmp2-teams/" in links_of(response)


def test_a_title_decided_early_secures_what_it_brings(client, race):
    race[0].season.points_settings.scale.filter(position__gt=1).update(points=0)
    make.make_round(make.make_event(race[0].season, "finale"), 3)
    for each in race:
        results.publish_results(each, FILE)
    assert "Secured Car 7 of" in text_of(client.get(ADDRESS))
    assert "is sure of it." in text_of(client.get(ADDRESS))


def test_a_provisional_result_secures_it_subject_to_official_ones_which_award_it(client, race):
    results.publish_results(race[0], FILE)
    results.publish_results(race[1], FILE, status="provisional")
    assert "Secured, subject to official results Car 7 of" in text_of(client.get(ADDRESS))
    results.publish_results(race[1], ["22", "7"])
    text = text_of(client.get(ADDRESS))
    assert "Awarded Cars 7 and 22 have won it." in text


def test_before_publication_nobody_holds_anything(client, race, settings):
    published = results.publish_results(race[0], FILE)
    settings.SITE_NOW = published.published_at - timedelta(minutes=1)
    assert "Projected" not in text_of(client.get(ADDRESS))


def test_holders_take_as_many_queries_for_one_class_as_for_three(client, race):
    season = race[0].season
    results.publish_results(race[0], FILE)
    one = queries_of(client, ADDRESS)
    for position, name in ((2, "LMP3"), (3, "GT")):
        race_class = make.make_race_class(season, name, position)
        make.make_invitation(make.make_title(race_class))
        make.make_event_entry(race[1].event, make.make_entry(race_class, str(position)))
    results.publish_results(race[1], [*FILE, "2", "3"])
    assert queries_of(client, ADDRESS) == one <= 12
