"""What a career adds up to: starts, wins, podiums, fastest laps. Places are those in the class."""

from collections.abc import Iterable
from dataclasses import dataclass

from championship.rules.classifications import DISQUALIFIED

# How timekeepers mark a car that they list although it never left the grid.
NOT_STARTED = frozenset({"did not start", "dns", "not started"})
# How a table with little room writes the statuses that it meets most.
SHORT_STATUSES = {"not classified": "NC", DISQUALIFIED.casefold(): "DSQ", "retired": "RET", "did not start": "DNS"}
PODIUM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """A car in the classification of a race; `class_position` is None for a car that is not classified."""

    status: str
    class_position: int | None
    has_fastest_lap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A career in figures. `poles`, `fastest_laps`, `wins` and `podiums` are counted in the class."""

    starts: int
    wins: int
    podiums: int
    poles: int
    fastest_laps: int
    titles: int

    def __bool__(self) -> bool:
        return any((self.starts, self.poles, self.titles))


def did_start(status: str) -> bool:
    """Whether a car in the classification of a race took the start.

    All of them did, also with 0 laps: the classification of a race leaves out the cars that stayed away, and the
    published numbers of starters count those that retired in their first lap. The exception is a car whose status
    says that it did not start.
    """
    return status.casefold() not in NOT_STARTED


def short_status(status: str) -> str:
    """A status for a table with little room: `NC`, `DSQ`; one without a short form stays as the timekeeper gave it.

    >>> short_status("Not classified"), short_status("Excluded")
    ('NC', 'Excluded')
    """
    return SHORT_STATUSES.get(status.casefold(), status)


def figures(finishes: Iterable[Finish], *, poles: int, titles: int) -> Figures:
    """Sum up races. A car that is not classified has started, and has neither won nor stood on the podium."""
    races = [finish for finish in finishes if did_start(finish.status)]
    places = [finish.class_position for finish in races if finish.class_position is not None]
    return Figures(
        starts=len(races),
        wins=places.count(1),
        podiums=sum(place <= PODIUM for place in places),
        poles=poles,
        fastest_laps=sum(finish.has_fastest_lap for finish in races),
        titles=titles,
    )
