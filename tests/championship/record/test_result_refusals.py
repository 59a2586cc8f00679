"""Everything about results that is refused, with the file, the line and the column that the official has to look at."""

import pytest

from tests.championship.record.sample import WITH_RESULTS, as_bytes, problems_of, replaced

SEASON, EVENTS, ENTRIES, AT_EVENT = "season.toml", "events.toml", "entries.csv", "event_entries.csv"
VERSIONS, DECISIONS = "results/classifications.toml", "results/decisions.toml"
POLES, ELIGIBILITY, ADJUSTMENTS = "results/poles.csv", "results/eligibility.csv", "results/adjustments.csv"
RACE = "results/sepang-4h/race-1-v1.csv"

REFUSALS = [
    # file, what stands there, what is written instead, line and column of each problem
    (SEASON, "late_joiners_score = false", "late_joiners_score = false\ndropped_scores = -1", [(11, "dropped_scores")]),
    (SEASON, "late_joiners_score = false", 'late_joiners_score = false\nshort_race_share = "0.75"',
     [(5, "short_race_factor")]),
    (SEASON, "late_joiners_score = false", 'late_joiners_score = false\nshort_race_factor = "0.5"',
     [(5, "short_race_share")]),
    (SEASON, "late_joiners_score = false",
     'late_joiners_score = false\nshort_race_share = "75"\nshort_race_factor = 0.5',
     [(11, "short_race_share"), (12, "short_race_factor")]),
    (EVENTS, 'distance_share = "0.6"', 'distance_share = "60"', [(40, "distance_share")]),
    (EVENTS, "round = 2\n", "", [(39, "distance_share")]),
    (EVENTS, 'round = 2\ndistance_share = "0.6"\n', "",
     [(POLES, 3, "session"), (ELIGIBILITY, 3, "session"), (ADJUSTMENTS, 4, "session")]),

    (VERSIONS, 'session = "race-1"\nversion = 1', 'session = "race-3"\nversion = 1',
     [(3, "session"), (4, "version"), (12, "version")]),
    (VERSIONS, 'session = "qualifying"', 'session = "race-2"', [(26, "version")]),
    (VERSIONS, "version = 2", "version = 3", [(12, "version")]),
    (VERSIONS, "version = 2", "version = 1", [(12, "version")]),
    (VERSIONS, "version = 2", "version = 0", [(12, "version")]),
    (VERSIONS, 'status = "provisional"', 'status = "final"', [(5, "status")]),
    (VERSIONS, "2030-12-01T18:30:00+08:00", "2030-12-01T18:30:00", [(6, "published_at")]),
    (VERSIONS, "2030-12-01T12:00:00Z", "2030-12-01T10:00:00Z", [(14, "published_at")]),
    (VERSIONS, 'published_precision = "day"', 'published_precision = "hour"', [(15, "published_precision")]),
    (VERSIONS, 'cause = "Car 7 was too fast."\n', "", [(9, "cause")]),
    (VERSIONS, 'decisions = ["car-7", "car-22a"]', 'decisions = ["car-7", "car-7"]', [(18, "decisions")]),
    (VERSIONS, 'decisions = ["car-7", "car-22a"]', 'decisions = ["car-7", "car-8"]', [(18, "decisions")]),
    (VERSIONS, 'decisions = ["car-7", "car-22a"]', 'decisions = "car-7"', [(18, "decisions")]),
    (VERSIONS, 'pending = ["protest"]', 'pending = ["rain"]', [(19, "pending")]),
    (VERSIONS, "timing = 1", "timing = 2", [(20, "timing")]),
    (VERSIONS, "timing = 1", "timing = 3", [(20, "timing")]),
    (VERSIONS, "timing = 1", 'timing = "1"', [(20, "timing")]),
    (VERSIONS, "timing = 1\n", "", [(12, "version")]),
    (VERSIONS, 'source = "notice board"', 'author = "me"', [(21, "author")]),
    (VERSIONS, 'recall_reason = "The wrong file."\n', "", [(23, "recall_reason")]),
    (VERSIONS, "recalled_at = 2030-12-01T02:00:00Z\n", "", [(30, "recall_reason")]),
    (VERSIONS, "2030-12-01T02:00:00Z", "2030-11-30T02:00:00Z", [(30, "recalled_at")]),

    (DECISIONS, 'session = "race-1"\nslug = "car-7"', 'session = "race-9"\nslug = "car-7"',
     [(3, "session")]),
    (DECISIONS, 'slug = "car-22a"', 'slug = "car-7"', [(29, "slug")]),
    (DECISIONS, 'slug = "car-22a"', 'slug = "Car 22A"', [(29, "slug")]),
    (DECISIONS, 'car_number = "22A"', 'car_number = "23"', [(30, "car_number"), (VERSIONS, 18, "decisions")]),
    (DECISIONS, "order = 1", "order = 0", [(6, "order")]),
    (DECISIONS, 'status = "served"', 'status = "done"', [(32, "status")]),
    (DECISIONS, "is_contained = true", "is_contained = 1", [(33, "is_contained")]),
    (DECISIONS, "fact_at = 2030-12-01T15:00:00+08:00", "fact_at = 2030-12-01", [(9, "fact_at")]),
    (DECISIONS, 'kind = "time_added"', 'kind = "long_lap"', [(16, "kind")]),
    (DECISIONS, 'time = "1:05.000"', 'time = "65"', [(17, "time")]),
    (DECISIONS, 'time = "1:05.000"', 'time = "0:00.000"', [(17, "time")]),
    (DECISIONS, 'time = "1:05.000"', "time = 65000", [(17, "time")]),
    (DECISIONS, 'time = "1:05.000"\n', "", [(15, "time")]),
    (DECISIONS, 'time = "1:05.000"', 'time = "1:05.000"\nlaps = 1', [(18, "laps")]),
    (DECISIONS, "laps = 1", "laps = 0", [(37, "laps")]),
    (DECISIONS, "positions = 2\n", "", [(39, "positions")]),
    (DECISIONS, 'status_before = "Not classified"\n', "", [(43, "status_before")]),

    (RACE, "1,7,Classified", "2,7,Classified", [(3, "position")]),
    (RACE, "2,22A", "3,22A", [(3, "position")]),
    (RACE, "2,22A", "02,22A", [(3, "position")]),
    (RACE, "2,22A", "0,22A", [(3, "position")]),
    (RACE, "2,22A", "999999999999,22A", [(3, "position")]),
    (RACE, "2,22A", "2,7", [(3, "car_number")]),
    (RACE, "2,22A", "2,23", [(3, "car_number")]),
    (RACE, "Not classified", "", [(3, "status")]),
    (RACE, "classified,1,", "classified,,", [(3, "laps")]),
    (RACE, "3:43:26.017", "3:43:26.17", [(2, "total_time")]),
    (RACE, "3:43:26.017", "3:43'26.017", [(2, "total_time")]),
    (RACE, "3:43:26.017", "03:43:26.017", [(2, "total_time")]),
    (RACE, "3:43:26.017", "3:60:26.017", [(2, "total_time")]),
    (RACE, "3:43:26.017", "999:43:26.017", [(2, "total_time")]),
    (RACE, "1:52.991", "1:52,991", [(2, "")]),
    (RACE, "1:52.991", "1:60.991", [(2, "best_lap_time")]),
    (RACE, ",83,", ",0,", [(2, "best_lap_number")]),
    (RACE, "giorgio-roda,nikita-mazepin", "giorgio-roda,giorgio-roda", [(3, "driver_2")]),
    (RACE, "giorgio-roda,nikita-mazepin", "georgio-roda,nikita-mazepin", [(3, "driver_1")]),
    (RACE, "giorgio-roda,nikita-mazepin", ",nikita-mazepin", [(3, "driver_1")]),
    (RACE, "giorgio-roda,nikita-mazepin", "giorgio-roda,rene-binder", [(3, "driver_2")]),
    (RACE, "giorgio-roda,nikita-mazepin", "giorgio-roda,TBA", [(3, "driver_2")]),
    (RACE, "position,car_number", "pos,car_number", [(1, "pos"), (1, "position")]),

    (POLES, "race-1,gt,7", "race-3,gt,7", [(2, "session")]),
    (POLES, "race-1,gt,7", "qualifying,gt,7", [(2, "session")]),
    (POLES, "race-1,gt,7", "race-1,lmp2,7", [(2, "race_class")]),
    (POLES, "race-1,gt,7", "race-1,gt,22A", [(2, "race_class")]),
    (POLES, "race-1,gt,7", "race-1,lmp9,7", [(2, "race_class")] * 2),
    (POLES, "race-1,gt,7", "race-1,gt,8", [(2, "car_number")]),
    (POLES, "rene-binder", "renee-binder", [(2, "driver")]),
    (POLES, "not_on_record", "unknown", [(3, "set_by")]),
    (POLES, "0:59.999", "59.999", [(2, "lap_time")]),

    (ELIGIBILITY, "7,yes", "7,true", [(2, "scores_points")]),
    (ELIGIBILITY, "7,yes", "8,yes", [(2, "car_number")]),
    (ELIGIBILITY, "7,yes", "22A,yes", [(3, "car_number")]),
    (ELIGIBILITY, "Joined late", "", [(3, "reason")]),
    (ELIGIBILITY, "sepang-4h,race-2", "sepang-4h,", [(3, "session")]),
    (ELIGIBILITY, "sepang-4h,race-2", ",race-2", [(3, "event")]),
    (ELIGIBILITY, "sepang-4h,race-2", "sepang-4h,qualifying", [(3, "session")]),

    (ADJUSTMENTS, "gt-drivers,", "gt-driver,", [(4, "title")]),
    (ADJUSTMENTS, "gt-drivers,,rene-binder", "gt-drivers,7,rene-binder", [(4, "car_number")]),
    (ADJUSTMENTS, "gt-drivers,,rene-binder", "gt-drivers,,", [(4, "driver")]),
    (ADJUSTMENTS, "gt-drivers,,rene-binder", "gt-drivers,,rene", [(4, "driver")]),
    (ADJUSTMENTS, "gt-drivers,,rene-binder", "lmp2-teams,7,", [(4, "car_number")]),
    (ADJUSTMENTS, "gt-drivers,,rene-binder", "lmp2-teams,8,", [(4, "car_number")]),
    (ADJUSTMENTS, "race-2,1,deduction", "race-3,1,deduction", [(4, "session")]),
    (ADJUSTMENTS, "race-2,1,deduction", "race-2,2,deduction", [(4, "number")]),
    (ADJUSTMENTS, "race-1,2,exclusion", "race-1,1,exclusion", [(3, "number")]),
    (ADJUSTMENTS, "race-1,2,exclusion", "race-1,3,exclusion", [(3, "number")]),
    (ADJUSTMENTS, "exclusion,,", "exclusion,5,", [(3, "points")]),
    (ADJUSTMENTS, "exclusion,,", "deduction,,", [(3, "points")]),
    (ADJUSTMENTS, "deduction,2.5,", "deduction,0.0,", [(2, "points")]),
    (ADJUSTMENTS, "deduction,2.5,", "deduction,-2.5,", [(2, "points")]),
    (ADJUSTMENTS, "Unsafe", "", [(2, "reason")]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), REFUSALS)
def test_what_is_wrong_is_refused_where_it_stands(file, old, new, expected):
    problems = problems_of(replaced(file, old, new, WITH_RESULTS))
    found = sorted((problem.file, problem.line, problem.column) for problem in problems)
    assert found == sorted(place if len(place) == 3 else (file, *place) for place in expected)
    assert all(problem.message and problem.mend for problem in problems)


def test_timing_lines_without_a_version_are_refused():
    files = as_bytes({**WITH_RESULTS, "results/sepang-4h/race-1-v2.csv": WITH_RESULTS[RACE]})
    assert [(problem.file, problem.line) for problem in problems_of(files)] == [("results/sepang-4h/race-1-v2.csv", 0)]


@pytest.mark.parametrize("name", ["results/race-1-v1.csv", "results/sepang-4h/race-1.csv", "results/README.md"])
def test_a_file_of_results_with_another_name_is_refused(name):
    assert [(problem.file, problem.line) for problem in problems_of(as_bytes({**WITH_RESULTS, name: ""}))] == [
        (name, 0)
    ]


def test_a_decision_without_its_file_is_named_with_the_file_that_it_belongs_in():
    files = as_bytes(WITH_RESULTS)
    del files[DECISIONS]
    problems = problems_of(files)
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [(VERSIONS, 18, "decisions")] * 2
    assert problems[0].mend == "Add it to results/decisions.toml, or correct it."


def test_a_decision_about_a_car_that_is_not_in_the_lines_cannot_be_applied():
    event_entry = "sepang-4h,22A,,,oreca-07,entered,,,,giorgio-roda,bronze,IT,nikita-mazepin,gold,,,,\n"
    other = {AT_EVENT: WITH_RESULTS[AT_EVENT] + event_entry.replace(",22A,", ",9,"), ENTRIES: WITH_RESULTS[ENTRIES]}
    other[ENTRIES] += "9,lmp2,dstation,oreca-07,entered" + "," * 12 + "\n"
    [problem] = problems_of(replaced(DECISIONS, 'car_number = "7"', 'car_number = "9"', {**WITH_RESULTS, **other}))
    assert (problem.file, problem.line, problem.column) == (VERSIONS, 18, "decisions")
    assert problem.message == f'Decision "car-7" is about car 9, which is not in {RACE}.'


def test_the_mend_of_a_time_shows_how_it_is_written():
    [problem] = problems_of(replaced(POLES, "0:59.999", "59.999", WITH_RESULTS))
    assert problem.message == 'Found "59.999", which is not a time.'
    assert "3:43:26.017" in problem.mend
