"""A timing file from upload to draft: exactly what was shown, once, or nothing."""

import pytest
from django.core.exceptions import ValidationError

from championship.models import ClassificationDraft, Driver, DriverAlias, RaceClassAlias, Session, TimingImport
from championship.services import drafts, timing_imports
from championship.services.saving import StaleVersionError, save
from championship.services.timing_imports import ImportMovedOnError, TimingImportError
from championship.timing.tables import TimingFileError
from championship.timing.write import write_race
from tests import factories as make
from tests import result_factories as results
from tests import timing_factories as timing

pytestmark = pytest.mark.django_db


@pytest.fixture
def race():
    results.make_racing_season(rounds=1)
    return Session.objects.get(kind="race")


def staged(session, content, name="race.CSV"):
    return timing_imports.stage(content=content, file_name=name, by=None, session=session).staged


def applied(session, content, **values):
    file = staged(session, content)
    timing_imports.apply(file, seen=timing_imports.preview(file).fingerprint, by=None, **values)
    return ClassificationDraft.objects.get(session=session)


def order(draft):
    return [line.timing.car_number for line in drafts.draft_lines(draft)]


def named(race, name, car_number="7"):
    """A file in which one driver of the car is called otherwise, and the other as he is entered."""
    table = timing.race_table(race, ["7", "22", "99"])
    car = next(car for car in table.cars if car.car_number == car_number)
    return write_race(timing.changed(table, car_number, drivers=(timing.timed_driver(name), *car.drivers[1:])))


def answer(file, kind, key, **choice):
    matches = timing_imports.matches_of(file)
    matches.setdefault("names", {}).setdefault(kind, {})[key] = choice
    return timing_imports.choose(file, matches=matches, seen_version=file.version)


def test_a_file_whose_names_are_all_known_becomes_the_draft(race):
    anna = make.make_user("anna")
    file = timing_imports.stage(
        content=timing.race_file(race, ["99", "7"], not_classified=["22"]), file_name="race.CSV", by=anna, session=race
    ).staged
    shown = timing_imports.preview(file)
    assert (shown.problems, shown.questions, shown.changes) == ((), (), ())
    timing_imports.apply(file, seen=shown.fingerprint, by=anna)
    draft = ClassificationDraft.objects.get()
    assert tuple(drafts.draft_lines(draft)) == shown.lines
    assert [line.timing.status for line in drafts.draft_lines(draft)] == ["Classified", "Classified", "Not classified"]
    assert draft.author == anna
    assert draft.source.startswith("Timing file race.CSV (SHA-256 ")
    file.refresh_from_db()
    assert (file.state, file.applied_by, file.shown) == ("applied", anna, shown.fingerprint)


def test_the_bytes_are_kept_as_they_came(race):
    content = timing.race_file(race, ["99"])
    file = TimingImport.objects.get(pk=staged(race, content).pk)
    assert bytes(file.content) == content
    assert timing_imports.table_of(file) == timing_imports.read_timing(content, file_name="race.CSV")


def test_the_same_file_is_recognised_while_it_waits_and_after_it_was_applied(race):
    content = timing.race_file(race, ["99", "7", "22"])
    first = staged(race, content)
    again = timing_imports.stage(content=content, file_name="other name.CSV", by=None, session=race)
    assert (again.staged, again.is_known) == (first, True)
    applied(race, content)
    again = timing_imports.stage(content=content, file_name="race.CSV", by=None, session=race)
    assert (again.staged, again.staged.state) == (first, "applied")
    with pytest.raises(TimingImportError, match="applied already"):
        timing_imports.apply(first, seen="", by=None)


def test_the_same_file_ten_times_in_sequence_is_applied_once(race):
    content = timing.race_file(race, ["99", "7", "22"])
    applied(race, content)
    versions = [ClassificationDraft.objects.get().version]
    for _ in range(9):
        with pytest.raises(TimingImportError):
            applied(race, content)
        versions.append(ClassificationDraft.objects.get().version)
    assert versions == [1] * 10
    assert TimingImport.objects.filter(state="applied").count() == 1


def test_an_applied_file_can_be_opened_again_on_purpose(race):
    content = timing.race_file(race, ["99", "7", "22"])
    draft = applied(race, content)
    draft.delete()
    file = timing_imports.reopen(TimingImport.objects.get())
    assert (file.state, file.applied_at) == ("staged", None)
    assert order(applied(race, content)) == ["99", "7", "22"]
    with pytest.raises(TimingImportError, match="was not applied"):
        timing_imports.reopen(
            timing_imports.stage(content=content + b"\r\n", file_name="b", by=None, session=race).staged
        )


def test_a_discarded_file_is_laid_aside_and_may_be_uploaded_anew(race):
    content = timing.race_file(race, ["99", "7", "22"])
    file = timing_imports.discard(staged(race, content))
    with pytest.raises(TimingImportError, match="discarded"):
        timing_imports.discard(file)
    again = timing_imports.stage(content=content, file_name="race.CSV", by=None, session=race)
    assert (again.is_known, again.staged.pk != file.pk) == (False, True)


def test_a_file_of_another_kind_of_session_is_refused_and_not_kept(race):
    qualifying = make.make_session(race.event, "qualifying", "qualifying")
    for session, content in ((qualifying, timing.race_file(race, ["7"])), (race, timing.timed_file(race, ["7"]))):
        with pytest.raises(TimingFileError, match="Choose the file of this session"):
            staged(session, content)
    assert not TimingImport.objects.exists()


# Moved on (P2, P6)


def test_a_draft_that_moved_on_is_not_trampled(race):
    draft = applied(race, timing.race_file(race, ["7", "22", "99"]))
    file = staged(race, timing.race_file(race, ["22", "7", "99"]))
    shown = timing_imports.preview(file)
    assert [(change.car_number, change.places_gained) for change in shown.changes] == [("22", 1), ("7", -1)]
    by_hand = results.draft_lines(race, ["99", "7", "22"])
    drafts.save_draft(draft, lines=by_hand, by=None, seen_version=1)
    with pytest.raises(ImportMovedOnError) as refused:
        timing_imports.apply(file, seen=shown.fingerprint, by=None)
    assert order(ClassificationDraft.objects.get()) == ["99", "7", "22"]
    fresh = refused.value.preview
    assert {change.car_number for change in fresh.changes} == {"22", "99"}
    timing_imports.apply(file, seen=fresh.fingerprint, by=None)
    assert order(ClassificationDraft.objects.get()) == ["22", "7", "99"]


def test_without_the_fingerprint_the_edit_by_hand_would_be_lost(race, monkeypatch):
    """The negative control of the test above."""
    draft = applied(race, timing.race_file(race, ["7", "22", "99"]))
    file = staged(race, timing.race_file(race, ["22", "7", "99"]))
    drafts.save_draft(draft, lines=results.draft_lines(race, ["99", "7", "22"]), by=None, seen_version=1)
    monkeypatch.setattr("championship.services.timing_results._fingerprint", lambda *_: "blind")
    timing_imports.apply(file, seen="blind", by=None)
    assert order(ClassificationDraft.objects.get()) == ["22", "7", "99"]


@pytest.mark.parametrize("what", ["entry", "name", "published", "decision"])
def test_whatever_moved_on_meanwhile_the_preview_is_refused(race, what):
    file = staged(race, timing.race_file(race, ["7", "22", "99"]))
    shown = timing_imports.preview(file)
    car = results.car_at(race, "22")
    match what:
        case "entry":
            car.status = "withdrawn"
            save(car)
        case "name":
            driver = car.crew.first().driver
            driver.given_name = "Grace"
            save(driver)
        case "published":
            results.publish_results(race, ["7", "22", "99"])
        case _:
            results.make_decision(race, "7", {"kind": "time_added", "time": 60_000})
    with pytest.raises(ImportMovedOnError):
        timing_imports.apply(file, seen=shown.fingerprint, by=None)
    assert not ClassificationDraft.objects.exists()


# Names


def test_a_name_that_is_not_known_is_asked_and_its_answer_remembered(race):
    known = results.car_at(race, "7").crew.get(seat=1).driver
    file = staged(race, named(race, "Ada SEAT ONE OF 7"))
    shown = timing_imports.preview(file)
    (question,) = shown.questions
    assert (question.name, question.cars, question.line) == ("Ada SEAT ONE OF 7", ("7",), 2)
    assert question.suggestions[0].slug == known.slug
    assert question.suggestions[0].reason.endswith("in the crew of car 7 at this event")
    with pytest.raises(TimingImportError, match="nobody has said anything"):
        timing_imports.apply(file, seen=shown.fingerprint, by=None)
    file = answer(file, "driver", question.key, slug=known.slug)
    timing_imports.apply(file, seen=timing_imports.preview(file).fingerprint, by=None)
    draft = ClassificationDraft.objects.get()
    assert known.slug in drafts.draft_lines(draft)[0].drivers
    alias = DriverAlias.objects.get()
    assert (alias.driver, alias.name) == (known, "Ada Seat One Of 7")
    assert alias.history.get().history_change_reason == "Timing file race.CSV"
    draft.delete()
    again = staged(race, named(race, "Ada SEAT ONE OF 7") + b"\r\n")
    assert timing_imports.preview(again).questions == ()


def test_nothing_is_remembered_of_a_file_that_is_not_applied(race):
    file = staged(race, named(race, "Ada SEAT ONE OF 7"))
    question = timing_imports.preview(file).questions[0]
    timing_imports.discard(answer(file, "driver", question.key, slug=question.suggestions[0].slug))
    assert not DriverAlias.objects.exists()


def test_a_new_driver_is_made_with_what_is_known(race):
    file = staged(race, named(race, "Valentina DE LA ROSA"))
    (question,) = timing_imports.preview(file).questions
    assert question.new == {"given_name": "Valentina", "family_name": "De La Rosa", "country": ""}
    file = answer(
        file, "driver", question.key, slug="new", given_name="Valentina", family_name="de la Rosa", country="ES"
    )
    shown = timing_imports.preview(file)
    assert (list(shown.new_drivers), shown.aliases) == (["valentina-de-la-rosa"], ())
    timing_imports.apply(file, seen=shown.fingerprint, by=None)
    driver = Driver.objects.get(slug="valentina-de-la-rosa")
    assert (str(driver), driver.country.code) == ("Valentina de la Rosa", "ES")


def test_two_new_drivers_of_one_name_get_addresses_of_their_own(race):
    make.make_driver("ada-new", given_name="Ada", family_name="Otherwise")
    file = staged(race, named(race, "Ada NEW"))
    (question,) = timing_imports.preview(file).questions
    file = answer(file, "driver", question.key, slug="new", given_name="Ada", family_name="New", country="")
    assert list(timing_imports.preview(file).new_drivers) == ["ada-new-2"]


@pytest.mark.parametrize("choice", [{"slug": "nobody"}, {"slug": "new", "given_name": "", "family_name": "X"}])
def test_an_answer_that_means_nothing_leaves_the_question_open(race, choice):
    file = staged(race, named(race, "Valentina DE LA ROSA"))
    (question,) = timing_imports.preview(file).questions
    assert timing_imports.preview(answer(file, "driver", question.key, **choice)).open_questions == 1


def test_somebody_who_was_not_suggested_may_be_meant(race):
    make.make_driver("kamui-kobayashi")
    file = answer(
        staged(race, named(race, "Valentina DE LA ROSA")), "driver", "valentina de la rosa", slug="kamui-kobayashi"
    )
    shown = timing_imports.preview(file)
    assert shown.questions[0].suggestions[0].reason == "chosen from the list"
    assert [alias.slug for alias in shown.aliases] == ["kamui-kobayashi"]


def test_a_file_that_the_database_refuses_is_refused_in_words(race, monkeypatch):
    def refuse(*_args, **_values):
        raise ValidationError("refused")

    monkeypatch.setattr(timing_imports, "save", refuse)
    with pytest.raises(TimingImportError, match="refused"):
        staged(race, timing.race_file(race, ["7"]))


def test_of_two_drivers_of_one_name_the_one_in_the_crew_is_meant(race):
    mine = results.car_at(race, "7").crew.get(seat=1).driver
    make.make_driver("namesake", given_name=mine.given_name, family_name=mine.family_name)
    shown = timing_imports.preview(staged(race, timing.race_file(race, ["7", "22", "99"])))
    assert (shown.questions, mine.slug in shown.lines[0].drivers) == ((), True)


def test_of_two_drivers_of_one_name_outside_the_crew_a_person_chooses_and_nothing_is_remembered(race):
    for slug in ("bell-1", "bell-2"):
        make.make_driver(slug, given_name="Matt", family_name="Bell")
    file = staged(race, named(race, "Matt BELL"))
    (question,) = timing_imports.preview(file).questions
    assert [one.slug for one in question.suggestions] == ["bell-1", "bell-2"]
    shown = timing_imports.preview(answer(file, "driver", question.key, slug="bell-2"))
    assert ("bell-2" in shown.lines[0].drivers, shown.aliases) == (True, ())


def test_a_class_that_is_called_otherwise_is_asked_once(race):
    table = timing.race_table(race, ["7", "22", "99"])
    cars = tuple(timing.replace(car, race_class="LMP2 Pro/Am") for car in table.cars)
    file = staged(race, write_race(timing.replace(table, cars=cars)))
    (question,) = timing_imports.preview(file).questions
    assert (question.kind, question.new, question.cars) == ("race_class", {}, ("7", "22", "99"))
    assert "the class of car" in question.suggestions[0].reason
    file = answer(file, "race_class", question.key, slug="lmp2")
    timing_imports.apply(file, seen=timing_imports.preview(file).fingerprint, by=None)
    alias = RaceClassAlias.objects.get()
    assert (alias.race_class.slug, alias.name, alias.season) == ("lmp2", "LMP2 Pro/Am", race.event.season)


def test_whoever_answers_second_is_told(race):
    file = staged(race, named(race, "Ada SEAT ONE OF 7"))
    answer(file, "driver", "someone", slug="nobody")
    with pytest.raises(StaleVersionError):
        timing_imports.choose(file, matches={"others": "drop"}, seen_version=file.version)
    same = timing_imports.choose(
        file, matches=timing_imports.matches_of(TimingImport.objects.get()), seen_version=file.version + 1
    )
    assert same.version == file.version + 1


def test_a_spelling_that_somebody_took_meanwhile_is_refused_whole(race, monkeypatch):
    file = staged(race, named(race, "Ada SEAT ONE OF 7"))
    question = timing_imports.preview(file).questions[0]
    file = answer(file, "driver", question.key, slug=question.suggestions[0].slug)
    seen = timing_imports.preview(file).fingerprint

    def taken(*_args, **_values):
        raise ValidationError("taken")

    monkeypatch.setattr("championship.services.timing_writing.remember", taken)
    with pytest.raises(TimingImportError, match="taken"):
        timing_imports.apply(file, seen=seen, by=None)
    assert not ClassificationDraft.objects.exists()


# Cars


def test_a_car_that_is_not_entered_is_to_be_mended_first(race):
    table = timing.race_table(race, ["7", "22", "99"])
    file = staged(race, write_race(timing.changed(table, "22", car_number="23")))
    shown = timing_imports.preview(file)
    assert [(problem.unknown_car, problem.text) for problem in shown.problems] == [
        ("23", "Car 23 is not entered at the event.")
    ]
    with pytest.raises(TimingImportError, match="Car 23 is not entered"):
        timing_imports.apply(file, seen=shown.fingerprint, by=None)
    season = race.event.season
    team = make.make_entry(season.race_classes.get(), "23")
    make.make_event_entry(race.event, team)
    assert not timing_imports.preview(file).problems


def test_what_differs_from_the_entries_is_a_remark(race):
    table = timing.changed(timing.race_table(race, ["7", "22", "99"]), "22", team="Another Team", vehicle="Ligier")
    table = timing.changed(table, "99", drivers=())
    shown = timing_imports.preview(staged(race, write_race(table)))
    texts = [(remark.car_number, remark.text) for remark in shown.remarks]
    assert shown.can_be_applied
    car = results.car_at(race, "22")
    assert ("22", f"The file calls the team “Another Team”; it is entered as “{car.team_name}”.") in texts
    assert ("22", f"The file calls the car “Ligier”; it is entered as “{car.car_model.name}”.") in texts
    assert any(number == "99" and text.startswith("The file names no driver") for number, text in texts)


def test_who_drove_without_sitting_in_the_crew_is_a_remark(race):
    stranger = make.make_driver("matt-bell")
    shown = timing_imports.preview(staged(race, named(race, "Matt BELL")))
    texts = [remark.text for remark in shown.remarks if remark.car_number == "7"]
    assert f"{stranger} is not in the crew of the car at this event." in texts
    assert any("is in the crew of the car and not in the file" in text for text in texts)


def test_a_car_that_is_entered_and_not_in_the_file_is_a_remark(race):
    shown = timing_imports.preview(staged(race, timing.race_file(race, ["7", "22"])))
    assert any("99" in (remark.car_number, *remark.text.split()) for remark in shown.remarks)


def test_a_draft_that_reads_just_so_is_not_written_again(race):
    applied(race, timing.race_file(race, ["7", "22", "99"]))
    file = staged(race, timing.race_file(race, ["7", "22", "99"]) + b"\r\n")
    shown = timing_imports.preview(file)
    assert (shown.is_as_it_stands, shown.can_be_applied) == (True, False)
    with pytest.raises(TimingImportError, match="just so already"):
        timing_imports.apply(file, seen=shown.fingerprint, by=None)


def test_the_next_file_replaces_the_lines_of_the_draft_and_its_check(race):
    draft = applied(race, timing.race_file(race, ["7", "22", "99"]))
    bob = make.make_user("bob")
    drafts.check_draft(draft, by=bob, seen_version=1)
    draft = applied(race, timing.race_file(race, ["22", "7", "99"]), cause="The provider corrected it")
    assert (order(draft), draft.checker, draft.cause) == (["22", "7", "99"], None, "The provider corrected it")
    assert ClassificationDraft.objects.count() == 1


def test_another_crew_is_a_change_of_the_car(race):
    applied(race, timing.race_file(race, ["7", "22", "99"]))
    make.make_driver("matt-bell")
    shown = timing_imports.preview(staged(race, named(race, "Matt BELL")))
    assert [(crew.car_number, crew.after[0]) for crew in shown.crews] == [("7", "matt-bell")]
    assert shown.changed_cars == ("7",)
