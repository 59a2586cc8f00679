"""Finding what a name in a table means: by slug, name or other spelling; accents and case do not matter."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from championship.models import CarModel, Driver, DriverAlias, RaceClass, Season, Team, TeamAlias
from championship.record.fields import shown
from championship.rules.text import fold


class UnknownNameError(Exception):
    """A name that leads nowhere, or to several; `message` says what was found, `mend` what to write instead."""

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(f"{message} {mend}")


@dataclass(slots=True)
class Names:
    """Everything that rows of one kind are called. `noun` and `nouns` name the kind: team, teams."""

    noun: str
    nouns: str
    slugs: dict[str, str] = field(default_factory=dict)
    """Each slug with the name as it is written."""
    known: dict[str, set[str]] = field(default_factory=dict)
    """By folded spelling (a slug is one) the slugs that are called so."""

    def add(self, slug: str, *spellings: str) -> None:
        self.slugs.setdefault(slug, spellings[0])
        for spelling in (*spellings, slug):
            self.known.setdefault(fold(spelling), set()).add(slug)

    def slug_of(self, name: str) -> str:
        """The slug of the one row that is called so. Raises UnknownNameError."""
        if name in self.slugs:
            return name
        found = self.known.get(fold(name), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            several = ", ".join(sorted(found))
            raise UnknownNameError(f"{shown(name)} is the name of several {self.nouns}.", f"Write one of: {several}.")
        raise UnknownNameError(f"There is no {self.noun} {shown(name)}.", self._suggestion(name))

    def _suggestion(self, name: str) -> str:
        nearest = self._nearest(fold(name))
        if nearest is None:
            return f"Correct it, or add the {self.noun} first."
        return f"Did you mean {shown(nearest)}? If not, add the {self.noun} first."

    def _nearest(self, wanted: str) -> str | None:
        """The name of what is spelt most alike as a whole, or holds `wanted`, or has a word like it."""
        close = difflib.get_close_matches(wanted, self.known, n=1, cutoff=0.6)
        if not close and len(wanted) >= 4:
            close = [spelling for spelling in self.known if wanted in spelling]
        if not close:
            words = {word: spelling for spelling in self.known for word in spelling.split() if len(word) >= 4}
            close = [words[word] for word in difflib.get_close_matches(wanted, words, n=1, cutoff=0.75)]
        return self.slugs[min(self.known[close[0]])] if close else None


def class_names(season: Season) -> Names:
    names = Names("class", "classes")
    for slug, name in RaceClass.objects.filter(season=season).values_list("slug", "name"):
        names.add(slug, name)
    return names


def team_names() -> Names:
    names = Names("team", "teams")
    for slug, name in Team.objects.values_list("slug", "name"):
        names.add(slug, name)
    _add_aliases(names, TeamAlias.objects.values_list("team__slug", "name"))
    return names


def car_model_names() -> Names:
    names = Names("car model", "car models")
    for slug, name in CarModel.objects.values_list("slug", "name"):
        names.add(slug, name)
    return names


def driver_names() -> Names:
    """Drivers by full name, also with the family name first."""
    names = Names("driver", "drivers")
    for slug, given, family in Driver.objects.values_list("slug", "given_name", "family_name"):
        names.add(slug, f"{given} {family}", f"{family} {given}")
    _add_aliases(names, DriverAlias.objects.values_list("driver__slug", "name"))
    return names


def _add_aliases(names: Names, aliases: Iterable[tuple[str, str]]) -> None:
    for slug, alias in aliases:
        names.add(slug, alias)
