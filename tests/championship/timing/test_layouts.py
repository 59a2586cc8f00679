"""Layouts C and D (the same provider in IMSA and in cups of the SRO), and how a header tells the four apart."""

from decimal import Decimal

import pytest

from championship.timing.layouts import layout_of, normalised
from championship.timing.tables import TimedDriver
from tests.championship.timing.sample import IMSA_SEATS, SEATS, TIMED_HEADER, as_file, problems_of, read, row

RESULTS = (
    "POSITION;NUMBER;STATUS;LAPS;TOTAL_TIME;GAP_FIRST;GAP_PREVIOUS;FL_LAPNUM;FL_TIME;FL_KPH;"
    "TEAM;CLASS;GROUP;DIVISION;VEHICLE;TIRES;"
)
IMSA_IDS = (
    "IMSA_CarId;IMSA_TeamId;IMSA_ClassId;IMSA_CarTypeId;IMSA_ManufacturerId;IMSA_TireId;IMSA_SponsorId;"
    "IMSA_EventEntryId;*Extra 9;*Extra 10;"
)
ECM_IDS = TIMED_HEADER[TIMED_HEADER.index("ECM Participant") :]
AMERICAN = "Sean;Sample;Bronze;Palo Alto, CA;USA;;901;;;;;"
BELGIAN = "Max;Muster;Platinium;Heusden-Zolder, Belgium;BEL;;;;;;;"
RACE_C = f"{RESULTS}{IMSA_IDS}{IMSA_SEATS}\n" + "".join(
    [
        row("1;1;Classified;58;2:02:06.175;-;-;24;1:54.154;166.0;Team;GS;;;Car;M;11;12;;;;;;;;;", AMERICAN, BELGIAN),
        row("2;01;Classified;58;2:02:07.175;+1.000;+1.000;24;1:54.154;166.0;Team;GS;;;Car;M;;;;;;;;;;;", BELGIAN),
        row(";007;Not started;0;;58 Laps;58 Laps;;;;Team;GS;;;Car;M;;;;;;;;;;;"),
    ]
)
TIMED_D = f"{TIMED_HEADER.replace(ECM_IDS, IMSA_IDS)}{IMSA_SEATS}\n" + row(
    "1;1;7;1:59.595;-;-;162.2;7;Team;GTD;;;Car;M;11;12;;;;;;;;;", AMERICAN
)


def test_a_race_of_imsa_is_read():
    table = read(RACE_C)
    first, second, third = table.cars
    assert (table.layout, table.is_race) == ("C", True)
    assert (first.position, first.car_number, first.laps, first.total_time) == (1, "1", 58, 7_326_175)
    assert (first.best_lap_number, first.best_lap_time, first.speed) == (24, 114_154, Decimal("166.0"))
    assert (first.team_provider_id, first.tyres, first.gap_first) == ("12", "M", "-")
    assert first.drivers[0] == TimedDriver(
        name="Sean Sample",
        given_name="Sean",
        family_name="Sample",
        rating="bronze",
        nationality="US",
        provider_id="901",
    )
    assert (first.drivers[1].rating, first.drivers[1].nationality) == ("platinum", "BE")
    assert (second.car_number, second.gap_previous) == ("01", "+1.000")
    assert (third.position, third.status, third.laps, third.drivers) == (None, "Not started", 0, ())


def test_a_timed_session_of_imsa_is_read():
    table = read(TIMED_D)
    assert (table.layout, table.is_race, table.cars[0].team_provider_id) == ("D", False, "12")
    assert (table.cars[0].status, table.cars[0].total_time, table.cars[0].best_lap_time) == ("", None, 119_595)


def test_a_race_with_the_ids_of_the_aco_is_read():
    text = f"{RESULTS}{ECM_IDS}{SEATS}\n" + row(
        "1;68;Classified;72;3:01:32.386;-;-;17;2:15.100;150.0;Team;GT4;;;Car;;1;2;;;;;;;;;", AMERICAN
    )
    assert read(text).layout == "C"
    assert (read(text).cars[0].team_provider_id, read(text).cars[0].drivers[0].provider_id) == ("2", "901")


def test_a_cup_with_one_driver_a_car_does_not_number_the_seat():
    text = f"{RESULTS}{ECM_IDS}{SEATS[: SEATS.index('DRIVER2')].replace('DRIVER1', 'DRIVER')}\n"
    text += f"1;13;Classified;23;45:30.694;-;-;13;1:40.747;140.3;Team;Am;;Cup;Car;;;;;;;;;;;;{AMERICAN}\n"
    assert read(text).cars[0].drivers[0].name == "Sean Sample"


def test_a_column_that_is_named_as_in_the_file_is_told():
    [problem] = problems_of(
        as_file(RACE_C.replace("1:54.154;166.0;Team;GS;;;Car;M;11", "1:54.1;166.0;Team;GS;;;Car;M;11"))
    )
    assert problem[:2] == (2, "FL_TIME")


@pytest.mark.parametrize(
    ("header", "layout"),
    [
        ("POSITION;NUMBER;TEAM;DRIVER_1", "A"),
        ("POS;NUMBER; LAPS;DRIVER1_FIRSTNAME", "B"),
        ("POSITION;NUMBER;DRIVER_FIRSTNAME", "C"),
        ("POSITION;NUMBER;IMSA_CarId;DRIVER1_FIRSTNAME", "C"),
        ("POS;IMSA_CarId;DRIVER1_FIRSTNAME", "D"),
        ("POS;IMSA_TeamId;DRIVER1_FIRSTNAME", "D"),
        ("POSITION;CLASS;NUMBER", None),
        ("", None),
    ],
)
def test_a_header_tells_the_layout(header, layout):
    assert layout_of([normalised(name) for name in header.split(";")]) == layout
