"""A record survives its files, and equal records are equal bytes."""

import csv
import io
import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from championship.record import RecordError, in_order, read_season, write_season
from championship.record.schema import CrewSeat
from tests.championship.record.sample import FILES, as_bytes
from tests.championship.record.strategies import records

patient = settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def record():
    return read_season(as_bytes(FILES))


@given(records())
@patient
def test_what_is_written_is_read_again(record):
    assert read_season(write_season(record)) == record


@given(records(), st.randoms())
@patient
def test_shuffled_rows_are_the_same_bytes(record, random):
    def shuffled(rows):
        return tuple(random.sample(rows, len(rows)))

    tables = (
        *("race_classes", "titles", "invitations", "circuits", "teams", "drivers", "events", "entries"),
        *("poles", "decisions", "eligibility", "adjustments", "classifications"),
    )
    other = replace(record, **{table: shuffled(getattr(record, table)) for table in tables})
    assert write_season(other) == write_season(record)


@given(records())
@patient
def test_other_readers_find_the_same_cells(record):
    files = write_season(record)
    for name, content in files.items():
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        if name.endswith(".toml"):
            tomllib.loads(content.decode())
        else:
            table = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
            assert {len(row) for row in table} == {len(table[0])}
    teams = list(csv.DictReader(io.StringIO(files["teams.csv"].decode(), newline="")))
    assert [row["name"] for row in teams] == [row.name for row in record.teams]


def test_zeros_that_a_database_adds_are_not_written(record):
    padded = replace(
        record,
        points=replace(record.points, scale=(Decimal("25.00"), Decimal("18.50")), pole_points=Decimal("1E0")),
        circuits=tuple(replace(row, latitude=Decimal("2.7605600")) for row in record.circuits),
    )
    assert write_season(padded) == write_season(record)


def test_a_negative_zero_is_zero(record):
    zero = replace(record, points=replace(record.points, pole_points=Decimal("-0.00")))
    assert tomllib.loads(write_season(zero)["season.toml"].decode())["points"]["pole_points"] == "0"


def test_the_table_is_as_wide_as_the_fullest_crew(record):
    crew = tuple(CrewSeat(seat=seat, driver="", rating="bronze", nationality="") for seat in range(1, 6))
    fuller = replace(record, entries=(replace(record.entries[0], crew=crew), record.entries[1]))
    header = write_season(fuller)["entries.csv"].decode().split("\n")[0].split(",")
    assert header[-3:] == ["driver_5", "rating_5", "nationality_5"]
    assert write_season(record)["entries.csv"].decode().split("\n")[0].endswith("nationality_3")


def test_what_is_blank_has_no_key(record):
    assert "source" not in tomllib.loads(write_season(record)["season.toml"].decode())["season"]


def test_lines_of_a_published_list_keep_their_order(record):
    first = record.entry_lists[0].lines[0]
    lines = (first, replace(first, car_number="22A", race_class="lmp2"))
    published = replace(record, entry_lists=(replace(record.entry_lists[0], lines=lines),))
    assert in_order(published).entry_lists[0].lines == lines


def test_a_record_that_could_not_be_read_again_is_refused_with_its_place(record):
    with pytest.raises(RecordError) as refused:
        write_season(replace(record, teams=(replace(record.teams[0], country="Japan"), record.teams[1])))
    assert [(p.file, p.line, p.column) for p in refused.value.problems] == [("teams.csv", 2, "country")]


def test_a_reference_that_leads_nowhere_is_refused_with_its_place(record):
    with pytest.raises(RecordError) as refused:
        write_season(replace(record, car_models=record.car_models[:1]))
    assert {problem.column for problem in refused.value.problems} == {"car_model"}


@pytest.mark.parametrize(
    "changes",
    [
        {"aliases": ("Proton; Comp",)},
        {"aliases": ("A", "A; B")},
    ],
)
def test_names_that_the_separator_would_cut_are_refused(record, changes):
    team = replace(record.teams[1], **changes)
    with pytest.raises((RecordError, ValueError)):
        write_season(replace(record, teams=(record.teams[0], team)))


def test_a_crew_with_a_gap_cannot_be_written(record):
    entry = replace(record.entries[0], crew=(replace(record.entries[0].crew[0], seat=2),))
    with pytest.raises(ValueError, match="entries"):
        write_season(replace(record, entries=(entry, record.entries[1])))
