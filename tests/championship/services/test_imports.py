"""Importing a table: what the file says, what is there, and nothing else."""

from datetime import date

import pytest
from django.db import IntegrityError

from championship import stamp
from championship.models import CrewMember, Driver, Entry, EventEntry, RaceClass, Seat, StagedImport, Team, TeamAlias
from championship.services import imports
from championship.services.import_rows import Scope, stored_rows, table_rows
from championship.services.import_tables import TABLES
from championship.services.imports import ImportGoneError, ImportMovedOnError
from championship.services.spreadsheets import csv_text
from tests import factories as make

pytestmark = pytest.mark.django_db

SEATS = [f"{part}_{seat}" for seat in (1, 2, 3) for part in ("driver", "rating", "nationality")]


@pytest.fixture
def season():
    return make.make_season()


@pytest.fixture
def lmp2(season):
    return make.make_race_class(season)


@pytest.fixture
def entries(season):
    return Scope(table=TABLES["entries"], season=season)


@pytest.fixture
def official(db):
    return make.make_user("anna")


def lines(*rows):
    return csv_text(rows).encode()


def shown(scope, *rows, file="list.csv"):
    return imports.preview(scope=scope, file_name=file, content=lines(*rows))


def run(scope, official, *rows, file="list.csv"):
    outcome = shown(scope, *rows, file=file)
    assert outcome.problems == ()
    return imports.apply(staged=imports.stage(outcome, by=official).pk, table=scope.table, by=official)


def told(outcome):
    return [(problem.line, problem.column, f"{problem.message} {problem.mend}".strip()) for problem in outcome.problems]


def test_a_new_entry_is_read_with_its_crew_by_slug_name_or_other_spelling(entries, lmp2, official):
    team = make.make_team("algarve-pro", name="Algarve Pro Racing")
    TeamAlias.objects.create(team=team, name="APR")
    ada, bo = make.make_driver("ada-first"), make.make_driver("bo-muller", given_name="Bo", family_name="Müller")
    make.make_car_model("oreca-07", name="Oreca 07 - Gibson")
    columns = ["car_number", "race_class", "team", "car_model", *SEATS]
    row = ["007", "Lmp2", "apr", "oreca 07 - gibson", "ADA-first", "Gold", "fr", "MULLER bo", "bronze", "DE"]
    outcome = run(entries, official, columns, [*row, "tba", "silver", ""])
    assert [(change.line, change.name, change.is_new) for change in outcome.changes] == [(2, "007 algarve-pro", True)]
    entry = Entry.objects.get()
    assert (entry.car_number, entry.race_class, entry.team, entry.car_model.slug) == ("007", lmp2, team, "oreca-07")
    assert [(seat.driver, seat.rating, str(seat.nationality), seat.status) for seat in entry.crew.all()] == [
        (ada, "gold", "FR", "named"),
        (bo, "bronze", "DE", "named"),
        (None, "silver", "", Seat.Status.TO_BE_ANNOUNCED),
    ]
    reasons = {
        entry.history.get().history_change_reason,
        *(s.history.get().history_change_reason for s in entry.crew.all()),
    }
    assert reasons == {"Imported from list.csv"}


def test_every_changed_column_is_shown_before_and_after(entries, lmp2):
    entry = make.make_entry(lmp2, "7", crew=3, team=make.make_team("alpha"))
    make.make_team("beta")
    header, cells = table_rows(entries.table, stored_rows(entries))
    named = dict(zip(header, cells, strict=True)) | {"team": "beta", "rating_2": "platinum", "driver_3": "TBA"}
    outcome = shown(entries, header, [named[column] for column in header])
    (row,) = outcome.changes
    third = entry.crew.get(seat=3).driver.slug
    assert [(change.what, change.before, change.after) for change in row.changes] == [
        ("team", "alpha", "beta"),
        ("rating_2", "silver", "platinum"),
        ("driver_3", third, "TBA"),
    ]
    entry.refresh_from_db()
    assert (entry.team.slug, entry.version, entry.history.count()) == ("alpha", 1, 1)


def test_importing_what_is_stored_changes_nothing(entries, lmp2, season):
    for number in ("4", "007"):
        make.make_entry(lmp2, number, crew=4, source="First list")
    event = make.make_event(season)
    make.make_event_entry(event, Entry.objects.first(), crew=3, listed_name="Alpha by Beta", listed_country="IT")
    make.make_team("alpha", name="Alpha").aliases.create(name="The Alphas")
    here = Scope(table=TABLES["event_entries"], event=event)
    scopes = [entries, here, Scope(table=TABLES["teams"]), Scope(table=TABLES["drivers"])]
    for scope in scopes:
        rows = table_rows(scope.table, stored_rows(scope))
        outcome = shown(scope, *rows)
        assert (outcome.problems, outcome.changes, outcome.unchanged) == ((), (), len(rows) - 1)


def test_a_column_that_is_left_out_keeps_what_is_stored(entries, lmp2, official):
    entry = make.make_entry(lmp2, "7", crew=3, source="First list", status="withdrawn", withdrawn_on=date(2030, 9, 1))
    crew = list(entry.crew.values_list("seat", "driver"))
    beta = make.make_team("beta")
    run(entries, official, ["car_number", "race_class", "team", "car_model"], ["7", "lmp2", "beta", "oreca-07"])
    entry.refresh_from_db()
    assert (entry.team, entry.source, entry.status, entry.withdrawn_on) == (
        beta,
        "First list",
        "withdrawn",
        date(2030, 9, 1),
    )
    assert list(entry.crew.values_list("seat", "driver")) == crew


def test_a_car_enters_an_event_with_the_car_of_its_entry(season, lmp2, official):
    entry, event = make.make_entry(lmp2, "7"), make.make_event(season)
    other = make.make_event_entry(event, make.make_entry(lmp2, "8"))
    here = Scope(table=TABLES["event_entries"], event=event)
    run(here, official, ["event", "car_number", "status"], ["SEPANG", "7", "reserve"])
    entered = EventEntry.objects.get(entry=entry)
    assert (entered.event, entered.car_model, entered.status) == (event, entry.car_model, "reserve")
    assert EventEntry.objects.filter(pk=other.pk).exists()


def test_teams_and_drivers_come_with_their_other_spellings(official):
    team = make.make_team("alpha", name="Alpha")
    for name in ("Old", "Kept"):
        team.aliases.create(name=name)
    outcome = run(
        Scope(table=TABLES["teams"]),
        official,
        ["slug", "name", "aliases", "country"],
        ["alpha", "Alpha", "Zwei; Kept", "de"],
    )
    assert outcome.changes[0].changes[0].after == "Kept; Zwei"
    assert list(team.aliases.values_list("name", flat=True)) == ["Kept", "Zwei"]
    columns = ["slug", "given_name", "family_name", "aliases"]
    run(Scope(table=TABLES["drivers"]), official, columns, ["ada-first", "Ada", "First", "A. First"])
    driver = Driver.objects.get(slug="ada-first")
    assert (driver.name, str(driver.country), driver.aliases.get().name) == ("Ada First", "", "A. First")


NO_NUMBER = "Write one to three digits, with a capital letter behind them if need be, such as"
GAP = "Seat 1 is empty, and seat 2 is not. Move the crew up, or write TBA."


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (
            {"team": "alfa racing"},
            "team",
            'There is no team "alfa racing". Did you mean "Alpha Racing"? If not, add the',
        ),
        ({"team": "Alpha"}, "team", 'There is no team "Alpha". Did you mean "Alpha Racing"?'),
        ({"team": "zzzz"}, "team", 'There is no team "zzzz". Correct it, or add the team first.'),
        ({"team": "x"}, "team", 'There is no team "x".'),
        ({"team": "alpha\x00racing"}, "team", 'There is no team "alpha\\u0000racing".'),
        ({"team": ""}, "team", "Nothing is filled in. Fill it in."),
        ({"driver_1": "Sam Same"}, "driver_1", "several drivers. Write one of: sam-same, sam-same-2."),
        ({"driver_1": "", "rating_1": "", "nationality_1": ""}, "driver_1", GAP),
        ({"driver_2": "ada-first"}, "driver_2", '"ada-first" is in the crew twice. Name each driver once.'),
        ({"race_class": "GT9"}, "race_class", 'There is no class "GT9". Correct it, or add the class first.'),
        ({"car_number": "٧"}, "car_number", f'Found "٧", which is not a car number. {NO_NUMBER}'),
        ({"car_number": "7_0"}, "car_number", f'Found "7_0", which is not a car number. {NO_NUMBER}'),
        ({"status": "gone"}, "status", 'Found "gone". Write one of: entered, withdrawn.'),
        ({"withdrawn_on": "4.2.2024"}, "withdrawn_on", 'Found "4.2.2024", which is not a date. Write year-month-day:'),
        ({"rating_1": "iron"}, "rating_1", 'Found "iron". Write one of: bronze, silver, gold, platinum.'),
        ({"nationality_1": "XX"}, "nationality_1", 'Found "XX", which is no country\'s code. Write the two capital'),
    ],
)
def test_a_wrong_cell_is_named_with_the_mend(entries, lmp2, cells, column, words):
    make.make_team("alpha-racing", name="Alpha Racing")
    make.make_driver("ada-first")
    make.make_driver("bo-second")
    for slug in ("sam-same", "sam-same-2"):
        make.make_driver(slug, given_name="Sam", family_name="Same")
    make.make_car_model()
    good = dict.fromkeys(["car_number", "race_class", "team", "car_model", "status", "withdrawn_on", *SEATS], "") | {
        "car_number": "7",
        "race_class": "lmp2",
        "team": "alpha-racing",
        "car_model": "oreca-07",
        "status": "entered",
        "driver_1": "ada-first",
        "rating_1": "gold",
        "nationality_1": "FR",
        "driver_2": "bo-second",
        "rating_2": "gold",
    }
    assert shown(entries, list(good), list(good.values())).problems == ()
    outcome = shown(entries, list(good), list((good | cells).values()))
    ((line, found, text),) = told(outcome)
    assert (line, found) == (2, column)
    assert words in text
    assert (outcome.changes, outcome.problems[0].file) == ((), "list.csv")
    assert not Entry.objects.exists()


def test_all_problems_are_told_at_once_in_the_order_of_the_file(entries, lmp2):
    make.make_team("alpha")
    columns = ["car_number", "race_class", "team", "car_model"]
    outcome = shown(entries, columns, ["7", "lmp2", "no-team", "no-car"], ["x", "lmp2", "alpha", "no-car"])
    assert [(line, column) for line, column, _ in told(outcome)] == [
        (2, "team"),
        (2, "car_model"),
        (3, "car_model"),
        (3, "car_number"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"car_number,team\n7,alpha\n", (1, "race_class")),
        (b"car_number,race_class,team,car_model,colour\n", (1, "colour")),
        (b"car_number,race_class,team,car_model,car_model\n", (1, "car_model")),
        (b"car_number,race_class,team,car_model\n", (1, "")),
        (b"car_number,race_class,team,car_model\n7,lmp2\n", (2, "")),
        (b'car_number,race_class,team,car_model\n7,lmp2,"al,b\n8,lmp2,c"d,e\n', (2, "")),
        ("car_number,race_class,team,car_model\n7,lmp2,Ünal,b\n".encode("cp1252"), (2, "")),
        ("car_number,race_class,team,car_model\n".encode("utf-16"), (1, "")),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_its_line(entries, lmp2, content, expected):
    outcome = imports.preview(scope=entries, file_name="list.csv", content=content)
    assert (outcome.problems[0].line, outcome.problems[0].column) == expected


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(entries, lmp2):
    make.make_team("alpha")
    make.make_car_model()
    content = "\ufeffcar_number,race_class,team,car_model\r\n7,lmp2,alpha,oreca-07\r\n".encode()
    outcome = imports.preview(scope=entries, file_name="list.csv", content=content)
    assert (outcome.problems, outcome.new) == ((), 1)


def test_a_car_that_stands_in_the_file_twice_is_refused(entries, lmp2):
    make.make_team("alpha")
    make.make_car_model()
    row = ["7", "lmp2", "alpha", "oreca-07"]
    outcome = shown(entries, ["car_number", "race_class", "team", "car_model"], row, row)
    assert told(outcome) == [(3, "car_number", '"7" is there already, on line 2. Keep one of the two.')]


def test_rows_of_another_event_and_cars_without_an_entry_are_refused(season, lmp2):
    here = Scope(table=TABLES["event_entries"], event=make.make_event(season))
    make.make_entry(lmp2, "7")
    outcome = shown(here, ["event", "car_number"], ["dubai", "7"], ["sepang", "9"])
    assert told(outcome) == [
        (2, "event", 'Found "dubai", but the import is for 4 Hours of Sepang. Import the rows of one event at a time.'),
        (3, "car_number", 'The season 2030/31 has no entry "9". Correct it, or add the entry of the season first.'),
    ]


def test_what_the_database_refuses_is_told_at_its_line(entries, lmp2):
    make.make_team("alpha")
    make.make_car_model()
    columns = ["car_number", "race_class", "team", "car_model", "source"]
    outcome = shown(entries, columns, ["7", "lmp2", "alpha", "oreca-07", "x" * 501])
    found = f'Found "{"x" * 57}...", which has 501 characters.'
    assert told(outcome) == [(2, "source", f"{found} Write at most 500 characters.")]
    outcome = shown(
        Scope(table=TABLES["teams"]), ["slug", "name", "country"], ["beta", "Alpha", "DE"], ["gamma", "Gamma", "DE"]
    )
    assert told(outcome) == [(2, "name", "Team with this Name already exists.")]
    assert Team.objects.count() == 1


def test_confirming_twice_applies_once(entries, lmp2, official):
    make.make_team("alpha")
    make.make_car_model()
    rows = (["car_number", "race_class", "team", "car_model"], ["7", "lmp2", "alpha", "oreca-07"])
    staged = imports.stage(shown(entries, *rows), by=official).pk
    imports.apply(staged=staged, table=entries.table, by=official)
    with pytest.raises(ImportGoneError):
        imports.apply(staged=staged, table=entries.table, by=official)
    assert (Entry.objects.count(), Entry.history.count()) == (1, 1)


def test_only_who_was_shown_an_import_may_confirm_it_and_only_for_a_day(entries, lmp2, official, monkeypatch):
    make.make_team("alpha")
    make.make_car_model()
    rows = (["car_number", "race_class", "team", "car_model"], ["7", "lmp2", "alpha", "oreca-07"])
    staged = imports.stage(shown(entries, *rows), by=official)
    with pytest.raises(ImportGoneError):
        imports.apply(staged=staged.pk, table=entries.table, by=make.make_user("ben"))
    with pytest.raises(ImportGoneError):
        imports.apply(staged=staged.pk, table=TABLES["teams"], by=official)
    later = staged.staged_at + imports.KEPT * 2
    monkeypatch.setattr(imports.clock, "now", lambda: later)
    with pytest.raises(ImportGoneError):
        imports.apply(staged=staged.pk, table=entries.table, by=official)
    newer = imports.stage(shown(entries, *rows), by=official)
    assert list(StagedImport.objects.all()) == [newer]


def change_the_row(lmp2):
    Entry.objects.update(source="Typed meanwhile")


def give_a_name_away(lmp2):
    Team.objects.filter(slug="beta").update(slug="gamma")


def delete_the_class(lmp2):
    Entry.objects.all().delete()
    RaceClass.objects.all().delete()


@pytest.mark.parametrize(
    ("meanwhile", "columns_now"),
    [(change_the_row, ["team", "source"]), (give_a_name_away, ["team"]), (delete_the_class, [])],
)
def test_an_import_is_refused_with_a_fresh_preview_when_the_data_moved_on(
    entries, lmp2, official, meanwhile, columns_now
):
    make.make_entry(lmp2, "7", team=make.make_team("alpha"), source="First list")
    make.make_team("beta")
    columns = ["car_number", "race_class", "team", "car_model", "source"]
    staged = imports.stage(shown(entries, columns, ["7", "lmp2", "beta", "oreca-07", "First list"]), by=official)
    meanwhile(lmp2)
    before = list(Entry.objects.values_list("team__slug", "source", "version"))
    with pytest.raises(ImportMovedOnError) as moved:
        imports.apply(staged=staged.pk, table=entries.table, by=official)
    assert list(Entry.objects.values_list("team__slug", "source", "version")) == before
    now = moved.value.preview
    assert [change.what for row in now.changes for change in row.changes] == columns_now
    assert bool(now.problems) == (meanwhile is delete_the_class)


def test_without_the_comparison_with_what_was_shown_a_typed_change_would_be_lost(entries, lmp2, official):
    entry = make.make_entry(lmp2, "7", team=make.make_team("alpha"), source="First list")
    make.make_team("beta")
    columns = ["car_number", "race_class", "team", "car_model", "source"]
    staged = imports.stage(shown(entries, columns, ["7", "lmp2", "beta", "oreca-07", "First list"]), by=official)
    change_the_row(lmp2)
    staged.digest = shown(entries, *[row.split(",") for row in staged.content.splitlines()]).digest
    staged.save()
    imports.apply(staged=staged.pk, table=entries.table, by=official)
    entry.refresh_from_db()
    assert entry.source == "First list"


def test_a_preview_leaves_no_trace(entries, lmp2):
    make.make_entry(lmp2, "7", crew=3, team=make.make_team("alpha"))
    make.make_team("beta")
    before = (stamp.current(), Entry.history.count(), CrewMember.history.count())
    outcome = shown(entries, ["car_number", "race_class", "team", "car_model"], ["7", "lmp2", "beta", "oreca-07"])
    assert len(outcome.changes) == 1
    assert (stamp.current(), Entry.history.count(), CrewMember.history.count()) == before


def test_staging_does_not_stale_the_public_pages(entries, lmp2, official):
    make.make_team("alpha")
    make.make_car_model()
    before = stamp.current()
    rows = (["car_number", "race_class", "team", "car_model"], ["7", "lmp2", "alpha", "oreca-07"])
    imports.stage(shown(entries, *rows), by=official)
    assert stamp.current() == before


def test_a_collision_that_only_the_database_sees_is_told_at_its_line(entries, lmp2, monkeypatch):
    make.make_team("alpha")
    make.make_car_model()

    def collide(*_args, **_kwargs):
        raise IntegrityError

    monkeypatch.setattr(imports, "save_entry", collide)
    outcome = shown(entries, ["car_number", "race_class", "team", "car_model"], ["7", "lmp2", "alpha", "oreca-07"])
    assert told(outcome) == [(2, "", "It collides with another row. Look for the same name, slug or car number.")]


def test_a_table_of_a_season_needs_a_season():
    with pytest.raises(ValueError, match="The table entries needs a season or an event"):
        _ = Scope(table=TABLES["entries"]).required_season
