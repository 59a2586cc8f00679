from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from championship.models import Classification, ClassificationDraft, CrewMember, Seat
from championship.services import documents, drafts, publish_checks, publishing, signatures, timing_imports
from championship.services.results import ResultsError
from championship.services.saving import save
from championship.timing.cross_checks import remarks
from championship.timing.tables import Remark
from tests import factories as make
from tests import result_factories as results
from tests import timing_factories as timing

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def session():
    return results.make_racing_season(rounds=2).rounds.get(number=1).race_session


@pytest.fixture
def anna():
    return make.make_user("anna")


def checks(session, lines=None, **values):
    draft = drafts.create_draft(session=session, lines=lines or results.draft_lines(session, FILE), by=None, **values)
    return publishing.preview(draft, "provisional").checks


def said(found):
    return [(check.place, check.key, check.text) for check in found]


def test_a_list_without_a_fault_has_no_check(session):
    assert checks(session) == ()


def test_an_open_seat_is_told(session):
    CrewMember.objects.filter(event_entry__event=session.event, event_entry__entry__car_number="22", seat=2).update(
        status=Seat.Status.TO_BE_ANNOUNCED, driver=None
    )
    (check,) = checks(session)
    assert said([check]) == [("crew", "22", "Seat 2 of car 22 is still to be announced at this event.")]


def test_a_rating_that_another_event_has_otherwise_is_told(session):
    members = CrewMember.objects.filter(event_entry__event=session.event)
    member = members.get(event_entry__entry__car_number="7", seat=1)
    member.rating = "silver"
    member.save()
    (check,) = checks(session)
    name = str(member.driver)
    assert said([check]) == [("crew", "7", f"{name} is Silver in car 7 here, and Gold at 4 Hours of Event-2.")]


def test_a_race_whose_laps_do_not_fit_is_told_and_a_qualifying_is_not(session):
    lines = results.draft_lines(session, FILE)
    lines[1] = replace(lines[1], timing=replace(lines[1].timing, laps=99))
    (check,) = checks(session, lines)
    assert (check.place, check.key) == ("line", "99")
    qualifying = make.make_session(session.event, "qualifying", kind="qualifying")
    assert checks(qualifying, lines) == ()


def test_a_decision_that_counts_and_that_nobody_was_told_is_told(session):
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    (check,) = checks(session)
    text = "The decision about car 7 counts and is on no document of the notice board."
    assert said([check]) == [("decision", "car-7", text)]


def test_a_decision_that_was_written_after_the_draft_is_told(session):
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=None)
    results.make_decision(session, "7", {"kind": "fine"}, status="suspended")
    (check,) = publishing.preview(draft, "provisional").checks
    assert check.text.startswith("A decision was written or changed after this draft.")


def test_a_check_outlives_the_number_that_the_notice_board_gives_a_decision(session, anna):
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna)
    drafts.check_draft(draft, by=make.make_user("ben"), seen_version=draft.version)
    documents.publish_decision(decision, by=anna)
    draft.refresh_from_db()
    assert not publish_checks.is_decided_anew(draft)
    decision.refresh_from_db()
    decision.reason = "Another one"
    save(decision)
    assert publish_checks.is_decided_anew(draft)


def test_warnings_are_kept_with_their_reason_and_another_warning_is_another_preview(session, anna):
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, ["7", "22"]), by=None)
    seen = publishing.preview(draft, "provisional").fingerprint
    with pytest.raises(ResultsError, match=r"There are warnings\. Give the reason"):
        publishing.publish_provisional(draft, seen=seen, by=anna, single_signed_reason="Alone", warnings_reason=" ")
    published = publishing.publish_provisional(
        draft, seen=seen, by=anna, single_signed_reason="Alone", warnings_reason=" It did not start "
    )
    assert published.warnings == "Car 99 is entered at the event and not in this list."
    assert (published.warnings_reason, Classification.objects.count()) == ("It did not start", 1)


def test_a_reason_without_a_warning_is_not_kept(session, anna):
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=None)
    seen = publishing.preview(draft, "provisional").fingerprint
    published = publishing.publish_provisional(
        draft, seen=seen, by=anna, single_signed_reason="Alone", warnings_reason="None"
    )
    assert (published.warnings, published.warnings_reason) == ("", "")


@pytest.fixture
def provisional(session, settings):
    settings.SITE_NOW = datetime(2030, 12, 5, 12, tzinfo=UTC)
    return results.publish_results(session, FILE, at=settings.SITE_NOW, status="provisional")


def official(session):
    return publishing.preview(ClassificationDraft.objects.get(session=session), "official")


def test_what_may_still_be_protested_becomes_official_only_for_a_reason(session, provisional, settings):
    drafts.revise(session=session, by=None, cause="Made official")
    settings.SITE_NOW += timedelta(minutes=29)
    early = official(session)
    text = "The time to protest against v1 is not over: it closes at 20:30 track time."
    assert said(early.checks) == [("protest", "", text)]
    settings.SITE_NOW += timedelta(minutes=1)
    late = official(session)
    assert (late.checks, late.fingerprint) == ((), early.fingerprint)


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ("is_under_investigation", "v1 is under investigation."),
        ("is_protested", "v1 is protested."),
        ("is_subject_to_appeal", "v1 is subject to an appeal."),
    ],
)
def test_what_is_pending_becomes_official_only_for_a_reason(session, provisional, settings, flag, text):
    drafts.revise(session=session, by=None, cause="Made official")
    settings.SITE_NOW += timedelta(hours=1)
    before = official(session)
    signatures.set_flags(provisional, {flag: True}, by=make.make_user("ben"), reason="Car 22", seen_version=1)
    now = official(session)
    assert said(now.checks) == [("version", "", text)]
    assert now.fingerprint != before.fingerprint


def test_a_season_without_protests_waits_for_none(session, provisional):
    session.event.season.protest_minutes = 0
    session.event.season.save()
    drafts.revise(session=session, by=None, cause="Made official")
    assert official(session).checks == ()


def test_a_version_whose_minute_is_not_on_record_has_no_time_to_protest(session):
    results.publish_results(session, FILE, status="provisional", published_precision="day")
    drafts.revise(session=session, by=None, cause="Made official")
    assert official(session).checks == ()


# The timing file


def applied(session, content):
    file = timing_imports.stage(content=content, file_name="race.csv", by=None, session=session).staged
    timing_imports.apply(file, seen=timing_imports.preview(file).fingerprint, by=None)
    return file, ClassificationDraft.objects.get(session=session)


def test_what_the_timing_file_gives_away_is_told_with_the_way_to_it(session):
    file, draft = applied(session, timing.race_file(session, FILE))
    found = [check for check in publishing.preview(draft, "provisional").checks if check.place == "import"]
    wanted = remarks(timing_imports.table_of(file), entered=None)
    assert len(wanted) > publish_checks.MOST_REMARKS
    assert [check.key for check in found] == [str(file.pk)] * (publish_checks.MOST_REMARKS + 1)
    assert all(remark.text in check.text for check, remark in zip(found[:-1], wanted, strict=False))
    timing_imports.reopen(file)
    assert [check for check in publishing.preview(draft, "provisional").checks if check.place == "import"] == []
    drafts.delete_draft(draft, by=make.make_user("anna"), reason="", seen_version=draft.version)
    assert [check for check in checks(session) if check.place == "import"] == []


def test_many_remarks_about_a_file_are_counted(session, monkeypatch):
    file, draft = applied(session, timing.race_file(session, FILE))
    many = tuple(Remark(line=line, car_number="7" * (line % 2), text=f"Remark {line}.") for line in range(1, 9))
    monkeypatch.setattr(publish_checks, "remarks", lambda table, **_: many)
    found = [check.text for check in publishing.preview(draft, "provisional").checks if check.place == "import"]
    assert found[:2] == ["In race.csv, car 7: Remark 1.", "Remark 2."]
    assert found[5:] == ["3 more remarks about race.csv."]
    assert file.pk
