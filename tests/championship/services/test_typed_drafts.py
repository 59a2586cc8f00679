"""From typed rows to the draft of a session and back; two people who type the same session."""

from dataclasses import replace

import pytest

from championship.models import ClassificationDraft, EventEntry
from championship.services import drafts, typed_drafts
from championship.services.publishing import preview
from championship.services.results import ResultsError
from championship.services.saving import StaleVersionError
from championship.services.typed_drafts import LineDifference, Seen, TypingError
from championship.timing.typed import TypedRow
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def cars(session):
    return typed_drafts.cars_to_type(session)


@pytest.fixture
def anna():
    return make.make_user("anna")


def row(number, laps="100", time="", **cells):
    return TypedRow(car_number=number, laps=laps, total_time=time, **cells)


def typed(session, *rows):
    return typed_drafts.typed_lines(session, rows, typed_drafts.cars_to_type(session))


def save(session, lines, seen=None, by=None, **values):
    return typed_drafts.save_typing(session=session, lines=lines, seen=seen or Seen(), by=by, **values)


def seen(draft):
    return Seen(draft=draft.pk, version=draft.version)


def test_rows_become_lines_with_the_class_and_the_crew_of_each_car(session, cars):
    lines = typed_drafts.typed_lines(session, [row("22", time="3:20:00"), row("7", "", "+1.5")], cars)
    assert [(line.timing.position, line.timing.car_number, line.timing.total_time) for line in lines] == [
        (1, "22", 12_000_000),
        (2, "7", 12_001_500),
    ]
    assert lines[0].timing.race_class == "lmp2"
    assert lines[0].drivers == ("driver-2030-31-22-1", "driver-2030-31-22-2")


def test_a_row_may_say_that_others_drove(session):
    stranger = make.make_driver()
    assert typed(session, row("7", drivers=(stranger.slug,)))[0].drivers == (stranger.slug,)


def test_cells_that_cannot_be_read_refuse_the_sheet(session):
    with pytest.raises(TypingError, match="Row 1, laps: “many” is no number of laps") as caught:
        typed(session, row("7", "many"), row("22", "few"))
    assert [problem.row for problem in caught.value.problems] == [1, 2]


def test_a_sheet_with_holes_is_kept_and_publishing_says_what_is_missing(session, anna):
    lines = typed(session, TypedRow(car_number="7"), row("22"), row("22"), row("500"))
    draft = save(session, lines, by=anna)
    assert drafts.draft_lines(draft) == lines
    assert preview(draft, "provisional").stops == (
        "Car 22 is in it twice. Keep one line.",
        "Car 7: the laps are missing. Type them.",
        "Car 500 is not entered at the event. Enter it there, or mend the number.",
    )


def test_the_first_save_begins_a_draft_and_the_next_changes_it(session, anna):
    draft = save(session, typed(session, row("7")), by=anna, cause=" First ", contained=["car-7"])
    assert (draft.author, draft.source, draft.cause, draft.contained) == (
        anna,
        "Typed at the race desk",
        "First",
        "car-7",
    )
    again = save(session, typed(session, row("7"), row("22")), seen(draft))
    assert (again.pk, again.version, again.author, again.cause, again.contained) == (draft.pk, 2, None, "", "")


def test_the_later_of_two_is_told_and_nothing_is_overwritten(session, anna):
    draft = save(session, typed(session, row("7")), by=anna)
    for stale in (Seen(), Seen(draft=draft.pk + 1, version=1), Seen(draft=draft.pk, version=2)):
        with pytest.raises(StaleVersionError) as caught:
            save(session, typed(session, row("22")), stale)
        assert caught.value.current == draft
    assert [line.timing.car_number for line in drafts.draft_lines(ClassificationDraft.objects.get())] == ["7"]


def test_a_draft_that_is_gone_is_said(session):
    draft = save(session, typed(session, row("7")))
    ClassificationDraft.objects.all().delete()
    with pytest.raises(ResultsError, match="was published or deleted while you were typing"):
        save(session, typed(session, row("7")), seen(draft))
    assert save(session, typed(session, row("7"))).version == 1


def test_a_sheet_begins_with_what_the_person_asks_for(session, cars):
    begin = typed_drafts.rows_to_begin_with
    assert [begin(session, cars, start) for start in ("draft", "standing", "nothing")] == [(), (), ()]
    EventEntry.objects.filter(entry__car_number="99").update(status="withdrawn")
    cars = typed_drafts.cars_to_type(session)
    assert begin(session, cars, "entries") == (TypedRow(car_number="7"), TypedRow(car_number="22"))
    penalty = results.make_decision(session, "22", {"kind": "laps_removed", "laps": 1})
    results.publish_results(session, ["22", "7"], decisions=[penalty])
    baseline = begin(session, cars, "standing")
    assert [(each.car_number, each.laps, each.total_time, each.drivers) for each in baseline] == [
        ("22", "100", "3:20:10.000", None),
        ("7", "100", "3:20:20.000", None),
    ]
    stranger = make.make_driver()
    save(session, typed(session, TypedRow(car_number="7", drivers=(stranger.slug,))))
    assert begin(session, cars, "draft") == (TypedRow(car_number="7", status="Classified", drivers=(stranger.slug,)),)


def test_the_entries_are_those_of_the_classes_of_the_session(session, cars):
    gt = make.make_race_class(session.event.season, "GT", position=2)
    make.make_event_entry(session.event, make.make_entry(gt, "91"))
    session.race_classes.add(gt)
    cars = typed_drafts.cars_to_type(session)
    assert typed_drafts.rows_to_begin_with(session, cars, "entries") == (TypedRow(car_number="91"),)


def test_what_is_typed_comes_back_the_same(session, cars):
    rows = (
        row("22", "100", "3:20:00.000", status="Classified", best_lap_time="1:46.000", best_lap_number="3"),
        row("7", "50", status="Not classified"),
        TypedRow(car_number="99", status="Not classified"),
    )
    lines = typed_drafts.typed_lines(session, rows, cars)
    assert typed_drafts.rows_of(lines, cars) == rows


def test_two_sheets_are_compared_car_by_car(session):
    before = typed(session, row("22"), row("7"), row("99"))
    mine = typed(session, row("22", "99"), row("7", "100"), row("99"), row("500"))
    theirs = typed(session, row("22"), row("7", "98", "3:20:00", best_lap_time="1:46", best_lap_number="3"))
    found = typed_drafts.differences(mine, theirs, before, {"driver-2030-31-7-1": "Ada Seven"})
    crew = "driven by Ada Seven and driver-2030-31-7-2"
    assert found[1] == LineDifference(
        car_number="7",
        mine=f"row 2: 100 laps, no time, Classified, {crew}",
        theirs=f"row 2: 98 laps, 3:20:00.000, Classified, best lap 1:46.000, on lap 3, {crew}",
        by="they",
    )
    assert [(each.car_number, each.by, each.theirs is None) for each in found] == [
        ("22", "you", False),
        ("7", "they", False),
        ("99", "they", True),
        ("500", "you", True),
    ]


def test_who_moved_a_car_is_known_and_who_made_room_is_left_out(session):
    before = typed(session, row("22"), row("7"), row("99"))
    theirs = typed(session, row("99"), row("22"), row("7"))
    assert [(each.car_number, each.by) for each in typed_drafts.differences(before, theirs, before, {})] == [
        ("99", "they")
    ]


def test_without_what_both_began_with_nobody_is_named(session):
    mine = typed(session, TypedRow(car_number="7"))
    theirs = [replace(typed(session, row("7"))[0], drivers=())]
    (found,) = typed_drafts.differences(mine, theirs, None, {})
    assert (found.by, found.theirs) == ("", "row 1: 100 laps, no time, Classified, driven by nobody")
    assert found.mine.startswith("row 1: laps missing, no time")
    assert typed_drafts.differences(mine, mine, None, {}) == ()


def test_the_lines_of_then_are_in_the_history(session):
    lines = typed(session, row("7"))
    draft = save(session, lines)
    save(session, typed(session, row("22")), seen(draft))
    assert typed_drafts.lines_seen(session, seen(draft)) == lines
    assert typed_drafts.lines_seen(session, Seen()) is None
    results.publish_results(session, ["99"])
    assert [line.timing.car_number for line in typed_drafts.lines_seen(session, Seen())] == ["99"]
