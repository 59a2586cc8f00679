import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from championship.rules import pictures
from championship.rules.pictures import CROPS, PictureFile, crop_box, master_path, read_file_name, sizes

NAME = "abcdefghijklmnopqrstuvwx27"
lengths = st.integers(1, 4000)
percents = st.integers(0, 100)


def test_the_examples_of_the_rules_are_true():
    assert doctest.testmod(pictures).failed == 0


@given(lengths, lengths, percents, percents, st.sampled_from(list(CROPS.values())))
def test_a_crop_lies_inside_the_picture_and_touches_two_of_its_sides(width, height, focus_x, focus_y, crop):
    left, top, right, bottom = crop_box(crop, width, height, focus_x, focus_y)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert (left, right) == (0, width) or (top, bottom) == (0, height)
    for wide, high in sizes(crop, width, height):
        assert 1 <= wide <= width
        assert high >= 1


@given(st.integers(300, 4000), st.integers(300, 4000), percents, percents)
def test_the_point_of_interest_is_in_every_crop(width, height, focus_x, focus_y):
    for crop in CROPS.values():
        left, top, right, bottom = crop_box(crop, width, height, focus_x, focus_y)
        assert left - 1 <= width * focus_x / 100 <= right + 1
        assert top - 1 <= height * focus_y / 100 <= bottom + 1


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_the_name_of_a_file_is_read_as_it_was_written(crop, kind):
    file = PictureFile(name=NAME, crop=crop, width=1280, format=kind)
    assert read_file_name(str(file)) == file


def test_files_of_a_set_lie_together():
    assert PictureFile(name=NAME, crop="lead", width=640, format="avif").path == f"pictures/{NAME}/lead-640.avif"
    assert PictureFile(name=NAME, crop="", width=640, format="jpg").path == f"pictures/{NAME}/640.jpg"
    assert master_path(NAME) == f"pictures/{NAME}/master.jpg"


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME}-master.jpg",
        f"{NAME}/master.jpg",
        "master.jpg",
        f"{NAME}-640.png",
        f"{NAME}-0640.jpg",
        f"{NAME}-wide-640.jpg",
        f"{NAME.upper()}-640.jpg",
        f"../{NAME}-640.jpg",
        f"{NAME}-640.jpg\n",
        "",
    ],
)
def test_no_other_name_is_one_of_ours(text):
    assert read_file_name(text) is None
