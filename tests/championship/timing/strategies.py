"""Any table that a file of layout A or B could hold, as hypothesis draws it."""

import unicodedata
from decimal import Decimal

from hypothesis import strategies as st

from championship.timing.driver_names import split_name
from championship.timing.encodings import refuse_wrong_letters
from championship.timing.problems import Problems
from championship.timing.tables import TimedCar, TimedDriver, TimingTable

# What spreadsheets and careless readers stumble over stands beside the plain letters.
AWKWARD = (
    st.text("abzÉöß漢١ ,'\"=+-@#[]\\|:’", max_size=12).map(str.strip).filter(lambda text: not text.startswith('"'))
)
ANY = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters=";?"), max_size=20).map(str.strip)


def can_be_written(text: str) -> bool:
    """Whether the provider could write it, and no program has spoilt it."""
    problems = Problems("")
    refuse_wrong_letters(0, "", text, problems)
    return not text.startswith('"') and unicodedata.is_normalized("NFC", text) and not problems.found


LINE = AWKWARD | ANY.filter(can_be_written)
WORDS = LINE.filter(bool)
CAPITALS = st.lists(
    st.sampled_from(["DELÉTRAZ", "DE", "PIER", "D'AMBROSIO", "AU", "漢X", "JR"]), min_size=1, max_size=3
)
GIVEN = st.lists(st.sampled_from(["Louis", "PJ", "Jean-Karl", "HH", "van", "x", "Al-Faisal"]), max_size=2)
NUMBERS = ["0", "7", "007", "07", "22", "22A", "22B", "100", "999Z"]
MILLISECONDS = st.integers(0, 999 * 3_600_000)
RATINGS = ["", "bronze", "silver", "gold", "platinum"]
COUNTRIES = ["", "DE", "GB", "AE", "KN", "TW", "BH", "BN", "MO", "ZA"]


@st.composite
def race_drivers(draw):
    given_name, family_name = " ".join(draw(GIVEN)), " ".join(draw(CAPITALS))
    name = f"{given_name} {family_name}".strip()
    cell = name if given_name else f" {name}"
    given_name, family_name = split_name(cell)
    return TimedDriver(name=name, given_name=given_name, family_name=family_name)


@st.composite
def timed_drivers(draw):
    given_name, family_name = draw(LINE), draw(WORDS)
    rating, nationality = draw(st.sampled_from(RATINGS)), draw(st.sampled_from(COUNTRIES))
    return TimedDriver(
        name=f"{given_name} {family_name}".strip(),
        given_name=given_name,
        family_name=family_name,
        rating=rating,
        nationality=nationality,
        provider_id=draw(st.just("") | st.integers(0, 99_999).map(str)),
        unknown_rating="" if rating else draw(st.sampled_from(["", "X", "b2"])),
        unknown_nationality="" if nationality else draw(st.sampled_from(["", "XYZ", "ger"])),
    )


@st.composite
def cars(draw, line, number, *, is_race):
    best_lap_time = draw(st.none() | MILLISECONDS)
    has_gaps = is_race or best_lap_time is not None
    drivers = st.lists(race_drivers(), max_size=5) if is_race else st.lists(timed_drivers(), max_size=6)
    return TimedCar(
        line=line,
        position=draw(st.none() | st.integers(1, 999)),
        car_number=number,
        team=draw(LINE),
        race_class=draw(LINE),
        vehicle=draw(LINE),
        status=draw(WORDS) if is_race else "",
        laps=draw(st.integers(0, 9_999)),
        total_time=draw(st.none() | MILLISECONDS) if is_race else None,
        best_lap_number=draw(st.none() | st.integers(1, 9_999)),
        best_lap_time=best_lap_time,
        drivers=tuple(draw(drivers)),
        group=draw(LINE),
        division=draw(LINE),
        tyres=draw(LINE),
        gap_first=draw(LINE) if has_gaps else "",
        gap_previous=draw(LINE) if has_gaps else "",
        speed=draw(st.none() | st.decimals(0, Decimal("999.9"), places=1)),
        team_provider_id="" if is_race else draw(st.just("") | st.integers(0, 9_999).map(str)),
    )


@st.composite
def tables(draw, layout):
    numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4, unique=True))
    rows = [draw(cars(line, number, is_race=layout == "A")) for line, number in enumerate(numbers, start=2)]
    return TimingTable(layout=layout, cars=tuple(rows))
