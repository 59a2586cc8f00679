"""A small season in files, short enough to count its lines, and what is said when a part of it is replaced."""

from championship.record import RecordError, RecordProblem, read_season

FILES = {
    "season.toml": """\
[season]
slug = "2030-31"
label = "2030/31"

[points]
scale = ["25", "18.5"]
pole_points = "1"
classified_share = "0.7"
count_back = "none"
late_joiners_score = false

[[race_class]]
slug = "lmp2"
name = "LMP2"
position = 1
for_overall_victory = true
plate_colour = "#0B4EA2"
plate_ink = "#FFFFFF"
accent_on_dark = "#62A8FF"

[[race_class]]
slug = "gt"
name = "GT"
position = 2
for_overall_victory = false
plate_colour = "#F28C00"
plate_ink = "#000000"
accent_on_dark = "#FFA63D"

[[title]]
race_class = "lmp2"
contender = "teams"

[[title]]
race_class = "lmp2"
contender = "teams"
group = "Am"

[[invitation]]
title = "lmp2-teams"
kind = "invitation"
race = "24 Hours of Le Mans"
year = 2031
""",
    "circuits.toml": """\
[[circuit]]
slug = "sepang"
name = "Sepang"
location = "Selangor"
country = "MY"
length_m = 5543
turns = 15
latitude = "2.76056"
longitude = "101.7375"
time_zone = "Asia/Kuala_Lumpur"
outline = "M 8,8 L 100.5,8 Z"
""",
    "events.toml": """\
[[event]]
slug = "sepang-4h"
name = "4 Hours of Sepang"
circuit = "sepang"
starts_on = 2030-12-01
ends_on = 2030-12-02
is_cancelled = false
live_timing_url = "https://timing.example/"
note = "Gates open at 9.\\nBring a hat."

[[event.session]]
slug = "qualifying"
name = "Qualifying"
kind = "qualifying"
start_status = "not_on_record"
state = "scheduled"

[[event.session]]
slug = "race-1"
name = "Race 1"
kind = "race"
start_status = "confirmed"
date = 2030-12-01
starts_at = 2030-12-01T14:00:00
duration_minutes = 240
state = "scheduled"
race_classes = ["lmp2", "gt"]
round = 1
grid_from = ["qualifying"]

[[event.session]]
slug = "race-2"
name = "Race 2"
kind = "race"
start_status = "to_be_confirmed"
date = 2030-12-02
state = "postponed"
state_reason = "Rain"
round = 2
distance_share = "0.6"
""",
    "entry_lists.toml": """\
[[entry_list]]
event = "sepang-4h"
revision = 1
status = "final"
published_at = 2030-11-20T12:00:00+08:00
published_precision = "minute"
""",
    "manufacturers.csv": "slug,name,source\noreca,Oreca,\nbmw,BMW,\n",
    "car_models.csv": "slug,manufacturer,name,source\noreca-07,oreca,Oreca 07,\nbmw-m4,bmw,BMW M4,\n",
    "teams.csv": (
        "slug,name,aliases,country,source\n"
        "proton-competition,Proton Competition,Proton; Proton Comp,DE,lists\n"
        'dstation,"D""Station, Racing",,JP,\n'
    ),
    "drivers.csv": (
        "slug,given_name,family_name,aliases,country,source\n"
        "rene-binder,René,Binder,Rene Binder,AT,\n"
        "nikita-mazepin,Nikita,Mazepin,,,\n"
        "giorgio-roda,Giorgio,Roda,,IT,\n"
    ),
    "entries.csv": (
        "car_number,race_class,team,car_model,status,withdrawn_on,withdrawal_reason,source,"
        "driver_1,rating_1,nationality_1,driver_2,rating_2,nationality_2,driver_3,rating_3,nationality_3\n"
        "7,gt,dstation,bmw-m4,entered,,,,,,,,,,,,\n"
        "22A,lmp2,proton-competition,oreca-07,withdrawn,2030-11-01,No engine,,"
        "giorgio-roda,bronze,IT,TBA,gold,,nikita-mazepin,platinum,\n"
    ),
    "event_entries.csv": (
        "event,car_number,listed_name,listed_country,car_model,status,withdrawn_on,withdrawal_reason,source,"
        "driver_1,rating_1,nationality_1,driver_2,rating_2,nationality_2,driver_3,rating_3,nationality_3\n"
        "sepang-4h,7,Station,GB,bmw-m4,reserve,,,,rene-binder,gold,AT,,,,,,\n"
    ),
    "entry_lists/sepang-4h-r1.csv": (
        "car_number,race_class,race_class_name,team,team_name,team_country,car_model,car_model_name,"
        "status,withdrawn_on,withdrawal_reason,"
        "driver_1,given_name_1,family_name_1,rating_1,nationality_1,"
        "driver_2,given_name_2,family_name_2,rating_2,nationality_2,"
        "driver_3,given_name_3,family_name_3,rating_3,nationality_3\n"
        "7,gt,GT,dstation,Station,GB,bmw-m4,BMW M4,entered,,,"
        "rene-binder,Rene,Binder,gold,AT,TBA,,,silver,,,,,,\n"
    ),
}


WITH_RESULTS = {
    **FILES,
    "season.toml": FILES["season.toml"] + '\n[[title]]\nrace_class = "gt"\ncontender = "drivers"\n',
    "event_entries.csv": FILES["event_entries.csv"]
    + "sepang-4h,22A,,,oreca-07,entered,,,,giorgio-roda,bronze,IT,nikita-mazepin,gold,,,,\n",
    "results/classifications.toml": """\
[[classification]]
event = "sepang-4h"
session = "race-1"
version = 1
status = "provisional"
published_at = 2030-12-01T18:30:00+08:00
published_precision = "minute"

[[classification]]
event = "sepang-4h"
session = "race-1"
version = 2
status = "official"
published_at = 2030-12-01T12:00:00Z
published_precision = "day"
cause = "Car 7 was too fast."
document_number = "24"
decisions = ["car-7", "car-22a"]
pending = ["protest"]
timing = 1
source = "notice board"

[[classification]]
event = "sepang-4h"
session = "qualifying"
version = 1
status = "official"
published_at = 2030-12-01T01:00:00Z
published_precision = "minute"
recalled_at = 2030-12-01T02:00:00Z
recall_reason = "The wrong file."
""",
    "results/decisions.toml": """\
[[decision]]
event = "sepang-4h"
session = "race-1"
slug = "car-7"
car_number = "7"
order = 1
status = "applied"
number = "12"
fact_at = 2030-12-01T15:00:00+08:00
fact = "Left the pits on red."
offence = "Article 1"
reason = "Unsafe"
is_contained = false

[[decision.effect]]
kind = "time_added"
time = "1:05.000"

[[decision.effect]]
kind = "lap_time_deleted"

[[decision.effect]]
kind = "disqualified"
status_before = "Classified"

[[decision]]
event = "sepang-4h"
session = "race-1"
slug = "car-22a"
car_number = "22A"
order = 2
status = "served"
is_contained = true

[[decision.effect]]
kind = "laps_removed"
laps = 1

[[decision.effect]]
kind = "positions_dropped"
positions = 2

[[decision.effect]]
kind = "reinstated"
status_before = "Not classified"
""",
    "results/sepang-4h/race-1-v1.csv": (
        "position,car_number,status,laps,total_time,best_lap_time,best_lap_number,driver_1,driver_2,driver_3\n"
        "1,7,Classified,100,3:43:26.017,1:52.991,83,rene-binder,,\n"
        "2,22A,Not classified,1,,,,giorgio-roda,nikita-mazepin,\n"
    ),
    "results/sepang-4h/qualifying-v1.csv": (
        "position,car_number,status,laps,total_time,best_lap_time,best_lap_number,driver_1,driver_2,driver_3\n"
        "1,7,Classified,9,,0:59.999,3,rene-binder,,\n"
    ),
    "results/poles.csv": (
        "event,session,race_class,car_number,driver,set_by,lap_time,source\n"
        "sepang-4h,race-1,gt,7,rene-binder,best_lap,0:59.999,sheet\n"
        "sepang-4h,race-2,lmp2,22A,,not_on_record,,\n"
    ),
    "results/eligibility.csv": (
        "car_number,scores_points,event,session,reason,source\n"
        "7,yes,,,Guest of honour,\n"
        "22A,no,sepang-4h,race-2,Joined late,rules\n"
    ),
    "results/adjustments.csv": (
        "title,car_number,driver,event,session,number,kind,points,reason,source\n"
        "lmp2-teams,22A,,sepang-4h,race-1,1,deduction,2.5,Unsafe,\n"
        "lmp2-teams,22A,,sepang-4h,race-1,2,exclusion,,Wrong engine,notice board\n"
        "gt-drivers,,rene-binder,sepang-4h,race-2,1,deduction,1,Late,\n"
    ),
}
"""The same season with results."""


def as_bytes(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def replaced(file: str, old: str, new: str, files: dict[str, str] | None = None) -> dict[str, bytes]:
    """The sample with one place of one file replaced, which has to be there exactly once."""
    files = files or (FILES if file in FILES else WITH_RESULTS)
    text = files[file]
    assert text.count(old) == 1, (file, old)
    return as_bytes({**files, file: text.replace(old, new)})


def problems_of(files: dict[str, bytes]) -> list[RecordProblem]:
    try:
        read_season(files)
    except RecordError as error:
        return list(error.problems)
    return []
