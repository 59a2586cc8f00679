from dataclasses import replace
from datetime import UTC, datetime

import pytest

from championship import stamp
from championship.models import Classification, ClassificationDraft, Document, StandingList
from championship.services import documents, drafts, publishing
from championship.services.results import ResultsError, recall
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]


@pytest.fixture
def session(settings):
    settings.SITE_NOW = datetime(2030, 12, 5, 18, 30, tzinfo=UTC)
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def anna():
    return make.make_user("anna")


@pytest.fixture
def ben():
    return make.make_user("ben")


@pytest.fixture
def draft(session, anna):
    return drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna, source="Timing")


def publish(draft, status="provisional", **values):
    verb = {"provisional": publishing.publish_provisional, "official": publishing.publish_official}[status]
    seen = publishing.preview(draft, status).fingerprint
    return verb(draft, seen=seen, **{"warnings_reason": "Seen and known"} | values)


def order(classification):
    return [row.car_number for row in classification.results.all()]


# Previewing


def test_the_first_preview_shows_the_order_and_writes_nothing(session, draft):
    before = stamp.current()
    now = publishing.preview(draft, "provisional")
    assert [line.car_number for line in now.lines] == FILE
    assert (now.version, now.status, now.previous, now.changes, now.stops, now.warnings) == (
        1,
        "provisional",
        None,
        (),
        (),
        (),
    )
    assert now.drivers["7"] == drafts.draft_lines(draft)[0].drivers
    assert (stamp.current(), Classification.objects.count()) == (before, 0)


def test_a_preview_shows_what_a_new_decision_changes(session, anna, ben, draft):
    publish(draft, by=ben)
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    now = publishing.preview(drafts.revise(session=session, by=anna, cause="Overtaking under yellow"), "official")
    assert [(change.car_number, change.places_gained) for change in now.changes] == [("22", 1), ("7", -1)]
    assert ([decision.slug for decision in now.decisions], now.version) == (["car-7"], 2)


@pytest.mark.parametrize(
    ("status", "is_contained", "first"),
    [
        ("applied", False, "22"),
        ("imposed", False, "7"),
        ("served", False, "7"),
        ("suspended", False, "7"),
        ("withdrawn", False, "7"),
        ("served", True, "7"),
        ("withdrawn", True, "7"),
    ],
)
def test_only_decisions_in_force_count(session, anna, status, is_contained, first):
    results.make_decision(
        session, "7", {"kind": "time_added", "time": 15_000}, status=status, is_contained=is_contained
    )
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna)
    now = publishing.preview(draft, "official")
    assert now.lines[0].car_number == first
    leader = next(line for line in now.lines if line.car_number == "7")
    taken_off = 15_000 if (status, is_contained) == ("withdrawn", True) else 0
    added = 15_000 if status == "applied" else 0
    assert leader.total_time == drafts.draft_lines(draft)[0].timing.total_time + added - taken_off


def test_which_decisions_a_file_contains_is_remembered_for_that_file_alone(session, anna, ben, draft):
    """The second file has the penalty; it is recalled, and the first one never had it."""
    first = publish(draft, by=ben)
    before = first.results.get(car_number="7").total_time
    decision = results.make_decision(session, "7", {"kind": "time_added", "time": 15_000}, is_contained=True)
    lines = results.draft_lines(session, ["22", "7", "99"])
    second = publish(drafts.create_draft(session=session, lines=lines, by=anna, cause="Penalty"), by=ben)
    assert [applied.decision for applied in second.applied.all()] == [decision]
    recall(second, by=ben, reason="The wrong file")
    again = drafts.revise(session=session, by=anna, cause="Penalty after all")
    leader = next(line for line in publishing.preview(again, "provisional").lines if line.car_number == "7")
    assert leader.total_time == before + 15_000


def test_what_a_file_contained_is_applied_again_when_its_version_is_revised(session, anna, ben):
    decision = results.make_decision(
        session, "22", {"kind": "time_added", "time": 20_000}, status="served", is_contained=True
    )
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna)
    first = publish(draft, by=ben)
    second = publish(drafts.revise(session=session, by=anna, cause="Official"), "official", by=ben)
    assert [order(version) for version in (first, second)] == [FILE, FILE]
    assert [row.total_time for row in second.results.all()] == [row.total_time for row in first.results.all()]
    decision.status = "withdrawn"
    decision.save()
    third = publish(drafts.revise(session=session, by=anna, cause="On appeal"), "official", by=ben)
    assert order(third) == ["22", "7", "99"]


def test_a_file_that_is_said_to_contain_a_decision_that_is_gone_stops_it(session, anna, draft):
    draft = drafts.save_draft(
        draft, lines=drafts.draft_lines(draft), by=anna, seen_version=1, contained=["car-7", "car-22"]
    )
    results.make_decision(session, "22", {"kind": "fine"})
    assert publishing.preview(draft, "provisional").stops == (
        "The timing file is said to contain the decision “car-7”, which there is not. Enter it.",
    )


def test_a_preview_warns_of_what_an_official_should_look_at(session, anna):
    gt = make.make_race_class(session.event.season, "GT", 2)
    other = make.make_event_entry(session.event, make.make_entry(gt, "55"), crew=1)
    make.make_event_entry(session.event, make.make_entry(gt, "66"), crew=1)
    session.race_classes.add(session.event.season.race_classes.get(slug="lmp2"))
    guest = make.make_driver("guest-driver")
    lines = results.draft_lines(session, ["7", "22", "55"], drivers={"22": [guest]})
    short = replace(lines[1].timing, laps=60)
    lines = [replace(lines[0], drivers=()), replace(lines[1], timing=short), lines[2]]
    results.make_decision(session, "7", {"kind": "fine"}, status="imposed", slug="fine")
    draft = drafts.create_draft(session=session, lines=lines, by=anna)
    assert other.entry.car_number == "55"
    assert publishing.preview(draft, "provisional").warnings == (
        "Car 22 is classified with 60 of the 100 laps of its class winner, which is less than 70 %.",
        "Car 55 has 100 laps and stands behind car 22 with 60. Look at both lines.",
        "Car 7 has no driver. Its points go to nobody in the drivers’ titles.",
        "Guest Driver is not in the crew of car 22 at this event.",
        "Car 55 is not of the classes of this session (LMP2).",
        "Car 99 is entered at the event and not in this list.",
        "Decision: car 7, 4 Hours of Event-1, Race 1 is imposed and not applied: it moves nobody.",
    )


def test_without_points_settings_nobody_says_which_distance_is_needed(session, anna):
    session.event.season.points_settings.delete()
    lines = results.draft_lines(session, FILE)
    lines[2] = replace(lines[2], timing=replace(lines[2].timing, laps=1))
    draft = drafts.create_draft(session=session, lines=lines, by=anna)
    assert publishing.preview(draft, "provisional").warnings == ()


def test_a_stranger_in_the_list_stops_it_and_does_not_hide_the_rest(session, anna):
    lines = results.draft_lines(session, FILE)
    lines[0] = replace(lines[0], timing=replace(lines[0].timing, car_number="123"), drivers=("nobody",))
    draft = drafts.create_draft(session=session, lines=lines, by=anna)
    now = publishing.preview(draft, "provisional")
    assert now.stops == (
        "Car 123 is not entered at the event. Enter it there, or mend the number.",
        "Car 123: there is no driver “nobody”. Enter the person first, or mend the spelling.",
    )
    assert (now.lines, now.changes) == ((), ())
    assert now.warnings == ("Car 7 is entered at the event and not in this list.",)


def test_a_decision_that_does_not_fit_stops_it(session, draft):
    results.make_decision(session, "99", {"kind": "laps_removed", "laps": 500})
    (stop,) = publishing.preview(draft, "provisional").stops
    assert "99" in stop


# Publishing


def test_a_checked_draft_is_published_at_the_sites_moment_and_is_done(session, anna, ben, draft, settings):
    checked = drafts.check_draft(draft, by=ben, seen_version=1)
    published = publish(checked, by=anna)
    assert (published.version, published.status, published.published_at) == (1, "provisional", settings.SITE_NOW)
    assert (published.author, published.checker, published.single_signed_reason) == (anna, ben, "")
    assert (published.source, published.document_number, order(published)) == ("Timing", "1", FILE)
    assert not ClassificationDraft.objects.exists()
    assert StandingList.objects.filter(basis="all").count() == 2


def test_whoever_publishes_what_somebody_else_wrote_signs_as_checker(anna, ben, draft):
    published = publish(draft, by=ben, single_signed_reason="Not needed")
    assert (published.author, published.checker, published.single_signed_reason) == (anna, ben, "")


def test_alone_one_needs_a_reason(anna, draft):
    with pytest.raises(ResultsError, match="Nobody checked this draft"):
        publish(draft, by=anna, single_signed_reason=" ")
    published = publish(draft, by=anna, single_signed_reason="Alone at the track")
    assert (published.author, published.checker, published.single_signed_reason) == (
        anna,
        None,
        "Alone at the track",
    )


@pytest.mark.parametrize("change", ["decided", "other_effect", "withdrawn"])
def test_who_checked_a_draft_does_not_sign_for_later_decisions(session, anna, ben, draft, change):
    decision = results.make_decision(session, "22", {"kind": "time_added", "time": 15_000})
    checked = drafts.check_draft(draft, by=ben, seen_version=1)
    match change:
        case "decided":
            results.make_decision(session, "7", {"kind": "disqualified"})
        case "other_effect":
            effect = decision.effects.get()
            effect.time = 5_000
            effect.save()
        case "withdrawn":
            decision.status = "withdrawn"
            decision.save()
    with pytest.raises(ResultsError, match="Nobody checked this draft with its decisions as they are now"):
        publish(checked, by=anna)
    again = drafts.check_draft(draft, by=ben, seen_version=2)
    assert publish(again, by=anna).checker == ben


def test_a_draft_of_nobody_is_written_by_who_publishes_it(session, anna):
    draft = drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=None)
    assert publish(draft, by=anna, single_signed_reason="Imported").author == anna


def test_what_was_not_previewed_is_not_published(session, anna, ben, draft):
    seen = publishing.preview(draft, "provisional").fingerprint
    results.make_decision(session, "7", {"kind": "time_added", "time": 15_000})
    with pytest.raises(ResultsError, match="Something was changed since this preview"):
        publishing.publish_provisional(draft, seen=seen, by=ben)
    assert not Classification.objects.exists()


def test_a_preview_of_one_status_does_not_publish_another(ben, draft):
    seen = publishing.preview(draft, "provisional").fingerprint
    with pytest.raises(ResultsError, match="Something was changed since this preview"):
        publishing.publish_official(draft, seen=seen, by=ben)


def test_a_stop_is_said_and_nothing_is_published(session, anna, ben):
    draft = drafts.create_draft(session=session, lines=[], by=anna)
    with pytest.raises(ResultsError, match="There is no car in it"):
        publish(draft, by=ben)
    assert not Classification.objects.exists()


def test_a_draft_is_published_once(anna, ben, draft):
    seen = publishing.preview(draft, "provisional").fingerprint
    publishing.publish_provisional(draft, seen=seen, by=ben)
    with pytest.raises(ResultsError, match="This draft is gone"):
        publishing.publish_provisional(draft, seen=seen, by=ben)
    assert Classification.objects.count() == 1


def test_a_reason_that_is_too_long_is_said_and_takes_no_number(session, anna, ben, draft):
    with pytest.raises(ResultsError, match="at most 200 characters"):
        publish(draft, by=anna, single_signed_reason="x" * 201)
    assert publish(draft, by=ben).document_number == "1"


def test_a_version_is_the_next_document_of_the_notice_board(session, ben, draft):
    documents.publish_decision(results.make_decision(session, "7", {"kind": "fine"}), by=ben)
    seen = publishing.preview(draft, "provisional").fingerprint
    with pytest.raises(ResultsError, match="this one would be document 2 and not 1"):
        publishing.publish_provisional(draft, seen=seen, by=ben, document=1, warnings_reason="Known")
    published = publishing.publish_provisional(draft, seen=seen, by=ben, document=2, warnings_reason="Known")
    document = Document.objects.get(classification=published)
    assert (published.document_number, document.number, document.published_by) == ("2", 2, ben)
    assert document.published_at == published.published_at


# Versions after the first


def test_unchanged_lines_become_official_once(session, anna, ben, draft):
    publish(draft, by=ben)
    again = drafts.revise(session=session, by=anna, cause="The protest time is over")
    with pytest.raises(ResultsError, match="Nothing changed since v1"):
        publish(again, "provisional", by=ben)
    official = publish(again, "official", by=ben)
    assert (official.version, official.status, official.cause) == (2, "official", "The protest time is over")
    more = drafts.revise(session=session, by=anna, cause="Once more")
    with pytest.raises(ResultsError, match="Nothing changed since v2"):
        publish(more, "official", by=ben)


def test_an_official_version_is_followed_by_revised_ones(session, anna, ben, draft):
    publish(draft, "official", by=ben)
    results.make_decision(session, "7", {"kind": "disqualified"})
    again = drafts.revise(session=session, by=anna, cause="Underweight")
    with pytest.raises(ResultsError, match=r"v1 is official\. Publish an official version"):
        publish(again, "provisional", by=ben)
    revised = publish(again, "official", by=ben)
    assert (revised.status, order(revised)) == ("revised", ["22", "99", "7"])
    same = drafts.revise(session=session, by=anna, cause="Again")
    with pytest.raises(ResultsError, match="Nothing changed since v2"):
        publish(same, "official", by=ben)


def test_another_name_of_a_driver_is_a_change(session, anna, ben, draft):
    publish(draft, "official", by=ben)
    driver = results.car_at(session, "7").crew.get(seat=1).driver
    driver.family_name = "Corrected"
    driver.save()
    again = drafts.revise(session=session, by=anna, cause="Spelling")
    assert publishing.preview(again, "official").stops == ()


def test_another_reason_of_a_decision_is_a_change(session, anna, ben, draft):
    decision = results.make_decision(session, "7", {"kind": "fine"}, reason="Unsafe")
    publish(draft, "official", by=ben)
    decision.reason = "Unsafe release"
    decision.save()
    again = drafts.revise(session=session, by=anna, cause="Spelling")
    assert publishing.preview(again, "official").stops == ()


def test_a_second_version_needs_a_cause(session, anna, ben, draft):
    publish(draft, by=ben)
    again = drafts.create_draft(session=session, lines=results.draft_lines(session, ["22", "7", "99"]), by=anna)
    with pytest.raises(ResultsError, match="Say why there is another version"):
        publish(again, by=ben)


def test_after_the_recall_of_the_official_version_the_next_is_official_again(session, anna, ben, draft):
    publish(draft, by=ben)
    official = publish(drafts.revise(session=session, by=anna, cause="Official"), "official", by=ben)
    recall(official, by=ben, reason="The wrong file")
    again = drafts.revise(session=session, by=anna, cause="Official after all")
    assert (publish(again, "official", by=ben).status, Classification.objects.count()) == ("official", 3)


def test_a_frozen_clock_does_not_put_a_version_before_the_one_it_follows(session, anna, ben, draft, settings):
    first = publish(draft, by=ben)
    settings.SITE_NOW = datetime(2030, 1, 1, tzinfo=UTC)
    second = publish(drafts.revise(session=session, by=anna, cause="Official"), "official", by=ben)
    assert second.published_at == first.published_at


def test_a_frozen_clock_does_not_put_a_version_before_a_recalled_one(session, anna, ben, draft, settings):
    first = publish(draft, by=ben)
    settings.SITE_NOW = datetime(2030, 1, 1, tzinfo=UTC)
    assert recall(first, by=ben, reason="The wrong file") is None
    again = drafts.create_draft(
        session=session, lines=drafts.published_lines(first), by=anna, cause="The right file of the timekeeper"
    )
    second = publish(again, by=ben)
    assert (second.version, second.published_at) == (2, first.published_at)
    assert Classification.objects.newest(first.published_at).get() == second
