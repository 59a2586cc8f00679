from dataclasses import replace

import pytest

from championship.models import Classification, CrewMember, Seat
from championship.services import drafts, publishing
from championship.services.results import ResultsError
from tests import factories as make
from tests import result_factories as results

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
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    (check,) = checks(session)
    text = f"{decision} counts and is on no document of the notice board."
    assert said([check]) == [("decision", "car-7", text)]


def test_a_decision_that_was_written_after_the_draft_is_told(session):
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=None)
    results.make_decision(session, "7", {"kind": "fine"}, status="suspended")
    (check,) = publishing.preview(draft, "provisional").checks
    assert check.text.startswith("A decision was written or changed after this draft.")


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
