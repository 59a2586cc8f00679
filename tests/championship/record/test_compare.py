from dataclasses import fields, replace
from decimal import Decimal

from championship.record import SeasonRecord, read_season
from championship.record.compare import TABLES, compare
from championship.record.schema import CrewSeat
from tests.championship.record.sample import FILES, as_bytes


def sample_record():
    return read_season(as_bytes(FILES))


def tables(record):
    rows = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name: value if isinstance(value, tuple) else (value,) for name, value in rows.items()}


def test_every_table_of_a_record_is_compared():
    assert list(TABLES) == [field.name for field in fields(SeasonRecord)]


def test_a_record_differs_from_itself_in_nothing():
    record = sample_record()
    assert compare(tables(record), record) == []


def test_beside_nothing_every_row_is_new_and_comes_in_loading_order():
    record = sample_record()
    found = compare({}, record)
    assert len(found) == sum(len(rows) for rows in tables(record).values())
    assert all(difference.old is None for difference in found)
    assert [table for table in TABLES if table in {difference.table for difference in found}] == list(
        dict.fromkeys(difference.table for difference in found)
    )


def test_a_change_names_its_fields_and_how_they_read():
    record = sample_record()
    team = replace(record.teams[0], name="Renamed", country="FR")
    (found,) = compare(tables(record), replace(record, teams=(team, *record.teams[1:])))
    assert (found.table, found.file, found.fields) == ("teams", "teams.csv", ("name", "country"))
    old = record.teams[0]
    assert str(found) == (f"~ teams {old.slug}: name: “{old.name}” -> “Renamed”; country: “{old.country}” -> “FR”")


def test_a_changed_crew_is_told_by_its_drivers_and_a_changed_number_by_its_digits():
    record = sample_record()
    crew = (CrewSeat(seat=1, driver="", rating="gold", nationality=""),)
    changed = replace(
        record,
        entries=(replace(record.entries[0], crew=crew), *record.entries[1:]),
        points=replace(record.points, pole_points=Decimal(2)),
    )
    points, entry = compare(tables(record), changed)
    assert str(points) == f"~ points points: pole_points: {record.points.pole_points} -> 2"
    assert entry.fields == ("crew",)


def test_what_only_the_old_tables_have_is_no_difference():
    record = sample_record()
    assert compare(tables(record), replace(record, event_entries=(), entry_lists=())) == []
