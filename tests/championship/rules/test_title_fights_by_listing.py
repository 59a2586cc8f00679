"""Title fights of small seasons against an oracle that lists every way in which they can end.

A result is (place or None, on pole); an outcome holds the results of all cars in one round.
"""

from decimal import Decimal
from functools import cache
from itertools import combinations_with_replacement, permutations, product
from operator import add

from hypothesis import given, settings
from hypothesis import strategies as st

from championship.rules.points import PointsRules
from championship.rules.standings import ContenderScore, TableRules, history, table
from championship.rules.title_fights import champions, fight

SMALL = PointsRules(scale=(Decimal(4), Decimal(2), Decimal(1)), pole_points=Decimal(1))
RULES = TableRules()


def outcomes(cars):
    """All that one round can bring: the first so many cars of an order are classified, and one or none has the pole."""
    found = []
    for classified in range(cars + 1):
        for order in permutations(range(cars), classified):
            places = {car: place for place, car in enumerate(order, start=1)}
            found += [tuple((places.get(car), car == pole) for car in range(cars)) for pole in (None, *range(cars))]
    return found


def points_of(result):
    place, pole = result
    return (SMALL.scale[place - 1] if place and place <= 3 else Decimal(0)) + (SMALL.pole_points if pole else 0)


def weight(result):
    """A result as one number: points first, then how often each place was reached."""
    place, _ = result
    return (int(points_of(result)) << 32) + (1 << 4 * (7 - place) if place else 0)


OUTCOMES = {cars: outcomes(cars) for cars in (2, 3, 4)}
WEIGHTS = {cars: [tuple(map(weight, outcome)) for outcome in of_round] for cars, of_round in OUTCOMES.items()}


def score(contender, number, result, car_number=""):
    return ContenderScore(
        contender=str(contender), round=number, points=points_of(result), place=result[0], car_number=car_number
    )


def scores_of(rounds):
    return [
        score(car, number, result)
        for number, outcome in enumerate(rounds, start=1)
        for car, result in enumerate(outcome)
    ]


def case_of(after, remaining, *, share_cars=False, barred=None):
    left = range(after + 1, after + 1 + remaining)
    return {"after": after, "remaining": left, "share_cars": share_cars, "barred": barred or {}}


def fought(scores, *, after, remaining, rules=RULES, **how):
    return fight(scores, (), rules, SMALL, **case_of(after, remaining, **how))


def alive(found):
    return {int(car) for group in found.groups if group.can_win for car in group.contenders}


def totals_of(rounds, cars):
    return tuple(sum(weight(outcome[car]) for outcome in rounds) for car in range(cars))


@cache
def gains(cars, remaining):
    """All that the cars can gain in the remaining rounds, each once."""
    ways = combinations_with_replacement(WEIGHTS[cars], remaining)
    return {tuple(sum(of_car) for of_car in zip((0,) * cars, *way, strict=True)) for way in ways}


def ends_of(totals, remaining):
    """The set of champions of every way in which the season can end."""
    found = set()
    for gained in gains(len(totals), remaining):
        ends = list(map(add, totals, gained))
        best = max(ends)
        found.add(tuple(end == best for end in ends))
    return {frozenset(car for car, is_first in enumerate(end) if is_first) for end in found}


def keeps_to(needs, found, leader, outcome):
    """Whether `needs` say that this outcome of the next round makes the leader champion."""
    place, pole = outcome[leader]
    rows = [row for row in needs.rows if row.with_pole == pole and (place or found.not_classified) <= row.place]
    if not rows:
        return False
    return all(
        limit.place_with_pole is not None and limit.place_with_pole <= (outcome[rival][0] or found.not_classified)
        if outcome[rival][1]
        else limit.place <= (outcome[rival][0] or found.not_classified)
        for limit in rows[0].limits
        for rival in [int(limit.contenders[0])]
    )


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(OUTCOMES[4]), min_size=1, max_size=2))
def test_who_can_still_win_is_exact_for_four_cars_and_two_rounds(rounds):
    found = fought(scores_of(rounds), after=2, remaining=2)
    ends = ends_of(totals_of(rounds, 4), 2)
    assert alive(found) == set().union(*ends)
    assert {int(car) for car in found.champions} == (ends.pop() if len(ends) == 1 else set())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(OUTCOMES[3]), min_size=1, max_size=4), st.integers(0, 2))
def test_who_can_still_win_is_exact_for_three_cars(rounds, remaining):
    found = fought(scores_of(rounds), after=4, remaining=remaining)
    ends = ends_of(totals_of(rounds, 3), remaining)
    assert alive(found) == set().union(*ends)
    assert {int(car) for car in found.champions} == (ends.pop() if len(ends) == 1 else set())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(OUTCOMES[3]), min_size=1, max_size=4), st.integers(1, 2))
def test_what_the_leader_needs_is_exact(rounds, remaining):
    found = fought(scores_of(rounds), after=4, remaining=remaining)
    totals = totals_of(rounds, 3)
    for needs in found.needs:
        leader = int(needs.contenders[0])
        for outcome, weights in zip(OUTCOMES[3], WEIGHTS[3], strict=True):
            ends = ends_of(list(map(add, totals, weights)), remaining - 1)
            is_champion = leader in next(iter(ends)) if remaining == 1 else ends == {frozenset({leader})}
            assert keeps_to(needs, found, leader, outcome) == is_champion


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(OUTCOMES[3]), st.sampled_from(OUTCOMES[2]), st.integers(1, 2))
def test_what_a_leader_needs_is_exact_when_a_rival_shares_the_car(alone, together, remaining):
    """Three drivers in three cars, then 0 and 1 in one car: that is how they go into the next round."""
    rounds = [alone, (together[0], *together)]
    found = fought(
        [
            score(driver, number, result, car_number=str(driver if number == 1 else driver or 1))
            for number, results in enumerate(rounds, start=1)
            for driver, result in enumerate(results)
        ],
        after=2,
        remaining=remaining,
        share_cars=True,
    )
    totals = totals_of(rounds, 3)
    for needs in found.needs:
        leader = int(needs.contenders[0])
        for of_cars in OUTCOMES[2]:
            outcome = (of_cars[0], *of_cars)
            ends = ends_of(list(map(add, totals, map(weight, outcome))), remaining - 1)
            is_champion = leader in next(iter(ends)) if remaining == 1 else ends == {frozenset({leader})}
            assert keeps_to(needs, found, leader, outcome) == is_champion


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(OUTCOMES[2]), min_size=1, max_size=5), st.integers(1, 2), st.integers(1, 3))
def test_dropped_scores_are_exact_too(rounds, remaining, dropped):
    rules = TableRules(dropped_scores=dropped)
    last = len(rounds)
    found = fought(scores_of(rounds), after=last, remaining=remaining, rules=rules)

    def ends(done, left):
        return {
            frozenset(int(line.contender) for line in lines if line.position == 1)
            for ways in product(OUTCOMES[2], repeat=left)
            for lines in [table(scores_of([*done, *ways]), (), rules, after=last + remaining)]
        }

    possible = ends(rounds, remaining)
    assert alive(found) == set().union(*possible)
    for needs in found.needs:
        leader = int(needs.contenders[0])
        for outcome in OUTCOMES[2]:
            then = ends([*rounds, outcome], remaining - 1)
            is_champion = leader in next(iter(then)) if remaining == 1 else then == {frozenset({leader})}
            assert keeps_to(needs, found, leader, outcome) == is_champion


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(OUTCOMES[3]), min_size=1, max_size=3), st.integers(0, 2), st.sampled_from([4, 5]))
def test_a_fight_is_exact_when_a_car_scores_no_more(rounds, barred, since):
    """Of the last two rounds the car scores in none, or in the first only."""
    found = fought(scores_of(rounds), after=3, remaining=2, barred={str(barred): since})
    without = [outcome for outcome in OUTCOMES[3] if outcome[barred] == (None, False)]
    first = without if since == 4 else OUTCOMES[3]

    def ends(done):
        totals = totals_of(done, 3)
        after = {tuple(map(add, totals, totals_of([outcome], 3))) for outcome in without}
        return {frozenset(car for car in range(3) if of_all[car] == max(of_all)) for of_all in after}

    possible = {outcome: ends([*rounds, outcome]) for outcome in first}
    every = set().union(*possible.values())
    assert alive(found) == set().union(*every)
    assert {int(car) for car in found.champions} == (next(iter(every)) if len(every) == 1 else set())
    for needs in found.needs:
        leader = int(needs.contenders[0])
        for outcome, then in possible.items():
            assert keeps_to(needs, found, leader, outcome) == (then == {frozenset({leader})})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(OUTCOMES[3]), min_size=1, max_size=4), st.integers(0, 2), st.integers(0, 2))
def test_a_table_is_decided_when_the_fight_is(rounds, remaining, dropped):
    rules, scores, last = TableRules(dropped_scores=dropped), scores_of(rounds), len(rounds)
    lines = history(scores, (), rules, [last])[last]
    case = case_of(last, remaining)
    found = fight(scores, (), rules, SMALL, **case)
    assert champions(lines, scores, rules, SMALL, **case) == found.champions
    assert bool(found.champions) == (found.state == "decided")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(OUTCOMES[3]), min_size=1, max_size=3), st.randoms())
def test_the_order_of_the_scores_does_not_matter(rounds, random):
    scores = scores_of(rounds)
    shuffled = list(scores)
    random.shuffle(shuffled)
    assert fought(shuffled, after=3, remaining=1) == fought(scores, after=3, remaining=1)
