"""What the files of results say once they are read."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from championship.record import in_order, read_season, write_season
from championship.record.result_rows import AdjustmentRow, EligibilityRow, PoleRow, TimingRow, as_told
from championship.rules.classifications import Effect
from tests.championship.record.sample import FILES, WITH_RESULTS, as_bytes, problems_of, replaced


@pytest.fixture(scope="module")
def record():
    return read_season(as_bytes(WITH_RESULTS))


def test_a_season_without_results_has_no_rows_of_them():
    record = read_season(as_bytes(FILES))
    assert [record.poles, record.decisions, record.eligibility, record.adjustments, record.classifications] == [()] * 5


def test_a_season_without_results_has_no_files_of_them():
    assert [name for name in write_season(read_season(as_bytes(FILES))) if name.startswith("results/")] == []


def test_versions_stand_in_the_order_of_their_publication(record):
    assert [(row.session, row.version, row.published_at) for row in record.classifications] == [
        ("qualifying", 1, datetime(2030, 12, 1, 1, tzinfo=UTC)),
        ("race-1", 1, datetime(2030, 12, 1, 10, 30, tzinfo=UTC)),
        ("race-1", 2, datetime(2030, 12, 1, 12, tzinfo=UTC)),
    ]


def test_a_version_says_what_is_applied_what_is_open_and_what_was_recalled(record):
    recalled, _, official = record.classifications
    assert (official.decisions, official.pending, official.cause) == (
        tuple(as_told(decision) for decision in record.decisions),
        ("protest",),
        "Car 7 was too fast.",
    )
    assert (recalled.recalled_at, recalled.recall_reason) == (datetime(2030, 12, 1, 2, tzinfo=UTC), "The wrong file.")


def test_times_are_milliseconds_and_what_is_blank_is_not_on_record(record):
    assert record.classifications[1].lines == (
        TimingRow(
            position=1,
            car_number="7",
            status="Classified",
            laps=100,
            total_time=13_406_017,
            best_lap_time=112_991,
            best_lap_number=83,
            drivers=("rene-binder",),
        ),
        TimingRow(
            position=2,
            car_number="22A",
            status="Not classified",
            laps=1,
            total_time=None,
            best_lap_time=None,
            best_lap_number=None,
            drivers=("giorgio-roda", "nikita-mazepin"),
        ),
    )


def test_a_version_may_have_the_timing_lines_of_an_earlier_one(record):
    assert record.classifications[2].lines == record.classifications[1].lines


def test_a_decision_has_its_effects_with_what_each_kind_needs(record):
    first, second = record.decisions
    assert first.effects == (
        Effect(kind="time_added", time=65_000),
        Effect(kind="lap_time_deleted"),
        Effect(kind="disqualified", status_before="Classified"),
    )
    assert (first.number, first.fact_at, first.is_contained) == ("12", datetime(2030, 12, 1, 7, tzinfo=UTC), False)
    assert second.effects == (
        Effect(kind="laps_removed", laps=1),
        Effect(kind="positions_dropped", positions=2),
        Effect(kind="reinstated", status_before="Not classified"),
    )
    assert (second.number, second.fact_at, second.is_contained) == ("", None, True)


TOLD = """
[[classification.told]]
slug = "car-7"
car_number = "7"
reason = "Speeding"

[[classification.told.effect]]
kind = "time_added"
time = "0:05.000"
"""


def told(text=TOLD):
    """The sample where the official version of the race tells a decision otherwise."""
    line = 'source = "notice board"\n'
    return replaced("results/classifications.toml", line, line + text)


def test_a_version_may_have_told_a_decision_otherwise_than_it_is_now(record):
    found = read_season(told())
    first, second = found.classifications[2].decisions
    assert (first.reason, first.number, first.effects) == ("Speeding", "", (Effect(kind="time_added", time=5_000),))
    assert second == record.classifications[2].decisions[1]
    assert found.decisions == record.decisions
    assert read_season(write_season(found)) == found


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (TOLD.replace('"car-7"', '"car-8"'), 24, '"car-8" is not among the decisions of this version.'),
        (TOLD + TOLD, 33, '"car-7" is told twice.'),
        (TOLD.replace("reason", "why"), 26, 'The key "why" is not known.'),
    ],
)
def test_what_a_version_cannot_have_told_is_said_with_its_line(text, line, message):
    assert [(problem.line, problem.message) for problem in problems_of(told(text))] == [(line, message)]


def test_a_fine_may_be_about_a_car_that_did_not_start():
    files = replaced("results/sepang-4h/race-1-v1.csv", "2,22A,Not classified,1,,,,giorgio-roda,nikita-mazepin,\n", "")
    decisions = "results/decisions.toml"
    kept, _, _ = files[decisions].partition(b'[[decision.effect]]\nkind = "laps_removed"')
    fined = {**files, decisions: kept + b'[[decision.effect]]\nkind = "fine"\n'}
    assert [problem.column for problem in problems_of(files)] == ["decisions"]
    assert problems_of(fined) == []


@pytest.mark.parametrize(
    ("keys", "column"),
    [
        ('kind = "fine"\namount = 500', "currency"),
        ('kind = "fine"\ncurrency = "EUR"', "currency"),
        ('kind = "fine"\namount = 500\ncurrency = "Euro"', "currency"),
        ('kind = "grid_dropped"\npositions = 3', "race"),
        ('kind = "stop_and_go"', "time"),
    ],
)
def test_an_effect_lacks_nothing_that_belongs_to_its_kind(keys, column):
    effect = f'[[decision.effect]]\n{keys}\n\n[[decision.effect]]\nkind = "laps_removed"'
    files = replaced("results/decisions.toml", '[[decision.effect]]\nkind = "laps_removed"', effect)
    assert [problem.column for problem in problems_of(files)] == [column]


def test_poles_stand_by_race_and_class(record):
    assert record.poles == (
        PoleRow(
            event="sepang-4h",
            session="race-1",
            race_class="gt",
            car_number="7",
            driver="rene-binder",
            set_by="best_lap",
            lap_time=59_999,
            source="sheet",
        ),
        PoleRow(
            event="sepang-4h",
            session="race-2",
            race_class="lmp2",
            car_number="22A",
            driver="",
            set_by="not_on_record",
            lap_time=None,
            source="",
        ),
    )


def test_eligibility_is_yes_or_no_from_a_race_or_from_the_first(record):
    assert record.eligibility == (
        EligibilityRow(
            car_number="22A",
            scores_points=False,
            event="sepang-4h",
            session="race-2",
            reason="Joined late",
            source="rules",
        ),
        EligibilityRow(car_number="7", scores_points=True, event="", session="", reason="Guest of honour", source=""),
    )


def test_adjustments_of_a_contender_are_numbered(record):
    assert [
        (row.title, row.car_number, row.driver, row.number, row.kind, row.points) for row in record.adjustments
    ] == [
        ("lmp2-teams", "22A", "", 1, "deduction", Decimal("2.5")),
        ("lmp2-teams", "22A", "", 2, "exclusion", None),
        ("gt-drivers", "", "rene-binder", 1, "deduction", Decimal(1)),
    ]
    assert isinstance(record.adjustments[0], AdjustmentRow)


def test_the_settings_of_points_are_read_with_what_they_leave_out():
    points = read_season(as_bytes(FILES)).points
    assert (points.dropped_scores, points.short_race_share, points.short_race_factor) == (0, None, None)
    more = 'late_joiners_score = false\ndropped_scores = 1\nshort_race_share = "0.75"\nshort_race_factor = "0.5"'
    points = read_season(replaced("season.toml", "late_joiners_score = false", more)).points
    assert (points.dropped_scores, points.short_race_share, points.short_race_factor) == (
        1,
        Decimal("0.75"),
        Decimal("0.5"),
    )


def test_lines_may_stand_in_any_order(record):
    file = "results/sepang-4h/race-1-v1.csv"
    header, first, second = WITH_RESULTS[file].splitlines(keepends=True)
    assert read_season(as_bytes({**WITH_RESULTS, file: header + second + first})) == record


def test_what_is_written_is_read_again(record):
    assert read_season(write_season(record)) == record


def test_lines_that_a_later_version_has_as_well_are_written_once(record):
    timing = [name for name in write_season(record) if name.endswith(".csv") and name.count("/") == 2]
    assert timing == ["results/sepang-4h/qualifying-v1.csv", "results/sepang-4h/race-1-v1.csv"]


def test_lines_that_differ_have_a_file_of_their_own_and_may_come_back_later(record):
    qualifying, first, second = record.classifications
    other = tuple(replace(line, laps=line.laps + 1) for line in second.lines)
    third = replace(second, version=3, published_at=datetime(2030, 12, 2, tzinfo=UTC))
    longer = in_order(replace(record, classifications=(qualifying, first, replace(second, lines=other), third)))
    files = write_season(longer)
    assert "results/sepang-4h/race-1-v2.csv" in files
    assert "results/sepang-4h/race-1-v3.csv" not in files
    assert read_season(files) == longer


def test_as_many_drivers_are_written_as_the_fullest_car_has(record):
    line = replace(record.classifications[0].lines[0], drivers=())
    empty = replace(record, classifications=(replace(record.classifications[0], lines=(line,)),))
    header = write_season(empty)["results/sepang-4h/qualifying-v1.csv"].decode().split("\n")[0]
    assert header.endswith("best_lap_number,driver_1,driver_2,driver_3")
