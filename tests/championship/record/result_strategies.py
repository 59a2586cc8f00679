"""Any results that a season could have, as hypothesis draws them."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

from hypothesis import strategies as st

from championship.record import result_rows
from championship.rules.decisions import EFFECT_KEYS, Effect
from tests.championship.record.drawing import LINE, MILLISECONDS, SLUG, WORDS, decimals, moments, some


@st.composite
def effects(draw):
    kind = draw(st.sampled_from(list(EFFECT_KEYS)))
    values = {
        "time": MILLISECONDS.filter(bool),
        "laps": st.integers(1, 9),
        "positions": st.integers(1, 9),
        "best_lap_time": st.none() | MILLISECONDS,
        "best_lap_number": st.none() | st.integers(1, 99),
        "status_before": WORDS,
        "race": WORDS,
        "amount": st.none() | st.integers(1, 100_000),
        "currency": st.sampled_from(["EUR", "USD"]),
    }
    effect = Effect(kind=kind, **{key: draw(values[key]) for key in EFFECT_KEYS[kind]})
    return effect if effect.amount else replace(effect, currency="")


@st.composite
def timing_lines(draw, cars, drivers):
    """Every one of some cars once, and everybody in at most one of them."""
    order = draw(st.permutations(cars))
    free = draw(st.permutations(drivers))
    return tuple(
        result_rows.TimingRow(
            position=position,
            car_number=car,
            status=draw(st.sampled_from(["Classified", "Not classified", 'é; "x"'])),
            laps=draw(st.integers(0, 32_767)),
            total_time=draw(st.none() | MILLISECONDS),
            best_lap_time=draw(st.none() | MILLISECONDS),
            best_lap_number=draw(st.none() | st.integers(1, 32_767)),
            drivers=tuple(free[position - 1 :: len(order)]),
        )
        for position, car in enumerate(order, start=1)
    )


@st.composite
def decisions(draw, event, session, cars):
    """Decisions about some cars of a session, in the order in which they are applied."""
    return tuple(
        result_rows.DecisionRow(
            event=event,
            session=session,
            slug=slug,
            car_number=draw(st.sampled_from(cars)),
            order=order,
            status=draw(st.sampled_from(get_args(result_rows.DecisionStatus))),
            is_contained=draw(st.booleans()),
            number=draw(LINE),
            fact_at=draw(st.none() | moments()),
            fact=draw(LINE),
            offence=draw(LINE),
            reason=draw(LINE),
            source=draw(LINE),
            effects=tuple(draw(st.lists(effects(), max_size=3))),
        )
        for order, slug in enumerate(draw(some(SLUG)), start=1)
    )


@st.composite
def told(draw, decision, cars):
    """What a version says of a decision: the same as the decision itself, or what that said before a correction."""
    row = result_rows.as_told(decision)
    if draw(st.booleans()):
        return row
    effect = draw(effects())
    return replace(row, car_number=draw(st.sampled_from(cars)), number=draw(LINE), reason=draw(LINE), effects=(effect,))


@st.composite
def versions(draw, race, cars, drivers, known):
    """The versions of a session's classification; a later one may have the timing lines of an earlier one."""
    count = draw(st.integers(0, 3))
    times = sorted(draw(st.lists(moments(), min_size=count, max_size=count)))
    lines = draw(st.lists(timing_lines(cars, drivers), min_size=1, max_size=2))
    rows = []
    for version, moment in enumerate(times, start=1):
        recalled = draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=9)))
        rows.append(
            result_rows.ClassificationRow(
                event=race[0],
                session=race[1],
                version=version,
                status=draw(st.sampled_from(get_args(result_rows.ClassificationStatus))),
                published_at=moment,
                published_precision=draw(st.sampled_from(get_args(result_rows.Precision))),
                document_number=draw(LINE),
                cause=draw(WORDS if version > 1 else LINE),
                decisions=tuple(draw(told(row, cars)) for row in draw(some(st.sampled_from(known)))) if known else (),
                pending=tuple(word for word in get_args(result_rows.Pending) if draw(st.booleans())),
                recalled_at=moment + recalled if recalled is not None else None,
                recall_reason=draw(WORDS) if recalled is not None else "",
                source=draw(LINE),
                lines=draw(st.sampled_from(lines)),
            )
        )
    return tuple(rows)


@st.composite
def results(draw, record):
    """The tables of results that a season without any could have."""
    drivers = [row.slug for row in record.drivers]
    class_of = {row.car_number: row.race_class for row in record.entries}
    tables = {name: [] for name in ("poles", "decisions", "eligibility", "adjustments", "classifications")}
    races = [(event.slug, session.slug) for event in record.events for session in event.sessions if session.round]
    some_driver = st.sampled_from(["", *drivers])
    for event in record.events:
        cars = [row.car_number for row in record.event_entries if row.event == event.slug]
        for session in event.sessions if cars else ():
            known = draw(decisions(event.slug, session.slug, cars))
            tables["decisions"] += known
            tables["classifications"] += draw(versions((event.slug, session.slug), cars, drivers, known))
            pole_cars = {class_of[car]: car for car in cars} if session.round else {}
            tables["poles"] += [
                result_rows.PoleRow(
                    event=event.slug,
                    session=session.slug,
                    race_class=race_class,
                    car_number=car,
                    driver=draw(some_driver),
                    set_by=draw(st.sampled_from(get_args(result_rows.SetBy))),
                    lap_time=draw(st.none() | MILLISECONDS),
                    source=draw(LINE),
                )
                for race_class, car in pole_cars.items()
            ]
    for car in class_of:
        event, session = draw(st.sampled_from([("", ""), *races]))
        tables["eligibility"].append(
            result_rows.EligibilityRow(
                car_number=car,
                scores_points=draw(st.booleans()),
                event=event,
                session=session,
                reason=draw(WORDS),
                source=draw(LINE),
            )
        )
    for title in record.titles if races else ():
        own = [car for car, race_class in class_of.items() if race_class == title.race_class]
        contenders = own if title.contender == "teams" else list(drivers)
        if not contenders:
            continue
        contender = draw(st.sampled_from(contenders))
        event, session = draw(st.sampled_from(races))
        for number in range(1, draw(st.integers(0, 2)) + 1):
            kind = draw(st.sampled_from(get_args(result_rows.AdjustmentKind)))
            tables["adjustments"].append(
                result_rows.AdjustmentRow(
                    title=title.key,
                    car_number=contender if title.contender == "teams" else "",
                    driver="" if title.contender == "teams" else contender,
                    event=event,
                    session=session,
                    number=number,
                    kind=kind,
                    points=draw(decimals(1, 9999)) if kind == "deduction" else None,
                    reason=draw(WORDS),
                    source=draw(LINE),
                )
            )
    return {name: tuple(rows) for name, rows in tables.items()}
