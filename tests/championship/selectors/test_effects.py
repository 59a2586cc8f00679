import pytest

from championship.models import DecisionEffect
from championship.selectors.effects import effect_words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "time_added", "time": 10_000}, "10.000 s added"),
        ({"kind": "time_added", "time": 106_000}, "1:46.000 added"),
        ({"kind": "laps_removed", "laps": 1}, "1 lap removed"),
        ({"kind": "positions_dropped", "positions": 3}, "3 places lost in class"),
        ({"kind": "lap_time_deleted"}, "lap time deleted"),
        (
            {"kind": "lap_time_deleted", "best_lap_time": 112_991, "best_lap_number": 4},
            "lap time deleted, so that 1:52.991 is the best lap",
        ),
        ({"kind": "disqualified"}, "disqualified"),
        ({"kind": "drive_through", "time": 25_000}, "drive-through converted, 25.000 s added"),
        ({"kind": "stop_and_go", "time": 60_000}, "stop-and-go converted, 1:00.000 added"),
        ({"kind": "grid_dropped", "positions": 3, "race": "Race 2"}, "3 places lost on the grid of Race 2"),
        ({"kind": "fine"}, "fine"),
        ({"kind": "fine", "amount": 1_500, "currency": "EUR"}, "fine of 1,500 EUR"),
    ],
)
def test_an_effect_says_what_it_does(values, words):
    assert effect_words(DecisionEffect(**values)) == words
