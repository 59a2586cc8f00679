import pytest

from championship.rules.names import CAR_NUMBER, OUTLINE, car_number_key, place_of


@pytest.mark.parametrize("text", ["7", "007", "22A", "999"])
def test_a_car_number_is_one_to_three_digits_and_perhaps_a_letter(text):
    assert CAR_NUMBER.fullmatch(text)


@pytest.mark.parametrize("text", ["", "r1", "changes", "1234", "7a", "٧", "7 ", "A7"])
def test_a_car_number_is_never_a_word_of_the_site_map(text):
    assert not CAR_NUMBER.fullmatch(text)


def test_car_numbers_sort_by_value_then_as_text():
    assert sorted(["22A", "98", "8", "007", "7", "22"], key=car_number_key) == ["7", "007", "8", "22", "22A", "98"]


def test_an_outline_holds_drawing_commands_only():
    assert OUTLINE.fullmatch("M 8 70 L 40.5 12 Z")
    assert not OUTLINE.fullmatch('M 8 70" onload="alert(1)')


def test_the_place_of_an_event_is_read_from_its_address():
    assert [place_of(slug) for slug in ("sepang", "abu-dhabi")] == ["Sepang", "Abu Dhabi"]
