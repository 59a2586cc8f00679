"""Names as real files have them."""

import pytest

from championship.timing.driver_names import joined_name, split_name


@pytest.mark.parametrize(
    ("cell", "given_name", "family_name"),
    [
        ("Louis DELÉTRAZ", "Louis", "DELÉTRAZ"),
        ("Alessandro PIER GUIDI", "Alessandro", "PIER GUIDI"),
        ("Guilherme MOURA DE OLIVEIRA", "Guilherme", "MOURA DE OLIVEIRA"),
        ("Horst FELBERMAYR JR", "Horst", "FELBERMAYR JR"),
        ("Carl Wattana BENNETT", "Carl Wattana", "BENNETT"),
        ("HH Prince Abdul RAHMAN IBRAHIM", "HH Prince Abdul", "RAHMAN IBRAHIM"),
        ("PJ HYETT", "PJ", "HYETT"),
        ("Antares AU", "Antares", "AU"),
        ("Charles-Henri D'AMBROSIO", "Charles-Henri", "D'AMBROSIO"),
        (" BANKCY", "", "BANKCY"),
        (" DE HASH", "", "DE HASH"),
        ("HASH", "", "HASH"),
        ("Hash ", "", "Hash"),
        ("Jens Reno Moller", "Jens", "Reno Moller"),
        ("Ahmad  AL HARTHY", "Ahmad", "AL HARTHY"),
        ("王 伟", "王", "伟"),
        (" ", "", ""),
        ("", "", ""),
    ],
)
def test_the_family_name_is_in_capitals(cell, given_name, family_name):
    assert split_name(cell) == (given_name, family_name)


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        (("Jens", "Reno Moller"), ("Jens Reno Moller", "Jens", "Reno Moller")),
        (("", "BANKCY"), ("BANKCY", "", "BANKCY")),
        (("Hash", ""), ("Hash", "", "Hash")),
    ],
)
def test_a_single_name_is_a_family_name(cells, parts):
    assert joined_name(*cells) == parts
