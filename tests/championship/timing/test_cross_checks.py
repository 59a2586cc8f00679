"""What a person is asked to look at, with line and car; a file that is right raises no remark."""

from dataclasses import replace
from decimal import Decimal

import pytest

from championship.timing.cross_checks import MOST_ALIKE, remarks
from championship.timing.tables import TimedCar, TimedDriver, TimingTable
from tests.championship.timing.sample import TIMED, read
from tests.championship.timing.test_layouts import RACE_C
from tests.season import packaged_record
from tests.timing_files import RACES, race_table, timed_table, timing_lines, with_gaps


def told(table, entered=None, planned=None) -> list[tuple[int, str, str]]:
    found = remarks(table, entered=entered, planned=planned)
    return [(remark.line, remark.car_number, remark.text) for remark in found]


def entered_at(event: str) -> dict[str, str]:
    record = packaged_record()
    classes = {entry.car_number: entry.race_class for entry in record.entries}
    return {row.car_number: classes[row.car_number] for row in record.event_entries if row.event == event}


def car(number: str, **changes) -> TimedCar:
    values = {
        "line": 0,
        "position": 1,
        "car_number": number,
        "team": "Team",
        "race_class": "GT",
        "vehicle": "Car",
        "status": "Classified",
        "laps": 100,
        "total_time": 12_000_000,
        "best_lap_number": 5,
        "best_lap_time": 110_000,
        "drivers": (TimedDriver(name=f"Max {number}", given_name="Max", family_name=number),),
        "speed": Decimal("180.0"),
    }
    return TimedCar(**{**values, **changes})


def race(*changes: dict, layout="A") -> TimingTable:
    """Three cars and more, a second apart, with their gaps, as `changes` of each say."""
    rows = [
        car(
            str(number), **{"line": number + 1, "position": number, "total_time": 12_000_000 + 1_000 * number, **change}
        )
        for number, change in enumerate([*changes, *[{}] * (3 - len(changes))], start=1)
    ]
    return with_gaps(TimingTable(layout=layout, cars=tuple(rows)))


def timed(*changes: dict) -> TimingTable:
    rows = [
        {"status": "", "total_time": None, "best_lap_time": 110_000 + number, "laps": 8, **change}
        for number, change in enumerate(changes)
    ]
    return race(*rows, layout="B")


@pytest.mark.parametrize(("event", "session"), RACES)
def test_the_races_of_the_packaged_season_raise_no_remark(event, session):
    assert told(race_table(event, session), None) == []


def test_a_right_timed_session_raises_no_remark_and_its_classes_only_are_missed():
    assert told(timed_table("sepang", ["gt"]), entered_at("sepang")) == []


def test_a_race_of_imsa_raises_no_remark_about_its_gaps():
    assert told(read(RACE_C)) == [
        (3, "01", "Max Muster drives car 1 too."),
        (4, "007", "The file gives it no position."),
        (4, "007", "The file names no driver."),
    ]


def test_an_earlier_hour_is_recognised():
    lines = timing_lines("sepang", "race-1")
    most = lines[0].laps
    rows = [replace(row, status="Classified", laps=1 if row.laps < most // 2 else row.laps) for row in lines]
    found = [text for _, _, text in told(race_table("sepang", "race-1", rows))]
    assert found[0].startswith("All 39 cars are “Classified”, even those that hardly drove.")
    assert "Import the file of the last hour." in found[0]
    assert f"It is “Classified” with 1 lap; the most in its class are {most}." not in found
    assert any(text.startswith("It is “Classified” with 1 lap; the most in its class are ") for text in found)


@pytest.mark.parametrize(("cars", "is_told"), [(19, False), (20, True)])
def test_many_cars_that_are_all_classified_are_told_whatever_they_drove(cars, is_told):
    found = [text for line, _, text in told(race(*[{}] * cars)) if line == 0]
    assert found == [
        "All 20 cars are “Classified”. That is how the files of an earlier hour are; the leader's time is 3:20:01.000. "
        "Import the file of the last hour."
    ] * int(is_told)


HOURS_3 = 3 * 3_600_000


@pytest.mark.parametrize(
    ("leader", "is_told"),
    [
        (HOURS_3 + 61_000, True),
        (HOURS_3, True),
        (HOURS_3 - 1, False),
        (HOURS_3 + 43 * 60_000, False),
        (HOURS_3 + 3_600_000, False),
    ],
)
def test_a_file_of_few_cars_from_just_after_a_full_hour_is_told(leader, is_told):
    table = race({"total_time": leader}, {"total_time": leader + 5}, {"total_time": leader + 9})
    told_of_it = [text for line, _, text in told(table, planned=240) if line == 0]
    assert bool(told_of_it) == is_told
    assert [text for line, _, text in told(table) if line == 0] == []
    if leader == HOURS_3 + 61_000:
        assert told_of_it == [
            "The leader's time is 3:01:01.000, just after a full hour, and the race was planned for 4:00:00.000. "
            "Import the file of the last hour, unless the race was stopped then."
        ]


def test_no_race_of_the_season_ended_just_after_a_full_hour():
    for event, race_of_it in (("sepang", "race-1"), ("sepang", "race-2"), ("dubai", "race"), ("abu-dhabi", "race-1")):
        table = race_table(event, race_of_it, timing_lines(event, race_of_it))
        assert [text for line, _, text in told(table, planned=240) if line == 0] == []


def test_a_classified_car_with_few_laps_is_told_also_after_the_last_hour():
    table = race({}, {"laps": 59}, {"status": "Not classified", "laps": 10})
    assert told(table) == [(3, "2", "It is “Classified” with 59 laps; the most in its class are 100.")]


NO_LAP = {"best_lap_time": None, "speed": None}
RACE_REMARKS = [
    # the three cars, line, car and what is told
    (
        [{"position": 2}, {"position": 3}, {"position": 4}],
        [(2, "1", "The first is 2. A line is missing, or stands else")],
    ),
    ([{}, {"position": 3}, {"position": 4}], [(3, "2", "Position 3 follows position 1. A line is missing")]),
    ([{}, {"position": 1}, {"position": 2}], [(3, "2", "Position 1 stands on line 2 already.")]),
    (
        [{}, {"position": 3}, {"position": 2}],
        [(3, "2", "Position 3 follows"), (4, "3", "Position 2 follows position 3")],
    ),
    ([{}, {"position": None}, {"position": 2}], [(3, "2", "The file gives it no position, but a time: was it taken")]),
    (
        [{}, {"status": "Not classified", "laps": 50}, {"total_time": 12_002_000}],
        [(4, "3", "“Classified” stands below “Not classified”, apart from the others of its status.")],
    ),
    (
        [{"status": "Retired"}, {}, {}],
        [(3, "2", "“Classified” stands below “Retired”.")],
    ),
    ([{}, {"laps": 98}, {"laps": 99}], [(4, "3", "It has 99 laps, more than car 2 above it (98).")]),
    (
        [{}, {}, {"total_time": 12_001_500}],
        [(4, "3", "Its time is the better one on equal laps: 3:20:01.500, car 2 above")],
    ),
    ([{}, {"best_lap_number": 101}], [(3, "2", "Its best lap is number 101, and it has 100: was a lap taken away?")]),
    (
        [{}, {"best_lap_time": 122_000, "speed": Decimal("162.3")}],
        [
            (
                3,
                "2",
                "100 laps in 3:20:02.000 are faster than its best lap: one lap less at 2:02.000 each makes 3:21:18.000",
            )
        ],
    ),
    ([{}, {"best_lap_number": None}], [(3, "2", "Its best lap has no number.")]),
    ([{}, {"best_lap_time": None, "speed": None}], [(3, "2", "Its best lap has no time and no speed.")]),
    ([{}, {"best_lap_number": None, "best_lap_time": None, "speed": None}], []),
    (
        [{}, {"speed": Decimal("180.5")}],
        [
            (
                3,
                "2",
                "Its best lap of 1:50.000 at 180.5 km/h makes a track of 5.515 km; the other cars make 5.500 km of it.",
            )
        ],
    ),
    ([{}, {"speed": Decimal("180.1")}], []),
    ([{"speed": None}, {}, {"speed": Decimal("9.0")}], [(2, "1", "Its best lap has no speed.")]),
    (
        [{}, {}, {"team": "", "race_class": "", "vehicle": "", "drivers": ()}],
        [(4, "3", "The file names no team and no class and no vehicle and no driver.")],
    ),
    ([{}, {}, {"total_time": None}], [(4, "3", "The file names no total time.")]),
    ([{}, {}, {"total_time": None, "laps": 0, "status": "Not started", "best_lap_number": None, **NO_LAP}], []),
    ([{}, {}, {"status": "Under review"}], [(4, "3", "The status “Under review” is not known. It is kept as it is.")]),
    (
        [{}, {"drivers": (TimedDriver(name="MAX  1", given_name="MAX", family_name="1"),)}],
        [(3, "2", "MAX  1 drives car 1 too.")],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), RACE_REMARKS)
def test_what_does_not_fit_in_a_race_is_told(changes, expected):
    found = told(race(*changes))
    assert [remark[:2] for remark in found] == [remark[:2] for remark in expected]
    assert all(text.startswith(words) for (_, _, text), (_, _, words) in zip(found, expected, strict=True))


def test_gaps_that_do_not_follow_from_laps_and_times_are_told():
    table = race()
    cars = (table.cars[0], replace(table.cars[1], gap_first="1'05.000"), replace(table.cars[2], gap_previous=""))
    assert told(replace(table, cars=cars)) == [
        (3, "2", "The gap to the first car is “1'05.000”; laps and times make “1.000” of it."),
        (4, "3", "The gap to the previous car is nothing; laps and times make “1.000” of it."),
    ]


def test_a_gap_is_negative_behind_a_car_with_fewer_laps_or_a_longer_time():
    table = race({}, {"status": "Not classified", "laps": 20}, {"status": "Disqualified", "laps": 90})
    assert [(row.gap_first, row.gap_previous) for row in table.cars] == [
        ("", ""),
        ("80 Laps", "80 Laps"),
        ("10 Laps", "-70 Laps"),
    ]
    table = race({}, {"status": "Not classified", "total_time": 12_300_000}, {"status": "Disqualified"})
    assert table.cars[2].gap_previous == "-4'57.000"
    assert told(table) == []


TIMED_REMARKS = [
    ([{}, {"best_lap_time": 109_990}, {}], [(3, "2", "Its best lap is better than that of car 1 above it.")]),
    (
        [{}, {"best_lap_time": None, "best_lap_number": None, "speed": None}, {}],
        [(4, "3", "It has a time, and stands below car 2, which has none.")],
    ),
    (
        [{}, {}, {"position": None}],
        [(4, "3", "The file gives it no position, but a time: was it taken out of the session?")],
    ),
    (
        [{}, {}, {"position": None, "best_lap_time": None, "speed": None}],
        [(4, "3", "The file gives"), (4, "3", "Its best")],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), TIMED_REMARKS)
def test_what_does_not_fit_in_a_timed_session_is_told(changes, expected):
    found = told(timed(*changes))
    assert [remark[:2] for remark in found] == [remark[:2] for remark in expected]
    assert all(text.startswith(words) for (_, _, text), (_, _, words) in zip(found, expected, strict=True))


def test_words_that_nobody_knows_are_told():
    assert told(read(TIMED)) == [
        (4, "6", "The licence “X” of Max Muster is not known: B, S, G or P."),
        (5, "8", "The file gives it no position, but a time: was it taken out of the session?"),
        (5, "8", "The country “XYZ” of Romain Vozniak is no code of ISO or the IOC, or one of two countries."),
    ]


def test_cars_and_classes_are_compared_with_the_entry_list_both_ways():
    entered = {"1": "gt", "3": "lmp2-pro-am", "22": "LMP2", "7": "GT"}
    table = race({}, {}, {"race_class": "LMP2 Pro/Am"})
    missing = "is on the entry list, and not in the file. The provider lists cars that did not start too, with 0 laps."
    assert told(table, entered) == [
        (
            0,
            "7",
            f"Car 7 {missing}",
        ),
        (
            0,
            "22",
            f"Car 22 {missing}",
        ),
        (3, "2", "It is not on the entry list."),
    ]
    assert told(race(), {"1": "GT", "2": "lmp3", "3": "gt"}) == [
        (3, "2", "Its class is “GT”; it is entered in “lmp3”.")
    ]


def test_a_car_whose_zeros_were_lost_is_recognised():
    entered = {"1": "GT", "002": "GT", "3": "GT"}
    assert [text for _, _, text in told(timed({}, {}, {}), entered)] == [
        "Car 002 is on the entry list, and not in the file.",
        "It is not on the entry list. Car 002 is, and is not in the file: did a spreadsheet change the zeros?",
    ]


def test_the_same_remark_about_very_many_cars_is_cut():
    found = told(race(*[{}] * (MOST_ALIKE + 2)), {})
    assert [remark[:2] for remark in found] == [(0, ""), *((line, str(line - 1)) for line in range(2, MOST_ALIKE + 2))]
    assert found[0][2] == "The same check has 2 more remarks, about cars 9, 10."
    assert len(told(race(*[{}] * (MOST_ALIKE + 1)), {})) == MOST_ALIKE + 1
