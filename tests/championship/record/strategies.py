"""Any season that the database could hold, as hypothesis draws it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from hypothesis import strategies as st

from championship.record import in_order, schema
from championship.record.layout import SEASON_LIST
from championship.rules.entry_lists import ListLine, ListSeat
from championship.rules.names import RESERVED_EVENT_SLUGS, RESERVED_SESSION_SLUGS
from tests.championship.record.drawing import (
    ALIAS,
    COLOUR,
    COUNTRY,
    DAY,
    LINE,
    NEUTRAL,
    NUMBER,
    RATING,
    SLUG,
    URL,
    WORDS,
    decimals,
    moments,
    some,
)
from tests.championship.record.result_strategies import results


def seats(drivers: list[str]) -> st.SearchStrategy[list[str]]:
    """Who sits where: each driver once, any number of seats to be announced, at most six."""
    named = some(st.sampled_from(drivers), 4) if drivers else st.just([])
    return st.tuples(named, st.integers(0, 2)).flatmap(lambda both: st.permutations(both[0] + [""] * both[1]))


@st.composite
def crews(draw, drivers):
    return tuple(
        schema.CrewSeat(seat=seat, driver=driver, rating=draw(RATING), nationality=draw(NEUTRAL))
        for seat, driver in enumerate(draw(seats(drivers)), start=1)
    )


@st.composite
def published_crews(draw, drivers):
    return tuple(
        ListSeat(
            seat=seat,
            driver=driver,
            given_name=draw(WORDS) if driver else "",
            family_name=draw(WORDS) if driver else "",
            rating=draw(RATING),
            nationality=draw(NEUTRAL),
        )
        for seat, driver in enumerate(draw(seats(drivers)), start=1)
    )


@st.composite
def withdrawals(draw, kinds):
    status = draw(st.sampled_from(get_args(kinds)))
    gone = status == "withdrawn"
    return {
        "status": status,
        "withdrawn_on": draw(st.none() | DAY) if gone else None,
        "withdrawal_reason": draw(LINE) if gone else "",
    }


@st.composite
def sessions(draw, slug, first, days, race_classes):
    kind = draw(st.sampled_from(["practice", "qualifying"]))
    start_status = draw(st.sampled_from(get_args(schema.StartStatus)))
    state = draw(st.sampled_from(get_args(schema.SessionState)))
    day = first + timedelta(days=draw(st.integers(0, days)))
    clock = timedelta(minutes=draw(st.integers(0, 1439)))
    has_time = start_status == "confirmed" or (start_status == "to_be_confirmed" and draw(st.booleans()))
    needs_day = has_time or (start_status == "to_be_confirmed" and state == "scheduled")
    return schema.SessionRow(
        slug=slug,
        name=draw(WORDS),
        kind=kind,
        start_status=start_status,
        date=day if needs_day or draw(st.booleans()) else None,
        starts_at=datetime(day.year, day.month, day.day) + clock if has_time else None,
        duration_minutes=draw(st.none() | st.integers(1, 1440)),
        state=state,
        state_reason=draw(LINE),
        race_classes=tuple(draw(some(st.sampled_from(race_classes))) if race_classes else ()),
        round=None,
        grid_from=(),
        distance_share=None,
    )


@st.composite
def events(draw, circuits, race_classes):
    """Events with their sessions; every other session is a race, and rounds count through the season."""
    rows, number = [], 0
    for slug in draw(some(SLUG.filter(lambda slug: slug not in RESERVED_EVENT_SLUGS | {SEASON_LIST}), 2)):
        first, days = draw(DAY), draw(st.integers(0, 3))
        slugs = draw(some(SLUG.filter(lambda slug: slug not in RESERVED_SESSION_SLUGS), 4))
        parts = [draw(sessions(part, first, days, race_classes)) for part in slugs]
        qualifying = [part.slug for part in parts[::2] if part.kind == "qualifying"]
        for index in range(1, len(parts), 2):
            number += 1
            grid = tuple(draw(some(st.sampled_from(qualifying)))) if qualifying else ()
            share = draw(st.none() | decimals(0, 1, 3))
            parts[index] = replace(parts[index], kind="race", round=number, grid_from=grid, distance_share=share)
        rows.append(
            schema.EventRow(
                slug=slug,
                name=draw(WORDS),
                circuit=draw(st.sampled_from(circuits)),
                starts_on=first,
                ends_on=first + timedelta(days=days),
                is_cancelled=draw(st.booleans()),
                live_timing_url=draw(URL),
                broadcast_url=draw(URL),
                tickets_url=draw(URL),
                note=draw(st.lists(WORDS, max_size=2).map("\n".join)),
                source=draw(LINE),
                sessions=tuple(parts),
            )
        )
    return tuple(rows)


@st.composite
def records(draw):
    """A whole season whose references all lead somewhere, in the order of its files."""

    def rows(row_type, names, **columns):
        unique = draw(st.lists(WORDS, min_size=len(names), max_size=len(names), unique=True))
        return tuple(
            row_type(slug=slug, name=name, source=draw(LINE), **{key: draw(value) for key, value in columns.items()})
            for slug, name in zip(names, unique, strict=True)
        )

    def aliased(entries):
        spare = draw(st.lists(ALIAS, max_size=4, unique=True))
        return tuple(replace(row, aliases=tuple(spare[at :: len(entries)])) for at, row in enumerate(entries))

    race_classes = tuple(
        replace(row, position=at)
        for at, row in enumerate(
            rows(
                schema.RaceClassRow,
                draw(some(SLUG)),
                position=st.just(1),
                for_overall_victory=st.booleans(),
                plate_colour=COLOUR,
                plate_ink=COLOUR,
                accent_on_dark=COLOUR,
            ),
            start=1,
        )
    )
    class_slugs = [row.slug for row in race_classes]
    kinds = (
        st.tuples(st.sampled_from(class_slugs), st.sampled_from(get_args(schema.Contender))) if class_slugs else None
    )
    titles = tuple(
        schema.TitleRow(race_class=race_class, contender=contender, group=draw(st.sampled_from(["", "Am"])), source="")
        for race_class, contender in (draw(some(kinds)) if kinds is not None else ())
    )
    titles = tuple({row.key: row for row in titles}.values())
    invitations = tuple(
        schema.InvitationRow(
            title=row.key,
            kind=draw(st.sampled_from(get_args(schema.InvitationKind))),
            race=draw(WORDS),
            year=draw(st.integers(1900, 2999)),
            source=draw(LINE),
        )
        for row in titles
    )
    circuits = rows(
        schema.CircuitRow,
        draw(st.lists(SLUG, min_size=1, max_size=2, unique=True)),
        layout=LINE,
        location=WORDS,
        country=COUNTRY,
        length_m=st.integers(1, 100_000),
        turns=st.integers(1, 300),
        latitude=decimals(-90, 90, 7),
        longitude=decimals(-180, 180, 7),
        time_zone=st.sampled_from(["Asia/Dubai", "UTC"]),
        outline=st.sampled_from(["", "M 1,2.5 L-3 4Z"]),
    )
    makers = rows(schema.ManufacturerRow, draw(st.lists(SLUG, min_size=1, max_size=2, unique=True)))
    car_models = rows(
        schema.CarModelRow,
        draw(st.lists(SLUG, min_size=1, max_size=2, unique=True)),
        manufacturer=st.sampled_from([row.slug for row in makers]),
    )
    teams = rows(
        schema.TeamRow,
        draw(st.lists(SLUG, min_size=1, max_size=3, unique=True)),
        aliases=st.just(()),
        country=COUNTRY,
    )
    drivers = tuple(
        schema.DriverRow(
            slug=slug, given_name=draw(WORDS), family_name=draw(WORDS), aliases=(), country=draw(NEUTRAL), source=""
        )
        for slug in draw(some(SLUG, 5))
    )
    driver_slugs = [row.slug for row in drivers]
    model = st.sampled_from([row.slug for row in car_models])
    team = st.sampled_from([row.slug for row in teams])
    season_events = draw(events([row.slug for row in circuits], class_slugs))
    entries = tuple(
        schema.EntryRow(
            car_number=number,
            race_class=draw(st.sampled_from(class_slugs)),
            team=draw(team),
            car_model=draw(model),
            source=draw(LINE),
            crew=draw(crews(driver_slugs)),
            **draw(withdrawals(schema.EntryStatus)),
        )
        for number in (draw(some(NUMBER, 4)) if class_slugs else ())
    )
    cars = [row.car_number for row in entries]
    event_entries = tuple(
        schema.EventEntryRow(
            event=event.slug,
            car_number=number,
            listed_name=draw(LINE),
            listed_country=draw(NEUTRAL),
            car_model=draw(model),
            source=draw(LINE),
            crew=draw(crews(driver_slugs)),
            **draw(withdrawals(schema.EventEntryStatus)),
        )
        for event in season_events
        for number in (draw(some(st.sampled_from(cars))) if cars else ())
    )
    entry_lists = tuple(
        schema.EntryListRow(
            event=event,
            revision=revision,
            status=draw(st.sampled_from(get_args(schema.EntryListStatus))),
            published_at=draw(moments()),
            published_precision=draw(st.sampled_from(get_args(schema.Precision))),
            note=draw(LINE),
            source=draw(LINE),
            lines=tuple(
                ListLine(
                    car_number=number,
                    race_class=draw(st.sampled_from(class_slugs)),
                    race_class_name=draw(WORDS),
                    team=draw(team),
                    team_name=draw(WORDS),
                    team_country=draw(COUNTRY),
                    car_model=draw(model),
                    car_model_name=draw(WORDS),
                    crew=draw(published_crews(driver_slugs)),
                    **draw(withdrawals(schema.EventEntryStatus)),
                )
                for number in (draw(some(st.sampled_from(cars))) if cars else ())
            ),
        )
        for event in ["", *(row.slug for row in season_events)]
        for revision in draw(some(st.integers(1, 12), 2))
    )
    short_race = draw(st.just((None, None)) | st.tuples(decimals(0, 1, 3), decimals(0, 1, 3)))
    record = schema.SeasonRecord(
        season=schema.SeasonRow(slug=draw(st.sampled_from(["2030", "2030-31"])), label=draw(WORDS), source=""),
        points=schema.PointsRow(
            scale=tuple(draw(st.lists(decimals(0, 100), min_size=1, max_size=4))),
            pole_points=draw(decimals(0, 5)),
            classified_share=draw(decimals(0, 1, 3)),
            count_back=draw(st.sampled_from(get_args(schema.CountBack))),
            late_joiners_score=draw(st.booleans()),
            dropped_scores=draw(st.integers(0, 9)),
            short_race_share=short_race[0],
            short_race_factor=short_race[1],
            source=draw(LINE),
        ),
        race_classes=race_classes,
        titles=titles,
        invitations=invitations,
        circuits=circuits,
        manufacturers=makers,
        car_models=car_models,
        teams=aliased(teams),
        drivers=aliased(drivers),
        events=season_events,
        entries=entries,
        event_entries=event_entries,
        entry_lists=entry_lists,
        poles=(),
        decisions=(),
        eligibility=(),
        adjustments=(),
        classifications=(),
    )
    return in_order(replace(record, **draw(results(record))))
