from datetime import UTC, datetime

import pytest

from championship.models import Decision, Document
from championship.rules.decision_texts import from_text
from championship.rules.decisions import Effect
from championship.services.document_archive import archive_decisions
from championship.services.documents import publish_decision
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

PENALTY = {"kind": "time_added", "time": 5_000}


@pytest.fixture
def race():
    return results.make_racing_season(rounds=1).rounds.get()


def archive(race):
    return archive_decisions(race.season, reason="Loaded")


def test_the_three_decisions_of_abu_dhabi_stand_on_its_board_outside_the_numbering(real_results):
    documents = Document.objects.select_related("decision", "event_entry__entry").order_by("pk")
    assert [(row.title, row.number, row.numbering) for row in documents] == [
        ("Race 2, decision on car 24", None, ""),
        ("Race 2, decision on car 3", None, ""),
        ("Race 2, decision on car 19", None, ""),
    ]
    assert [row.address for row in documents] == [f"archive-race-2-car-{number}" for number in (24, 3, 19)]
    for row in documents:
        first = row.decision.applied.order_by("classification__version").first().classification
        assert row.from_archive
        assert row.event.slug == "abu-dhabi"
        assert (row.published_at, row.published_precision) == (first.published_at, first.published_precision)
        assert row.source == row.decision.source
        assert row.event_entry == row.decision.event_entry
    text = from_text(documents[0].body)
    assert text.effects == (Effect(kind="laps_removed", laps=1), Effect(kind="time_added", time=1000))
    assert (text.number, text.reason) == ("", "A driver fell short of the minimum driving time")
    assert archive_decisions(real_results, reason="Again") == []


def test_what_versions_told_otherwise_amends_what_they_told_before(race):
    decision = results.make_decision(race.race_session, "7", PENALTY, reason="Speeding")
    versions = [results.publish_results(race, ["7", "22"], decisions=[decision])]
    assert len(archive(race)) == 1
    versions.append(results.publish_results(race, ["7", "22"], decisions=[decision]))
    assert archive(race) == []
    decision.effects.update(time=10_000)
    versions.append(results.publish_results(race, ["7", "22"], decisions=[Decision.objects.get()]))
    (second,) = archive(race)
    assert second.published_at == versions[2].published_at
    assert second.address == "archive-race-1-car-7-v2"
    assert second.amends == Document.objects.order_by("pk").first()
    assert from_text(second.body).effects == (Effect(kind="time_added", time=10_000),)
    assert archive(race) == []


def test_all_that_versions_of_one_moment_told_is_found_at_once_and_only_once(race):
    decision = results.make_decision(race.race_session, "7", PENALTY)
    at = datetime(2030, 12, 7, 12, tzinfo=UTC)
    results.publish_results(race, ["7", "22"], decisions=[decision], at=at)
    decision.effects.update(time=10_000)
    results.publish_results(race, ["7", "22"], decisions=[Decision.objects.get()], at=at)
    assert [from_text(row.body).effects[0].time for row in archive(race)] == [5_000, 10_000]
    assert archive(race) == []


def test_what_no_version_applied_and_what_was_published_here_stays_out_of_the_archive(race):
    results.make_decision(race.race_session, "99", {"kind": "fine"})
    here = results.make_decision(race.race_session, "7", PENALTY)
    publish_decision(here, by=make.make_user())
    results.publish_results(race, ["7", "22", "99"], decisions=[here])
    assert archive(race) == []


def test_a_version_that_was_published_here_brings_nothing_into_the_archive(race):
    decision = results.make_decision(race.race_session, "7", PENALTY)
    signed = {"from_archive": False, "single_signed_reason": "", "author": make.make_user("a")}
    results.publish_results(race, ["7", "22"], decisions=[decision], checker=make.make_user("b"), **signed)
    assert archive(race) == []
