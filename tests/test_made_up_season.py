"""A season that nobody drove: all that the rules know and 2023/24 did not need, with tables that were counted by hand.

The scale is 25-18-15-12-10-8, a pole brings one point, the worst round of everybody is dropped, a race below 75 % of
its distance pays half, and cars that join later do not score.

    LMP, scoring places      car 1   2     3     6     4   5   7   61
    round 1                      1   3     4     2     5   6   7    -   pole: 7
    round 2                      4   2     3     1     6   5   7    -
    round 3, half points         2   3     4     1    nc  nc  nc    -   60 and 61 join; pole: 60, which does not score
    round 4                      2   4     1     3     6   7   8    5   from here on 61 scores after all
    round 5                      annulled after it was published
    round 6                      3   1     2     4     7   6   8    5

Car 1 drops 9 points (25 + 12 + 18 + 15 = 70), car 2 drops 7.5 (15 + 18 + 12 + 25 = 70), car 3 drops 6
(12 + 15 + 25 + 18 = 70), car 6 drops 12 (18 + 25 + 12.5 + 15 = 70.5). Cars 4 and 5 have 10 + 8 + 8 = 26 with a fifth,
two sixth and a seventh place each. Car 7 has its pole, and 5 points less from round 2 on.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from championship.models import Adjustment, EligibilityOverride, Score, Session, StandingList
from championship.services import standings
from championship.services.results import recall
from championship.services.saving import save
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

BEGIN = datetime(2030, 12, 7, 12, tzinfo=UTC)
HAPPENINGS = [
    "round 1 is provisional",
    "car 1 is reinstated on appeal",
    "round 2 is official",
    "round 2 is revised by mistake",
    "the mistake is recalled",
    "round 3 is official",
    "round 4 is official",
    "round 5 is provisional",
    "round 5 is annulled",
    "round 6 is official",
    "car 6 is excluded",
]
WHEN = {name: BEGIN + timedelta(days=day) for day, name in enumerate(HAPPENINGS)}

CREWS = {
    "1": ["ann-one", "amy-one"],
    "2": ["bob-two"],
    "3": ["cid-three"],
    "5": ["fay-five"],
    "6": ["gus-six"],
    "7": ["joy-seven"],
    "60": ["gil-sixty"],
    "61": ["hal-sixty-one"],
    "90": ["kim-ninety"],
    "91": ["leo-ninety-one"],
}


@pytest.fixture(scope="module", autouse=True)
def season(django_db_setup, django_db_blocker):
    """The whole season, published step by step, once for this module: its tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _season()
        transaction.set_rollback(True)


def _season():
    season = make.make_season()
    make.make_points_settings(
        season,
        scale=(25, 18, 15, 12, 10, 8),
        dropped_scores=1,
        late_joiners_score=False,
        short_race_share=Decimal("0.75"),
        short_race_factor=Decimal("0.5"),
    )
    for position, name in enumerate(["LMP", "GT"], start=1):
        race_class = make.make_race_class(season, name, position)
        for contender in ("teams", "drivers"):
            make.make_title(race_class, contender)
    rounds = _rounds(season)
    _enter(season)
    _first_half(season, rounds)
    _second_half(season, rounds)
    return season


def _rounds(season):
    events = [
        make.make_event(season, slug, BEGIN.date() + timedelta(days=day))
        for slug, day in (("north", 0), ("south", 5), ("west", 7))
    ]
    shares = {3: Decimal("0.600")}
    found = {}
    for number in range(1, 7):
        found[number] = make.make_round(events[(number - 1) // 2], number)
        found[number].distance_share = shares.get(number)
        found[number].save()
    return found


def _enter(season):
    classes = {race_class.slug: race_class for race_class in season.race_classes.all()}
    for number in ("1", "2", "3", "4", "5", "6", "7", "60", "61"):
        make.make_entry(classes["lmp"], number)
    for number in ("90", "91"):
        make.make_entry(classes["gt"], number)
    for slug in ("dora-four", "eva-four", *(slug for crew in CREWS.values() for slug in crew)):
        make.make_driver(slug)


def _publish(race, order, happening, **values):
    """Publish cars in finishing order; Dora drives car 4 in the first two rounds, Eva from then on."""
    crew_of_4 = ["dora-four"] if race.number < 3 else ["eva-four"]
    values.setdefault("status", "official")
    return results.publish_results(
        race, [*order.split(), "90", "91"], at=WHEN[happening], drivers={**CREWS, "4": crew_of_4}, **values
    )


def _first_half(season, rounds):
    results.make_pole(rounds[1], "7")
    out = results.make_decision(rounds[1].race_session, "1", {"kind": "disqualified"})
    _publish(rounds[1], "1 6 2 3 4 5 7", "round 1 is provisional", status="provisional", decisions=[out])
    back = results.make_decision(
        rounds[1].race_session, "1", {"kind": "reinstated", "status_before": "Classified"}, slug="car-1-appeal"
    )
    _publish(rounds[1], "1 6 2 3 4 5 7", "car 1 is reinstated on appeal", decisions=[out, back])
    save(
        Adjustment(
            title=_title(season, "lmp-teams"),
            entry=season.entries.get(car_number="7"),
            round=rounds[2],
            kind=Adjustment.Kind.DEDUCTION,
            points=5,
            reason="Did not take part in the autograph session.",
        )
    )
    _publish(rounds[2], "6 2 3 1 5 4 7", "round 2 is official")
    mistake = _publish(rounds[2], "2 6 3 1 5 4 7", "round 2 is revised by mistake", status="revised")
    recall(mistake, by=None, reason="The wrong file was read.", at=WHEN["the mistake is recalled"])
    results.make_pole(rounds[3], "60")
    results.make_pole(rounds[3], "91")
    _publish(rounds[3], "60 6 1 61 2 3", "round 3 is official", not_classified=["4", "5", "7"])


def _second_half(season, rounds):
    save(
        EligibilityOverride(
            entry=season.entries.get(car_number="61"),
            scores_points=True,
            from_round=rounds[4],
            reason="Replaces a car that was entered for the season.",
        )
    )
    _publish(rounds[4], "3 60 1 6 2 61 4 5 7", "round 4 is official")
    _publish(rounds[5], "4 1 2 3 6 61 5 7", "round 5 is provisional", status="provisional")
    annulled = rounds[5].race_session
    annulled.state, annulled.state_reason = Session.State.CANCELLED, "Annulled by the court of appeal."
    save(annulled)
    standings.refresh(season, cause="Round 5 was annulled", at=WHEN["round 5 is annulled"])
    _publish(rounds[6], "2 3 60 1 6 61 5 4 7", "round 6 is official")
    save(
        Adjustment(
            title=_title(season, "lmp-teams"),
            entry=season.entries.get(car_number="6"),
            round=rounds[6],
            kind=Adjustment.Kind.EXCLUSION,
            reason="The fuel was not that of the series.",
        )
    )
    standings.refresh(season, cause="Car 6 was excluded", at=WHEN["car 6 is excluded"])


def _title(season, slug):
    race_class, contender = slug.split("-")
    return season.race_classes.get(slug=race_class).titles.get(contender=contender)


def found(season, title, after, happening, basis="all"):
    """The table of a title after a round, as it was known once `happening` was published; None when there was none."""
    lists = StandingList.objects.newest(WHEN[happening]).filter(title=_title(season, title), basis=basis)
    return lists.filter(round__number=after).first()


def table(*args, **kwargs):
    """Its lines, as `position contender points`."""
    lines = found(*args, **kwargs).standings.select_related("entry", "driver")
    contenders = {line: line.entry.car_number if line.entry else line.driver.slug for line in lines}
    return [f"{line.position or '-'} {who} {line.points.normalize():f}" for line, who in contenders.items()]


def scores(season, number, race_class="lmp"):
    """Of each car of a round: scoring place, points for it, points for the pole."""
    rows = Score.objects.filter(
        round__season=season,
        round__number=number,
        classification__state__is_current=True,
        entry__race_class__slug=race_class,
    )
    return {
        row.entry.car_number: (row.scoring_position, float(row.place_points), float(row.pole_points))
        for row in rows.select_related("entry")
    }


def test_a_disqualified_car_scores_nothing_and_those_behind_move_up(season):
    assert table(season, "lmp-teams", 1, "round 1 is provisional") == [
        "1 6 25",
        "2 2 18",
        "3 3 15",
        "4 4 12",
        "5 5 10",
        "6 7 9",
        "7 1 0",
    ]


def test_a_reinstatement_on_appeal_gives_everybody_the_place_of_the_flag(season):
    assert table(season, "lmp-teams", 1, "car 1 is reinstated on appeal") == [
        "1 1 25",
        "2 6 18",
        "3 2 15",
        "4 3 12",
        "5 4 10",
        "6 5 8",
        "7 7 1",
    ]


def test_provisional_results_count_in_no_official_table(season):
    assert found(season, "lmp-teams", 1, "round 1 is provisional", basis="official") is None
    official = table(season, "lmp-teams", 1, "car 1 is reinstated on appeal", basis="official")
    assert official == table(season, "lmp-teams", 1, "car 1 is reinstated on appeal")


AFTER_ROUND_2 = ["1 6 25", "2 1 25", "3 2 18", "4 3 15", "5 4 10", "5 5 10", "7 7 -4"]


def test_the_worse_of_two_rounds_is_dropped_and_a_deduction_may_lead_below_zero(season):
    assert table(season, "lmp-teams", 2, "round 2 is official") == AFTER_ROUND_2


def test_a_recall_brings_back_the_table_from_before(season):
    mistaken = table(season, "lmp-teams", 2, "round 2 is revised by mistake")
    assert mistaken == ["1 2 25", "2 1 25", "3 6 18", "4 3 15", "5 4 10", "5 5 10", "7 7 -4"]
    assert table(season, "lmp-teams", 2, "the mistake is recalled") == AFTER_ROUND_2
    assert [
        found(season, "lmp-teams", 2, happening).version
        for happening in ("round 2 is official", "round 2 is revised by mistake", "the mistake is recalled")
    ] == [1, 2, 3]


def test_a_shortened_race_pays_half_but_a_whole_pole_and_late_cars_make_room(season):
    assert scores(season, 3) == {
        "6": (1, 12.5, 0),
        "1": (2, 9, 0),
        "2": (3, 7.5, 0),
        "3": (4, 6, 0),
        "60": (None, 0, 0),
        "61": (None, 0, 0),
        "4": (None, 0, 0),
        "5": (None, 0, 0),
        "7": (None, 0, 0),
    }
    assert scores(season, 3, "gt") == {"90": (1, 12.5, 0), "91": (2, 9, 1)}


def test_cars_that_do_not_score_are_in_no_table(season):
    assert table(season, "lmp-teams", 3, "round 3 is official") == [
        "1 6 43",
        "2 1 37",
        "3 2 33",
        "4 3 27",
        "5 4 18",
        "5 5 18",
        "7 7 -4",
    ]


def test_an_override_lets_a_late_car_score_from_its_round_on(season):
    assert scores(season, 4) == {
        "3": (1, 25, 0),
        "1": (2, 18, 0),
        "6": (3, 15, 0),
        "2": (4, 12, 0),
        "61": (5, 10, 0),
        "4": (6, 8, 0),
        "5": (7, 0, 0),
        "7": (8, 0, 0),
        "60": (None, 0, 0),
    }
    assert table(season, "lmp-teams", 4, "round 4 is official") == [
        "1 6 58",
        "2 1 55",
        "3 3 52",
        "4 2 45",
        "5 4 26",
        "6 5 18",
        "7 61 10",
        "8 7 -4",
    ]


def test_an_annulled_round_is_void_and_counts_for_nobody(season):
    before = found(season, "lmp-teams", 5, "round 5 is provisional")
    assert (before.is_void, before.standings.first().entry.car_number) == (False, "1")
    after = found(season, "lmp-teams", 5, "round 5 is annulled")
    assert (after.is_void, list(after.standings.all()), after.cause) == (True, [], "Round 5 was annulled")


def test_a_round_less_may_decide_a_title(season):
    """With two rounds to come car 91 could have 18 + 18 + 18 + 26 + 26 = 106; with one 80, while car 90 has 87.5."""
    states = [
        found(season, "gt-teams", 4, happening).title_state
        for happening in ("round 4 is official", "round 5 is annulled")
    ]
    assert states == ["open", "clinched"]


AFTER_ROUND_6 = ["2 1 70", "3 2 70", "4 3 70", "5 4 26", "5 5 26", "7 61 20", "8 7 -4"]


def test_three_cars_on_equal_points_are_separated_by_second_and_third_places(season):
    """Each has won once; car 1 was second twice, and car 2 was third twice."""
    assert table(season, "lmp-teams", 6, "round 6 is official") == ["1 6 70.5", *AFTER_ROUND_6]
    ties = {
        line.entry.car_number: (line.tie_place, line.tie_count, line.tie_other)
        for line in found(season, "lmp-teams", 6, "round 6 is official").standings.all()
    }
    assert ties == {"1": (2, 2, 1), "2": (3, 2, 1)} | dict.fromkeys(("3", "4", "5", "6", "7", "61"), (None,) * 3)


def test_the_dropped_rounds_are_said(season):
    dropped = {
        line.entry.car_number: line.dropped_rounds
        for line in found(season, "lmp-teams", 6, "round 6 is official").standings.all()
    }
    # Of rounds that are worth nothing the one that was missed goes first, then the latest.
    assert dropped == {"6": "6", "1": "3", "2": "3", "3": "3", "4": "6", "5": "4", "61": "3", "7": "6"}


def test_an_excluded_car_keeps_its_points_and_loses_place_and_title(season):
    before = found(season, "lmp-teams", 6, "round 6 is official")
    assert [line.entry.car_number for line in before.standings.filter(is_champion=True)] == ["6"]
    after = found(season, "lmp-teams", 6, "car 6 is excluded")
    assert (after.title_state, [line.entry.car_number for line in after.standings.filter(is_champion=True)]) == (
        "awarded",
        ["1"],
    )
    assert table(season, "lmp-teams", 6, "car 6 is excluded") == [
        "1 1 70",
        "2 2 70",
        "3 3 70",
        "4 4 26",
        "4 5 26",
        "6 61 20",
        "7 7 -4",
        "- 6 70.5",
    ]


def test_drivers_have_the_points_of_their_rounds_and_a_crew_shares_its_place(season):
    """The exclusion and the deduction are about cars: the drivers' title has neither."""
    final = found(season, "lmp-drivers", 6, "car 6 is excluded")
    assert [line.driver.slug for line in final.standings.filter(is_champion=True)] == ["gus-six"]
    assert table(season, "lmp-drivers", 6, "car 6 is excluded") == [
        "1 gus-six 70.5",
        "2 amy-one 70",
        "2 ann-one 70",
        "4 bob-two 70",
        "5 cid-three 70",
        "6 fay-five 26",
        "7 hal-sixty-one 20",
        "8 dora-four 18",
        "9 eva-four 8",
        "10 joy-seven 1",
    ]


def test_the_other_class_is_counted_by_itself(season):
    assert table(season, "gt-teams", 6, "car 6 is excluded") == ["1 90 100", "2 91 72"]


def test_all_scores_and_tables_follow_from_the_rows_again(season):
    assert standings.refresh(season, cause="Again") == []
