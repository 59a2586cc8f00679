"""Everything that is refused, with the file, the line and the column that the official has to look at."""

import pytest

from championship.record.layout import FILES as ALL_FILES
from tests.championship.record.sample import FILES, as_bytes, problems_of, replaced

SEASON, CIRCUITS, EVENTS, LISTS = "season.toml", "circuits.toml", "events.toml", "entry_lists.toml"
TEAMS, DRIVERS, ENTRIES, AT_EVENT = "teams.csv", "drivers.csv", "entries.csv", "event_entries.csv"
LINES = "entry_lists/sepang-4h-r1.csv"

REFUSALS = [
    # file, what stands there, what is written instead, line and column of each problem
    (SEASON, '"2030-31"', '"season 2030"', [(2, "slug")]),
    (SEASON, '"2030-31"', '"2030-31\\n"', [(2, "slug")]),
    (SEASON, 'label = "2030/31"', "", [(1, "label")]),
    (SEASON, 'label = "2030/31"', 'label = ""', [(3, "label")]),
    (SEASON, 'label = "2030/31"', 'label = " 2030/31"', [(3, "label")]),
    (SEASON, 'label = "2030/31"', 'label = "2030\\u0007"', [(3, "label")]),
    (SEASON, 'label = "2030/31"', "label = 2030", [(3, "label")]),
    (SEASON, 'label = "2030/31"', 'label = "2030/31"\nlabel = "2030"', [(4, "")]),
    (SEASON, 'label = "2030/31"', 'label = "2030/31"\ncolour = "red"', [(4, "colour")]),
    (SEASON, 'label = "2030/31"', 'label = "2030/31', [(3, "")]),
    (SEASON, "[season]", "[saison]", [(1, "saison"), (1, "season")]),
    (SEASON, "[points]", "[[points]]", [(5, "points")]),
    (SEASON, '["25", "18.5"]', '"25"', [(6, "scale")]),
    (SEASON, '["25", "18.5"]', "[]", [(6, "scale")]),
    (SEASON, '["25", "18.5"]', '["25", 18.5, "18,5", "-1", "1e2", "٢"]', [(6, "scale")] * 5),
    (SEASON, 'pole_points = "1"', "pole_points = 1", [(7, "pole_points")]),
    (SEASON, 'pole_points = "1"', 'pole_points = "NaN"', [(7, "pole_points")]),
    (SEASON, 'classified_share = "0.7"', 'classified_share = "70"', [(8, "classified_share")]),
    (SEASON, 'classified_share = "0.7"\n', "", [(5, "classified_share")]),
    (SEASON, 'count_back = "none"', 'count_back = "wins"', [(9, "count_back")]),
    (SEASON, "late_joiners_score = false", 'late_joiners_score = "no"', [(10, "late_joiners_score")]),
    (SEASON, "late_joiners_score = false\n", "", [(5, "late_joiners_score")]),
    (SEASON, 'slug = "gt"', 'slug = "GT"', [(22, "slug")]),
    (SEASON, 'slug = "gt"', 'slug = "lmp2"',
     [(22, "slug"), (EVENTS, 27, "race_classes"), (ENTRIES, 2, "race_class"), (LINES, 2, "race_class")]),
    (SEASON, 'name = "GT"', 'name = "LMP2"', [(23, "name")]),
    (SEASON, "position = 2", "position = 1", [(24, "position")]),
    (SEASON, "position = 2", "position = 0", [(24, "position")]),
    (SEASON, "position = 2", "position = true", [(24, "position")]),
    (SEASON, "position = 2", "position = 2.0", [(24, "position")]),
    (SEASON, "position = 2\n", "", [(21, "position")]),
    (SEASON, '"#F28C00"', '"orange"', [(26, "plate_colour")]),
    (SEASON, '"#F28C00"', '"#F28C0"', [(26, "plate_colour")]),
    (SEASON, 'contender = "teams"\ngroup', 'contender = "cars"\ngroup', [(36, "contender")]),
    (SEASON, 'group = "Am"', 'group = ""', [(36, "contender")]),
    (SEASON, 'title = "lmp2-teams"', 'title = "lmp2-team"', [(40, "title")]),
    (SEASON, "year = 2031", "year = 31", [(43, "year")]),
    (CIRCUITS, "[[circuit]]", "[circuit]", [(1, "circuit")]),
    (CIRCUITS, 'country = "MY"', 'country = "Malaysia"', [(5, "country")]),
    (CIRCUITS, 'country = "MY"', 'country = "my"', [(5, "country")]),
    (CIRCUITS, 'country = "MY"', 'country = "XX"', [(5, "country")]),
    (CIRCUITS, "length_m = 5543", "length_m = 5.543", [(6, "length_m")]),
    (CIRCUITS, "length_m = 5543", f"length_m = {'9' * 5000}", [(11, "")]),
    (CIRCUITS, 'latitude = "2.76056"', 'latitude = "90.1"', [(8, "latitude")]),
    (CIRCUITS, '"Asia/Kuala_Lumpur"', '"Asia/Kuala Lumpur"', [(10, "time_zone")]),
    (CIRCUITS, '"Asia/Kuala_Lumpur"', '"../../etc/passwd"', [(10, "time_zone")]),
    (CIRCUITS, '"M 8,8 L 100.5,8 Z"', '"M 8,8\\"/><script>"', [(11, "outline")]),
    (CIRCUITS, '"M 8,8 L 100.5,8 Z"', "[" * 5000, [(11, "")]),
    (EVENTS, '"sepang-4h"', '"entries"', [(2, "slug")]),
    (EVENTS, '"sepang-4h"', '"season"', [(2, "slug")]),
    (EVENTS, 'circuit = "sepang"', 'circuit = "sepan"', [(4, "circuit")]),
    (EVENTS, "ends_on = 2030-12-02", "ends_on = 2030-11-30", [(6, "ends_on")]),
    (EVENTS, "ends_on = 2030-12-02", 'ends_on = "2030-12-02"', [(6, "ends_on")]),
    (EVENTS, "ends_on = 2030-12-02", "ends_on = 2030-12-02T00:00:00", [(6, "ends_on")]),
    (EVENTS, "ends_on = 2030-12-02", "ends_on = 2030-02-30", [(6, "")]),
    (EVENTS, "ends_on = 2030-12-02\n", "", [(1, "ends_on")]),
    (EVENTS, '"https://timing.example/"', '"javascript:alert(1)"', [(8, "live_timing_url")]),
    (EVENTS, '"Gates open at 9.\\nBring a hat."', '"Gates\\u0000"', [(9, "note")]),
    (EVENTS, 'slug = "race-1"', 'slug = "documents"', [(19, "slug")]),
    (EVENTS, 'slug = "race-1"', 'slug = "race-2"', [(32, "slug")]),
    (EVENTS, 'kind = "qualifying"', 'kind = "warm-up"', [(14, "kind"), (29, "grid_from")]),
    (EVENTS, "starts_at = 2030-12-01T14:00:00\n", "", [(18, "starts_at")]),
    (EVENTS, "2030-12-01T14:00:00", "2030-12-01T14:00:00+08:00", [(24, "starts_at")]),
    (EVENTS, "2030-12-01T14:00:00", '"14:00"', [(24, "starts_at")]),
    (EVENTS, "2030-12-01T14:00:00", "2030-12-02T14:00:00", [(23, "date")]),
    (EVENTS, "date = 2030-12-01\nstarts_at = 2030-12-01", "date = 2030-12-04\nstarts_at = 2030-12-04",
     [(23, "date"), (24, "starts_at")]),
    (EVENTS, "date = 2030-12-01\n", "", [(18, "date")]),
    (EVENTS, 'start_status = "confirmed"', 'start_status = "not_on_record"', [(24, "starts_at")]),
    (EVENTS, "duration_minutes = 240", "duration_minutes = 0", [(25, "duration_minutes")]),
    (EVENTS, 'race_classes = ["lmp2", "gt"]', 'race_classes = ["lmp2", "lmp2"]', [(27, "race_classes")]),
    (EVENTS, 'race_classes = ["lmp2", "gt"]', 'race_classes = ["lmp4"]', [(27, "race_classes")]),
    (EVENTS, 'race_classes = ["lmp2", "gt"]', "race_classes = [1]", [(27, "race_classes")]),
    (EVENTS, "round = 1", "round = 2", [(28, "round"), (39, "round"), (39, "round")]),
    (EVENTS, "round = 1", "round = 3", [(39, "round")]),
    (EVENTS, "round = 1\n", "", [(28, "grid_from"), (38, "round")]),
    (EVENTS, 'grid_from = ["qualifying"]', 'grid_from = ["race-2"]', [(29, "grid_from")]),
    (EVENTS, 'kind = "race"\nstart_status = "confirmed"', 'kind = "practice"\nstart_status = "confirmed"',
     [(28, "round")]),
    (LISTS, 'event = "sepang-4h"', 'event = "sepang"', [(2, "event"), (3, "revision")]),
    (LISTS, "revision = 1", "revision = 2", [(3, "revision")]),
    (LISTS, 'status = "final"', 'status = "draft"', [(4, "status")]),
    (LISTS, "2030-11-20T12:00:00+08:00", "2030-11-20T12:00:00", [(5, "published_at")]),
    (LISTS, "2030-11-20T12:00:00+08:00", "0001-01-01T00:00:00+08:00", [(5, "published_at")]),
    (LISTS, 'published_precision = "minute"', 'published_precision = "hour"', [(6, "published_precision")]),
    ("manufacturers.csv", "bmw,BMW,", "oreca,BMW,", [(3, "slug"), ("car_models.csv", 3, "manufacturer")]),
    ("manufacturers.csv", "bmw,BMW,", "bmw,Oreca,", [(3, "name")]),
    ("car_models.csv", "bmw-m4,bmw,", "bmw-m4,bmv,", [(3, "manufacturer")]),
    ("car_models.csv", ",BMW M4,", ",Oreca 07,", [(3, "name")]),
    (TEAMS, "slug,name,aliases,country,source", "slug,name,country,source", [(1, "aliases")]),
    (TEAMS, "slug,name,aliases", "slug,name,name,aliases", [(1, "name")]),
    (TEAMS, "slug,name,aliases", "slug,name,Note,aliases", [(1, "Note")]),
    (TEAMS, "slug,name,aliases,country,source\n", "", [(1, column) for column in
     ("slug", "name", "aliases", "country", "source", "proton-competition", "Proton Competition",
      "Proton; Proton Comp", "DE", "lists")]),
    (TEAMS, "Proton Comp,DE", "Proton Comp,DE,", [(2, "")]),
    (TEAMS, "Proton Comp,DE", "Proton Comp", [(2, "")]),
    (TEAMS, "Proton Comp,DE,lists\n", "Proton Comp,DE,lists\n\n", [(3, "")]),
    (TEAMS, 'dstation,"D""Station, Racing",', 'dstation,"DStation, Racing,', [(3, "")]),
    (TEAMS, "proton-competition,Proton Competition,", 'proton-competition,"Proton\nCompetition",', [(2, ""), (3, "")]),
    (TEAMS, "proton-competition,Proton Competition,", 'proton-competition,Pro"ton,', [(2, "")]),
    (TEAMS, "proton-competition,Proton Competition,", 'proton-competition,"Pro"ton,', [(2, "")]),
    (TEAMS, "proton-competition,Proton Competition,", "proton-competition,Proton\rCompetition,", [(2, "name")]),
    (TEAMS, "proton-competition,Proton Competition,", "proton-competition,Proton\u2028Competition,", [(2, "name")]),
    (TEAMS, "proton-competition,Proton Competition,", "proton-competition,\u00a0Proton,", [(2, "name")]),
    (TEAMS, "proton-competition,Proton Competition,", "proton-competition,,", [(2, "name")]),
    (TEAMS, "Proton; Proton Comp,", "Proton;Proton Comp,", [(2, "aliases")]),
    (TEAMS, "Proton; Proton Comp,", "Proton; Proton,", [(2, "aliases")]),
    (TEAMS, "Racing\",,JP", 'Racing",Proton Comp,JP', [(3, "aliases")]),
    (TEAMS, "Racing\",,JP", 'Racing",,', [(3, "country")]),
    (DRIVERS, "giorgio-roda,Giorgio", "rene-binder,Giorgio", [(4, "slug"), (ENTRIES, 3, "driver_1")]),
    (DRIVERS, "giorgio-roda,Giorgio", "giorgio_roda,Giorgio", [(4, "slug")]),
    (DRIVERS, "Giorgio,Roda", "Giorgio,", [(4, "family_name")]),
    (DRIVERS, ",,IT,", ",,ITA,", [(4, "country")]),
    (ENTRIES, "\n7,gt", "\n٧,gt", [(2, "car_number")]),
    (ENTRIES, "\n7,gt", "\n7_0,gt", [(2, "car_number")]),
    (ENTRIES, "\n7,gt", "\n22A,gt",
     [(3, "car_number"), (AT_EVENT, 2, "car_number"), (LINES, 2, "car_number")]),
    (ENTRIES, "\n7,gt", "\n7,gte", [(2, "race_class")]),
    (ENTRIES, "bmw-m4,entered", "bmw-m3,entered", [(2, "car_model")]),
    (ENTRIES, "bmw-m4,entered", "bmw-m4,reserve", [(2, "status")]),
    (ENTRIES, "bmw-m4,entered,,", "bmw-m4,entered,2030-11-01,Why", [(2, "withdrawn_on"), (2, "withdrawal_reason")]),
    (ENTRIES, "2030-11-01,No engine", "01.11.2030,No engine", [(3, "withdrawn_on")]),
    (ENTRIES, "2030-11-01,No engine", "2030-11-31,No engine", [(3, "withdrawn_on")]),
    (ENTRIES, "2030-11-01,No engine", "20301101,No engine", [(3, "withdrawn_on")]),
    (ENTRIES, "2030-11-01,No engine", "٢٠٣٠-11-01,No engine", [(3, "withdrawn_on")]),
    (ENTRIES, "giorgio-roda,bronze", "Giorgio Roda,bronze", [(3, "driver_1")]),
    (ENTRIES, "giorgio-roda,bronze", "georgio-roda,bronze", [(3, "driver_1")]),
    (ENTRIES, "giorgio-roda,bronze", "nikita-mazepin,bronze", [(3, "driver_3")]),
    (ENTRIES, "giorgio-roda,bronze", "giorgio-roda,Bronze", [(3, "rating_1")]),
    (ENTRIES, "TBA,gold", "TBA,", [(3, "rating_2")]),
    (ENTRIES, "TBA,gold", ",gold", [(3, "driver_2")]),
    (ENTRIES, "nikita-mazepin,platinum", ",platinum", [(3, "rating_3")]),
    (ENTRIES, "bronze,IT", "bronze,Italy", [(3, "nationality_1")]),
    (ENTRIES, "driver_3,rating_3,nationality_3", "driver_4,rating_4,nationality_4",
     [(1, column) for column in ("driver_3", "rating_3", "nationality_3")]),
    (ENTRIES, "driver_3,rating_3,nationality_3", "driver_3,rating_3,nationality_7",
     [(1, "nationality_3"), (1, "nationality_7")]),
    (AT_EVENT, "sepang-4h,7,", "sepang,7,", [(2, "event")]),
    (AT_EVENT, "sepang-4h,7,", "sepang-4h,007,", [(2, "car_number")]),
    (AT_EVENT, ",GB,bmw-m4,", ",UK1,bmw-m4,", [(2, "listed_country")]),
    (AT_EVENT, "reserve,,,", "reserve,,late,", [(2, "withdrawal_reason")]),
    (LINES, "\n7,gt,", "\n8,gt,", [(2, "car_number")]),
    (LINES, "\n7,gt,GT", "\n7,gte,GT", [(2, "race_class")]),
    (LINES, "\n7,gt,GT", "\n7,gt,", [(2, "race_class_name")]),
    (LINES, "Station,GB", "Station,", [(2, "team_country")]),
    (LINES, "Rene,Binder", "Rene,", [(2, "family_name_1")]),
    (LINES, "rene-binder,", "renee-binder,", [(2, "driver_1")]),
    (LINES, "TBA,,,silver", ",,,silver", [(2, "rating_2")]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), REFUSALS)
def test_what_is_wrong_is_refused_where_it_stands(file, old, new, expected):
    problems = problems_of(replaced(file, old, new))
    found = sorted((problem.file, problem.line, problem.column) for problem in problems)
    assert found == sorted(place if len(place) == 3 else (file, *place) for place in expected)
    assert all(problem.message and problem.mend for problem in problems)


@pytest.mark.parametrize("file", ALL_FILES)
def test_a_missing_file_is_named(file):
    files = as_bytes(FILES)
    del files[file]
    assert [(problem.file, problem.line) for problem in problems_of(files)] == [(file, 0)]


@pytest.mark.parametrize("name", ["results.csv", "Teams.csv", "entry_lists/sepang-4h-r01.csv", "entry_lists/x.csv"])
def test_an_unknown_file_is_named(name):
    assert [(problem.file, problem.line) for problem in problems_of(as_bytes({**FILES, name: ""}))] == [(name, 0)]


def test_lines_without_a_published_list_are_refused():
    files = as_bytes({**FILES, "entry_lists/season-r1.csv": FILES[LINES]})
    assert [problem.file for problem in problems_of(files)] == ["entry_lists/season-r1.csv"]


def test_the_same_revision_cannot_be_published_twice():
    files = as_bytes({**FILES, LISTS: FILES[LISTS] * 2})
    assert [(problem.file, problem.line, problem.column) for problem in problems_of(files)] == [(LISTS, 9, "revision")]


def test_the_same_invitation_cannot_be_given_twice():
    text = FILES[SEASON]
    files = as_bytes({**FILES, SEASON: text + text[text.index("[[invitation]]") :]})
    assert [(problem.line, problem.column) for problem in problems_of(files)] == [(47, "race")]


@pytest.mark.parametrize("file", [TEAMS, LINES])
def test_the_same_car_or_team_cannot_stand_in_a_file_twice(file):
    last = FILES[file].splitlines(keepends=True)[-1]
    problems = problems_of(as_bytes({**FILES, file: FILES[file] + last}))
    assert {problem.line for problem in problems} == {FILES[file].count("\n") + 1}


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
@pytest.mark.parametrize("file", [DRIVERS, EVENTS])
def test_another_encoding_is_refused(file, encoding):
    text = FILES[file].replace("Gates open", "Türen öffnen")
    files = as_bytes(FILES) | {file: text.encode(encoding)}
    assert [(problem.file, problem.column) for problem in problems_of(files)] == [(file, "")]


def test_the_line_of_a_wrong_byte_is_named():
    files = as_bytes(FILES) | {DRIVERS: FILES[DRIVERS].encode("latin-1")}
    assert [(p.line, p.message) for p in problems_of(files)] == [(2, "The byte 0xe9 is not UTF-8.")]


def test_an_empty_file_lacks_every_column():
    problems = problems_of(as_bytes(FILES) | {"manufacturers.csv": b""})
    assert [(p.line, p.column) for p in problems][:3] == [(1, "slug"), (1, "name"), (1, "source")]


def test_the_spelling_that_is_meant_is_suggested():
    [problem] = problems_of(replaced(ENTRIES, "giorgio-roda,bronze", "georgio-roda,bronze"))
    assert problem.message == 'There is no driver "georgio-roda" in drivers.csv.'
    assert problem.mend == 'Did you mean "giorgio-roda"? If not, add it to drivers.csv.'


def test_the_time_zone_that_is_meant_is_suggested():
    [problem] = problems_of(replaced(CIRCUITS, '"Asia/Kuala_Lumpur"', '"Asia/KualaLumpur"'))
    assert problem.mend == 'Did you mean "Asia/Kuala_Lumpur"?'


def test_long_values_are_cut_in_messages():
    [problem] = problems_of(replaced(CIRCUITS, 'country = "MY"', f'country = "{"M" * 500}"'))
    assert len(problem.message) < 120
