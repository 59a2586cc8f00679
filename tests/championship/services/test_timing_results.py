"""What a timing file makes of a draft: other classes beside it, decisions that it contains, and the season itself."""

from dataclasses import replace

import pytest

from championship.models import ClassificationDraft, Decision, Driver, Session
from championship.rules.classifications import classify
from championship.services import drafts, publishing, timing_imports, timing_words
from championship.services.timing_lines import NOT_CLASSIFIED
from championship.timing.tables import TimingTable
from championship.timing.write import write_race, write_timed
from tests import factories as make
from tests import result_factories as results
from tests import timing_factories as timing
from tests.season import packaged_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def race():
    results.make_racing_season(rounds=1)
    return Session.objects.get(kind="race")


def preview(session, content, **matches):
    file = timing_imports.stage(content=content, file_name="file.CSV", by=None, session=session).staged
    if matches:
        file = timing_imports.choose(file, matches=matches, seen_version=file.version)
    return timing_imports.preview(file)


def applied(shown):
    timing_imports.apply(shown.staged, seen=shown.fingerprint, by=None)
    return ClassificationDraft.objects.get(session=shown.staged.session)


def order(draft):
    return [line.timing.car_number for line in drafts.draft_lines(draft)]


# One session, several files


@pytest.fixture
def qualifying(race):
    gt = make.make_race_class(race.event.season, "GT", position=2)
    for number in ("91", "92"):
        make.make_event_entry(race.event, make.make_entry(gt, number), crew=1)
    return make.make_session(race.event, "qualifying", "qualifying")


def laps(table, **times):
    for number, time in times.items():
        table = timing.changed(table, number.removeprefix("car_"), best_lap_time=time)
    return write_timed(table)


def lmp2_file(qualifying):
    return laps(timing.timed_table(qualifying, ["7", "22"]), car_7=100_000, car_22=121_000)


def gt_file(qualifying):
    return laps(timing.timed_table(qualifying, ["91", "92"]), car_91=120_000, car_92=122_000)


def test_the_file_of_another_class_joins_the_draft(qualifying):
    first = preview(qualifying, gt_file(qualifying))
    assert timing_words.confirm_label(first) == "Write the first draft: 2 cars"
    applied(first)
    shown = preview(qualifying, lmp2_file(qualifying))
    assert ([line.timing.car_number for line in shown.kept], shown.keeps_others) == (["91", "92"], True)
    assert (
        timing_words.confirm_label(shown)
        == "Put 2 cars into the draft beside 2 that stay; 4 cars differ from the draft"
    )
    assert order(applied(shown)) == ["7", "91", "22", "92"]
    # A newer file of one class replaces its cars alone.
    again = laps(timing.timed_table(qualifying, ["92", "91"]), car_92=90_000, car_91=120_500)
    assert order(applied(preview(qualifying, again))) == ["92", "7", "91", "22"]


def test_a_file_that_is_the_whole_session_takes_the_others_out(qualifying):
    applied(preview(qualifying, gt_file(qualifying)))
    shown = preview(qualifying, lmp2_file(qualifying), others="drop")
    assert (shown.keeps_others, [change.car_number for change in shown.changes if change.is_removed]) == (
        False,
        ["91", "92"],
    )
    assert timing_words.confirm_label(shown).startswith("Replace the draft with 2 cars; 4 cars differ")
    assert order(applied(shown)) == ["7", "22"]


def test_without_a_draft_the_file_joins_the_version_that_stands(qualifying):
    results.publish_lines(qualifying, preview(qualifying, gt_file(qualifying)).lines)
    shown = preview(qualifying, lmp2_file(qualifying))
    assert timing_words.confirm_label(shown) == "Write a draft of 4 cars; 4 cars differ from v1"
    assert order(applied(shown)) == ["7", "91", "22", "92"]


def test_a_car_that_changed_its_class_is_in_the_list_once(qualifying):
    applied(preview(qualifying, gt_file(qualifying)))
    table = timing.timed_table(qualifying, ["7", "91"])
    table = timing.changed(table, "91", race_class="LMP2")
    shown = preview(qualifying, write_timed(table))
    assert [line.timing.car_number for line in shown.lines].count("91") == 1


def test_a_car_of_another_class_than_the_session_names_is_a_remark(qualifying):
    qualifying.race_classes.add(qualifying.event.season.race_classes.get(slug="gt"))
    shown = preview(qualifying, lmp2_file(qualifying))
    texts = [remark.text for remark in shown.remarks if remark.car_number == "7"]
    assert "It is not of the classes of this session (GT)." in texts


# Statuses of a timed session


def test_a_timed_car_is_classified_and_any_other_is_not(qualifying):
    table = timing.timed_table(qualifying, ["7", "22", "91", "92"])
    table = timing.changed(table, "22", best_lap_time=None, best_lap_number=None)
    table = timing.changed(table, "7", position=None)
    shown = preview(qualifying, write_timed(table))
    assert [(line.timing.car_number, line.timing.position, line.timing.status) for line in shown.lines] == [
        ("22", 1, NOT_CLASSIFIED),
        ("91", 2, "Classified"),
        ("92", 3, "Classified"),
        ("7", 4, NOT_CLASSIFIED),
    ]
    assert shown.can_be_applied


# Decisions


def test_a_decision_that_the_file_contains_is_not_applied_twice(race):
    decision = results.make_decision(race, "7", {"kind": "time_added", "time": 60_000}, is_contained=True)
    content = timing.race_file(race, ["22", "7", "99"])
    shown = preview(race, content)
    assert [(choice.decision, choice.is_contained) for choice in shown.decisions] == [(decision, True)]
    assert [line.car_number for line in shown.classified] == ["22", "7", "99"]
    assert applied(shown).contained == "car-7"
    unticked = preview(race, content + b"\r\n", contained=[])
    assert [line.car_number for line in unticked.classified] == ["22", "99", "7"]
    assert applied(unticked).contained == ""


def test_a_line_that_looks_otherwise_than_is_said_is_pointed_at(race):
    results.publish_results(race, ["7", "22", "99"])
    results.make_decision(race, "7", {"kind": "time_added", "time": 60_000}, {"kind": "reprimand"})
    results.make_decision(race, "22", {"kind": "laps_removed", "laps": 500})
    results.make_decision(race, "99", {"kind": "fine"})
    table = timing.race_table(race, ["7", "22", "99"])
    choice, too_many = preview(race, write_race(table)).decisions
    assert (choice.looks_contained, choice.is_doubtful, too_many.looks_contained) == (False, False, None)
    first = next(car for car in table.cars if car.car_number == "7")
    slower = timing.changed(table, "7", total_time=first.total_time + 60_000)
    assert preview(race, write_race(slower)).decisions[0].is_doubtful
    other = timing.changed(table, "7", total_time=first.total_time + 1)
    assert preview(race, write_race(other)).decisions[0].looks_contained is None


def test_what_the_draft_says_about_cars_of_other_classes_stays(qualifying):
    decision = results.make_decision(
        qualifying, "91", {"kind": "lap_time_deleted", "best_lap_time": 120_000, "best_lap_number": 1}
    )
    other = results.make_decision(qualifying, "92", {"kind": "positions_dropped", "positions": 1})
    applied(preview(qualifying, gt_file(qualifying), contained=[decision.slug]))
    shown = preview(qualifying, lmp2_file(qualifying))
    assert [(one.decision, one.is_contained, one.is_fixed) for one in shown.decisions] == [(decision, True, True)]
    assert other.slug not in applied(shown).contained


def test_a_decision_that_does_not_fit_the_file_is_to_be_mended(race):
    results.make_decision(race, "7", {"kind": "time_added", "time": 60_000})
    shown = preview(race, timing.race_file(race, ["22", "99"]))
    assert ["is about car 7" in problem.text for problem in shown.problems] == [True]


def test_a_draft_that_is_wrong_so_far_is_compared_with_nothing(race):
    broken = results.draft_lines(race, ["7", "22", "99"])
    broken[1] = replace(broken[1], timing=replace(broken[1].timing, position=1))
    drafts.create_draft(session=race, lines=broken, by=make.make_user("anna"))
    shown = preview(race, timing.race_file(race, ["7", "22", "99"]))
    assert all(change.is_added for change in shown.changes)
    assert timing_words.base_words(shown) == "the draft of anna"
    assert timing_words.confirm_label(shown).startswith(
        "Replace the draft with 3 cars; 3 cars differ from the draft of anna"
    )


@pytest.mark.parametrize(
    ("cars", "label"),
    [
        (["7", "22", "99"], "Write a draft of 3 cars; no car differs from v1"),
        (["7", "99"], "Write a draft of 2 cars; 2 cars differ from v1"),
    ],
)
def test_the_button_says_what_differs(race, cars, label):
    results.publish_results(race, ["7", "22", "99"])
    assert timing_words.confirm_label(preview(race, timing.race_file(race, cars))) == label


# The season 2023/24


def file_of(version, session, lines=None):
    """The baseline of a published version, or other lines, as the provider would have written it."""
    crews = {line.car_number: line for line in version.lines}
    by_number = {line.car_number: line for line in lines or version.lines}
    cars = []
    for number, line in by_number.items():
        row = results.car_at(session, number)
        drivers = [str(seat) for seat in _people(crews[number].drivers)]
        cars.append(timing.timed_car(row, line, len(cars) + 2, drivers))
    return write_race(TimingTable(layout="A", cars=tuple(sorted(cars, key=lambda car: car.position))))


def _people(slugs):
    rows = Driver.objects.in_bulk(slugs, field_name="slug")
    return [rows[slug] for slug in slugs]


def test_the_files_of_the_season_give_its_classifications(real_season):
    counted = 0
    for version in packaged_record().classifications:
        if version.version > 1:
            continue
        session = Session.objects.get(event__season=real_season, event__slug=version.event, slug=version.session)
        shown = preview(session, file_of(version, session))
        assert (shown.problems, shown.questions) == ((), ())
        assert "nobody" not in {timing_words.people_words(shown, line.drivers) for line in shown.lines}
        lines = drafts.draft_lines(applied(shown))
        assert [(line.timing.car_number, line.timing.total_time, line.drivers) for line in lines] == [
            (line.car_number, line.total_time, line.drivers) for line in version.lines
        ]
        assert [
            (line.timing.position, line.timing.status, line.timing.laps, line.timing.best_lap_time) for line in lines
        ] == [(line.position, line.status, line.laps, line.best_lap_time) for line in version.lines]
        counted += len(lines)
    print(f"{counted} lines of 5 races")
    assert counted == 200


def test_the_decisions_of_the_last_race_are_contained_in_its_file_and_taken_off_again(real_results):
    first, _ = (
        row for row in packaged_record().classifications if row.session == "race-2" and row.event == "abu-dhabi"
    )
    session = Session.objects.get(event__season=real_results, event__slug="abu-dhabi", slug="race-2")
    rulings = [decision.as_ruling() for decision in session.decisions.all()]
    base = drafts.published_lines(session.classifications.get(version=1))
    official = classify([line.timing for line in base], rulings)
    content = file_of(first, session, official)
    shown = preview(session, content, contained=[ruling.key for ruling in rulings])
    assert all(choice.looks_contained for choice in shown.decisions)
    assert [line.car_number for line in shown.classified] == [line.car_number for line in official]
    draft = applied(shown)
    drafts.say_cause(draft, cause="Again", by=make.make_user("anna"), seen_version=draft.version)
    # On appeal all three are suspended: the provisional order comes out.
    Decision.objects.filter(session=session).update(status="suspended")
    draft.refresh_from_db()
    order = [line.car_number for line in publishing.preview(draft, "official").lines]
    assert order == [line.car_number for line in first.lines]
    assert order[:2] == ["25", "24"]
