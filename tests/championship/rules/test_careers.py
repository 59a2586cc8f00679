import pytest

from championship.rules.careers import Figures, Finish, did_start, figures, short_status


def finish(class_position, status="Classified", **values):
    return Finish(status=status, class_position=class_position, **values)


def test_a_career_counts_wins_and_podiums_in_class():
    races = [finish(1), finish(1, has_fastest_lap=True), finish(2), finish(3), finish(4)]
    assert figures(races, poles=2, titles=1) == Figures(starts=5, wins=2, podiums=4, poles=2, fastest_laps=1, titles=1)


def test_a_car_that_is_not_classified_has_started_all_the_same():
    races = [finish(None, "Not classified"), finish(None, "Disqualified", has_fastest_lap=True)]
    assert figures(races, poles=0, titles=0) == Figures(starts=2, wins=0, podiums=0, poles=0, fastest_laps=1, titles=0)


@pytest.mark.parametrize("status", ["Did not start", "DNS", "Not Started"])
def test_a_car_whose_status_says_so_did_not_start(status):
    assert not did_start(status)
    assert figures([finish(None, status)], poles=0, titles=0).starts == 0


def test_a_career_without_a_start_a_pole_or_a_title_says_nothing():
    assert not figures([], poles=0, titles=0)
    assert figures([], poles=1, titles=0)
    assert figures([finish(9)], poles=0, titles=0)


def test_an_unknown_status_is_kept_as_it_is():
    assert [short_status(status) for status in ("NOT CLASSIFIED", "Disqualified", "Half a lap")] == [
        "NC",
        "DSQ",
        "Half a lap",
    ]
