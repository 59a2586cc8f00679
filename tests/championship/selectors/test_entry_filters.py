from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.utils.text import slugify

from championship.models import DriverAlias, Entry, EntryList, TeamAlias
from championship.selectors.entry_filters import AppliedFilters, apply_filters
from tests import factories as make

pytestmark = pytest.mark.django_db
CLASSES = [("lmp2", "LMP2"), ("lmp3", "LMP3"), ("gt", "GT")]


@pytest.fixture
def published() -> EntryList:
    """Cars 7, 77, 007 and 8 in two of three classes, with teams and drivers that are easy to confuse.

    Every name is written here: one that a factory makes up could hold what a test searches for.
    """
    season = make.make_season()
    lmp2, _lmp3, gt = (make.make_race_class(season, name, place) for place, (_s, name) in enumerate(CLASSES, start=1))
    proton = make.make_team("proton-competition", country="DE")
    motopark = make.make_team("motopark", country="DE")
    named(make.make_entry(lmp2, "7", team=proton), "Ines Clerc", "Marie Dufour")
    named(make.make_entry(lmp2, "77", team=make.make_team("dstation", country="JP")), "Jeanne Clerc")
    entry = make.make_entry(gt, "007", team=motopark, car_model=make.make_car_model("porsche-911"))
    named(entry, "Luc Gide", "Yves Dufour", "Noé Perrin")
    entry = make.make_entry(gt, "8", team=proton, car_model=make.make_car_model("porsche-911"))
    driver = make.make_driver("louis-deletraz", given_name="Louis", family_name="Delétraz", country="CH")
    entry.crew.create(seat=1, driver=driver, rating="gold", nationality="CH")
    entry.crew.create(seat=2, status="to_be_announced", rating="bronze")
    TeamAlias.objects.create(team=motopark, name="Mücke Sport")
    DriverAlias.objects.create(driver=driver, name="Luigi Deletra")
    return make.publish_list(season)


def named(entry: Entry, *names: str) -> None:
    """A crew of French drivers, rated bronze, silver, gold."""
    for seat, (name, rating) in enumerate(zip(names, ("bronze", "silver", "gold"), strict=False), start=1):
        given, family = name.split()
        driver = make.make_driver(slugify(name), given_name=given, family_name=family)
        entry.crew.create(seat=seat, driver=driver, rating=rating, nationality="FR")


def applied(published: EntryList, address: str) -> tuple[AppliedFilters, list[str]]:
    """The filters of a query string and the numbers of the cars that pass, in the order of the list."""
    lines = published.lines.all()
    rows = list(lines.for_list())
    filters, passing = apply_filters(QueryDict(address), queryset=lines, rows=rows, classes=CLASSES)
    return filters, [row.car_number for row in rows if row.pk in passing]


@pytest.mark.parametrize(
    ("address", "cars"),
    [
        ("", ["7", "77", "007", "8"]),
        ("class=lmp2", ["7", "77"]),
        ("class=LMP2", ["7", "77"]),
        ("class=lmp3", []),
        ("class=gt&class=lmp2", ["7", "77", "007", "8"]),
        ("manufacturer=Porsche", ["007", "8"]),
        ("team=proton-competition", ["7", "8"]),
        ("team_country=de", ["7", "007", "8"]),
        ("driver_country=ch", ["8"]),
        ("driver_country=FR", ["7", "77", "007"]),
        ("rating=gold", ["007", "8"]),
        ("rating=platinum", []),
        ("team_country=DE&class=gt&rating=silver", ["007"]),
        ("class=&team=&q=", ["7", "77", "007", "8"]),
        ("team=%20proton-competition%20", ["7", "8"]),
        ("utm_source=mail&page=3", ["7", "77", "007", "8"]),
    ],
)
def test_filters_let_the_right_cars_pass(published, address, cars):
    filters, passing = applied(published, address)
    assert passing == cars
    assert filters.problems == ()


@pytest.mark.parametrize(
    ("text", "cars"),
    [
        ("7", ["7"]),
        ("007", ["007"]),
        ("77", ["77"]),
        ("#7", ["7"]),
        ("07", []),
        ("proton", ["7", "8"]),
        ("PROTON 8", ["8"]),
        ("mucke", ["007"]),
        ("DELETRAZ", ["8"]),
        ("louis délétraz", ["8"]),
        ("luigi", ["8"]),
        ("nobody", []),
        ("announced", []),
    ],
)
def test_a_search_finds_numbers_exactly_and_names_without_accents(published, text, cars):
    assert applied(published, f"q={quote(text)}")[1] == cars


def test_a_search_still_finds_the_name_of_today_after_a_renaming(published):
    team = published.lines.get(car_number="77").team
    team.name = "Renamed Racing"
    team.save()
    assert applied(published, "q=renamed")[1] == ["77"]
    assert applied(published, "q=dstation")[1] == ["77"]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("class=lmp9", "Class “lmp9” is not on this list. Known here: lmp2, lmp3, gt."),
        ("class=gt&class=lmp9", "Class “lmp9” is not on this list. Known here: lmp2, lmp3, gt."),
        ("manufacturer=bmw", "Manufacturer “bmw” is not on this list. Known here: oreca, porsche."),
        ("team=x", "Team “x” is not on this list. Known here: dstation, motopark, proton-competition."),
        ("team_country=Germany", "Team country “Germany” is not on this list. Known here: DE, JP."),
        ("driver_country=XX", "Driver country “XX” is not on this list. Known here: FR, CH."),
        ("rating=x", "Rating “x” is not on this list. Known here: bronze, silver, gold, platinum."),
        ("rating=gold&rating=silver", "Rating takes one value, and this address gives 2."),
        ("q=a&q=b", "Search takes one value, and this address gives 2."),
        ("q=%00", "Search: leave out the null character (%00) that this address gives."),
        ("q=" + "x" * 8000, "Search: use at most 100 characters. This address gives 8000."),
    ],
)
def test_a_value_that_is_not_understood_is_named_and_nothing_is_applied(published, address, message):
    filters, passing = applied(published, address)
    assert filters.problems == (message,)
    assert passing == ["7", "77", "007", "8"]
    assert (filters.values, filters.query) == ({}, "")


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "9" * 31, "x" * 8000, "a%0D%0Ab", "%27%3B--", "١٢"])
@pytest.mark.parametrize("name", ["class", "manufacturer", "team", "team_country", "driver_country", "rating", "q"])
def test_nasty_values_give_a_short_sentence_or_no_car(published, name, value):
    filters, passing = applied(published, f"{name}={value}")
    if filters.problems:
        assert max(map(len, filters.problems)) < 200
        assert all(problem.isprintable() for problem in filters.problems)
        assert len(passing) == 4
    else:
        assert (name, passing) == ("q", [])


def test_the_address_to_share_has_one_spelling(published):
    filters, _cars = applied(
        published, "utm_source=mail&team_country=de&class=GT&class=lmp2&class=gt&q=+Proton+&rating="
    )
    assert filters.query == "class=lmp2&class=gt&q=Proton&team_country=DE"
    assert filters.values == {"class": ["lmp2", "gt"], "q": ["Proton"], "team_country": ["DE"]}
    assert filters.asked == 3


def test_the_form_shows_what_is_chosen_whatever_its_case(published):
    html = applied(published, "class=GT&team_country=de&q=<b>")[0].form.as_div()
    assert 'value="gt" id="id_class_2" checked' in html
    assert '<option value="DE" selected>Germany</option>' in html
    assert 'value="&lt;b&gt;"' in html
