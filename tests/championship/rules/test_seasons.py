from datetime import date

import pytest

from championship.rules.seasons import a_year_later, label_of, next_slug


@pytest.mark.parametrize(
    ("slug", "following"), [("2023-24", "2024-25"), ("2024", "2025"), ("2098-99", "2099-00"), ("2099-00", "2100-01")]
)
def test_the_next_season_is_named_like_the_one_before(slug, following):
    assert next_slug(slug) == following


def test_a_label_is_written_with_a_slash():
    assert (label_of("2023-24"), label_of("2024")) == ("2023/24", "2024")


@pytest.mark.parametrize("day", [date(2023, 12, 2), date(2024, 2, 29), date(2024, 12, 30)])
def test_a_year_later_is_the_same_weekday(day):
    later = a_year_later(day)
    assert later.weekday() == day.weekday()
    assert (later - day).days == 364
