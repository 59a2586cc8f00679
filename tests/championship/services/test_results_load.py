"""Results that were published elsewhere come in by the season's files, and go out as they came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from championship.models import (
    Adjustment,
    Classification,
    ClassificationState,
    ContentStamp,
    Decision,
    PolePosition,
    Result,
    Round,
    Score,
    Season,
    StandingList,
)
from championship.record import in_order, read_season, write_season
from championship.rules.classifications import Effect
from championship.services.results_check import findings
from championship.services.season_export import export_season
from championship.services.season_load import LoadError, differences, load_season
from tests.championship.record.sample import WITH_RESULTS, as_bytes
from tests.result_factories import make_racing_season, publish_results

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return read_season(as_bytes(WITH_RESULTS))


@pytest.fixture
def season(record):
    load_season(record)
    return Season.objects.get(slug=record.season.slug)


def changed(record, table, index, **values):
    """The record with other values in one row of a table."""
    rows = list(getattr(record, table))
    rows[index] = replace(rows[index], **values)
    return in_order(replace(record, **{table: tuple(rows)}))


def points_of(car_number):
    """What a car gets for the first round by the version that stands."""
    return str(Score.objects.get(entry__car_number=car_number, classification__state__is_current=True).points)


def test_what_is_loaded_is_what_is_exported(record, season):
    assert export_season(season) == record


def test_loading_again_changes_nothing(record, season):
    before = list(ContentStamp.objects.values())
    assert load_season(record) == []
    assert list(ContentStamp.objects.values()) == before


def test_a_dry_run_publishes_nothing(record):
    assert [change.key for change in load_season(record, dry_run=True) if change.table == "classifications"] == [
        "sepang-4h qualifying v1",
        "sepang-4h race-1 v1",
        "sepang-4h race-1 v2",
    ]
    assert not Classification.objects.exists()


def test_the_newest_version_is_the_current_one_and_a_recalled_one_is_none(season):
    assert list(
        ClassificationState.objects.filter(is_current=True).values_list("session__slug", "classification__version")
    ) == [("race-1", 2)]
    recalled = ClassificationState.objects.get(session__slug="qualifying")
    assert (recalled.recalled_at, recalled.recall_reason) == (datetime(2030, 12, 1, 2, tzinfo=UTC), "The wrong file.")


def test_what_comes_from_files_was_published_elsewhere(season):
    assert set(Classification.objects.values_list("from_archive", "author", "checker")) == {(True, None, None)}


def test_decisions_are_applied_to_the_timing_lines(season):
    official = Result.objects.filter(classification__version=2)
    assert {row.car_number: (row.timing_status, row.status) for row in official} == {
        "7": ("Classified", "Disqualified"),
        "22A": ("Not classified", "Not classified"),
    }


def test_tables_are_those_that_were_known_at_each_publication(season):
    lists = StandingList.objects.filter(title__contender="drivers", round__number=1, basis="all").order_by("version")
    assert [row.published_at for row in lists] == list(
        Classification.objects.filter(session__slug="race-1").order_by("version").values_list("published_at", flat=True)
    )


def test_versions_are_published_in_their_order_whatever_their_order_in_the_record(record, season):
    other = replace(
        record,
        season=replace(record.season, slug="2031", label="2031"),
        classifications=record.classifications[::-1],
    )
    load_season(other)

    def tables(slug):
        lists = StandingList.objects.filter(title__race_class__season__slug=slug)
        names = ("title__race_class__slug", "title__contender", "round__number", "basis", "version", "published_at")
        return list(lists.order_by(*names).values_list(*names))

    assert tables("2031") == tables(record.season.slug)


def test_a_published_version_that_differs_is_refused_and_nothing_is_loaded(record, season):
    lines = (replace(record.classifications[1].lines[0], laps=99), *record.classifications[1].lines[1:])
    wrong = changed(changed(record, "classifications", 1, lines=lines), "poles", 0, lap_time=1)
    with pytest.raises(LoadError) as refused:
        load_season(wrong)
    assert str(refused.value) == (
        "results/classifications.toml: sepang-4h race-1 v1 is published and differs from the files (lines). "
        "A published version never changes: publish a new one."
    )
    assert PolePosition.objects.get(race_class__slug="gt").lap_time == 59_999


def test_a_new_version_in_the_files_follows_the_old_ones(record, season):
    newest = record.classifications[-1]
    third = replace(
        newest,
        version=3,
        status="revised",
        cause="The penalty was lifted.",
        decisions=(),
        pending=(),
        published_at=newest.published_at + timedelta(days=30),
    )
    longer = in_order(replace(record, classifications=(*record.classifications, third)))
    load_season(longer)
    assert export_season(season) == longer
    assert ClassificationState.objects.get(session__slug="race-1", is_current=True).classification.version == 3


def test_a_version_that_was_recalled_since_is_recalled_here_too(record, season):
    when = datetime(2030, 12, 5, 8, tzinfo=UTC)
    later = changed(record, "classifications", 2, recalled_at=when, recall_reason="It was signed by nobody.")
    load_season(later)
    assert export_season(season) == later
    assert ClassificationState.objects.get(session__slug="race-1", is_current=True).classification.version == 1
    assert StandingList.objects.filter(basis="all").latest("published_at").published_at == when


def test_a_version_that_followed_a_recalled_one_is_loaded_after_the_recall(record):
    first, provisional, official = record.classifications
    recalled_at = official.published_at - timedelta(minutes=1)
    chain = (
        first,
        replace(provisional, recalled_at=recalled_at, recall_reason="A car was missing."),
        official,
    )
    record = in_order(replace(record, classifications=chain))
    load_season(record)
    assert export_season(Season.objects.get()) == record


def test_versions_recalled_at_one_moment_are_loaded_as_they_went(record):
    first, provisional, official = record.classifications
    at = official.published_at + timedelta(hours=1)
    chain = (
        first,
        replace(provisional, recalled_at=at, recall_reason="The wrong race."),
        replace(official, recalled_at=at, recall_reason="The wrong race."),
        replace(official, version=3, published_at=at, cause="The right race", pending=()),
    )
    record = in_order(replace(record, classifications=chain))
    load_season(record)
    assert export_season(Season.objects.get()) == record


@pytest.mark.parametrize("values", [{"recalled_at": None, "recall_reason": ""}, {"recall_reason": "Another reason."}])
def test_a_recall_stands(record, season, values):
    with pytest.raises(LoadError, match="sepang-4h qualifying v1 is recalled"):
        load_season(changed(record, "classifications", 0, **values))


def test_what_is_pending_may_change(record, season):
    settled = changed(record, "classifications", 2, pending=("investigation", "appeal"))
    load_season(settled)
    assert export_season(season) == settled
    load_season(changed(record, "classifications", 2, pending=()))
    assert export_season(season).classifications[2].pending == ()


def test_a_pole_that_is_added_brings_its_point_to_what_is_published(record, season):
    assert points_of("22A") == "0.00"
    added = replace(record.poles[0], race_class="lmp2", car_number="22A", driver="giorgio-roda")
    load_season(in_order(replace(record, poles=(*record.poles, added))))
    assert points_of("22A") == "1.00"
    assert StandingList.objects.filter(cause="Loaded from the season's files").exists()


def test_settings_that_change_are_followed_by_what_is_published(record, season):
    assert points_of("7") == "1.00"
    load_season(replace(record, points=replace(record.points, pole_points=Decimal(2))))
    assert points_of("7") == "2.00"


def test_an_entry_that_makes_a_car_late_is_followed_by_what_is_published():
    season = make_racing_season()
    season.points_settings.late_joiners_score = False
    season.points_settings.save()
    publish_results(season.rounds.get(number=2), ["7", "22", "99"])
    assert points_of("7") == "25.00"
    record = export_season(season)
    index = next(
        index for index, row in enumerate(record.event_entries) if (row.event, row.car_number) == ("event-1", "7")
    )
    load_season(changed(record, "event_entries", index, status="withdrawn"))
    assert (points_of("7"), points_of("22")) == ("0.00", "25.00")
    assert findings(season) == []


def test_a_decision_gets_exactly_its_effects(record, season):
    shorter = changed(record, "decisions", 0, effects=(Effect(kind="laps_removed", laps=2),), reason="Corrected")
    load_season(shorter)
    assert export_season(season) == shorter
    assert Decision.objects.get(slug="car-7").effects.count() == 1
    load_season(record)
    assert export_season(season) == record


def test_a_decision_that_was_corrected_leaves_what_versions_told_of_it(record, season):
    decision = Decision.objects.get(slug="car-7")
    decision.reason, decision.number = "Unsafe release", ""
    decision.save()
    decision.effects.filter(kind="time_added").update(time=1_000)
    exported = export_season(season)
    assert exported.classifications == record.classifications
    assert exported.decisions[0].reason == "Unsafe release"
    again = replace(exported, season=replace(record.season, slug="2031", label="2031"))
    assert read_season(write_season(again)) == again
    load_season(again)
    assert export_season(Season.objects.get(slug="2031")) == again
    figures = ("car_number", "status", "laps", "total_time")
    results = Result.objects.filter(classification__version=2).order_by("car_number")
    first, second = (
        list(results.filter(classification__session__event__season__slug=slug).values_list(*figures))
        for slug in (season.slug, "2031")
    )
    assert first == second


def test_another_telling_of_a_published_decision_is_refused_with_a_way_out(record, season):
    files = write_season(record)
    decisions = "results/decisions.toml"
    files[decisions] = files[decisions].replace(b'"Unsafe"', b'"Unsafe release"')
    with pytest.raises(LoadError, match=r"differs from the files \(decisions\).*\[\[classification\.told\]\]"):
        load_season(read_season(files))
    assert Decision.objects.get(slug="car-7").reason == "Unsafe"


def test_adjustments_and_exceptions_may_be_corrected(record, season):
    later = changed(record, "adjustments", 1, kind="deduction", points=Decimal("0.5"), reason="Lowered")
    later = changed(later, "eligibility", 0, scores_points=True, event="", session="")
    load_season(later)
    assert export_season(season) == later
    assert Adjustment.objects.count() == 3


def test_rounds_that_exchange_their_numbers_keep_their_poles(record, season):
    event = record.events[0]
    swap = {1: 2, 2: 1, None: None}
    sessions = tuple(replace(row, round=swap[row.round]) for row in event.sessions)
    exchanged = replace(record, events=(replace(event, sessions=sessions),))
    load_season(exchanged)
    assert export_season(season) == exchanged
    assert differences(exchanged) == []


def test_a_round_that_has_results_cannot_be_taken_away(record, season):
    event = record.events[0]
    sessions = tuple(replace(row, round=None, grid_from=(), distance_share=None) for row in event.sessions)
    with pytest.raises(LoadError, match=r"events.toml, events sepang-4h: what it takes away is still needed"):
        load_season(replace(record, events=(replace(event, sessions=sessions),)))
    assert Round.objects.count() == 2


def test_what_the_rules_refuse_is_said_in_their_words(record):
    official = record.classifications[2]
    short = in_order(replace(record, classifications=(replace(official, version=1, lines=official.lines[:1]),)))
    with pytest.raises(LoadError, match=r"results/classifications\.toml: .*22A"):
        load_season(short)
    assert not Season.objects.exists()


def test_an_effect_is_exported_with_what_its_kind_needs(record, season):
    Decision.objects.get(slug="car-7").effects.filter(kind="time_added").update(laps=3, status_before="Classified")
    assert export_season(season) == record
