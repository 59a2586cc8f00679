"""What files say once they are read, and that reading forgives what makes no difference."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from championship.record import RecordError, read_folder, read_season
from championship.record.schema import CrewSeat, SessionRow, TeamRow
from championship.rules.entry_lists import ListSeat
from tests.championship.record.sample import FILES, as_bytes, replaced


@pytest.fixture(scope="module")
def record():
    return read_season(as_bytes(FILES))


def test_exact_numbers_are_decimals(record):
    assert record.points.scale == (Decimal(25), Decimal("18.5"))
    assert record.points.classified_share == Decimal("0.7")
    assert record.circuits[0].longitude == Decimal("101.7375")


def test_a_session_keeps_track_time_without_a_zone(record):
    assert record.events[0].sessions[1] == SessionRow(
        slug="race-1",
        name="Race 1",
        kind="race",
        start_status="confirmed",
        date=date(2030, 12, 1),
        starts_at=datetime(2030, 12, 1, 14, 0),
        duration_minutes=240,
        state="scheduled",
        state_reason="",
        race_classes=("lmp2", "gt"),
        round=1,
        grid_from=("qualifying",),
        distance_share=None,
    )


def test_a_publication_time_is_utc_whatever_its_offset(record):
    assert record.entry_lists[0].published_at == datetime(2030, 11, 20, 4, 0, tzinfo=UTC)
    assert record.entry_lists[0].published_at.tzinfo is UTC


def test_quoted_cells_and_aliases_are_unpacked(record):
    assert record.teams == (
        TeamRow(slug="dstation", name='D"Station, Racing', aliases=(), country="JP", source=""),
        TeamRow(
            slug="proton-competition",
            name="Proton Competition",
            aliases=("Proton", "Proton Comp"),
            country="DE",
            source="lists",
        ),
    )


def test_a_seat_to_be_announced_has_a_rating_and_no_driver(record):
    assert record.entries[0].crew == (
        CrewSeat(seat=1, driver="giorgio-roda", rating="bronze", nationality="IT"),
        CrewSeat(seat=2, driver="", rating="gold", nationality=""),
        CrewSeat(seat=3, driver="nikita-mazepin", rating="platinum", nationality=""),
    )


def test_a_published_line_keeps_the_names_that_were_published(record):
    line = record.entry_lists[0].lines[0]
    assert (line.team, line.team_name, line.team_country) == ("dstation", "Station", "GB")
    assert line.crew == (
        ListSeat(
            seat=1, driver="rene-binder", given_name="Rene", family_name="Binder", rating="gold", nationality="AT"
        ),
        ListSeat(seat=2, driver="", given_name="", family_name="", rating="silver", nationality=""),
    )


def test_the_key_of_a_title_names_its_group(record):
    assert [title.key for title in record.titles] == ["lmp2-teams", "lmp2-am-teams"]


def test_rows_stand_in_one_order_whatever_that_of_the_file(record):
    assert [row.slug for row in record.drivers] == ["giorgio-roda", "nikita-mazepin", "rene-binder"]
    assert [row.car_number for row in record.entries] == ["22A", "7"]


def test_a_byte_order_mark_is_accepted(record):
    files = {name: b"\xef\xbb\xbf" + content for name, content in as_bytes(FILES).items()}
    assert read_season(files) == record


def test_line_ends_of_windows_are_accepted(record):
    files = {name: content.replace(b"\n", b"\r\n") for name, content in as_bytes(FILES).items()}
    assert read_season(files) == record


def test_the_last_line_needs_no_end(record):
    assert read_season({name: content.rstrip(b"\n") for name, content in as_bytes(FILES).items()}) == record


def test_columns_may_stand_in_any_order(record):
    files = as_bytes(FILES) | {"manufacturers.csv": b"name,source,slug\nOreca,,oreca\nBMW,,bmw\n"}
    assert read_season(files) == record


def test_columns_for_a_sixth_seat_change_nothing(record):
    header, first, second = FILES["entries.csv"].splitlines()
    more = "".join(f",driver_{seat},rating_{seat},nationality_{seat}" for seat in (4, 5, 6))
    wider = f"{header}{more}\n{first}{',' * 9}\n{second}{',' * 9}\n"
    assert read_season(as_bytes({**FILES, "entries.csv": wider})) == record


def test_a_season_may_have_no_events_and_no_entries(record):
    headers = {name: text.split("\n")[0] + "\n" for name, text in FILES.items() if name.endswith("entries.csv")}
    files = {**FILES, **headers, "events.toml": "", "entry_lists.toml": ""}
    del files["entry_lists/sepang-4h-r1.csv"]
    assert read_season(as_bytes(files)) == replace(record, events=(), entries=(), event_entries=(), entry_lists=())


def test_a_folder_is_read_without_its_readme(tmp_path):
    for name, content in as_bytes(FILES).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "README.md").write_text("for people")
    assert read_folder(tmp_path) == as_bytes(FILES)


def test_a_file_that_belongs_to_no_season_is_refused(tmp_path):
    (tmp_path / "team.csv").write_text("slug\n")
    (tmp_path / "entry_lists").mkdir()
    (tmp_path / "entry_lists" / "README.md").write_text("here it is not expected")
    with pytest.raises(RecordError) as refused:
        read_folder(tmp_path)
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [
        ("entry_lists/README.md", 0),
        ("team.csv", 0),
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RecordError) as refused:
        read_folder(tmp_path / "2099")
    assert [problem.file for problem in refused.value.problems] == [str(tmp_path / "2099")]


def test_the_error_reads_as_a_list_of_places_and_mends():
    files = replaced("entries.csv", "7,gt,dstation,", "7,gt,d-station,")
    with pytest.raises(RecordError) as refused:
        read_season(files)
    assert str(refused.value) == (
        "1 problem in the files of the season:\n"
        '  entries.csv, line 2, team: There is no team "d-station" in teams.csv. '
        'Did you mean "dstation"? If not, add it to teams.csv.'
    )


def test_all_problems_of_all_files_are_found_at_once():
    files = replaced("entries.csv", "7,gt,dstation,", "7,gte,d-station,")
    files["manufacturers.csv"] += b"oreca,\n"
    files["circuits.toml"] = files["circuits.toml"].replace(b"turns = 15", b"turns = 0")
    with pytest.raises(RecordError) as refused:
        read_season(files)
    assert [(problem.file, problem.line, problem.column) for problem in refused.value.problems] == [
        ("circuits.toml", 7, "turns"),
        ("entries.csv", 2, "race_class"),
        ("entries.csv", 2, "team"),
        ("manufacturers.csv", 4, ""),
    ]


def test_a_file_that_cannot_be_read_whole_is_not_held_against_those_that_refer_to_it():
    files = replaced("teams.csv", "proton-competition,Proton", "proton-competition!,Proton")
    with pytest.raises(RecordError) as refused:
        read_season(files)
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [("teams.csv", 2)]
