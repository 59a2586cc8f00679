"""The season 2023/24 as it is packaged: held against the figures that were published, and against its own writer."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from championship.record import read_folder, read_season, write_season
from championship.record.result_rows import as_told
from championship.rules.classifications import Effect, Ruling, TimingLine, classify

FOLDER = Path(__file__).resolve().parents[3] / "data" / "2023-24"


@pytest.fixture(scope="module")
def record():
    return read_season(read_folder(FOLDER))


@pytest.fixture(scope="module")
def season_list(record):
    [season_list] = [row for row in record.entry_lists if not row.event]
    return season_list


def test_the_files_are_what_the_writer_writes(record):
    assert write_season(record) == read_folder(FOLDER)


def test_the_season_list_has_39_cars_in_three_classes(season_list):
    assert Counter(line.race_class for line in season_list.lines) == {"lmp2": 11, "lmp3": 5, "gt": 23}
    assert {line.status for line in season_list.lines} == {"entered"}


def test_all_prototypes_of_a_class_are_the_same_car(record):
    cars = {}
    for entry in record.entries:
        cars.setdefault(entry.race_class, set()).add(entry.car_model)
    assert cars["lmp2"] == {"oreca-07"}
    assert cars["lmp3"] == {"ligier-js-p320"}
    assert len(cars["gt"]) == 8


def test_proton_enters_two_orecas(season_list):
    cars = [line for line in season_list.lines if line.team == "proton-competition"]
    assert [(line.car_number, line.race_class, line.car_model_name) for line in cars] == [
        ("22", "lmp2", "Oreca 07 - Gibson"),
        ("55", "lmp2", "Oreca 07 - Gibson"),
    ]


def test_the_german_teams_of_the_season_list_are_found_by_country(season_list):
    assert {line.team for line in season_list.lines if line.team_country == "DE"} == {
        *("proton-competition", "getspeed", "attempto-racing", "leipert-motorsport"),
        *("herberth-motorsport", "project-1", "team-motopark"),
    }


def test_five_cars_joined_after_the_season_list(record, season_list):
    listed = {line.car_number for line in season_list.lines}
    assert {row.car_number for row in record.entries} - listed == {"18", "34", "47", "58", "98"}
    assert len(record.entries) == 44


def test_teams_drivers_circuits_and_makes_are_complete(record):
    assert len(record.teams) == 33
    assert len(record.drivers) == 140
    assert [row.slug for row in record.circuits] == ["dubai", "sepang", "yas-marina"]
    assert len(record.manufacturers) == 10
    assert sum(not row.country for row in record.drivers) == 5


def test_five_rounds_start_on_the_right_days_at_track_time(record):
    races = [
        (session.round, event.slug, session.slug, session.starts_at)
        for event in record.events
        for session in event.sessions
        if session.kind == "race"
    ]
    assert races == [
        (1, "sepang", "race-1", datetime(2023, 12, 2, 14)),
        (2, "sepang", "race-2", datetime(2023, 12, 3, 14)),
        (3, "dubai", "race", datetime(2024, 2, 4, 13)),
        (4, "abu-dhabi", "race-1", datetime(2024, 2, 10, 15)),
        (5, "abu-dhabi", "race-2", datetime(2024, 2, 11, 16)),
    ]
    assert {
        (session.start_status, session.duration_minutes, session.grid_from)
        for event in record.events
        for session in event.sessions
        if session.kind == "race"
    } == {("confirmed", 240, ("qualifying",))}


def test_qualifying_was_held_and_its_times_are_not_on_record(record):
    sessions = [event.sessions[0] for event in record.events]
    assert [(row.slug, row.start_status, row.date, row.starts_at) for row in sessions] == [
        ("qualifying", "not_on_record", None, None)
    ] * 3


def test_each_event_has_its_cars(record):
    statuses = Counter((row.event, row.status) for row in record.event_entries)
    assert statuses == {
        ("sepang", "entered"): 39,
        ("dubai", "entered"): 41,
        ("dubai", "withdrawn"): 1,
        ("abu-dhabi", "entered"): 42,
    }
    [withdrawn] = [row for row in record.event_entries if row.status == "withdrawn"]
    assert (withdrawn.car_number, withdrawn.withdrawn_on, withdrawn.withdrawal_reason, withdrawn.crew) == (
        "56",
        None,
        "",
        (),
    )


def test_361_seats_were_taken_at_the_events(record):
    assert sum(len(row.crew) for row in record.event_entries) == 361


def test_published_lists_say_when_as_far_as_it_is_on_record(record):
    assert [
        (row.event, row.revision, row.status, row.published_at, row.published_precision, len(row.lines))
        for row in record.entry_lists
    ] == [
        ("", 1, "provisional", datetime(2023, 11, 1, tzinfo=UTC), "month", 39),
        ("sepang", 1, "final", datetime(2023, 11, 22, tzinfo=UTC), "day", 39),
        ("dubai", 1, "final", datetime(2024, 1, 24, tzinfo=UTC), "day", 42),
        ("abu-dhabi", 1, "final", datetime(2024, 2, 10, tzinfo=UTC), "latest", 42),
    ]


def test_an_event_keeps_the_name_and_country_that_it_listed(record):
    listed = {
        (row.event, row.car_number): (row.listed_name, row.listed_country)
        for row in record.event_entries
        if row.listed_name or row.listed_country
    }
    assert listed == {
        ("sepang", "4"): ("", "PT"),
        ("sepang", "56"): ("Team Project 1", ""),
        ("sepang", "75"): ("", "AT"),
        ("sepang", "88"): ("Triple Eight JMR", ""),
        ("sepang", "93"): ("Team Project 1", ""),
        ("dubai", "56"): ("Team Project 1", ""),
        ("dubai", "91"): ("", "DE"),
        ("dubai", "99"): ("", "GB"),
    }


def test_a_published_event_list_says_what_the_event_entries_say(record):
    teams = {row.slug: row for row in record.teams}
    entries = {row.car_number: row for row in record.entries}
    for entry_list in record.entry_lists[1:]:
        now = [row for row in record.event_entries if row.event == entry_list.event]
        team = [teams[entries[row.car_number].team] for row in now]
        assert [
            (line.car_number, line.team_name, line.team_country, line.status, [s.driver for s in line.crew])
            for line in entry_list.lines
        ] == [
            (
                row.car_number,
                row.listed_name or its_team.name,
                row.listed_country or its_team.country,
                row.status,
                [seat.driver for seat in row.crew],
            )
            for row, its_team in zip(now, team, strict=True)
        ]


def test_ratings_and_nationalities_are_those_of_each_event(record):
    seats = {
        (row.event, seat.driver): (seat.rating, seat.nationality) for row in record.event_entries for seat in row.crew
    }
    assert seats[("sepang", "dan-skocdopole")] == ("silver", "CZ")
    assert seats[("abu-dhabi", "dan-skocdopole")] == ("bronze", "CZ")
    assert [seats[(event, "antares-au")][1] for event in ("sepang", "dubai", "abu-dhabi")] == ["GB", "HK", "HK"]
    assert seats[("sepang", "nikita-mazepin")] == ("platinum", "")


def test_two_invitations_and_one_priority_are_at_stake(record):
    assert [(row.title, row.kind, row.race, row.year) for row in record.invitations] == [
        ("lmp2-teams", "invitation", "24 Hours of Le Mans", 2024),
        ("lmp3-teams", "priority", "Road to Le Mans", 2024),
        ("gt-teams", "invitation", "24 Hours of Le Mans", 2024),
    ]


def test_points_and_titles_are_those_of_the_season(record):
    assert [int(points) for points in record.points.scale] == [25, 18, 15, 12, 10, 8, 6, 4, 2, 1]
    assert [row.key for row in record.titles] == [
        *("lmp2-teams", "lmp2-drivers"),
        *("lmp3-teams", "lmp3-drivers"),
        *("gt-teams", "gt-drivers"),
    ]
    assert [row.slug for row in record.race_classes if row.for_overall_victory] == ["lmp2"]


def test_every_fact_has_a_source(record):
    tables = (
        *("race_classes", "titles", "invitations", "circuits", "manufacturers", "car_models"),
        *("teams", "drivers", "events", "entries", "event_entries", "entry_lists"),
        *("poles", "decisions", "classifications"),
    )
    rows = [record.season, record.points, *(row for table in tables for row in getattr(record, table))]
    assert len(rows) == 408
    assert [row for row in rows if not row.source] == []


RESULTS = [
    # event, session, version, status, published at (UTC), cars, of them classified
    ("sepang", "race-1", 1, "official", datetime(2023, 12, 2, 10, tzinfo=UTC), 39, 36),
    ("sepang", "race-2", 1, "official", datetime(2023, 12, 3, 10, tzinfo=UTC), 39, 31),
    ("dubai", "race", 1, "official", datetime(2024, 2, 4, 13, tzinfo=UTC), 41, 31),
    ("abu-dhabi", "race-1", 1, "official", datetime(2024, 2, 10, 15, tzinfo=UTC), 41, 36),
    ("abu-dhabi", "race-2", 1, "provisional", datetime(2024, 2, 11, 16, tzinfo=UTC), 40, 35),
    ("abu-dhabi", "race-2", 2, "official", datetime(2024, 2, 11, 19, 59, tzinfo=UTC), 40, 35),
]


def test_every_race_has_its_versions(record):
    assert [
        (
            *(row.event, row.session, row.version, row.status, row.published_at, len(row.lines)),
            sum(line.status == "Classified" for line in row.lines),
        )
        for row in record.classifications
    ] == RESULTS
    assert {row.published_precision for row in record.classifications} == {"day"}


def test_200_cars_finished_or_tried_to(record):
    official = [row for row in record.classifications if row.status == "official"]
    assert sum(len(row.lines) for row in official) == 200


def test_the_last_race_was_classified_anew_after_three_decisions(record):
    provisional, official = record.classifications[-2:]
    assert (provisional.decisions, official.decisions) == ((), tuple(as_told(row) for row in record.decisions))
    assert [row.slug for row in official.decisions] == ["car-24", "car-3", "car-19"]
    assert (provisional.cause, official.cause) == ("", "Post-race penalties for the cars 3, 19 and 24.")
    assert provisional.lines == official.lines


def test_decisions_keep_silent_about_what_is_not_on_record(record):
    assert [(row.slug, row.order, row.effects) for row in record.decisions] == [
        ("car-24", 1, (Effect(kind="laps_removed", laps=1), Effect(kind="time_added", time=1_000))),
        ("car-3", 2, (Effect(kind="time_added", time=65_000),)),
        ("car-19", 3, (Effect(kind="time_added", time=106_000),)),
    ]
    assert {(row.number, row.fact_at, row.fact, row.offence) for row in record.decisions} == {("", None, "", "")}


def order_of(version, record, decisions):
    """The order of a version with some of its decisions, as (class, car number) from the first classified car on."""
    class_of = {row.car_number: row.race_class for row in record.entries}
    lines = [
        TimingLine(
            car_number=line.car_number,
            race_class=class_of[line.car_number],
            position=line.position,
            status=line.status,
            laps=line.laps,
            total_time=line.total_time,
            best_lap_time=line.best_lap_time,
            best_lap_number=line.best_lap_number,
        )
        for line in version.lines
    ]
    rulings = [Ruling(key=row.slug, car_number=row.car_number, effects=row.effects) for row in decisions]
    return [(line.race_class, line.car_number) for line in classify(lines, rulings)]


def test_the_provisional_order_of_the_last_race_is_the_one_that_was_reported(record):
    order = order_of(record.classifications[-2], record, ())
    assert [car for race_class, car in order if race_class == "gt"][:2] == ["19", "88"]
    assert [car for race_class, car in order if race_class == "lmp2"][:3] == ["25", "24", "22"]


def test_the_official_order_of_the_last_race_follows_from_the_decisions(record):
    order = order_of(record.classifications[-1], record, record.decisions)
    assert [car for race_class, car in order if race_class == "gt"][:7] == ["88", "91", "95", "42", "21", "82", "19"]
    assert [car for race_class, car in order if race_class == "lmp2"][:7] == ["25", "22", "30", "3", "4", "90", "24"]


def test_every_class_of_every_round_has_its_pole(record):
    assert [(row.event, row.session, row.race_class, row.car_number, row.lap_time) for row in record.poles] == [
        ("sepang", "race-1", "lmp2", "90", 113_653),
        ("sepang", "race-1", "lmp3", "20", 120_430),
        ("sepang", "race-1", "gt", "42", 123_998),
        ("sepang", "race-2", "lmp2", "90", None),
        ("sepang", "race-2", "lmp3", "20", None),
        ("sepang", "race-2", "gt", "37", None),
        ("dubai", "race", "lmp2", "55", 108_873),
        ("dubai", "race", "lmp3", "17", 115_118),
        ("dubai", "race", "gt", "7", 118_280),
        ("abu-dhabi", "race-1", "lmp2", "99", 100_720),
        ("abu-dhabi", "race-1", "lmp3", "17", 108_499),
        ("abu-dhabi", "race-1", "gt", "7", 112_673),
        ("abu-dhabi", "race-2", "lmp2", "99", None),
        ("abu-dhabi", "race-2", "lmp3", "17", None),
        ("abu-dhabi", "race-2", "gt", "9", None),
    ]
    assert {(row.set_by, row.lap_time is None) for row in record.poles} == {
        ("best_lap", False),
        ("second_best_lap", True),
    }


def test_everybody_who_drove_is_in_the_crew_of_the_event(record):
    crews = {(row.event, row.car_number): {seat.driver for seat in row.crew} for row in record.event_entries}
    strangers = [
        (row.event, line.car_number)
        for row in record.classifications
        for line in row.lines
        if not set(line.drivers) <= crews[row.event, line.car_number]
    ]
    assert strangers == []


def test_the_columns_of_every_file_are_explained_beside_it():
    explained = (FOLDER / "README.md").read_text()
    for name, content in read_folder(FOLDER).items():
        if name.endswith(".csv"):
            columns = content.decode().split("\n")[0].split(",")
            missing = [
                column for column in columns if f"`{column}`" not in explained and not column.endswith(("_2", "_3"))
            ]
            assert missing == [], name


def test_every_circuit_is_drawn_as_one_closed_line(record):
    for circuit in record.circuits:
        assert circuit.outline.startswith("M")
        assert circuit.outline.endswith("Z")
        assert circuit.outline.count("M") == 1
