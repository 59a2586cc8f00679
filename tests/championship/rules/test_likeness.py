import pytest
from hypothesis import given
from hypothesis import strategies as st

from championship.rules.likeness import SHORT_FOR, letters_apart, likeness


@pytest.mark.parametrize(
    ("found", "known", "reason"),
    [
        ("Louis DELETRAZ", "Louis Delétraz", "the same name without accents"),
        ("Laurents HOERR", "Laurents Hörr", "the same name, an umlaut spelt out"),
        ("Oreca 07-Gibson", "Oreca 07 - Gibson", "the same name but for spaces and signs"),
        ("Bihuang ZHOU", "Zhou Bihuang", "first and family name swapped"),
        ("Thomas DILLMANN", "Tom Dillmann", "Tom is short for Thomas"),
        ("Charlie EASTWOOD", "Charles Eastwood", "Charlie is short for Charles"),
        ("Sean GALAEL", "Sean Gelael", "one letter differs: GALAEL / Gelael"),
        ("Giacomo SBIRRAZZOULI", "Giacomo Sbirrazzuoli", "one letter differs: SBIRRAZZOULI / Sbirrazzuoli"),
        ("Jens MOLER", "Jens Moeller", "two letters differ: MOLER / Moeller"),
        ("PJ HYETTE", "P J Hyett", "two letters differ: PJ HYETTE / P J Hyett"),
        ("Ferdinand HABSBURG", "Ferdinand Habsburg-Lothringen", "the same name but for “lothringen”"),
        ("UNX Racing by Team WRT", "Team WRT", "the same name but for “unx racing by”"),
    ],
)
def test_a_name_that_is_alike_is_said_to_be_so_in_words(found, known, reason):
    assert likeness(found, known).reason == reason
    assert likeness(known, found).distance == likeness(found, known).distance


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("Matt BELL", "Rob Bell"),
        ("Thomas DILLMANN", "Tom Gamble"),
        ("Ali", "Alu"),
        ("", "Tom Dillmann"),
        ("- ", "Tom Dillmann"),
        ("Bell", "Matt Bell"),
        ("Tom", "Thomas"),
        ("Mario VON BOHLEN", "Friedrich von Bohlen"),
    ],
)
def test_a_name_that_is_not_alike_is_no_suggestion(found, known):
    assert likeness(found, known) is None


def test_the_likeliest_comes_first():
    others = ["Louis Delétraz", "Deletraz Louis", "Louis Deletras", "Louis Marie Deletraz"]
    distances = [likeness("Louis DELETRAZ", other).distance for other in others]
    assert distances == sorted(distances)


@given(st.text(max_size=12), st.text(max_size=12))
def test_two_names_are_as_far_apart_as_the_other_way_round(one, other):
    assert letters_apart(one, other, 20) == letters_apart(other, one, 20)
    assert (letters_apart(one, other, 20) == 0) == (one == other)


def test_short_names_are_folded_and_are_not_their_own_long_form():
    for short, longer in SHORT_FOR.items():
        assert short.islower()
        assert short not in longer
