from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from championship.rules.decisions import TimingLine
from championship.rules.merging import merged


def line(car_number, position, **values):
    plain = {"race_class": "gt", "status": "Classified", "laps": 100, "total_time": 1_000_000, "best_lap_number": 1}
    return TimingLine(**{"car_number": car_number, "position": position, "best_lap_time": 100_000} | plain | values)


def numbers(lines):
    return [one.car_number for one in lines]


def test_the_lists_of_a_qualifying_become_one_by_best_lap():
    gt = [line("7", 1, best_lap_time=120_000), line("8", 2, best_lap_time=None, status="Not classified")]
    lmp2 = [line("22", 1, best_lap_time=110_000), line("24", 2, best_lap_time=121_000)]
    found = merged(gt, lmp2, by_best_lap=True)
    assert numbers(found) == ["22", "7", "24", "8"]
    assert [one.position for one in found] == [1, 2, 3, 4]


def test_the_lists_of_a_race_become_one_by_distance_and_time():
    gt = [line("7", 1, laps=90), line("8", 2, laps=95, status="Not classified")]
    lmp2 = [line("22", 1, laps=100), line("24", 2, laps=90, total_time=999_999)]
    assert numbers(merged(gt, lmp2, by_best_lap=False)) == ["22", "24", "7", "8"]


def test_cars_of_one_list_keep_its_order_even_where_laps_say_otherwise():
    dropped = [line("7", 1, best_lap_time=120_000), line("8", 2, best_lap_time=118_000)]
    others = [line("22", 1, best_lap_time=119_000), line("24", 2, best_lap_time=121_000)]
    assert numbers(merged(dropped, others, by_best_lap=True)) == ["22", "7", "8", "24"]


cars = st.lists(
    st.tuples(st.sampled_from(["Classified", "Not classified"]), st.none() | st.integers(1, 9), st.integers(0, 5)),
    max_size=6,
)


@given(cars, cars, st.booleans())
def test_merging_keeps_every_car_and_the_order_within_each_list(one, other, by_best_lap):
    lists = [
        [
            line(f"{letter}{n}", n, status=status, best_lap_time=lap, laps=laps)
            for n, (status, lap, laps) in enumerate(rows, start=1)
        ]
        for letter, rows in (("a", one), ("b", other))
    ]
    found = merged(*lists, by_best_lap=by_best_lap)
    assert [one.position for one in found] == list(range(1, len(found) + 1))
    for rows in lists:
        kept = [each for each in found if each.car_number in numbers(rows)]
        assert [replace(each, position=0) for each in kept] == [replace(each, position=0) for each in rows]
