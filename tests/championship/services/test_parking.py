"""Rows that exchange what only one of them may have, by both doors that bring in whole tables."""

from dataclasses import replace

import pytest

from championship.models import Entry, RaceClass, Round, Team, TeamAlias
from championship.services import imports, season_load
from championship.services.import_rows import Scope
from championship.services.import_tables import TABLES
from championship.services.season_export import export_season
from championship.services.season_load import REASON, LoadError, load_season
from championship.services.spreadsheets import csv_text
from tests import factories as make
from tests.season import packaged_record, without_results

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(real_season):
    return without_results(packaged_record())


def corrected(record, table, key, values):
    """The record with other values in those rows of a table whose `key` is in `values`."""
    rows = getattr(record, table)
    assert values.keys() <= {getattr(row, key) for row in rows}
    return replace(record, **{table: tuple(replace(row, **values.get(getattr(row, key), {})) for row in rows)})


def renumbered(record, numbers):
    """The record with other numbers of rounds, by event and session; None is a race that is no round."""
    events = tuple(
        replace(
            row,
            sessions=tuple(
                replace(session, round=number, grid_from=session.grid_from if number else ())
                for session in row.sessions
                for number in [numbers.get((row.slug, session.slug), session.round)]
            ),
        )
        for row in record.events
    )
    return replace(record, events=events)


def loaded(record, season):
    """What is on record after loading."""
    load_season(record)
    return export_season(season)


def test_two_rounds_of_an_event_exchange_their_numbers(record, real_season):
    pks = set(Round.objects.values_list("pk", flat=True))
    wanted = renumbered(record, {("sepang", "race-1"): 2, ("sepang", "race-2"): 1})
    assert loaded(wanted, real_season) == wanted
    assert set(Round.objects.values_list("pk", flat=True)) == pks
    first = Round.objects.get(number=1)
    assert [row.number for row in first.history.all()] == [1]


def test_two_rounds_of_different_events_exchange_their_numbers(record, real_season):
    wanted = renumbered(record, {("sepang", "race-2"): 3, ("dubai", "race"): 2})
    assert loaded(wanted, real_season) == wanted


def test_rounds_move_up_when_a_race_is_no_round_any_more(record, real_season):
    wanted = renumbered(
        record,
        {
            ("sepang", "race-1"): None,
            ("sepang", "race-2"): 1,
            ("dubai", "race"): 2,
            ("abu-dhabi", "race-1"): 3,
            ("abu-dhabi", "race-2"): 4,
        },
    )
    assert loaded(wanted, real_season) == wanted


def test_the_number_of_a_race_that_is_no_round_any_more_goes_to_an_earlier_race(record, real_season):
    wanted = renumbered(
        record,
        {
            ("sepang", "race-1"): 3,
            ("sepang", "race-2"): 4,
            ("dubai", "race"): None,
            ("abu-dhabi", "race-1"): 1,
            ("abu-dhabi", "race-2"): 2,
        },
    )
    assert loaded(wanted, real_season) == wanted


def test_a_round_that_the_files_do_not_mention_keeps_its_number(record, real_season):
    event = real_season.events.get(slug="sepang")
    extra = make.make_round(event, 6, slug="race-3")
    load_season(renumbered(record, {("sepang", "race-1"): 2, ("sepang", "race-2"): 1}))
    extra.refresh_from_db()
    assert extra.number == 6


def test_classes_exchange_positions_and_names(record, real_season):
    wanted = corrected(record, "race_classes", "slug", {"lmp2": {"position": 2}, "lmp3": {"position": 1}})
    load_season(wanted)
    assert season_load.differences(wanted) == []
    assert list(real_season.race_classes.values_list("slug", "position")) == [("lmp3", 1), ("lmp2", 2), ("gt", 3)]
    wanted = corrected(wanted, "race_classes", "slug", {"lmp2": {"name": "LMP3"}, "lmp3": {"name": "LMP2"}})
    load_season(wanted)
    assert season_load.differences(wanted) == []
    assert [row.position for row in RaceClass.objects.get(slug="lmp2").history.all()] == [2, 2]


def test_classes_may_take_even_the_last_positions(record, real_season):
    values = {"lmp2": {"position": 32_767}, "lmp3": {"position": 32_766}, "gt": {"position": 1}}
    wanted = corrected(record, "race_classes", "slug", values)
    load_season(wanted)
    wanted = corrected(wanted, "race_classes", "slug", {"lmp2": {"position": 32_766}, "lmp3": {"position": 32_767}})
    load_season(wanted)
    assert list(real_season.race_classes.values_list("slug", "position")) == [
        ("gt", 1),
        ("lmp2", 32_766),
        ("lmp3", 32_767),
    ]


@pytest.mark.parametrize("table", ["circuits", "manufacturers", "car_models", "teams"])
def test_two_rows_exchange_their_names(record, table):
    one, other = getattr(record, table)[:2]
    values = {one.slug: {"name": other.name}, other.slug: {"name": one.name}}
    wanted = corrected(record, table, "slug", values)
    load_season(wanted)
    assert season_load.differences(wanted) == []


def test_a_new_team_takes_the_name_that_another_gives_up(record):
    team = record.teams[-1]
    new = replace(team, slug="a-new-team", aliases=())
    wanted = corrected(record, "teams", "slug", {team.slug: {"name": "Renamed"}})
    wanted = replace(wanted, teams=(new, *wanted.teams))
    load_season(wanted)
    assert season_load.differences(wanted) == []
    assert Team.objects.get(slug="a-new-team").name == team.name


@pytest.mark.parametrize("table", ["teams", "drivers"])
@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_an_alias_moves_from_one_row_to_another(record, table, places):
    giver, taker = (getattr(record, table)[place].slug for place in places)
    with_alias = corrected(record, table, "slug", {giver: {"aliases": ("Known as this",)}, taker: {"aliases": ()}})
    load_season(with_alias)
    wanted = corrected(record, table, "slug", {giver: {"aliases": ()}, taker: {"aliases": ("Known as this",)}})
    load_season(wanted)
    assert season_load.differences(wanted) == []


def test_an_alias_that_moves_leaves_its_reason_in_the_history(record):
    one, other = record.teams[:2]
    load_season(corrected(record, "teams", "slug", {one.slug: {"aliases": ("Known as this",)}}))
    load_season(
        corrected(record, "teams", "slug", {one.slug: {"aliases": ()}, other.slug: {"aliases": ("Known as this",)}})
    )
    trace = TeamAlias.history.filter(name="Known as this").order_by("history_id")
    assert [(row.history_type, row.history_change_reason) for row in trace] == [
        ("+", REASON),
        ("-", REASON),
        ("+", REASON),
    ]


def test_two_cars_exchange_their_numbers(record, real_season):
    one, other = record.entries[:2]
    swap = {one.car_number: other, other.car_number: one}
    entries = tuple(
        replace(swap[row.car_number], car_number=row.car_number) if row.car_number in swap else row
        for row in record.entries
    )
    load_season(replace(record, entries=entries))
    assert season_load.differences(replace(record, entries=entries)) == []
    assert Entry.objects.get(season=real_season, car_number=one.car_number).team.slug == other.team


def test_when_a_row_is_refused_nobody_is_left_without_a_name(record):
    one, other = record.teams[:2]
    make.make_team("stranger", name="Taken by a stranger")
    values = {one.slug: {"name": other.name}, other.slug: {"name": "Taken by a stranger"}}
    with pytest.raises(LoadError, match=rf"teams\.csv, teams {other.slug}: name: Team with this Name already exists"):
        load_season(corrected(record, "teams", "slug", values))
    assert [Team.objects.get(slug=row.slug).name for row in (one, other)] == [one.name, other.name]


def imported(columns, *rows):
    scope = Scope(table=TABLES["teams"])
    outcome = imports.preview(scope=scope, file_name="teams.csv", content=csv_text([columns, *rows]).encode())
    assert outcome.problems == ()
    official = make.make_user("anna")
    imports.apply(staged=imports.stage(outcome, by=official).pk, table=scope.table, by=official)


def test_an_imported_table_may_exchange_names_and_move_an_alias(db):
    make.make_team("alpha", name="Alpha").aliases.create(name="Known as this")
    make.make_team("beta", name="Beta")
    imported(
        ["slug", "name", "country", "aliases"], ["beta", "Alpha", "DE", "Known as this"], ["alpha", "Beta", "DE", ""]
    )
    assert list(Team.objects.order_by("slug").values_list("slug", "name", "aliases__name")) == [
        ("alpha", "Beta", None),
        ("beta", "Alpha", "Known as this"),
    ]
