"""Other spellings of classes and car models, beside those of teams and drivers."""

import pytest

from championship.models import CarModel, RaceClass
from tests import factories as make
from tests.championship.admin.posting import fill, signed_in

pytestmark = pytest.mark.django_db


def test_a_car_model_gets_another_spelling_on_its_page():
    model = make.make_car_model("oreca-07", name="Oreca 07 - Gibson")
    address = f"/admin/championship/carmodel/{model.pk}/change/"
    answer, _ = fill(
        signed_in("emma", "Entries secretary"), address, "carmodel_form", aliases__0__name="Oreca 07-Gibson"
    )
    assert answer.status_code == 302
    assert [alias.name for alias in CarModel.objects.get().aliases.all()] == ["Oreca 07-Gibson"]


def test_a_class_gets_another_name_which_is_its_own_in_the_season():
    season = make.make_season()
    lmp2, gt = make.make_race_class(season), make.make_race_class(season, "GT", position=2)
    client = signed_in("emma", "Entries secretary")
    answer, _ = fill(
        client, f"/admin/championship/raceclass/{gt.pk}/change/", "raceclass_form", aliases__0__name="LMGT3"
    )
    assert answer.status_code == 302
    assert gt.aliases.get().season == season
    answer, _ = fill(
        client, f"/admin/championship/raceclass/{lmp2.pk}/change/", "raceclass_form", aliases__0__name="LMGT3"
    )
    assert "A class of this season is called so already." in answer.content.decode()


def test_a_new_class_brings_its_other_names():
    season = make.make_season()
    answer, _ = fill(
        signed_in("emma", "Entries secretary"),
        "/admin/championship/raceclass/add/",
        "raceclass_form",
        season=season.pk,
        slug="gt",
        name="GT",
        position=1,
        plate_colour="#F28C00",
        plate_ink="#000000",
        accent_on_dark="#FFA63D",
        aliases__0__name="LMGT3",
    )
    assert answer.status_code == 302
    assert RaceClass.objects.get().aliases.get().season == season
