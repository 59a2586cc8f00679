"""What publishing the last race costs in seasons of 8, 16 and 32 rounds: 60 cars in three classes, 180 drivers.

Run it with `python -m benchmarks.publish`. It uses a database of its own in memory and prints seconds of this
machine's processor and, what holds on others too, how the cost grows. A publication freezes 60 cars with their
drivers and rebuilds all scores, and the tables of six titles. "First" is the first version of the last race, "second"
one that changes its order, and "opening" one that changes the order of round 1, so that every table of the season
differs.
"""

import os
from itertools import pairwise
from time import process_time
from typing import Any

CARS, CREW, CLASSES = 60, 3, ("LMP2", "LMP3", "GT")
ROUNDS = (8, 16, 32)
SCALE = (25, 18, 15, 12, 10, 8, 6, 4, 2, 1)


def set_up() -> None:
    """Django on an empty database in memory."""
    os.environ.update(
        DEBUG="true", DATABASE_URL="sqlite://:memory:", SITE_NOW="", DJANGO_SETTINGS_MODULE="aslms_site.settings"
    )
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    # Else Django remembers every query.
    settings.DEBUG = False
    call_command("migrate", verbosity=0)


def build(rounds: int) -> list[Any]:
    """The race sessions of a new season, in order: every car is entered for each, and each has its poles."""
    from datetime import date, timedelta

    from championship.models import CrewMember, EventEntry, PolePosition
    from tests import factories as make

    season = make.make_season(str(2000 + rounds))
    make.make_points_settings(season, SCALE)
    classes = [make.make_race_class(season, name, position) for position, name in enumerate(CLASSES, start=1)]
    for race_class in classes:
        make.make_title(race_class, "teams")
        make.make_title(race_class, "drivers")
    entries = [make.make_entry(classes[number % len(classes)], str(number + 1)) for number in range(CARS)]
    crews = [[make.make_driver() for _ in range(CREW)] for _ in entries]
    races = []
    for number in range(1, rounds + 1):
        event = make.make_event(season, f"event-{number}", starts_on=date(2030, 1, 1) + timedelta(days=7 * number))
        round_ = make.make_round(event, number)
        cars = [EventEntry(event=event, entry=entry, car_model=entry.car_model) for entry in entries]
        EventEntry.objects.bulk_create(cars)
        CrewMember.objects.bulk_create(
            CrewMember(event_entry=car, seat=seat, driver=driver, rating="gold", nationality="FR")
            for car, crew in zip(cars, crews, strict=True)
            for seat, driver in enumerate(crew, start=1)
        )
        PolePosition.objects.bulk_create(
            PolePosition(round=round_, race_class=car.entry.race_class, event_entry=car) for car in cars[: len(classes)]
        )
        races.append(round_.race_session)
    return races


def publish(race: Any, shift: int) -> float:
    """Seconds to publish the next version: the cars in the order of their numbers, `shift` of them sent to the end."""
    from tests import result_factories as results

    numbers = [str(number + 1) for number in range(CARS)]
    lines = results.draft_lines(race, [*numbers[shift:], *numbers[:shift]])
    began = process_time()
    results.publish_lines(race, lines)
    return process_time() - began


def main() -> None:
    set_up()
    costs = []
    for rounds in ROUNDS:
        *earlier, last = races = build(rounds)
        for number, race in enumerate(earlier):
            publish(race, number)
        costs.append((publish(last, 7), publish(last, 31), publish(races[0], 13)))
        print(
            f"{rounds:3} rounds: first {costs[-1][0]:.3f} s, second {costs[-1][1]:.3f} s, opening {costs[-1][2]:.3f} s"
        )
    for (before, after), fewer, more in zip(pairwise(ROUNDS), costs, costs[1:], strict=False):
        grown = ", ".join(f"x{new / old:.1f}" for old, new in zip(fewer, more, strict=True))
        print(f"{before} to {after} rounds: {grown}")


if __name__ == "__main__":
    main()
