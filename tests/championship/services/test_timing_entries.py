"""The file of a timed session updates the entries of its event: exactly what was shown, and nobody is taken out."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from championship.models import (
    CarModelAlias,
    ClassificationDraft,
    CrewMember,
    Driver,
    Entry,
    EventEntry,
    Score,
    Session,
    Team,
    TeamAlias,
    TimingImport,
)
from championship.services import timing_imports, timing_words
from championship.services.timing_imports import ImportMovedOnError, TimingImportError
from championship.timing.tables import TimingFileError
from championship.timing.write import write_race, write_timed
from tests import factories as make
from tests import result_factories as results
from tests import timing_factories as timing

pytestmark = pytest.mark.django_db


@pytest.fixture
def race():
    results.make_racing_season(rounds=1)
    return Session.objects.get(kind="race")


def staged(race, table):
    content = write_timed(table)
    return timing_imports.stage(content=content, file_name="practice.CSV", by=None, event=race.event).staged


def preview(race, table, **matches):
    file = staged(race, table)
    if matches:
        file = timing_imports.choose(file, matches=matches, seen_version=file.version)
    return timing_imports.preview(file)


def applied(shown):
    timing_imports.apply(shown.staged, seen=shown.fingerprint, by=None)


def car(table, number):
    return next(one for one in table.cars if one.car_number == number)


def words(shown, number):
    plan = next(plan for plan in shown.cars if plan.car_number == number)
    return {change.what: (change.before, change.after) for change in plan.changes}


def test_cars_that_are_entered_just_so_change_nothing(race):
    shown = preview(race, timing.timed_table(race, ["7", "22"]))
    assert (shown.cars, shown.unchanged, shown.missing) == ((), ("7", "22"), ("99",))
    assert (shown.is_as_it_stands, shown.can_be_applied) == (True, False)
    with pytest.raises(TimingImportError, match="just so already"):
        applied(shown)


def test_ratings_nationalities_seats_and_models_follow_the_file(race):
    table = timing.timed_table(race, ["7"])
    first, second = car(table, "7").drivers
    model = make.make_car_model("ligier-js-p217")
    table = timing.changed(
        table, "7", drivers=(replace(second, rating="silver"), replace(first, nationality="DE")), vehicle=model.name
    )
    shown = preview(race, table)
    before = results.car_at(race, "7")
    assert words(shown, "7") == {
        "Car": (before.car_model.name, model.name),
        "Seat 1": (f"{first.name} (gold, FR)", f"{second.name} (silver, FR)"),
        "Seat 2": (f"{second.name} (gold, FR)", f"{first.name} (gold, DE)"),
    }
    applied(shown)
    row = EventEntry.objects.get(pk=before.pk)
    assert row.car_model == model
    assert [(seat.rating, seat.nationality.code) for seat in row.crew.order_by("seat")] == [
        ("silver", "FR"),
        ("gold", "DE"),
    ]
    assert row.history.latest().history_change_reason == "Timing file practice.CSV"
    assert EventEntry.objects.count() == 3


def new_car(race, team="Team Nobody", number="5"):
    table = timing.timed_table(race, ["7"])
    people = (timing.timed_driver("Ada NEW", rating="bronze", nationality="IT"),)
    fresh = replace(car(table, "7"), line=3, position=2, car_number=number, team=team, drivers=people)
    return replace(table, cars=(*table.cars, fresh))


def test_a_new_car_brings_its_team_its_driver_and_its_entry(race):
    shown = preview(race, new_car(race))
    assert [(question.kind, question.name) for question in shown.questions] == [
        ("team", "Team Nobody"),
        ("driver", "Ada NEW"),
    ]
    assert not shown.can_be_applied
    names = {
        "team": {"team nobody": {"slug": "new", "name": "Team Nobody", "country": "IT"}},
        "driver": {"ada new": {"slug": "new", "given_name": "Ada", "family_name": "New", "country": "IT"}},
    }
    shown = preview(race, new_car(race), names=names)
    assert words(shown, "5") == {
        "Entry": ("", "LMP2, Team Nobody"),
        "Car": ("", results.car_at(race, "7").car_model.name),
        "Seat 1": ("", "Ada New (bronze, IT)"),
    }
    assert shown.new_cars == 1
    assert timing_words.confirm_label(shown) == "Enter 1 car"
    both = timing.changed(new_car(race), "7", drivers=car(new_car(race), "7").drivers[:1])
    assert timing_words.confirm_label(preview(race, both, names=names)) == "Enter 1 car and change 1 car"
    applied(shown)
    entry = Entry.objects.get(car_number="5")
    assert (entry.team, entry.race_class.slug, entry.crew.count()) == (Team.objects.get(name="Team Nobody"), "lmp2", 0)
    seat = CrewMember.objects.get(event_entry__entry=entry)
    assert (str(seat.driver), seat.rating, seat.nationality.code) == ("Ada New", "bronze", "IT")
    assert Driver.objects.get(slug="ada-new").source == "Timing file practice.CSV"
    assert timing_imports.preview(timing_imports.reopen(TimingImport.objects.get(state="applied"))).is_as_it_stands


def test_a_team_and_a_model_under_another_spelling_are_remembered(race):
    team = make.make_team("proton", name="Proton Competition")
    make.make_driver("ada-new")
    table = new_car(race, team="Proton Competiton")
    table = timing.changed(table, "5", vehicle="Oreca  07-Gibson")
    shown = preview(race, table)
    assert [question.suggestions[0].slug for question in shown.questions] == ["proton", "oreca-07"]
    names = {
        "team": {"proton competiton": {"slug": "proton"}},
        "car_model": {shown.questions[1].key: {"slug": "oreca-07"}},
    }
    shown = preview(race, table, names=names)
    applied(shown)
    assert TeamAlias.objects.get().name == "Proton Competiton"
    assert TeamAlias.objects.get().team == team
    assert CarModelAlias.objects.get().car_model.slug == "oreca-07"
    # What the file calls the team is not what the list says, unless a person says so.
    assert [(one.now, one.in_file, one.is_taken) for one in shown.listings] == [
        ("Proton Competition", "Proton Competiton", False)
    ]
    assert EventEntry.objects.get(entry__car_number="5").listed_name == ""


def test_the_event_lists_a_team_as_the_file_does_when_somebody_says_so(race):
    table = timing.changed(timing.timed_table(race, ["7"]), "7", team="Proton Huber")
    shown = preview(race, table)
    own = results.car_at(race, "7").entry.team.name
    assert [(one.now, one.in_file) for one in shown.listings] == [(own, "Proton Huber")]
    assert shown.is_as_it_stands
    shown = preview(race, table, listed=["7"])
    assert words(shown, "7") == {"Listed as": ("", "Proton Huber")}
    applied(shown)
    assert results.car_at(race, "7").listed_name == "Proton Huber"
    shown = preview(race, timing.changed(table, "7", team=own.upper()), listed=["7"])
    assert words(shown, "7") == {"Listed as": ("Proton Huber", "")}


def test_a_car_of_the_season_enters_the_event_with_the_crew_of_the_file(race):
    entry = make.make_entry(race.event.season.race_classes.get(), "5", crew=1)
    driver = entry.crew.get().driver
    table = new_car(race, team=entry.team.name)
    shown = preview(race, table)
    (question,) = shown.questions
    assert (driver.slug, "nominated for car 5 for the season") in [
        (one.slug, one.reason) for one in question.suggestions
    ]
    shown = preview(race, table, names={"driver": {question.key: {"slug": driver.slug}}})
    assert "Entry" not in words(shown, "5")
    applied(shown)
    assert EventEntry.objects.get(entry=entry).crew.get().driver == driver


def test_a_licence_that_the_file_lacks_is_as_it_was_before(race):
    table = timing.timed_table(race, ["7"])
    first, second = car(table, "7").drivers
    table = timing.changed(table, "7", drivers=(replace(first, rating="", nationality=""), second))
    shown = preview(race, table)
    assert [remark.text for remark in shown.remarks] == [f"The file has no licence of {first.name}; Gold as before."]
    assert shown.is_as_it_stands


def test_a_licence_that_nobody_knows_is_to_be_mended_or_the_car_is_left(race):
    stranger = make.make_driver("ada-stranger", country="JP")
    table = timing.timed_table(race, ["7", "22"])
    person = timing.timed_driver("Ada STRANGER")
    table = timing.changed(table, "7", drivers=(person,))
    table = timing.changed(table, "22", drivers=())
    shown = preview(race, table)
    assert [problem.car_number for problem in shown.problems] == ["7", "22"]
    assert "no licence of Ada STRANGER" in shown.problems[0].text
    with pytest.raises(TimingImportError, match="Car 7: the file has no licence"):
        applied(shown)
    shown = preview(race, table, skipped=["7", "22"])
    assert (shown.problems, shown.skipped, shown.is_as_it_stands) == ((), ("7", "22"), True)
    rated = timing.changed(table, "7", drivers=(replace(person, rating="gold"),))
    shown = preview(race, rated, skipped=["22"])
    assert words(shown, "7")["Seat 1"][1] == f"{stranger} (gold, JP)"
    assert words(shown, "7")["Seat 2"][1] == "nobody"


def test_a_car_in_two_classes_or_with_a_driver_twice_is_to_be_mended(race):
    make.make_race_class(race.event.season, "GT", position=2)
    table = timing.timed_table(race, ["7", "22"])
    first = car(table, "22").drivers[0]
    table = timing.changed(table, "7", race_class="GT")
    table = timing.changed(table, "22", drivers=(first, first))
    texts = [problem.text for problem in preview(race, table).problems]
    assert texts == [
        "Car 7: it is in the class LMP2 by its entry, in the file in GT. Mend the entry, or leave the car as it is.",
        "Car 22: it has the same driver twice. Say who is meant, or leave the car as it is.",
    ]


def test_a_car_that_is_withdrawn_stays_so(race):
    row = results.car_at(race, "7")
    row.status = "withdrawn"
    row.save()
    table = timing.timed_table(race, ["7"])
    shown = preview(race, table)
    assert [remark.text for remark in shown.remarks] == ["It is withdrawn at the event, which stays so."]
    assert shown.is_as_it_stands


def test_a_seat_to_be_announced_is_filled(race):
    row = results.car_at(race, "7")
    table = timing.timed_table(race, ["7"])
    row.crew.filter(seat=2).update(status="to_be_announced", driver=None)
    shown = preview(race, table)
    assert words(shown, "7")["Seat 2"][0] == "to be announced (gold, FR)"


def test_a_race_file_has_no_ratings_and_is_refused(race):
    with pytest.raises(TimingFileError, match="no ratings"):
        timing_imports.stage(
            content=write_race(timing.race_table(race, ["7"])), file_name="race.CSV", by=None, event=race.event
        )


def test_entries_that_moved_on_meanwhile_are_not_trampled(race):
    table = timing.timed_table(race, ["7"])
    shown = preview(race, timing.changed(table, "7", drivers=car(table, "7").drivers[:1]))
    CrewMember.objects.filter(event_entry__entry__car_number="7", seat=2).update(rating="bronze")
    with pytest.raises(ImportMovedOnError) as refused:
        applied(shown)
    assert CrewMember.objects.filter(event_entry__entry__car_number="7").count() == 2
    applied(refused.value.preview)
    assert CrewMember.objects.filter(event_entry__entry__car_number="7").count() == 1


def test_what_a_rule_refuses_leaves_nothing_written(race, monkeypatch):
    names = {
        "team": {"team nobody": {"slug": "new", "name": "Team Nobody", "country": "IT"}},
        "driver": {"ada new": {"slug": "new", "given_name": "Ada", "family_name": "New", "country": "IT"}},
    }
    shown = preview(race, new_car(race), names=names)

    def refuse(*_args, **_values):
        raise ValidationError("refused")

    monkeypatch.setattr("championship.services.timing_writing.save_event_entry", refuse)
    with pytest.raises(TimingImportError, match="refused"):
        applied(shown)
    assert not Team.objects.filter(name="Team Nobody").exists()
    assert TimingImport.objects.get(pk=shown.staged.pk).state == "staged"


def test_tables_follow_entries_that_are_imported(race):
    results.publish_results(race, ["7", "22", "99"])
    table = timing.timed_table(race, ["7"])
    applied(preview(race, timing.changed(table, "7", drivers=car(table, "7").drivers[:1])))
    assert Score.objects.count() == 3
    assert not ClassificationDraft.objects.exists()


def test_the_same_file_is_applied_to_entries_once(race):
    table = timing.timed_table(race, ["7"])
    table = timing.changed(table, "7", drivers=car(table, "7").drivers[:1])
    applied(preview(race, table))
    again = timing_imports.stage(content=write_timed(table), file_name="x.CSV", by=None, event=race.event)
    assert (again.is_known, again.staged.state) == (True, "applied")
