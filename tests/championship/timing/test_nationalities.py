"""The small table of the pure package, against that of the package which the site uses."""

import pytest
from django_countries import countries
from django_countries.data import COUNTRIES
from django_countries.ioc_data import IOC_TO_ISO

from championship.timing.nationalities import code_of, nationalities

ALPHA_3 = {countries.alpha3(alpha_2): alpha_2 for alpha_2 in COUNTRIES}


def test_all_codes_of_iso_are_known():
    codes = {code: alpha_2 for code, alpha_2 in ALPHA_3.items() if code != "BRN"}
    assert len(codes) >= 248
    assert nationalities(codes) == codes


def test_all_codes_of_the_ioc_are_known():
    assert len(IOC_TO_ISO) >= 204
    assert nationalities(IOC_TO_ISO) == IOC_TO_ISO


def test_each_country_is_written_with_a_code_that_is_read_as_it():
    assert {alpha_2: nationalities([code_of(alpha_2)]) for alpha_2 in COUNTRIES} == {
        alpha_2: {code_of(alpha_2): alpha_2} for alpha_2 in COUNTRIES
    }


def test_the_code_of_the_ioc_is_written_where_it_has_one():
    written = {alpha_2: code_of(alpha_2) for alpha_2 in IOC_TO_ISO.values()}
    assert {code: alpha_2 for alpha_2, code in written.items() if IOC_TO_ISO.get(code) != alpha_2} == {"BHR": "BH"}


@pytest.mark.parametrize(
    ("codes", "meant"),
    [
        (["BRN", "GER"], "BH"),
        (["BRN", "DEU"], "BN"),
        (["BRN", "FRA", "_", ""], None),
        (["BRN", "GER", "DEU"], None),
        (["BRN", "XYZ"], None),
    ],
)
def test_the_other_codes_of_a_file_tell_bahrain_from_brunei(codes, meant):
    assert nationalities(codes).get("BRN") == meant


@pytest.mark.parametrize("code", ["", "_"])
def test_no_code_is_neutral(code):
    assert nationalities([code]) == {code: ""}


@pytest.mark.parametrize("code", ["XYZ", "ger", "DE", "?", "SCO"])
def test_an_unknown_code_is_missing(code):
    assert nationalities([code]) == {}


def test_neutral_is_written_as_nothing():
    assert code_of("") == ""
