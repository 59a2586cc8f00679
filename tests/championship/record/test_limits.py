"""The reader refuses what the database could not keep, in the place where it stands."""

import pytest
from django.db import models

from championship.models import (
    Adjustment,
    AppliedDecision,
    CarModel,
    Circuit,
    Classification,
    ClassificationState,
    Decision,
    DecisionEffect,
    Driver,
    DriverAlias,
    EligibilityOverride,
    Entry,
    EntryList,
    EntryListLine,
    EntryListSeat,
    Event,
    EventEntry,
    Invitation,
    Manufacturer,
    PointsScaleLine,
    PointsSettings,
    PolePosition,
    RaceClass,
    Result,
    Round,
    Season,
    Session,
    Team,
    TeamAlias,
    Title,
)
from championship.record.limits import LONGEST, MOST_PLACES
from tests.championship.record.sample import problems_of, replaced

MODELS = {
    "season": Season,
    "points": PointsSettings,
    "race_class": RaceClass,
    "title": Title,
    "invitation": Invitation,
    "circuit": Circuit,
    "event": Event,
    "event.session": Session,
    "entry_list": EntryList,
    "classification": Classification,
    "classification.told": AppliedDecision,
    "classification.told.effect": DecisionEffect,
    "decision": Decision,
    "decision.effect": DecisionEffect,
    "manufacturers.csv": Manufacturer,
    "car_models.csv": CarModel,
    "teams.csv": Team,
    "drivers.csv": Driver,
    "entries.csv": Entry,
    "event_entries.csv": EventEntry,
    "entry_lists": EntryListLine,
    "results/poles.csv": PolePosition,
    "results/eligibility.csv": EligibilityOverride,
    "results/adjustments.csv": Adjustment,
    "results": Result,
}
# Their patterns bound their length, or they are one of a few words.
BOUNDED = {"car_number", "plate_colour", "plate_ink", "accent_on_dark", "country", "listed_country", "team_country"}


def lengths(model: type[models.Model]) -> dict[str, int]:
    return {
        field.name: field.max_length
        for field in model._meta.fields
        if isinstance(field, models.CharField) and not field.choices and field.name not in BOUNDED
    }


@pytest.mark.parametrize("kind", MODELS)
def test_the_longest_texts_are_those_of_the_columns(kind):
    expected = lengths(MODELS[kind])
    if kind == "season":
        del expected["slug"]
    if kind == "teams.csv":
        expected["alias"] = lengths(TeamAlias)["name"]
    if kind == "drivers.csv":
        expected["alias"] = lengths(DriverAlias)["name"]
    if kind == "entry_lists":
        names = {name: length for name, length in lengths(EntryListSeat).items() if name.endswith("_name")}
        expected |= {f"{name}_{seat}": length for name, length in names.items() for seat in range(1, 7)}
    if kind == "classification":
        # Signatures and warnings are not on record: what a file says was published elsewhere.
        del expected["single_signed_reason"], expected["warnings_reason"]
        expected["recall_reason"] = lengths(ClassificationState)["recall_reason"]
    if kind == "classification.told":
        expected["slug"] = lengths(Decision)["slug"]
    if kind == "results":
        expected = {"status": expected["timing_status"]}
    assert LONGEST[kind] == expected


def test_every_table_has_its_lengths():
    assert set(LONGEST) == set(MODELS)


def test_the_digits_behind_the_point_are_those_of_the_columns():
    def places(model):
        fields = (field for field in model._meta.fields if isinstance(field, models.DecimalField))
        return {field.name: field.decimal_places for field in fields}

    scale = places(PointsScaleLine)["points"]
    assert {
        "points": {"scale": scale, **places(PointsSettings)},
        "event.session": places(Round),
        "circuit": places(Circuit),
        "results/adjustments.csv": places(Adjustment),
    } == MOST_PLACES


TOO_LONG = [
    # file, what stands there, the same with a gap for letters, how many fit there, (line, column)
    ("teams.csv", ",Proton Competition,", ",{},", 100, (2, "name")),
    ("teams.csv", ",Proton; Proton Comp,", ",Proton; {},", 100, (2, "aliases")),
    ("drivers.csv", "Giorgio,Roda", "Giorgio,{}", 60, (4, "family_name")),
    ("drivers.csv", ",Rene Binder,", ",{},", 120, (2, "aliases")),
    ("season.toml", 'name = "GT"', 'name = "{}"', 20, (23, "name")),
    ("season.toml", 'race = "24 Hours of Le Mans"', 'race = "{}"', 80, (42, "race")),
    ("circuits.toml", 'location = "Selangor"', 'location = "{}"', 100, (4, "location")),
    ("events.toml", 'name = "Race 1"', 'name = "{}"', 60, (20, "name")),
    ("entries.csv", "No engine", "{}", 200, (3, "withdrawal_reason")),
    ("entry_lists/sepang-4h-r1.csv", "Rene,Binder", "Rene,{}", 60, (2, "family_name_1")),
    ("entry_lists/sepang-4h-r1.csv", ",Station,", ",{},", 100, (2, "team_name")),
    ("results/classifications.toml", '"Car 7 was too fast."', '"{}"', 300, (16, "cause")),
    ("results/decisions.toml", 'number = "12"', 'number = "{}"', 20, (8, "number")),
    ("results/decisions.toml", 'status_before = "Classified"', 'status_before = "{}"', 30, (24, "status_before")),
    ("results/sepang-4h/race-1-v1.csv", "Not classified", "{}", 30, (3, "status")),
    ("results/adjustments.csv", ",Unsafe,", ",{},", 300, (2, "reason")),
]


@pytest.mark.parametrize(("file", "old", "new", "most", "place"), TOO_LONG)
def test_a_text_that_is_too_long_is_refused_where_it_stands(file, old, new, most, place):
    assert problems_of(replaced(file, old, new.format("é" * most))) == []
    [problem] = problems_of(replaced(file, old, new.format("é" * (most + 1))))
    assert (problem.file, problem.line, problem.column) == (file, *place)
    assert problem.message.endswith(f"which has {most + 1} characters.")
    assert problem.mend == f"Write at most {most} characters."


@pytest.mark.parametrize(
    ("file", "old", "fits", "too_fine", "place"),
    [
        ("season.toml", '"0.7"', '"0.701"', '"0.7001"', (8, "classified_share")),
        ("season.toml", '"18.5"', '"18.25"', '"18.125"', (6, "scale")),
        ("season.toml", 'pole_points = "1"', 'pole_points = "999"', 'pole_points = "1000"', (7, "pole_points")),
        ("events.toml", '"0.6"', '"0.601"', '"0.6001"', (40, "distance_share")),
        ("results/adjustments.csv", ",2.5,", ",2.25,", ",2.125,", (2, "points")),
        ("circuits.toml", '"2.76056"', '"2.7605612"', '"2.76056123"', (8, "latitude")),
    ],
)
def test_a_number_that_the_database_would_round_is_refused(file, old, fits, too_fine, place):
    assert problems_of(replaced(file, old, fits)) == []
    [problem] = problems_of(replaced(file, old, too_fine))
    assert (problem.file, problem.line, problem.column) == (file, *place)
