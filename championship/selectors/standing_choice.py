"""Which table of a title the address asks for: after which round, and whether only official results count."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from championship.models import StandingList
from championship.selectors.text import series

Basis = StandingList.Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another table of the same title; `is_current` is this one."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for. `query` is the same in one spelling, with its question mark, "" for the newest table.

    With `problems`, sentences about values that no table has, the newest table is shown. `rounds` lead to the tables
    after each round, `bases` to those with and without provisional results.
    """

    is_official: bool
    is_newest: bool
    query: str
    problems: tuple[str, ...]
    rounds: tuple[Link, ...]
    bases: tuple[Link, ...]

    @property
    def explains(self) -> str:
        """Why there is no table, as a sentence."""
        if self.is_official:
            return "No result of this season is official yet."
        return "The table appears with the first result of the season."


def choose(data: QueryDict, lists: Sequence[StandingList], url: str) -> tuple[Choice, StandingList | None]:
    """The table of `lists` (the newest versions, with their rounds) that `data` asks for; None when there is none."""
    is_official, problems = _official(data)
    basis = Basis.OFFICIAL if is_official else Basis.ALL
    tables = {one.round.number: one for one in lists if one.basis == basis}
    after, unknown = after_asked(data, sorted(tables))
    problems += unknown
    newest = max(tables, default=None)
    number = newest if after is None else after
    choice = Choice(
        is_official=is_official,
        is_newest=number == newest,
        query=_query(after, is_official),
        problems=tuple(problems),
        rounds=links_after(sorted(tables), number, url, is_official=is_official),
        bases=(
            Link(label="All results", url=url, is_current=not is_official),
            Link(label="Official only", url=f"{url}?official=1", is_current=is_official),
        ),
    )
    return choice, tables.get(number) if number is not None else None


def links_after(known: Sequence[int], current: int | None, url: str, *, is_official: bool = False) -> tuple[Link, ...]:
    """The same page after each of the rounds `known`."""
    return tuple(
        Link(label=str(one), url=f"{url}{_query(one, is_official)}", is_current=one == current) for one in known
    )


def after_asked(data: QueryDict, known: Sequence[int]) -> tuple[int | None, list[str]]:
    """(the round of `known` that `data` asks for, what is wrong with the question); None for the newest."""
    asked = data.get("after", "").strip()
    if not asked:
        return None, []
    found = next((number for number in known if str(number) == asked), None)
    if found is not None:
        return found, []
    if not known:
        return None, []
    numbers = series([str(number) for number in known])
    return None, [f"There is no table after round “{asked}”. There is one after {_rounds(known, numbers)}."]


def _official(data: QueryDict) -> tuple[bool, list[str]]:
    asked = data.get("official", "").strip()
    if asked in {"", "0", "1"}:
        return asked == "1", []
    return False, [f"official “{asked}” is not known. Write official=1 for official results only, or leave it out."]


def _rounds(known: Sequence[int], numbers: str) -> str:
    return f"round{'' if len(known) == 1 else 's'} {numbers}"


def _query(after: int | None, is_official: bool) -> str:
    parts = [f"after={after}"] if after is not None else []
    parts += ["official=1"] if is_official else []
    return f"?{'&'.join(parts)}" if parts else ""
