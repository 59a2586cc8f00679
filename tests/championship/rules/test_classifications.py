from championship.rules.classifications import Effect, Ruling, TimingLine, baseline, classify

# Round 5 of 2023/24: the cars that the three penalties moved, and those around them, as the final list has them.
FINAL = """
25 lmp2 90 14440166
22 lmp2 90 14509842
30 lmp2 90 14537859
3 lmp2 90 14579918
4 lmp2 89 14452509
90 lmp2 89 14480179
24 lmp2 89 14507291
44 lmp2 89 14532970
88 gt 84 14520105
91 gt 84 14521984
95 gt 84 14536271
82 gt 84 14568061
19 gt 84 14612683
7 gt 83 14462679
"""
DECISIONS = [
    Ruling(
        key="car-24",
        car_number="24",
        effects=(Effect(kind="laps_removed", laps=1), Effect(kind="time_added", time=1000)),
        is_contained=True,
    ),
    Ruling(key="car-3", car_number="3", effects=(Effect(kind="time_added", time=65000),), is_contained=True),
    Ruling(key="car-19", car_number="19", effects=(Effect(kind="time_added", time=106000),), is_contained=True),
]


def timing(text):
    """Timing lines from `car class laps time [status]`, in order."""
    rows = [row.split(maxsplit=4) for row in text.strip().splitlines()]
    return [
        TimingLine(
            car_number=car_number,
            race_class=race_class,
            position=position,
            status=rest[0] if rest else "Classified",
            laps=int(laps),
            total_time=None if time == "-" else int(time),
            best_lap_time=None,
            best_lap_number=None,
        )
        for position, (car_number, race_class, laps, time, *rest) in enumerate(rows, start=1)
    ]


def numbers(lines, race_class=None):
    return " ".join(line.car_number for line in lines if race_class in (None, line.race_class))


def test_round_5_without_its_three_penalties_is_the_provisional_order():
    before = baseline(timing(FINAL), DECISIONS)
    assert numbers(before, "lmp2") == "25 24 22 3 30 4 90 44"
    assert numbers(before, "gt") == "19 88 91 95 82 7"
    assert {
        line.car_number: (line.laps, line.total_time) for line in before if line.car_number in ("3", "19", "24")
    } == {
        "24": (90, 14506291),
        "3": (90, 14514918),
        "19": (84, 14506683),
    }


def test_round_5_with_its_three_penalties_is_the_final_order():
    final = classify(timing(FINAL), DECISIONS)
    assert numbers(final) == numbers(timing(FINAL))
    assert [line.class_position for line in final] == [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6]
