"""What the structure of a title fight becomes in words, case by case."""

from decimal import Decimal

import pytest

from championship.rules.title_fights import LeaderNeeds, Need, Outlook, RivalLimit, TitleFight
from championship.selectors.standing_contenders import Contender
from championship.selectors.standing_rounds import RoundHead
from championship.selectors.title_fight_words import needs_of, outlook_sentences

NOT_CLASSIFIED = 11
NEXT = RoundHead(number=5, name="the finale", short_name="Finale", date=None, state="to_come")


def car(number: str) -> Contender:
    return Contender(
        key=number,
        name=f"Team {number}",
        short_name="",
        mention=f"car {number}",
        url="",
        team="",
        country="",
        country_name="",
        car_number=number,
        cars=(number,),
    )


CARS = {number: car(number) for number in ("4", "22", "99")}


def outlook(number: str, points: int) -> Outlook:
    return Outlook(
        contenders=(number,),
        position=1,
        points=Decimal(points),
        best_points=Decimal(points + 26),
        can_win=True,
        short_by=Decimal(0),
    )


def fight(*rows: Need) -> TitleFight:
    return TitleFight(
        state="open",
        champions=(),
        clinched_after=None,
        remaining=1,
        not_classified=NOT_CLASSIFIED,
        groups=(outlook("4", 73), outlook("99", 69)),
        needs=(LeaderNeeds(contenders=("4",), rows=rows),),
    )


def limit(place: int, place_with_pole: int | None, *contenders: str) -> RivalLimit:
    return RivalLimit(contenders=contenders or ("99",), place=place, place_with_pole=place_with_pole)


def said(*rows: Need) -> tuple[str, ...]:
    """The sentences about the leader, after the one about who can still win."""
    return outlook_sentences(fight(*rows), CARS, {5: NEXT}, NEXT)[1:]


def test_a_place_that_is_enough_and_a_better_one_from_pole():
    rows = (Need(place=2, with_pole=False, limits=()), Need(place=3, with_pole=True, limits=()))
    assert said(*rows) == (
        "Car 4 of Team 4 is champion with 2nd place in class or better at the finale.",
        "From pole position 3rd place in class or better is enough.",
    )


def test_the_pole_is_not_named_where_it_changes_nothing():
    rows = (Need(place=2, with_pole=False, limits=()), Need(place=2, with_pole=True, limits=()))
    assert len(said(*rows)) == 1


def test_a_leader_for_whom_no_place_is_enough_needs_help():
    assert said(Need(place=1, with_pole=False, limits=(limit(2, 2),))) == (
        "No place at the finale is enough for car 4 without help from the others.",
        "With a win in class it is enough that car 99 does not win.",
    )


def test_a_result_that_may_be_anything():
    row = Need(place=NOT_CLASSIFIED, with_pole=False, limits=(limit(3, 3),))
    assert said(row)[-1] == "With any result, even not classified it is enough that car 99 is not better than 3rd."


@pytest.mark.parametrize(
    ("rival", "sentence", "cell"),
    [
        (limit(2, 2), "car 99 does not win", "2nd at best"),
        (limit(2, 3), "car 99 does not win and is not better than 3rd from pole", "2nd at best; from pole 3rd at best"),
        (limit(2, None), "car 99 does not win and is not on pole", "2nd at best, and not from pole"),
        (limit(1, None), "car 99 is not on pole", "any place, and not from pole"),
        (limit(1, 2), "car 99 does not win from pole", "any place; from pole 2nd at best"),
        (limit(11, 11), "car 99 is not classified", "not classified"),
        (limit(2, 2, "22", "99"), "cars 22 and 99 do not win", "2nd at best"),
        (
            limit(4, None, "22", "99"),
            "cars 22 and 99 are not better than 4th and are not on pole",
            "4th at best, and not from pole",
        ),
    ],
)
def test_what_a_rival_must_not_do(rival, sentence, cell):
    row = Need(place=2, with_pole=False, limits=(rival,))
    assert said(row)[-1] == f"With 2nd place in class or better it is enough that {sentence}."
    (table,) = needs_of(fight(row), CARS, NEXT)
    assert table.rows[0].limits == (cell,)


def test_the_table_has_a_column_for_every_rival_and_tells_results_from_pole_apart():
    rows = (
        Need(place=1, with_pole=False, limits=()),
        Need(place=2, with_pole=False, limits=(limit(2, 3), limit(1, 1, "22"))),
        Need(place=3, with_pole=True, limits=(limit(2, 1),)),
    )
    (table,) = needs_of(fight(*rows), CARS, NEXT)
    assert (table.leader, table.rivals) == ("car 4", ("car 99", "car 22"))
    assert [(row.result, row.limits) for row in table.rows] == [
        ("a win in class", ("any result", "any result")),
        ("2nd place in class or better", ("2nd at best; from pole 3rd at best", "any result")),
        ("3rd place in class or better, from pole", ("2nd at best", "any result")),
    ]
