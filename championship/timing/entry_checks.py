"""Whether the cars are those that are entered, and whether the file has words that nobody knows."""

from collections.abc import Iterator, Mapping

from championship.rules.names import car_number_key
from championship.rules.text import fold
from championship.timing.order_checks import CLASSIFIED
from championship.timing.problems import shown
from championship.timing.tables import Remark, TimingTable

STATUSES = frozenset({CLASSIFIED, "Not classified", "Retired", "Excluded", "Disqualified", "Not started"})
"""What the provider was seen to write; other statuses are kept as they are."""


def unknown_words(table: TimingTable) -> Iterator[Remark]:
    """Statuses, licences and countries that the reader does not know."""
    for car in table.cars:
        if table.is_race and car.status not in STATUSES:
            text = f"The status {shown(car.status)} is not known. It is kept as it is."
            yield Remark(line=car.line, car_number=car.car_number, text=text)
        for driver in car.drivers:
            if driver.unknown_rating:
                text = f"The licence {shown(driver.unknown_rating)} of {driver.name} is not known: B, S, G or P."
                yield Remark(line=car.line, car_number=car.car_number, text=text)
            if driver.unknown_nationality:
                found = f"The country {shown(driver.unknown_nationality)} of {driver.name} is no code of ISO or the IOC"
                text = f"{found}, or one of two countries."
                yield Remark(line=car.line, car_number=car.car_number, text=text)


def drivers_of_two_cars(table: TimingTable) -> Iterator[Remark]:
    """A person drives one car."""
    cars: dict[str, str] = {}
    for car in table.cars:
        for driver in car.drivers:
            other = cars.setdefault(fold(driver.name), car.car_number)
            if other != car.car_number:
                text = f"{driver.name} drives car {other} too."
                yield Remark(line=car.line, car_number=car.car_number, text=text)


def not_entered(table: TimingTable, entered: Mapping[str, str]) -> Iterator[Remark]:
    """Cars of the file that are not on the entry list."""
    missing = [number for number in entered if number not in {car.car_number for car in table.cars}]
    for car in table.cars:
        if car.car_number not in entered:
            text = "It is not on the entry list."
            alike = [number for number in missing if number.lstrip("0") == car.car_number.lstrip("0")]
            if alike:
                text += f" Car {alike[0]} is, and is not in the file: did a spreadsheet change the zeros?"
            yield Remark(line=car.line, car_number=car.car_number, text=text)


def absent(table: TimingTable, entered: Mapping[str, str]) -> Iterator[Remark]:
    """Cars of the entry list that are not in the file; in a timed session, of the classes that took part."""
    numbers = {car.car_number for car in table.cars}
    present = {_plain(car.race_class) for car in table.cars}
    for number in sorted(entered, key=car_number_key):
        if number not in numbers and (table.is_race or _plain(entered[number]) in present):
            text = f"Car {number} is on the entry list, and not in the file."
            text += " The provider lists cars that did not start too, with 0 laps." if table.is_race else ""
            yield Remark(line=0, car_number=number, text=text)


def other_class(table: TimingTable, entered: Mapping[str, str]) -> Iterator[Remark]:
    """Cars that run in another class than they are entered in."""
    for car in table.cars:
        race_class = entered.get(car.car_number)
        if race_class is not None and _plain(race_class) != _plain(car.race_class):
            text = f"Its class is {shown(car.race_class)}; it is entered in {shown(race_class)}."
            yield Remark(line=car.line, car_number=car.car_number, text=text)


def _plain(race_class: str) -> str:
    """A class by its letters and digits, so that the slug lmp2-pro-am is the name LMP2 Pro/Am."""
    return "".join(sign for sign in fold(race_class) if sign.isalnum())
