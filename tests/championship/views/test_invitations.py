import pytest

from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/2030-31/invitations/"


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
