import pytest

from championship.rules.durations import difference, duration


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0:00.000"),
        (59_999, "0:59.999"),
        (60_000, "1:00.000"),
        (112_991, "1:52.991"),
        (3_600_000, "1:00:00.000"),
        (13_406_017, "3:43:26.017"),
        (36_000_001, "10:00:00.001"),
        (-1_000, "-0:01.000"),
    ],
)
def test_a_time_is_written_with_minutes_and_if_need_be_hours(milliseconds, text):
    assert duration(milliseconds) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0.000"),
        (7_995, "7.995"),
        (59_999, "59.999"),
        (60_000, "1:00.000"),
        (-1_500, "-1.500"),
        (-90_000, "-1:30.000"),
    ],
)
def test_a_difference_has_minutes_only_when_it_needs_them(milliseconds, text):
    assert difference(milliseconds) == text
