"""What holds for every race and every list of decisions."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from championship.rules.classification_changes import compare
from championship.rules.classifications import Effect, Ruling, TimingLine, baseline, classify, gaps, is_classified

STATUSES = ("Classified", "Not classified")


def in_order(lines):
    """Lines as a timekeeper lists them: by status, laps and time."""
    ordered = sorted(lines, key=lambda line: (STATUSES.index(line.status), -line.laps, line.total_time))
    return tuple(replace(line, position=position) for position, line in enumerate(ordered, start=1))


@st.composite
def races(draw):
    """Up to eight cars, no two with the same laps and time, in the order of laps and times."""
    figures = draw(st.lists(st.tuples(st.integers(3, 5), st.integers(2000, 2040)), min_size=1, max_size=8, unique=True))
    return in_order(
        TimingLine(
            car_number=str(number),
            race_class=draw(st.sampled_from("ab")),
            position=number,
            status=draw(st.sampled_from(STATUSES)),
            laps=laps,
            total_time=time,
            best_lap_time=500,
            best_lap_number=1,
        )
        for number, (laps, time) in enumerate(figures, start=1)
    )


EFFECTS = st.one_of(
    st.builds(Effect, kind=st.just("time_added"), time=st.integers(1, 60)),
    st.builds(Effect, kind=st.just("positions_dropped"), positions=st.integers(1, 3)),
    st.builds(Effect, kind=st.just("lap_time_deleted"), best_lap_time=st.just(500), best_lap_number=st.just(1)),
    st.sampled_from([Effect(kind="fine"), Effect(kind="reprimand")]),
)
LAP = Effect(kind="laps_removed", laps=1)


@st.composite
def rulings(draw, lines):
    """Decisions that fit the race; no car loses more laps than it drove."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(lines), EFFECTS | st.just(LAP)), max_size=3))
    return [
        Ruling(key=str(key), car_number=line.car_number, effects=(effect,))
        for key, (line, effect) in enumerate(drawn, start=1)
    ]


@st.composite
def cases(draw):
    lines = draw(races())
    return lines, draw(rulings(lines))


def disqualifying(draw, lines):
    """At most one disqualification: where among those that are out a car stood before, no laps or times can tell."""
    line = draw(st.sampled_from(lines))
    return Ruling(
        key="out", car_number=line.car_number, effects=(Effect(kind="disqualified", status_before=line.status),)
    )


@st.composite
def cases_with_a_disqualification(draw):
    lines, found = draw(cases())
    place = draw(st.integers(0, len(found)))
    return lines, [*found[:place], disqualifying(draw, lines), *found[place:]]


ALL_CASES = cases() | cases_with_a_disqualification()


def as_timed(line):
    """What a timekeeper's file says that has the decisions applied already."""
    return TimingLine(
        **{
            field: getattr(line, field)
            for field in ("car_number", "race_class", "position", "status", "laps", "total_time")
        },
        best_lap_time=line.best_lap_time,
        best_lap_number=line.best_lap_number,
    )


def contained(found):
    return [replace(ruling, is_contained=True) for ruling in found]


@given(ALL_CASES, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(case, random):
    lines, found = case
    shuffled = random.sample(lines, len(lines))
    assert classify(shuffled, found) == classify(lines, found)
    assert baseline(shuffled, []) == lines


@given(ALL_CASES)
def test_positions_are_1_to_n_overall_and_in_each_class(case):
    lines, found = case
    order = classify(lines, found)
    assert [line.position for line in order] == list(range(1, len(lines) + 1))
    for race_class in "ab":
        places = [line.class_position for line in order if line.race_class == race_class and line.class_position]
        assert places == list(range(1, len(places) + 1))
    assert all(is_classified(line.status) == (line.class_position is not None) for line in order)


@given(ALL_CASES)
def test_cars_without_a_decision_keep_their_order_and_their_figures(case):
    lines, found = case
    touched = {ruling.car_number for ruling in found}
    unmoved = [as_timed(replace(line, position=0)) for line in classify(lines, found) if line.car_number not in touched]
    assert unmoved == [replace(line, position=0) for line in lines if line.car_number not in touched]


@given(ALL_CASES, st.data())
def test_replay_without_a_decision_equals_never_having_had_it(case, data):
    """The timing file contains all decisions; one of them falls on appeal."""
    lines, found = case
    file = [as_timed(line) for line in classify(lines, found)]
    left_out = data.draw(st.sampled_from(found)) if found else None
    rest = [ruling for ruling in found if ruling is not left_out]
    assert classify(baseline(file, contained(found)), rest) == classify(lines, rest)


@given(ALL_CASES)
def test_undoing_what_a_file_contains_gives_the_order_before(case):
    lines, found = case
    file = [as_timed(line) for line in classify(lines, found)]
    assert baseline(file, contained(found)) == lines


@given(ALL_CASES)
def test_a_file_with_all_its_decisions_contained_is_classified_as_it_stands(case):
    lines, found = case
    final = classify(lines, found)
    assert classify([as_timed(line) for line in final], contained(found)) == final


@given(races(), st.integers(1, 60), st.data())
def test_the_longer_the_added_time_the_further_back_the_car_stands(lines, time, data):
    car = data.draw(st.sampled_from(lines)).car_number

    def place(added):
        ruling = Ruling(key="x", car_number=car, effects=(Effect(kind="time_added", time=added),))
        return next(line.position for line in classify(lines, [ruling]) if line.car_number == car)

    assert place(time) <= place(time + 1)


@given(ALL_CASES)
def test_intervals_add_up_to_the_gap_where_they_are_times(case):
    order = classify(*case)
    found = gaps(order)
    placed = [line for line in order if line.class_position]
    for before, line in pairwise(placed):
        front, behind = found[before.car_number].gap, found[line.car_number].gap
        if front and front.time is not None and behind and behind.time is not None:
            assert behind.time - front.time == found[line.car_number].interval.time


@given(ALL_CASES)
def test_only_cars_with_a_decision_or_another_place_differ_from_the_version_before(case):
    lines, found = case
    before, after = classify(lines, []), classify(lines, found)
    changes = compare(before, after)
    assert {change.car_number for change in changes if change.is_own} <= {ruling.car_number for ruling in found}
    assert sum(change.places_gained for change in changes) == 0
    assert compare(after, after) == ()
