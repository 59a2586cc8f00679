"""Matching the names of a timing file with the season: what is known, what a person has to say, what she said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.text import slugify

from championship.models import Driver, EventEntry
from championship.rules.text import fold
from championship.services.timing_names import Book, Suggestion
from championship.timing.tables import TimedCar, TimedDriver, TimingTable

Kind = Literal["race_class", "driver", "team", "car_model"]

NEEDED: Mapping[Kind, tuple[str, ...]] = {
    "race_class": (),
    "car_model": (),
    "driver": ("given_name", "family_name"),
    "team": ("name", "country"),
}
"""What has to be said about a new row; no class and no car model is made of a name."""

Choices = Mapping[str, Mapping[str, str]]
"""What a person said about names of one kind, by folded name: `slug` of a row, or the fields of a `new` one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A name that is not known for sure. `answer` is what the person said: a slug, "new", or "" while it is open.

    `name` is as the file has it, first on `line`, with these `cars`. `new` says what is known of a new row, to begin
    with or as it was typed; it is empty where no new row can be made of a name.
    """

    kind: Kind
    noun: str
    name: str
    line: int
    cars: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    new: Mapping[str, str]
    answer: str = ""

    @property
    def key(self) -> str:
        return fold(self.name)

    @property
    def is_open(self) -> bool:
        return not self.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlias:
    """A spelling to remember of the row with this slug."""

    kind: Kind
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Names of one kind: `found` by folded name and car is a slug, or "" while open."""

    found: Mapping[tuple[str, str], str]
    questions: tuple[Question, ...]
    aliases: tuple[NewAlias, ...]
    new: Mapping[str, Mapping[str, str]]
    """Rows to make, by their slug."""

    def slug(self, name: str, car_number: str) -> str:
        return self.found[fold(name), car_number]


@dataclass(slots=True)
class Name:
    """A name of the file, in one car."""

    text: str
    car: TimedCar
    near: Mapping[str, str]
    new: Mapping[str, str]


Near = Mapping[str, Mapping[str, str]]
"""By car number the slugs that stand to reason there, each with why."""


def match_drivers(table: TimingTable, crews: Near, book: Book, choices: Choices) -> Matched:
    """Drivers, by who sits in the car first (`crews`). Who is in the file already is suggested to nobody else."""
    names = []
    for car in table.cars:
        crew = crews.get(car.car_number, {})
        named = {book.sure(driver.name, crew) for driver in car.drivers}
        free = {slug: why for slug, why in crew.items() if slug not in named}
        for driver in car.drivers:
            near = crew if book.sure(driver.name, crew) else free
            names.append(Name(driver.name, car, near, new_driver(driver)))
    return _match("driver", names, book, choices)


def match_classes(table: TimingTable, entered: Mapping[str, str], book: Book, choices: Choices) -> Matched:
    """Classes; `entered` are those of the cars' entries, by number. A new class is never made of a name."""
    names = [
        Name(
            car.race_class,
            car,
            {entered[car.car_number]: f"the class of car {car.car_number} by its entry"}
            if car.car_number in entered
            else {},
            {},
        )
        for car in table.cars
    ]
    return _match("race_class", names, book, choices)


def crews_at(cars: Mapping[str, EventEntry]) -> dict[str, dict[str, str]]:
    """Who sits in each car at the event, as what stands to reason."""
    crews = {number: [seat.driver for seat in car.crew.all() if seat.driver] for number, car in cars.items()}
    return {
        number: {driver.slug: f"in the crew of car {number} at this event" for driver in crew}
        for number, crew in crews.items()
    }


def match_names(kind: Kind, names: Sequence[Name], book: Book, choices: Choices) -> Matched:
    """Other names: teams, car models."""
    return _match(kind, names, book, choices)


def _match(kind: Kind, names: Sequence[Name], book: Book, choices: Choices) -> Matched:
    found: dict[tuple[str, str], str] = {}
    asked: dict[str, list[Name]] = {}
    for name in names:
        key = fold(name.text)
        found[key, name.car.car_number] = sure = book.sure(name.text, name.near)
        if not sure:
            asked.setdefault(key, []).append(name)
    questions, aliases, new = [], [], {}
    taken = set(book.names)
    for key, same in asked.items():
        question = _question(kind, same, book, choices.get(key, {}))
        questions.append(question)
        slug = question.answer
        if slug == "new":
            slug = _free_slug(question.new, taken)
            taken.add(slug)
            new[slug] = question.new
        for name in same:
            found[key, name.car.car_number] = slug
        # Of several who are called so, the choice holds for this file alone: there is nothing new to remember.
        if slug and key not in book.known and (slug not in new or fold(_name_of(question.new)) != key):
            aliases.append(NewAlias(kind=kind, slug=slug, name=_remembered(kind, question.name)))
    return Matched(found=found, questions=tuple(questions), aliases=tuple(aliases), new=new)


def _question(kind: Kind, same: Sequence[Name], book: Book, choice: Mapping[str, str]) -> Question:
    first = same[0]
    near = {slug: why for name in same for slug, why in name.near.items()}
    answer = choice.get("slug", "")
    if answer != "new" and answer not in book.names:
        answer = ""
    new = {field: choice.get(field, value) for field, value in first.new.items()}
    if answer == "new" and not (new and all(new[field].strip() for field in NEEDED[kind])):
        answer = ""
    suggestions = book.suggestions(first.text, near)
    several = book.known.get(fold(first.text), set())
    if several:
        same_name = "the very same name, as others have it too"
        suggestions = tuple(
            Suggestion(slug=slug, name=book.names[slug], reason=f"{same_name} ({slug})") for slug in sorted(several)
        )
    if answer and answer != "new" and answer not in [one.slug for one in suggestions]:
        chosen = Suggestion(slug=answer, name=book.names[answer], reason="chosen from the list")
        suggestions = (chosen, *suggestions)
    return Question(
        kind=kind,
        noun=book.noun,
        name=first.text,
        line=first.car.line,
        cars=tuple(dict.fromkeys(name.car.car_number for name in same)),
        suggestions=suggestions,
        new=new,
        answer=answer,
    )


def new_driver(driver: TimedDriver) -> dict[str, str]:
    """What the file knows of a driver whom the site does not know."""
    return {
        "given_name": driver.given_name.strip(),
        "family_name": " ".join(word.title() if word.isupper() else word for word in driver.family_name.split()),
        "country": driver.nationality,
    }


def unsaved_driver(slug: str, fields: Mapping[str, str]) -> Driver:
    return Driver(slug=slug, **fields)


def _remembered(kind: Kind, name: str) -> str:
    return as_written(name) if kind == "driver" else " ".join(name.split())


def as_written(name: str) -> str:
    """A person's name without the capitals of timing files; two that begin it are initials, and stay.

    >>> as_written("Tom  DILLMANN"), as_written("PJ HYETT"), as_written("D'SILVA-LÉON JR")
    ('Tom Dillmann', 'PJ Hyett', "D'Silva-Léon Jr")
    """
    return " ".join(
        word.title() if word.isupper() and (number or len(word) > 2) else word
        for number, word in enumerate(name.split())
    )


def _name_of(new: Mapping[str, str]) -> str:
    parts: Iterable[str] = (new.get(field, "") for field in ("given_name", "family_name", "name"))
    return " ".join(part for part in parts if part)


def _free_slug(new: Mapping[str, str], taken: set[str]) -> str:
    slug = slugify(fold(_name_of(new)))[:56].strip("-") or "unnamed"
    number = 2
    free = slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free
