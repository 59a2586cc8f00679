"""The command shows what the desk shows, and writes nothing that nobody confirmed."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from championship.models import ClassificationDraft, DriverAlias, EventEntry, Session, TimingImport
from championship.services import drafts, timing_imports
from championship.timing.limits import MOST_BYTES
from championship.timing.write import write_race, write_timed
from tests import factories as make
from tests import result_factories as results
from tests import timing_factories as timing

pytestmark = pytest.mark.django_db


@pytest.fixture
def race():
    results.make_racing_season(rounds=1)
    return Session.objects.get(kind="race")


@pytest.fixture
def run(race, tmp_path):
    """Runs the command on a file with this content, for the race; returns what it printed."""

    def run(content, *args, place=("--session", "2030-31/event-1/race-1")):
        path = tmp_path / "race.CSV"
        path.write_bytes(content)
        out = StringIO()
        call_command("import_timing", str(path), *place, *args, stdout=out)
        return out.getvalue()

    return run


def test_it_writes_the_draft_in_the_name_of_who_ran_it(race, run):
    make.make_user("anna")
    out = run(timing.race_file(race, ["7", "22", "99"]), "--yes", "--by", "anna", "--cause", "First file")
    assert "3 LMP2 Classified\n" in out
    assert out.endswith("Done: Write the first draft: 3 cars.\n")
    draft = ClassificationDraft.objects.get()
    assert (draft.author.username, draft.cause) == ("anna", "First file")
    assert draft.history.get().history_user.username == "anna"


def test_it_says_what_differs_and_a_trial_writes_nothing(race, run):
    results.publish_results(race, ["7", "22", "99"])
    results.make_decision(race, "7", {"kind": "time_added", "time": 60_000})
    table = timing.race_table(race, ["22", "7", "99"])
    content = write_race(timing.changed(table, "99", drivers=table.cars[2].drivers[:1]))
    out = run(content, "--dry-run", "--contains", "car-7")
    assert "decision car-7: contained in the file\n" in out
    assert "~ 22: LMP2 2nd -> 1st; Overall 2nd -> 1st" in out
    assert "~ 99: Drivers Ada Seat 1 of 99, Ada Seat 2 of 99 -> Ada Seat 1 of 99\n" in out
    assert "look: car 99: Ada Seat 2 of 99 is in the crew of the car and not in the file.\n" in out
    assert out.endswith("Write a draft of 3 cars; 3 cars differ from v1\n")
    assert not TimingImport.objects.exists()
    assert "decision car-7: not in the file\n" in run(content, "--dry-run")
    with pytest.raises(CommandError, match=r"There is no decision car-8 at .*\. Write one of: car-7\."):
        run(content, "--dry-run", "--contains", "car-8")


def test_a_name_that_it_does_not_know_is_refused_with_suggestions(race, run):
    table = timing.race_table(race, ["7", "22", "99"])
    table = timing.changed(table, "7", drivers=(timing.timed_driver("Ada SEAT ONE OF 7"),))
    with pytest.raises(
        CommandError, match=r"Nothing was changed\. There are names that nobody has said anything about"
    ):
        run(write_race(table), "--yes")
    assert not TimingImport.objects.exists()
    out = StringIO()
    content = write_race(table)
    file = timing_imports.stage(content=content, file_name="race.CSV", by=None, session=race).staged
    question = timing_imports.preview(file).questions[0]
    answer = {"names": {"driver": {question.key: {"slug": question.suggestions[0].slug}}}}
    timing_imports.choose(file, matches=answer, seen_version=file.version)
    # What was answered at the desk holds here too.
    out = run(content, "--yes")
    assert "as another spelling of driver-2030-31-7-1\n" in out
    assert DriverAlias.objects.exists()


def test_it_asks_nobody_where_nobody_sits(race, run):
    with pytest.raises(CommandError, match="the file waits at the desk"):
        run(timing.race_file(race, ["7", "22", "99"]))
    assert (TimingImport.objects.get().state, ClassificationDraft.objects.exists()) == ("staged", False)


def test_it_asks_who_sits_there(race, run, monkeypatch):
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda text: asked.append(text) or "y")
    run(timing.race_file(race, ["7", "22", "99"]))
    assert asked == ["Write the first draft: 3 cars? [y/N] "]
    assert ClassificationDraft.objects.exists()


def test_the_same_file_is_recognised(race, run):
    content = timing.race_file(race, ["7", "22", "99"])
    run(content, "--yes")
    with pytest.raises(CommandError, match="This very file is applied already"):
        run(content, "--yes")
    assert "Everything reads just so already." in run(content + b"\r\n", "--yes")
    assert ClassificationDraft.objects.get().version == 1


def test_entries_follow_the_file_of_a_timed_session(race, run):
    table = timing.timed_table(race, ["7", "22"])
    table = timing.changed(table, "7", drivers=table.cars[0].drivers[:1], team="Another Name")
    out = run(write_timed(table), "--yes", place=("--entries", "2030-31/event-1"))
    assert "~ 7: Seat 2 Ada Seat 2 of 7 (gold, FR) -> nobody\n" in out
    assert "in the file Another Name\n" in out
    assert "not in the file, and left as they are: 99\n" in out
    assert EventEntry.objects.get(entry__car_number="7").crew.count() == 1


def test_what_moved_on_between_showing_and_writing_is_not_trampled(race, run, monkeypatch):
    def meanwhile(_text):
        drafts.create_draft(session=race, lines=results.draft_lines(race, ["99", "7", "22"]), by=None)
        return "y"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", meanwhile)
    with pytest.raises(CommandError, match="Something was changed since this preview"):
        run(timing.race_file(race, ["7", "22", "99"]))
    assert drafts.draft_lines(ClassificationDraft.objects.get())[0].timing.car_number == "99"


@pytest.mark.parametrize(
    ("args", "place", "message"),
    [
        (("--by", "nobody"), ("--session", "2030-31/event-1/race-1"), "no account “nobody”"),
        ((), ("--session", "2030-31/event-1"), "write it like 2023-24/sepang/race-1"),
        ((), ("--session", "2030-31/event-1/race-9"), "There is no session"),
        ((), ("--entries", "2030-31/nowhere"), "There is no event"),
        ((), ("--entries", "2030-31"), "write it like 2023-24/sepang"),
    ],
)
def test_what_is_not_there_is_said(run, args, place, message):
    with pytest.raises(CommandError, match=message):
        run(b"", *args, place=place)


def test_files_that_cannot_be_read_are_said_line_by_line(race, run, tmp_path):
    with pytest.raises(CommandError, match=r"race\.CSV, line 1"):
        run(b"a;b;c\r\n1;2;3\r\n")
    with pytest.raises(CommandError, match="this is no result file"):
        run(b"x" * (MOST_BYTES + 1))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_timing", str(tmp_path / "none.CSV"), "--session", "2030-31/event-1/race-1")
