"""The forms of pole positions, eligibility and adjustments refuse what cannot be."""

import pytest

from championship.models import Adjustment, PolePosition
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import errors_of, fill, signed_in

pytestmark = pytest.mark.django_db

ADMIN = "/admin/championship"


@pytest.fixture
def season():
    return results.make_racing_season()


@pytest.fixture
def client():
    return signed_in("official")


def refused(client, noun, **typed):
    answer, _ = fill(client, f"{ADMIN}/{noun}/add/", f"{noun}_form", **typed)
    assert answer.status_code == 200
    return errors_of(answer)


def test_a_class_has_one_pole_position_in_a_round(client, season):
    first = season.rounds.get(number=1)
    results.make_pole(first, "7")
    car = results.car_at(first.race_session, "22")
    assert refused(client, "poleposition", round=first.pk, event_entry=car.pk) == [
        "This class has a pole position in this round already."
    ]


def test_a_pole_position_belongs_to_a_car_of_the_event(client, season):
    first, second = season.rounds.order_by("number")
    car = results.car_at(second.race_session, "7")
    assert refused(client, "poleposition", round=first.pk, event_entry=car.pk) == [
        "Choose a car of this round's event."
    ]
    assert refused(client, "poleposition", round=first.pk) == ["This field is required."]


def test_a_pole_position_takes_the_class_of_another_car(client, season):
    first = season.rounds.get(number=1)
    pole = results.make_pole(first, "7")
    gt = make.make_race_class(season, "GT", 2)
    make.make_entry(gt, "91")
    car = results.car_at(first.race_session, "91")
    answer, _ = fill(client, f"{ADMIN}/poleposition/{pole.pk}/change/", "poleposition_form", event_entry=car.pk)
    assert answer.status_code == 302, errors_of(answer)
    assert PolePosition.objects.get().race_class == gt


def test_rounds_are_offered_with_their_season(client, season):
    results.make_racing_season("2031-32", cars=["4"])
    form = client.get(f"{ADMIN}/poleposition/add/").context["adminform"].form
    labels = [label for value, label in form.fields["round"].choices if value]
    assert labels[::2] == [
        "2031/32, Round 1: 4 Hours of Event-1, Race 1",
        "2030/31, Round 1: 4 Hours of Event-1, Race 1",
    ]


def test_an_adjustment_is_of_what_its_title_is_for(client, season):
    title = season.race_classes.get().titles.get(contender="teams")
    driver = make.make_driver()
    typed = {"title": title.pk, "round": season.rounds.get(number=1).pk, "reason": "Unsafe car"}
    assert "This title needs it." in refused(client, "adjustment", driver=driver.pk, kind="exclusion", **typed)
    entry = season.entries.get(car_number="7")
    assert refused(client, "adjustment", entry=entry.pk, kind="exclusion", points="5", **typed) == [
        "A deduction needs its points; an exclusion has none."
    ]
    assert not Adjustment.objects.exists()


def test_a_car_has_one_exception_and_it_begins_in_its_season(client, season):
    other = results.make_racing_season("2031-32", cars=["4"])
    entry = season.entries.get(car_number="7")
    strange = other.rounds.get(number=1)
    assert refused(client, "eligibilityoverride", entry=entry.pk, from_round=strange.pk, reason="Late") == [
        "Choose a round of the entry's season."
    ]
