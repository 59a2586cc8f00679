"""A small race for tests of the rules, and short ways to write lines and decisions."""

from championship.rules.classifications import Effect, Ruling, TimingLine, classify

RACE = """
1 a 10 1000
2 b 10 1010
3 a 10 1020
4 a 10 1030
5 b 9 1001
6 a 9 1040
7 a 10 1005 Retired
8 b 3 400 Retired
9 a 0 - Stopped
"""


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


def ruled(*rulings, text=RACE, **options):
    return classify(timing(text), [ruling(*parts) for parts in rulings], **options)


def ruling(car_number, *effects, contained=False):
    return Ruling(key=f"car-{car_number}", car_number=car_number, effects=effects, is_contained=contained)


def time_added(time):
    return Effect(kind="time_added", time=time)


def laps_removed(laps):
    return Effect(kind="laps_removed", laps=laps)


def dropped(positions):
    return Effect(kind="positions_dropped", positions=positions)


OUT = Effect(kind="disqualified")
BACK = Effect(kind="reinstated", status_before="Classified")
