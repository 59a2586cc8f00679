from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from championship.rules.times import (
    ends_at,
    event_phase,
    letters_of,
    moments_at,
    on_two_clocks,
    session_phase,
    zone_label,
)

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


@pytest.mark.parametrize(
    ("day", "clock", "moments"),
    [
        (date(2023, 12, 9), time(9), [datetime(2023, 12, 9, 8, tzinfo=UTC)]),
        (date(2024, 3, 31), time(2, 30), []),
        (date(2024, 3, 31), time(3), [datetime(2024, 3, 31, 1, tzinfo=UTC)]),
        (date(2023, 10, 29), time(2, 30), [datetime(2023, 10, 29, hour, 30, tzinfo=UTC) for hour in (0, 1)]),
        (date(2023, 10, 29), time(3), [datetime(2023, 10, 29, 2, tzinfo=UTC)]),
    ],
)
def test_clocks_show_a_time_once_and_skip_or_repeat_an_hour_when_they_change(day, clock, moments):
    assert moments_at(day, clock, PARIS) == tuple(moments)


NOW = datetime(2023, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "other", "words"),
    [
        (datetime(2023, 12, 9, 1, tzinfo=UTC), KUALA_LUMPUR, PARIS, "Sat 9 Dec 09:00 MYT (02:00 CET)"),
        (datetime(2023, 12, 9, 1, tzinfo=UTC), KUALA_LUMPUR, None, "Sat 9 Dec 09:00 MYT"),
        # Summer begins in Paris, and not in Malaysia.
        (datetime(2024, 3, 31, 1, tzinfo=UTC), KUALA_LUMPUR, PARIS, "Sun 31 Mar 2024 09:00 MYT (03:00 CEST)"),
        (datetime(2023, 12, 8, 22, tzinfo=UTC), PARIS, KUALA_LUMPUR, "Fri 8 Dec 23:00 CET (Sat 06:00 MYT, +1 day)"),
        (datetime(2023, 12, 8, 17, tzinfo=UTC), KUALA_LUMPUR, PARIS, "Sat 9 Dec 01:00 MYT (Fri 18:00 CET, −1 day)"),
        (datetime(2023, 12, 31, 22, tzinfo=UTC), PARIS, KUALA_LUMPUR, "Sun 31 Dec 23:00 CET (Mon 06:00 MYT, +1 day)"),
        (
            datetime(2023, 12, 9, 1, tzinfo=UTC),
            ZoneInfo("Asia/Dubai"),
            ZoneInfo("America/Sao_Paulo"),
            "Sat 9 Dec 05:00 GST (Fri 22:00 UTC-3, −1 day)",
        ),
        # London and UTC show the same time in winter, not in summer.
        (datetime(2023, 12, 9, 1, tzinfo=UTC), ZoneInfo("Europe/London"), ZoneInfo("UTC"), "Sat 9 Dec 01:00 GMT"),
        (
            datetime(2023, 7, 9, 1, tzinfo=UTC),
            ZoneInfo("Europe/London"),
            ZoneInfo("UTC"),
            "Sun 9 Jul 02:00 BST (01:00 UTC)",
        ),
    ],
)
def test_a_moment_is_said_on_two_clocks_with_weekday_and_the_difference_of_days(moment, zone, other, words):
    assert on_two_clocks(moment, zone, other, now=NOW) == words


def test_a_zone_has_the_letters_of_the_people_there():
    moments = [datetime(2023, 12, 9, tzinfo=ZoneInfo(name)) for name in ("Asia/Dubai", "Asia/Bangkok", "Europe/Paris")]
    assert [letters_of(moment) for moment in moments] == ["GST", "UTC+7", "CET"]
