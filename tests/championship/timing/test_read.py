"""What a file of layout A or B says, however it was saved again on its way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from championship.timing.read import read_timing
from championship.timing.tables import TimedCar, TimedDriver, TimingTable
from championship.timing.write import write_race, write_timed
from tests.championship.timing.sample import NAME, RACE, TIMED, as_file, read
from tests.timing_files import RACES, race_file, race_table, timed_file, timed_table

HASH = TimedDriver(name="HASH", given_name="", family_name="HASH")


def test_a_race_is_read():
    table = read(RACE)
    assert (table.layout, table.is_race, len(table.cars)) == ("A", True, 4)
    assert table.cars[1] == TimedCar(
        line=3,
        position=2,
        car_number="007",
        team="AF Corse",
        race_class="LMP2",
        vehicle="Oreca 07 - Gibson",
        status="Classified",
        laps=100,
        total_time=86_442_784,
        best_lap_number=41,
        best_lap_time=113_380,
        drivers=(TimedDriver(name="François PERRODO", given_name="François", family_name="PERRODO"), HASH),
        group="AM",
        division="LMP2-AM",
        tyres="M",
        gap_first="20:17'16.767",
        gap_previous="20:17'16.767",
        speed=Decimal("176.0"),
    )


def test_a_car_that_did_not_start_has_no_times():
    car = read(RACE).cars[3]
    assert (car.car_number, car.status, car.laps, car.total_time) == ("22A", "Not classified", 0, None)
    assert (car.best_lap_number, car.best_lap_time, car.speed) == (None, None, None)
    assert (car.gap_first, car.gap_previous) == ("100 Laps", "99 Laps")


def test_a_timed_session_is_read():
    table = read(TIMED)
    assert (table.layout, table.is_race, len(table.cars)) == ("B", False, 4)
    assert table.cars[0] == TimedCar(
        line=2,
        position=1,
        car_number="37",
        team="QMMF",
        race_class="GT",
        vehicle="BMW M4 GT3",
        status="",
        laps=7,
        total_time=None,
        best_lap_number=7,
        best_lap_time=119_595,
        drivers=(
            TimedDriver(
                name="Abdulla Al Khelaifi",
                given_name="Abdulla",
                family_name="Al Khelaifi",
                rating="bronze",
                nationality="QA",
                provider_id="11855",
            ),
            TimedDriver(
                name="Lucas Auer",
                given_name="Lucas",
                family_name="Auer",
                rating="platinum",
                nationality="AT",
                provider_id="280",
            ),
            TimedDriver(
                name="BANKCY",
                given_name="",
                family_name="BANKCY",
                rating="silver",
                nationality="JP",
                provider_id="12096",
            ),
        ),
        tyres="M",
        gap_first="-",
        gap_previous="-",
        speed=Decimal("162.2"),
        team_provider_id="6493",
    )


def test_gaps_that_are_left_in_a_row_without_a_time_are_ignored():
    car = read(TIMED).cars[2]
    assert (car.position, car.best_lap_number, car.best_lap_time, car.gap_first, car.gap_previous) == (
        3,
        None,
        None,
        "",
        "",
    )


def test_a_car_without_a_position_keeps_its_time():
    car = read(TIMED).cars[3]
    assert (car.position, car.best_lap_number, car.best_lap_time) == (None, 6, 121_801)


def test_unknown_licences_and_countries_are_kept_not_guessed():
    neutral, unknown = read(TIMED).cars[2].drivers[0], read(TIMED).cars[3].drivers[0]
    assert (neutral.rating, neutral.unknown_rating) == ("", "X")
    assert (neutral.nationality, neutral.unknown_nationality) == ("", "")
    assert (unknown.nationality, unknown.unknown_nationality, unknown.unknown_rating) == ("", "XYZ", "")


def test_an_unknown_status_is_kept():
    assert read(RACE.replace("Not classified;99", "Under review;99")).cars[2].status == "Under review"


def test_a_file_of_2015_has_no_fifth_driver():
    lines = [line.removesuffix("DRIVER_5;") if line.startswith("POS") else line[:-1] for line in RACE.splitlines()]
    assert read("\n".join(lines)) == read(RACE)


def test_a_fifth_driver_stands_in_the_last_column():
    car = read(RACE.replace("176.6;;", "176.6; HASH;")).cars[0]
    assert car.drivers[-1] == HASH


@pytest.mark.parametrize(("event", "session"), RACES)
def test_each_race_of_the_packaged_season_is_read(event, session):
    assert read_timing(race_file(event, session), file_name=NAME) == race_table(event, session)


def test_timed_sessions_of_the_packaged_season_are_read():
    for race_classes in (["lmp2"], ["lmp3", "gt"]):
        assert read_timing(timed_file("sepang", race_classes), file_name=NAME) == timed_table("sepang", race_classes)


def quoted(text: str, delimiter: str) -> str:
    """As a spreadsheet writes it: every row as long as the header."""
    width = text.splitlines()[0].count(";")
    rows = [[*line.split(";"), *[""] * width][:width] for line in text.splitlines()]
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\n" for row in rows)


SAVED_AGAIN = {
    "with LF": lambda text: text.encode("utf-8-sig"),
    "with CR": lambda text: text.replace("\n", "\r").encode(),
    "without byte order mark": lambda text: text.encode(),
    "without the last line end": lambda text: text.removesuffix("\n").encode(),
    "in UTF-16, little end first": lambda text: ("\ufeff" + text).encode("utf-16-le"),
    "in UTF-16, big end first": lambda text: ("\ufeff" + text).encode("utf-16-be"),
    "in Windows-1252": lambda text: text.encode("cp1252"),
    "in quotes": lambda text: quoted(text, ";").encode(),
    "with commas": lambda text: quoted(text, ",").encode(),
    "with tabs": lambda text: quoted(text, "\t").replace('"', "").encode("utf-16"),
    "with letters taken apart": lambda text: text.replace("É", "E\u0301").replace("ç", "c\u0327").encode(),
    "with empty lines at the end": lambda text: (text + ";;;;;;\n\n ; \n").encode(),
    "without delimiters at the ends": lambda text: "\n".join(line.rstrip(";") for line in text.splitlines()).encode(),
}


@pytest.mark.parametrize("how", SAVED_AGAIN)
def test_a_file_that_was_saved_again_says_the_same(how):
    text = RACE.replace("3;7;Team;Max MUSTER;;;;BMW M4 GT3;;GT;;;Not classified;99;56'20.143;1 Laps;1 Laps;;;;;\n", "")
    text = text.replace("4;22A;Team;Max OTHER;;;;BMW M4 GT3;;GT;;;Not classified;0;;100 Laps;99 Laps;;;;;\n", "")
    assert read_timing(SAVED_AGAIN[how](text), file_name=NAME) == read(text)


def test_a_spreadsheet_may_fill_rows_up_or_cut_empty_cells():
    rows = TIMED.splitlines()
    width = rows[0].count(";")
    filled = [row + ";" * (width - row.count(";")) for row in rows]
    cut = [rows[0], *(row + ";" * (24 + 33 - 1 - row.count(";")) for row in (line.rstrip(";") for line in rows[1:]))]
    wide = "\n".join(row + ";;;" for row in filled)
    assert read(wide) == read("\n".join(filled)) == read("\n".join(cut)) == read(TIMED)


def test_columns_are_found_by_their_names_wherever_they_stand():
    rows = [line.split(";") for line in RACE.splitlines()]
    swapped = "\n".join(";".join([row[1], row[0], row[12], *row[2:12], *row[13:]]) for row in rows)
    assert read(swapped) == read(RACE)


def test_a_quotation_mark_inside_a_cell_is_a_letter_and_doubled_inside_quotes():
    assert read(RACE.replace("AF Corse", 'AF "Corse"')).cars[1].team == 'AF "Corse"'
    assert read(RACE.replace("AF Corse", '"AF ""Corse""; two"')).cars[1].team == 'AF "Corse"; two'


def test_what_is_read_is_written_again():
    race, timed = read(RACE), read(TIMED)
    assert write_race(race) == as_file(RACE)
    again = read_timing(write_timed(timed), file_name=NAME)
    assert again == timed
    assert isinstance(again, TimingTable)
    assert replace(again, cars=()) != timed
