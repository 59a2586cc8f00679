import shutil
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from championship.models import Document, Entry, EntryList, EventEntry, Result, Season, Team
from tests.result_factories import unguarded
from tests.season import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    """A copy of the packaged files without results, to be spoilt."""
    return shutil.copytree(FOLDER, tmp_path / "2023-24", ignore=shutil.ignore_patterns("results"))


def run(*args):
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_empty_database_gets_the_whole_season_and_it_becomes_the_current_one():
    out = run("load_season", str(FOLDER))
    assert "+ 44 entries\n" in out
    assert "+ 33 teams\n" in out
    season = Season.objects.get()
    assert (season.slug, season.is_current) == ("2023-24", True)
    assert [season.entry_lists.count(), season.rounds.count(), EventEntry.objects.count()] == [4, 5, 123]
    assert "+ 6 classifications\n" in out
    assert Result.objects.filter(classification__state__is_current=True).count() == 200


def test_a_second_run_changes_nothing(real_results):
    before = list(Entry.objects.values_list("pk", "version"))
    assert run("load_season", str(FOLDER)) == "0 changes\n"
    assert list(Entry.objects.values_list("pk", "version")) == before


def test_a_season_that_is_there_is_left_alone_when_only_a_missing_one_is_wanted(real_season):
    Team.objects.filter(slug="tf-sport").update(name="Renamed by an official")
    assert "is there already" in run("load_season", str(FOLDER), "--if-missing")
    assert Team.objects.get(slug="tf-sport").name == "Renamed by an official"


def test_changes_to_what_is_there_are_shown_and_not_made_without_a_word(real_season, files):
    Team.objects.filter(slug="tf-sport").update(name="Renamed by an official")
    out = StringIO()
    with pytest.raises(CommandError, match="--yes"):
        call_command("load_season", str(files), stdout=out)
    assert out.getvalue() == "~ teams tf-sport: name: “Renamed by an official” -> “TF Sport”\n1 changes\n"
    assert Team.objects.get(slug="tf-sport").name == "Renamed by an official"


def test_with_yes_the_changes_are_made_and_leave_a_trace(real_season, files):
    Team.objects.filter(slug="tf-sport").update(name="Renamed by an official")
    run("load_season", str(files), "--yes")
    team = Team.objects.get(slug="tf-sport")
    assert (team.name, team.version) == ("TF Sport", 2)
    assert team.history.first().history_change_reason == "Loaded from the season's files"


@pytest.fixture
def next_files(files):
    """The files of another, small season, which shares its circuits, cars, teams and drivers with the packaged one."""
    edit(files / "season.toml", 'slug = "2023-24"', 'slug = "2024-25"')
    edit(files / "season.toml", 'label = "2023/24"', 'label = "2024/25"')
    shutil.rmtree(files / "entry_lists")
    (files / "entry_lists.toml").write_text("", encoding="utf-8")
    for name, lines in (("entries.csv", 5), ("event_entries.csv", 1)):
        text = (files / name).read_text(encoding="utf-8")
        (files / name).write_text("".join(text.splitlines(keepends=True)[:lines]), encoding="utf-8")
    return files


RENAMED = "~ teams tf-sport: name: “TF Sport” -> “TF Racing”\n"


def test_a_new_season_that_changes_nothing_is_loaded_without_a_question(real_season, next_files):
    out = run("load_season", str(next_files), "--if-missing")
    assert "~" not in out
    assert "+ 4 entries\n" in out
    assert "teams\n" not in out
    assert out.endswith("Loaded the season 2024/25.\n")
    assert Season.objects.get(slug="2024-25").entries.count() == 4


def test_a_new_season_does_not_change_shared_rows_without_a_word(real_season, next_files):
    edit(next_files / "teams.csv", "TF Sport", "TF Racing")
    out = StringIO()
    with pytest.raises(CommandError, match=r"Nothing was changed\. Run it again with --yes"):
        call_command("load_season", str(next_files), stdout=out)
    shown, counts = out.getvalue().split("\n", 1)
    assert f"{shown}\n" == RENAMED
    assert "+ 4 entries\n" in counts
    assert "~ 1 teams\n" in counts
    assert Team.objects.get(slug="tf-sport").name == "TF Sport"
    assert not Season.objects.filter(slug="2024-25").exists()


@pytest.mark.parametrize(("answer", "name"), [("y", "TF Racing"), ("Yes", "TF Racing"), ("n", "TF Sport")])
def test_the_changes_of_a_new_season_are_made_when_they_are_confirmed(
    real_season, next_files, monkeypatch, answer, name
):
    edit(next_files / "teams.csv", "TF Sport", "TF Racing")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    with nullcontext() if name == "TF Racing" else pytest.raises(CommandError):
        run("load_season", str(next_files))
    assert Team.objects.get(slug="tf-sport").name == name
    assert Season.objects.filter(slug="2024-25").exists() == (name == "TF Racing")


def test_a_missing_season_is_refused_when_it_would_change_shared_rows(real_season, next_files):
    edit(next_files / "teams.csv", "TF Sport", "TF Racing")
    with pytest.raises(CommandError) as caught:
        run("load_season", str(next_files), "--if-missing")
    assert str(caught.value) == (
        "Nothing was changed. Loading the season 2024/25 would change what is there already:\n"
        f"  {RENAMED}"
        f"“manage.py load_season {next_files}” shows these changes and asks; with --yes it loads them."
    )
    assert Team.objects.get(slug="tf-sport").name == "TF Sport"
    assert not Season.objects.filter(slug="2024-25").exists()


def test_with_yes_a_missing_season_changes_shared_rows_and_says_so(real_season, next_files):
    edit(next_files / "teams.csv", "TF Sport", "TF Racing")
    out = run("load_season", str(next_files), "--if-missing", "--yes")
    assert out.startswith(RENAMED)
    assert out.endswith("Loaded the season 2024/25.\n")
    assert Team.objects.get(slug="tf-sport").name == "TF Racing"


def test_a_dry_run_of_a_missing_season_shows_everything_and_writes_nothing(real_season, next_files):
    edit(next_files / "teams.csv", "TF Sport", "TF Racing")
    out = run("load_season", str(next_files), "--if-missing", "--dry-run")
    assert RENAMED in out
    assert "+ season 2024-25\n" in out
    assert Team.objects.get(slug="tf-sport").name == "TF Sport"
    assert not Season.objects.filter(slug="2024-25").exists()


def test_two_teams_may_exchange_their_names(real_season, files):
    edit(files / "teams.csv", "tf-sport,TF Sport", "tf-sport,NAME")
    other = Team.objects.exclude(slug="tf-sport").first()
    edit(files / "teams.csv", f"{other.slug},{other.name}", f"{other.slug},TF Sport")
    edit(files / "teams.csv", "NAME", other.name)
    run("load_season", str(files), "--yes")
    assert run("load_season", str(files)) == "0 changes\n"
    assert Team.objects.get(slug="tf-sport").name == other.name


def test_a_name_that_is_too_long_is_refused_with_file_line_column_and_the_mend(files):
    edit(files / "teams.csv", "TF Sport", "T" * 150)
    with pytest.raises(CommandError, match=r"teams\.csv, line \d+, name: .* 150 characters\. Write at most 100"):
        run("load_season", str(files))
    assert not Season.objects.exists()


def test_a_dry_run_writes_nothing_into_an_empty_database(next_files):
    assert "+ 4 entries\n" in run("load_season", str(next_files), "--dry-run")
    assert not Season.objects.exists()


def test_a_crew_that_differs_is_replaced_as_a_whole(real_season, files):
    edit(files / "event_entries.csv", "salih-yoluc,bronze,TR", "TBA,bronze,")
    run("load_season", str(files), "--yes")
    crew = EventEntry.objects.get(event__slug="sepang", entry__car_number="90").crew.all()
    assert [(seat.seat, seat.status) for seat in crew] == [(1, "to_be_announced"), (2, "named"), (3, "named")]


def test_a_published_list_that_differs_is_refused_and_nothing_is_loaded(real_season, files):
    edit(files / "entry_lists" / "sepang-r1.csv", "TF Sport", "TF Racing")
    edit(files / "teams.csv", "TF Sport", "TF Racing")
    with pytest.raises(CommandError, match="sepang r1 is published and differs from the files"):
        run("load_season", str(files), "--yes")
    assert Team.objects.get(slug="tf-sport").name == "TF Sport"


def test_a_new_revision_in_the_files_is_added_beside_the_old_one(real_season, files):
    lists = files / "entry_lists"
    shutil.copy(lists / "sepang-r1.csv", lists / "sepang-r2.csv")
    header = '\n[[entry_list]]\nevent = "sepang"\nrevision = 2\nstatus = "amended"\n'
    times = 'published_at = 2023-12-01T08:00:00Z\npublished_precision = "minute"\nnote = ""\nsource = ""\n'
    with (files / "entry_lists.toml").open("a", encoding="utf-8") as file:
        file.write(header + times)
    run("load_season", str(files), "--yes")
    assert list(EntryList.objects.filter(event__slug="sepang").values_list("revision", "status")) == [
        (1, "final"),
        (2, "amended"),
    ]


def test_a_bad_cell_is_refused_with_file_line_column_and_the_mend(files):
    edit(files / "teams.csv", ",DE,", ",XX,")
    with pytest.raises(CommandError) as caught:
        run("load_season", str(files))
    assert 'teams.csv, line 7, country: Found "XX", which is no country\'s code.' in str(caught.value)
    assert not Season.objects.exists()


def test_a_row_that_only_the_database_can_refuse_is_named_with_its_file(files):
    make_alias_of_another_team = ("Triple Eight,Triple Eight JMR", "Triple Eight,Team Project 1")
    edit(files / "teams.csv", *make_alias_of_another_team)
    with pytest.raises(CommandError) as caught:
        run("load_season", str(files))
    assert "Team Project 1" in str(caught.value) or "alias" in str(caught.value).lower()
    assert not Season.objects.exists()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="no such folder"):
        run("load_season", str(tmp_path / "nowhere"))


def test_what_is_exported_is_byte_for_byte_what_was_loaded(real_results, tmp_path):
    run("export_season", "2023-24", str(tmp_path))
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    packaged = {path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.rglob("*.*")}
    del packaged[FOLDER.joinpath("README.md").relative_to(FOLDER)]
    assert written == packaged


def test_what_was_changed_by_hand_survives_export_and_load(real_season, tmp_path):
    Team.objects.filter(slug="tf-sport").update(name="TF Sport; “quoted”, and more")
    run("export_season", "2023-24", str(tmp_path))
    assert run("load_season", str(tmp_path)) == "0 changes\n"


def test_exporting_an_unknown_season_names_the_known_ones(real_season, tmp_path):
    with pytest.raises(CommandError, match=r"There is no season 1999\. Known seasons: 2023-24\."):
        run("export_season", "1999", str(tmp_path))


def test_a_season_without_points_settings_cannot_be_written_down(real_season, tmp_path):
    Season.objects.create(slug="2030", label="2030")
    with pytest.raises(CommandError, match="no points settings"):
        run("export_season", "2030", str(tmp_path))


def test_a_database_that_had_the_season_before_gets_the_documents_of_its_decisions(real_results):
    unguarded(Document).delete()
    assert run("load_season", str(FOLDER)) == (
        "0 changes\nPut 3 archived decisions on the notice boards of their events.\n"
    )
    assert Document.objects.filter(event__slug="abu-dhabi", from_archive=True).count() == 3
    assert run("load_season", str(FOLDER)) == "0 changes\n"


def test_a_dry_run_puts_nothing_on_the_notice_boards(real_results):
    unguarded(Document).delete()
    assert run("load_season", str(FOLDER), "--dry-run") == "0 changes\n"
    assert not Document.objects.exists()
