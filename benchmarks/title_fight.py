"""What a title fight costs before the last of eight rounds: 3 contenders among 5 cars and among 25, and 25 contenders.

Run it with `python -m benchmarks.title_fight`. It prints milliseconds of this machine and, what holds on others too,
how the cost grows.
"""

from dataclasses import replace
from decimal import Decimal
from timeit import repeat

from championship.rules.points import PointsRules
from championship.rules.standings import ContenderScore, TableRules
from championship.rules.title_fights import TitleFight, fight

ROUNDS = 8
SCALE = tuple(Decimal(points) for points in (25, 18, 15, 12, 10, 8, 6, 4, 2, 1))
POINTS = PointsRules(scale=SCALE, pole_points=Decimal(1))


def season(cars: int, contenders: int) -> list[ContenderScore]:
    """Seven rounds in which so many cars take turns at the front, and the others finish behind in one order."""
    scores = []
    for number in range(1, ROUNDS):
        front = [(car + number) % contenders for car in range(contenders)]
        for place, car in enumerate([*front, *range(contenders, cars)], start=1):
            won = SCALE[place - 1] if place <= len(SCALE) else Decimal(0)
            scores.append(ContenderScore(contender=str(car), round=number, points=won, place=place))
    return scores


def close_season(cars: int) -> list[ContenderScore]:
    """The same rounds with next to nothing between the cars, so that the last one can make any of them champion."""
    return [replace(score, points=score.points / 100) for score in season(cars, cars)]


def decide(scores: list[ContenderScore]) -> TitleFight:
    return fight(scores, (), TableRules(), POINTS, after=ROUNDS - 1, remaining=[ROUNDS], share_cars=False, barred={})


def milliseconds(scores: list[ContenderScore]) -> float:
    return min(repeat(lambda: decide(scores), number=20, repeat=7)) / 20 * 1000


def main() -> None:
    few, many, all_of_them = season(5, 3), season(25, 3), close_season(25)
    costs = []
    for scores in (few, many, all_of_them):
        costs.append(milliseconds(scores))
        groups = decide(scores).groups
        alive = sum(group.can_win for group in groups)
        print(f"{len(groups):3} cars, of which {alive:2} can still win: {costs[-1]:6.2f} ms")
    print(f"five times the cars, as many contenders: x{costs[1] / costs[0]:.1f}")
    print(f"as many cars, all of them contenders: x{costs[2] / costs[1]:.1f}")


if __name__ == "__main__":
    main()
