"""What a name in a table means."""

import pytest

from championship.services.names import Names, UnknownNameError, car_model_names, class_names, driver_names, team_names
from tests import factories as make


@pytest.fixture
def teams():
    names = Names("team", "teams")
    names.add("proton-competition", "Proton Competition", "Proton")
    names.add("nielsen-racing", "Nielsen Racing")
    names.add("alpha", "Same Name")
    names.add("alpha-2", "Same Name")
    names.add("gamma", "Alpha")
    return names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("proton-competition", "proton-competition"),
        ("PROTON  competítion", "proton-competition"),
        ("Proton", "proton-competition"),
        ("Nielsen-Racing", "nielsen-racing"),
        ("alpha", "alpha"),
    ],
)
def test_a_row_is_found_by_slug_name_and_other_spelling(teams, name, slug):
    assert teams.slug_of(name) == slug


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("same name", '"same name" is the name of several teams. Write one of: alpha, alpha-2.'),
        ("ALPHA", '"ALPHA" is the name of several teams. Write one of: alpha, gamma.'),
        ("Zzz", 'There is no team "Zzz". Correct it, or add the team first.'),
    ],
)
def test_a_name_that_leads_nowhere_or_to_several_is_refused_with_the_mend(teams, name, text):
    with pytest.raises(UnknownNameError) as refused:
        teams.slug_of(name)
    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("Nielson Racing", "Nielsen Racing"), ("Niels", "Nielsen Racing"), ("Competitoin", "Proton Competition")],
)
def test_a_misspelt_name_brings_the_nearest_one(teams, name, nearest):
    with pytest.raises(UnknownNameError) as refused:
        teams.slug_of(name)
    assert refused.value.mend == f'Did you mean "{nearest}"? If not, add the team first.'


@pytest.mark.django_db
def test_the_database_knows_its_rows_by_all_their_names():
    season = make.make_season()
    make.make_race_class(season, "LMP2")
    make.make_race_class(make.make_season("2031-32"), "GT")
    make.make_team("alpha", name="Alpha Racing").aliases.create(name="Alpha by Beta")
    make.make_driver("ada-first", given_name="Ada", family_name="First").aliases.create(name="A. First")
    make.make_car_model("oreca-07", name="Oreca 07 - Gibson")
    assert class_names(season).slugs == {"lmp2": "LMP2"}
    assert {team_names().slug_of(name) for name in ("alpha racing", "ALPHA BY BETA")} == {"alpha"}
    assert {driver_names().slug_of(name) for name in ("ADA FIRST", "First Ada", "a. first")} == {"ada-first"}
    assert car_model_names().slug_of("oreca 07 - gibson") == "oreca-07"
