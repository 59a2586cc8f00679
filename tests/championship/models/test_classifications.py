"""What was published never changes, by whichever way somebody tries."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from championship.models import (
    AppliedDecision,
    Classification,
    ClassificationDraft,
    ClassificationState,
    FrozenError,
    Result,
    ResultDriver,
    Standing,
    StandingList,
    freezing,
)
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker):
    """A published version, once for this module: every test undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        race = results.make_racing_season(rounds=1).rounds.get()
        decision = results.make_decision(race.race_session, "22", {"kind": "time_added", "time": 5_000})
        yield results.publish_results(race, ["7", "22", "99"], decisions=[decision])
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", [Classification, AppliedDecision, Result, ResultDriver, StandingList, Standing])
def test_a_published_row_refuses_every_way_of_changing_it(published, model):
    row = model.objects.first()
    before = list(model.objects.values())
    attacks = (
        row.save,
        lambda: row.save(update_fields=["id"]),
        row.delete,
        model.objects.all().delete,
        model.objects.filter(pk=row.pk).delete,
        lambda: model.objects.update(pk=99),
        lambda: model.objects.bulk_update([row], ["id"]),
        lambda: model.objects.bulk_create([row], update_conflicts=True),
        lambda: model.objects.update_or_create(pk=row.pk, defaults={"pk": row.pk}),
    )
    for attack in attacks:
        with pytest.raises(FrozenError):
            attack()
    assert list(model.objects.values()) == before


def test_the_cars_of_a_version_refuse_a_change_through_the_version_too(published):
    for relation in (published.results, published.applied, published.results.first().drivers):
        for attack in (relation.all().delete, lambda relation=relation: relation.update(id=99)):
            with pytest.raises(FrozenError):
                attack()


def test_a_published_row_cannot_be_taken_over_by_another(published):
    other = make.make_session(published.session.event, "race-9", "race")
    driver = make.make_driver("somebody")
    # Fresh, since a manager changes the object before it is refused.
    version = Classification.objects.get()
    table, line = StandingList.objects.first(), Standing.objects.filter(driver__isnull=False).first()
    attacks = (
        lambda: other.classifications.add(version),
        lambda: other.classifications.set([version]),
        lambda: version.results.first().team.results.add(version.results.last()),
        lambda: driver.standings.add(line),
        line.driver.standings.clear,
        lambda: line.driver.standings.remove(line),
        lambda: table.title.standing_lists.add(table),
    )
    for attack in attacks:
        with pytest.raises(FrozenError):
            attack()
    assert (other.classifications.count(), driver.standings.count()) == (0, 0)


def test_nobody_adds_a_row_to_what_is_published(published):
    result, line = published.results.first(), Standing.objects.first()
    rows = [
        Classification(session=published.session, version=2, published_at=published.published_at, from_archive=True),
        Result(**{**plain(result), "position": 9, "timing_position": 9, "class_position": 9}),
        ResultDriver(result=result, seat=9, driver=make.make_driver("somebody")),
        AppliedDecision(**{**plain(published.applied.get()), "position": 9}),
        StandingList(**{**plain(line.standing_list), "version": 9}),
        Standing(**{**plain(line), "order": 9}),
    ]
    for row in rows:
        model = type(row)
        before = model.objects.count()
        for attack in (row.save, row.save_base, lambda model=model, row=row: model.objects.bulk_create([row])):
            with pytest.raises(FrozenError):
                attack()
        assert model.objects.count() == before


def plain(row):
    """The values of a row without its key."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


def test_what_a_published_version_names_cannot_be_deleted(published):
    result = published.results.first()
    named = [
        published.session,
        published.session.event,
        published.applied.get().decision,
        result.event_entry,
        result.race_class,
        result.team,
        result.car_model,
        result.drivers.first().driver,
        StandingList.objects.first().title,
        StandingList.objects.first().round,
    ]
    for row in named:
        with pytest.raises(ProtectedError):
            row.delete()


def test_one_version_of_a_session_is_current(published):
    results.publish_results(published.session, ["22", "7", "99"])
    refusal = r"one_current_classification|classificationstate\.session_id"
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        ClassificationState.objects.filter(classification=published).update(is_current=True)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"version": 1}, "version"),
        ({"version": 0}, "classification_version_from_1"),
        ({"status": "secret"}, "classification_status_known"),
        ({"cause": ""}, "classification_has_a_cause"),
        ({"from_archive": False}, "classification_has_two_signatures"),
    ],
)
def test_the_database_refuses_a_version_that_is_not_one(published, values, constraint):
    header = {
        "session": published.session,
        "version": 2,
        "status": "official",
        "published_at": published.published_at,
        "cause": "Corrected",
        "from_archive": True,
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), freezing():
        Classification.objects.create(**header | values)


def test_one_person_cannot_be_author_and_checker(published):
    official = make.make_user()
    with pytest.raises(IntegrityError, match="draft_checked_by_somebody_else"), transaction.atomic():
        ClassificationDraft.objects.create(session=published.session, lines="[]", author=official, checker=official)
