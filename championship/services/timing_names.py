"""What a name in a timing file means: known for sure, or suggested with a reason in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from championship.models import (
    CarModel,
    CarModelAlias,
    Driver,
    DriverAlias,
    RaceClass,
    RaceClassAlias,
    Season,
    Team,
    TeamAlias,
)
from championship.rules.likeness import likeness, words
from championship.rules.text import fold

MOST_SUGGESTED = 6
_SHARES_A_NAME, _ONLY_NEAR = 20, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A row that a name may mean, and why."""

    slug: str
    name: str
    reason: str


@dataclass(slots=True)
class Book:
    """All rows of one kind by what they are called: `spellings` of each slug, and by folded spelling the slugs."""

    noun: str
    names: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)

    def add(self, slug: str, name: str) -> None:
        """One more spelling of the row; the first one is its name."""
        self.names.setdefault(slug, name)
        self.spellings.setdefault(slug, []).append(name)
        self.known.setdefault(fold(name), set()).add(slug)

    def sure(self, name: str, near: Iterable[str] = ()) -> str:
        """The one row that is called exactly so, accents and case aside; "" when there is none, or are several.

        Of several the one that is `near` (in the crew of the car) is meant.
        """
        found = self.known.get(fold(name), set())
        if len(found) > 1:
            found = found & set(near)
        return next(iter(found)) if len(found) == 1 else ""

    def suggestions(self, name: str, near: Mapping[str, str]) -> tuple[Suggestion, ...]:
        """What `name` may mean, the likeliest first. `near` are slugs that stand to reason, each with why."""
        found = []
        for slug, called in self.names.items():
            alike = [same for each in self.spellings[slug] if (same := likeness(name, each))]
            best = min(alike, key=lambda same: same.distance, default=None)
            reasons = [best.reason] if best else []
            distance = best.distance if best else _ONLY_NEAR
            if not best and slug in near and (shared := _shared_name(name, called)):
                distance = _SHARES_A_NAME
                reasons.append(f"the name {shared} too")
            if slug in near:
                reasons.append(near[slug])
            if reasons:
                suggestion = Suggestion(slug=slug, name=called, reason=", ".join(reasons))
                found.append(((distance, slug not in near, called), suggestion))
        return tuple(suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0])[:MOST_SUGGESTED])


def driver_book() -> Book:
    rows = Driver.objects.order_by("slug").values_list("slug", "given_name", "family_name")
    names = ((slug, f"{given} {family}") for slug, given, family in rows)
    return _book("driver", names, DriverAlias.objects.values_list("driver__slug", "name"))


def team_book() -> Book:
    return _book(
        "team",
        Team.objects.order_by("slug").values_list("slug", "name"),
        TeamAlias.objects.values_list("team__slug", "name"),
    )


def car_model_book() -> Book:
    return _book(
        "car model",
        CarModel.objects.order_by("slug").values_list("slug", "name"),
        CarModelAlias.objects.values_list("car_model__slug", "name"),
    )


def class_book(season: Season) -> Book:
    """The classes of a season, also by slug."""
    book = _book(
        "class",
        RaceClass.objects.filter(season=season).values_list("slug", "name"),
        RaceClassAlias.objects.filter(season=season).values_list("race_class__slug", "name"),
    )
    for slug in book.names:
        book.known.setdefault(fold(slug), set()).add(slug)
    return book


def _book(noun: str, names: Iterable[tuple[str, str]], aliases: Iterable[tuple[str, str]]) -> Book:
    book = Book(noun)
    for slug, name in (*names, *aliases):
        book.add(slug, name)
    return book


def _shared_name(one: str, other: str) -> str:
    """A word of some length that both names have."""
    return next((word.capitalize() for word in words(one) if len(word) > 3 and word in words(other)), "")
