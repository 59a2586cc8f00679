from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from championship.rules.times import ends_at, event_phase, session_phase, zone_label

KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
PARIS = ZoneInfo("Europe/Paris")
START = datetime(2023, 12, 2, 14, tzinfo=KUALA_LUMPUR)


@pytest.mark.parametrize(("day", "phase"), [(1, "before"), (2, "during"), (3, "during"), (4, "after")])
def test_an_event_is_on_from_its_first_to_its_last_day(day, phase):
    assert event_phase(date(2023, 12, day), date(2023, 12, 2), date(2023, 12, 3)) == phase


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (datetime(2023, 12, 2, 5, 59, tzinfo=UTC), "before"),
        (datetime(2023, 12, 2, 6, tzinfo=UTC), "during"),
        (datetime(2023, 12, 2, 9, 59, tzinfo=UTC), "during"),
        (datetime(2023, 12, 2, 10, tzinfo=UTC), "after"),
    ],
)
def test_a_session_is_on_from_its_start_for_its_duration(moment, phase):
    assert session_phase(moment, START, 240) == phase


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (datetime(2023, 12, 2, 5, tzinfo=UTC), "before"),
        (datetime(2023, 12, 2, 15, 59, tzinfo=UTC), "during"),
        (datetime(2023, 12, 2, 16, tzinfo=UTC), "after"),
    ],
)
def test_a_session_of_unknown_duration_is_over_with_its_day_at_the_track(moment, phase):
    assert session_phase(moment, START, None) == phase


def test_a_race_through_the_change_of_the_clocks_keeps_its_length():
    start = datetime(2024, 3, 30, 22, tzinfo=PARIS)
    assert ends_at(start, 360).isoformat() == "2024-03-31T05:00:00+02:00"


@pytest.mark.parametrize(
    ("zone", "month", "label"),
    [
        ("Asia/Kuala_Lumpur", 12, "UTC+8"),
        ("Asia/Dubai", 2, "UTC+4"),
        ("Asia/Kolkata", 2, "IST"),
        ("Asia/Kathmandu", 2, "UTC+5:45"),
        ("America/Sao_Paulo", 2, "UTC-3"),
        ("Europe/Paris", 1, "CET"),
        ("Europe/Paris", 7, "CEST"),
    ],
)
def test_a_zone_is_named_as_its_rules_of_that_date_say(zone, month, label):
    assert zone_label(datetime(2024, month, 10, 12, tzinfo=ZoneInfo(zone))) == label
