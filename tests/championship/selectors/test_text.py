import pytest

from championship.selectors.text import counted, initial, ordinal, series


@pytest.mark.parametrize(
    ("name", "letter"), [("Šimon", "S"), ("de Haan", "D"), ("99 Racing", "#"), ("", "#"), ("李", "#")]
)
def test_an_index_lists_a_name_under_its_plain_letter(name, letter):
    assert initial(name) == letter


def test_a_series_reads_like_a_sentence():
    assert [series([]), series(["4"]), series(["4", "5"]), series(["1", "2", "3"])] == [
        "",
        "4",
        "4 and 5",
        "1, 2 and 3",
    ]


def test_one_car_is_not_one_cars():
    assert [counted(0, "car"), counted(1, "car"), counted(2, "car")] == ["0 cars", "1 car", "2 cars"]


def test_a_place_has_its_ending():
    assert " ".join(ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 22, 112)) == (
        "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 112th"
    )
