from dataclasses import replace
from decimal import Decimal

import pytest

from championship.rules.consequence_words import button_text, in_a_sentence
from championship.rules.consequences import (
    CarPlace,
    Results,
    RoundScore,
    TableRow,
    TitleTable,
    consequence,
)


def car(number, place, race_class="GT", team="", **values):
    defaults = {
        "car_number": number,
        "race_class": race_class,
        "team": team or f"Team {number}",
        "position": place,
        "class_position": place,
        "status": "Classified",
        "laps": 100,
        "total_time": 1_000 * place,
        "best_lap_time": None,
    }
    return CarPlace(**defaults | values)


def places(*numbers, **values):
    return tuple(car(number, place, **values) for place, number in enumerate(numbers, start=1))


def score(number, points, round_number=1, team=""):
    return RoundScore(
        round=round_number, car_number=number, race_class="GT", team=team or f"Team {number}", points=Decimal(points)
    )


def table(*rows, title="GT Teams", state="open", champions=(), prizes=(), after=1):
    return TitleTable(
        title=title,
        slug=title.lower().replace(" ", "-"),
        after_round=after,
        state=state,
        prizes=prizes,
        rows=tuple(
            TableRow(
                contender=number,
                name=f"car {number}",
                position=place,
                points=Decimal(points),
                is_champion=number in champions,
            )
            for place, (number, points) in enumerate(rows, start=1)
        ),
    )


def said(before, after):
    return in_a_sentence(consequence(before, after))


NOTHING = "changes no place, no points and no title"


# What differs


def test_the_same_results_have_no_consequence():
    now = Results(places=places("7", "22"), scores=(score("7", 25),), tables=(table(("7", 25)),))
    found = consequence(now, now)
    assert (found.places, found.points, found.titles, found.official_titles) == ((), (), (), ())
    assert said(now, now) == NOTHING
    assert consequence(now, now).fingerprint == found.fingerprint


def test_cars_that_move_come_and_go_are_told_in_the_order_of_the_later_list():
    found = consequence(Results(places=places("7", "22", "99")), Results(places=places("22", "7", "4")))
    assert [change.car.car_number for change in found.places] == ["22", "7", "4", "99"]
    assert [(change.before is None, change.after is None) for change in found.places] == [
        (False, False),
        (False, False),
        (True, False),
        (False, True),
    ]
    assert (found.is_first, found.cars) == (False, 3)


def test_points_that_appear_and_vanish_are_told_by_round():
    found = consequence(
        Results(scores=(score("7", 18, 2), score("9", 0, 2))), Results(scores=(score("22", 25, 1), score("8", 0, 1)))
    )
    assert [(change.score.round, change.score.car_number, change.before, change.after) for change in found.points] == [
        (1, "22", Decimal(0), Decimal(25)),
        (2, "7", Decimal(18), Decimal(0)),
    ]


def test_a_title_tells_who_moves_and_who_leads():
    found = consequence(
        Results(tables=(table(("7", 25), ("22", 18), ("99", 15)),)),
        Results(tables=(table(("22", 43), ("7", 25), ("99", 15)),)),
    )
    (title,) = found.titles
    assert [row.name for row in title.rows] == ["car 22", "car 7"]
    assert (title.leaders, title.states, title.changes_leader) == ((("car 7",), ("car 22",)), ("open", "open"), True)
    assert (title.changes_prizes, found.invitations) == (False, ())


def test_a_title_whose_tables_come_and_go_has_no_leader_on_one_side():
    one = Results(tables=(table(("7", 25)),))
    (new,), (gone,) = consequence(Results(), one).titles, consequence(one, Results()).titles
    assert (new.leaders, new.states, new.champions) == (((), ("car 7",)), ("open", "open"), ((), ()))
    assert (gone.leaders, gone.states, gone.table.title) == ((("car 7",), ()), ("open", "open"), "GT Teams")
    assert [row.after for row in gone.rows] == [None]


@pytest.mark.parametrize(("state", "leader"), [("open", "22"), ("awarded", "7")])
def test_what_a_title_brings_follows_its_leader_and_its_state(state, leader):
    prizes = ("24 Hours of Le Mans 2024",)
    before = Results(tables=(table(("7", 25), prizes=prizes),))
    after = Results(tables=(table((leader, 25), prizes=prizes, state=state),))
    assert [title.table.prizes for title in consequence(before, after).invitations] == [prizes]


def test_tables_of_official_results_alone_are_named():
    found = consequence(Results(), Results(official_tables=(table(("7", 25)),)))
    assert (found.official_titles, found.titles) == (("GT Teams",), ())


# In words


def test_the_button_says_what_happens():
    before = Results(
        places=places("7", "22", "99"),
        scores=(score("7", 25), score("22", 18), score("99", 15)),
        tables=(table(("7", 25), ("22", 18), ("99", 15)),),
    )
    after = Results(
        places=places("22", "7", "99"),
        scores=(score("22", 25), score("7", 18), score("99", 16)),
        tables=(table(("22", 25), ("7", 18), ("99", 16)),),
    )
    assert button_text(status="provisional", version=2, document=84, found=consequence(before, after)) == (
        "Publish as provisional v2, document 84: changes GT places 1 and 2, points of 3 teams, the leader of GT Teams"
    )
    assert button_text(status="official", version=3, document=None, found=None) == "Publish as official v3"


def test_two_cars_of_a_team_are_one_team():
    after = Results(scores=(score("7", 25, team="One"), score("8", 18, team="One")))
    assert said(Results(), after) == "changes points of 1 team"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (("7", "22", "99"), ("7", "99", "22"), "changes GT places 2 and 3"),
        (("7", "22", "99"), ("7", "22"), "changes GT place 3"),
        (("1", "2", "3", "4", "5"), ("2", "3", "4", "5", "1"), "changes GT places 1 to 5"),
        (tuple("1234567"), tuple("2345671"), "changes 7 GT places"),
    ],
)
def test_places_are_told_by_class(before, after, words):
    assert said(Results(places=places(*before)), Results(places=places(*after))) == words


def test_places_of_several_classes_are_told_one_after_the_other():
    before = (car("7", 1, "LMP2"), car("24", 2, "LMP2", class_position=2), car("5", 3, class_position=1))
    after = (
        car("24", 1, "LMP2", class_position=1),
        car("7", 2, "LMP2", class_position=2),
        car("5", 3, class_position=None, status="Not classified"),
    )
    assert said(Results(places=before), Results(places=after)) == "changes LMP2 places 1 and 2, GT place 1"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (["7"], "the line of car 7"),
        (["7", "22"], "the lines of cars 7 and 22"),
        (["7", "22", "9"], "the lines of 3 cars"),
    ],
)
def test_lines_that_change_without_a_place_are_told_by_car(numbers, words):
    before = places("7", "22", "9")
    after = tuple(replace(line, laps=99) if line.car_number in numbers else line for line in before)
    assert said(Results(places=before), Results(places=after)) == f"changes {words}"


def test_a_first_list_goes_online_and_the_last_one_offline():
    some = Results(places=places("7", "22"), scores=(score("7", 25),))
    assert said(Results(), some) == "puts 2 cars online; changes points of 1 team"
    assert said(some, Results()) == "takes the list offline; changes points of 1 team"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("open", "clinched", "decides GT Teams early"),
        ("open", "subject", "decides GT Teams, subject to official results"),
        ("subject", "awarded", "awards GT Teams"),
        ("clinched", "open", "opens GT Teams again"),
    ],
)
def test_what_becomes_of_a_title_is_told(before, after, words):
    states = [Results(tables=(table(("7", 25), state=state),)) for state in (before, after)]
    assert said(*states) == words


def test_a_title_that_somebody_else_wins_is_told():
    states = [Results(tables=(table(("7", 25), ("22", 25), state="awarded", champions=who),)) for who in ("7", ["22"])]
    assert said(*states) == "gives GT Teams to somebody else"


def test_many_titles_are_counted():
    titles = ("GT Teams", "GT Drivers", "LMP2 Teams")
    before, after = (
        Results(tables=tuple(table((number, 25), title=title, state=state) for title in titles))
        for number, state in (("7", "subject"), ("22", "awarded"))
    )
    assert said(before, after) == "changes the leaders of 3 titles; awards 3 titles"
