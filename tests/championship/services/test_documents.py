import json
from datetime import UTC, datetime

import pytest
from django.db import transaction

from championship.models import Decision, Document, DocumentFile, Season
from championship.rules.decision_texts import from_text
from championship.rules.decisions import Effect
from championship.services import entry_lists
from championship.services.documents import (
    DocumentError,
    next_number,
    post_classification,
    publish_decision,
    publish_upload,
    take_number,
)
from championship.services.saving import StaleVersionError, save
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 12, 7, 11, tzinfo=UTC)
PENALTY = {"kind": "time_added", "time": 5_000}


@pytest.fixture
def season(settings):
    settings.SITE_NOW = NOW
    return results.make_racing_season()


@pytest.fixture
def official():
    return make.make_user()


def sessions(season):
    return [round_.race_session for round_ in season.rounds.order_by("number")]


def draft(event, **values):
    document = Document(event=event, kind="bulletin", title="Bulletin 1", **values)
    save(document)
    DocumentFile.objects.create(
        document=document, name="b.pdf", content_type="application/pdf", content=b"%PDF", size=4, sha256="0" * 64
    )
    return document


def publish(event, official, times=1):
    return [publish_upload(draft(event), by=official).number for _ in range(times)]


def number_by(season, numbering):
    Season.objects.filter(pk=season.pk).update(document_numbering=numbering)


def test_documents_of_an_event_are_numbered_from_1(season, official):
    first, second = (session.event for session in sessions(season))
    assert publish(first, official, 3) == [1, 2, 3]
    assert publish(second, official, 2) == [1, 2]
    assert (next_number(first), next_number(second)) == (4, 3)


def test_documents_of_a_season_are_numbered_through_its_events(season, official):
    number_by(season, "season")
    first, second = (session.event for session in sessions(season))
    assert publish(first, official, 2) == [1, 2]
    assert publish(second, official) == [3]
    assert publish(first, official) == [4]


def test_when_the_setting_changes_numbers_go_on_growing(season, official):
    first, second = (session.event for session in sessions(season))
    publish(first, official, 3)
    publish(second, official)
    number_by(season, "season")
    assert publish(second, official, 2) == [4, 5]
    number_by(season, "event")
    assert publish(second, official) == [6]
    assert publish(first, official) == [4]
    third = make.make_event(season, "third")
    assert publish(third, official) == [1]


def test_a_transaction_that_is_rolled_back_leaves_no_gap(season, official):
    event = sessions(season)[0].event
    with transaction.atomic():
        assert publish(event, official) == [1]
        transaction.set_rollback(True)
    assert publish(event, official) == [1]


def test_a_draft_that_is_deleted_never_had_a_number(season, official):
    event = sessions(season)[0].event
    draft(event).delete()
    assert publish(event, official) == [1]


def test_a_decision_is_published_as_it_is_told_and_gets_the_number_of_its_document(season, official):
    session = sessions(season)[0]
    publish(session.event, official, 4)
    decision = results.make_decision(
        session,
        "7",
        {"kind": "laps_removed", "laps": 1},
        {"kind": "time_added", "time": 1_000},
        fact="Short driving time",
        offence="Article 12.3",
        reason="Reported by race control",
        fact_at=datetime(2030, 12, 5, 7, 30, tzinfo=UTC),
    )
    document = publish_decision(decision, by=official)
    decision.refresh_from_db()
    assert (document.number, document.numbering, decision.number) == (5, "event", "5")
    assert (document.title, document.kind) == ("Race 1, decision on car 7", "decision")
    assert (document.published_at, document.published_by) == (NOW, official)
    assert json.loads(document.body) == {
        "number": "5",
        "car_number": "7",
        "competitor": decision.event_entry.team_name,
        "session": "Race 1",
        "fact_at": "2030-12-05T15:30:00+08:00",
        "fact": "Short driving time",
        "offence": "Article 12.3",
        "effects": [{"kind": "laps_removed", "laps": 1}, {"kind": "time_added", "time": 1000}],
        "reason": "Reported by race control",
        "status": "applied",
    }
    assert decision.history.first().history_change_reason == "Published as document 5"
    assert document.history.first().history_change_reason == "Published as document 5"


def test_a_decision_keeps_the_number_that_it_has(season, official):
    decision = results.make_decision(sessions(season)[0], "7", PENALTY, number="84")
    document = publish_decision(decision, by=official)
    assert (document.number, from_text(document.body).number) == (1, "84")
    assert Decision.objects.get().number == "84"


def test_a_corrected_decision_is_published_as_a_document_that_amends_the_one_before(season, official):
    decision = results.make_decision(sessions(season)[0], "7", PENALTY, reason="Speeding")
    first = publish_decision(decision, by=official)
    Decision.objects.update(reason="Speeding in the pits")
    second = publish_decision(decision, by=official, reason=" The reason was incomplete ")
    assert (second.number, second.amends, second.title) == (2, first, "Race 1, decision on car 7 (amended)")
    assert from_text(second.body).amended_because == "The reason was incomplete"
    assert from_text(second.body).number == from_text(first.body).number == "1"
    assert from_text(first.body).reason == "Speeding"
    assert list(first.amended_by.all()) == [second]


def test_a_withdrawn_decision_is_published_as_a_document_that_amends_it(season, official):
    decision = results.make_decision(sessions(season)[0], "7", PENALTY)
    first = publish_decision(decision, by=official)
    Decision.objects.update(status="withdrawn")
    second = publish_decision(decision, by=official)
    assert (second.amends, second.title) == (first, "Race 1, decision on car 7 (withdrawn)")
    assert from_text(second.body).status == "withdrawn"


def test_a_decision_that_was_withdrawn_before_it_was_published_has_nothing_to_take_back(season, official):
    decision = results.make_decision(sessions(season)[0], "7", PENALTY, status="withdrawn")
    with pytest.raises(DocumentError, match="withdrawn before it was on the notice board"):
        publish_decision(decision, by=official)
    assert not Document.objects.exists()


def test_a_decision_is_not_published_again_while_nothing_of_it_changed(season, official):
    decision = results.make_decision(sessions(season)[0], "7", PENALTY)
    publish_decision(decision, by=official)
    with pytest.raises(DocumentError, match="Nothing of the decision changed since document 1"):
        publish_decision(decision, by=official, reason="Again")
    assert Document.objects.count() == 1


def test_another_effect_is_a_change(season, official):
    decision = results.make_decision(sessions(season)[0], "7", PENALTY)
    publish_decision(decision, by=official)
    decision.effects.update(time=10_000)
    assert from_text(publish_decision(decision, by=official).body).effects == (Effect(kind="time_added", time=10_000),)


def test_a_decision_that_the_database_refuses_is_not_published(season, official):
    decision = results.make_decision(sessions(season)[0], "7", PENALTY)
    Decision.objects.update(slug="Not A Slug")
    with pytest.raises(DocumentError, match="Use lower-case letters"):
        publish_decision(decision, by=official)
    assert not Document.objects.exists()


def test_an_upload_is_published_once(season, official):
    document = draft(sessions(season)[0].event)
    assert publish_upload(document, by=official).number == 1
    with pytest.raises(DocumentError, match=r"It is published already, as document 1\."):
        publish_upload(document, by=official)


def test_an_upload_is_published_only_as_it_was_seen(season, official):
    document = draft(sessions(season)[0].event)
    with pytest.raises(StaleVersionError):
        publish_upload(document, by=official, seen_version=document.version + 1)
    publish(document.event, official)
    with pytest.raises(DocumentError, match="would be document 2 and not 1"):
        publish_upload(document, by=official, seen_number=1)
    assert publish_upload(document, by=official, seen_version=document.version, seen_number=2).number == 2


def test_a_draft_that_is_gone_or_has_no_file_is_refused_in_words(season, official):
    document = draft(sessions(season)[0].event)
    document.file.delete()
    with pytest.raises(DocumentError, match="Choose the PDF first"):
        publish_upload(document, by=official)
    gone = Document.objects.get()
    document.delete()
    with pytest.raises(DocumentError, match="deleted in the meantime"):
        publish_upload(gone, by=official)


def post(classification, official):
    with transaction.atomic():
        number, numbering = take_number(classification.session.event)
        return post_classification(classification, number=number, numbering=numbering, by=official)


def test_a_version_stands_on_the_board_with_its_status_and_from_its_own_moment(season, official):
    session = sessions(season)[0]
    version = results.publish_results(session, ["7", "22"], status="provisional", at=NOW)
    document = post(version, official)
    assert (document.title, document.number) == ("Race 1, provisional classification v1", 1)
    assert (document.classification, document.session, document.published_at) == (version, session, NOW)
    assert document.amends is None


def test_a_version_amends_the_one_that_it_corrects(season, official):
    session = sessions(season)[0]
    steps = ("provisional", "provisional", "official", "revised")
    posted = [post(results.publish_results(session, ["7", "22"], status=status), official) for status in steps]
    assert [document.amends for document in posted] == [None, posted[0], None, posted[2]]


def test_an_entry_list_that_an_official_publishes_stands_on_the_board_of_its_event(season, official):
    event = sessions(season)[0].event
    for status in ("provisional", "final"):
        seen = entry_lists.preview(season=season, event=event).fingerprint
        entry_lists.publish(season=season, event=event, status=status, seen=seen, by=official)
    first, second = Document.objects.order_by("number")
    assert (first.title, first.kind, first.amends) == ("Entry list r1, provisional", "entry_list", None)
    assert (second.title, second.number, second.amends) == ("Entry list r2, final", 2, first)
    assert second.entry_list.revision == 2
    assert second.published_by == official


def test_the_list_of_a_season_is_of_no_event_and_on_no_board(season, official):
    seen = entry_lists.preview(season=season, event=None).fingerprint
    entry_lists.publish(season=season, event=None, status="provisional", seen=seen, by=official)
    assert not Document.objects.exists()
