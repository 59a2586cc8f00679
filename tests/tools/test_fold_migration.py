from importlib import import_module

import pytest
from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, CreateModel, RunSQL

from tools.fold_migration import MODULE, fold


def create(name, **fields):
    return CreateModel(name, [("id", models.AutoField(primary_key=True)), *fields.items()], options={})


def to(model, **options):
    return models.ForeignKey(model, models.PROTECT, **options)


def names(operations):
    return [op.name for op in operations]


def test_fields_and_constraints_move_into_their_model_behind_what_it_points_to():
    positive = models.CheckConstraint(condition=models.Q(number__gt=0), name="positive")
    race, season = create("Race", number=models.IntegerField()), create("Season")
    folded = fold(
        [race, season, AddField("race", "season", to("championship.season")), AddConstraint("race", positive)]
    )
    assert names(folded) == ["Season", "Race"]
    assert [name for name, _ in folded[1].fields] == ["id", "number", "season"]
    assert folded[1].options["constraints"] == [positive]


def test_histories_come_last_and_what_points_to_an_account_before_them():
    history = create("HistoricalSeason", who=to("auth.user"))
    assert names(fold([history, create("Login", who=to("auth.user")), create("Season")])) == [
        "Season",
        "Login",
        "HistoricalSeason",
    ]


def test_a_relation_through_a_model_comes_behind_it():
    through = create("Seat", car=to("championship.car"), driver=to("championship.driver"))
    crew = AddField("car", "crew", models.ManyToManyField("championship.driver", through="championship.seat"))
    assert names(fold([create("Car"), create("Driver"), crew, through])) == ["Car", "Driver", "Seat", "crew"]


def test_a_circle_and_what_is_no_initial_migration_are_refused():
    circle = [create("Hen", egg=to("championship.egg")), create("Egg", hen=to("championship.hen"))]
    with pytest.raises(ValueError, match="in a circle: hen, egg"):
        fold(circle)
    with pytest.raises(ValueError, match="no initial migration"):
        fold([RunSQL("SELECT 1")])


def test_the_initial_migration_is_folded():
    later = [op for op in import_module(MODULE).Migration.operations if isinstance(op, AddConstraint)]
    assert later == [], "python -m tools.fold_migration"
