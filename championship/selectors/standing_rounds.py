"""The rounds of a season as tables show them: which of them count, from which version of which result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse

from championship.models import Classification, Round, Season, StandingList
from championship.rules.names import place_of
from championship.selectors.text import series

RoundState = Literal["provisional", "official", "revised", "left_out", "to_come", "cancelled"]
FIRM = frozenset({Classification.Status.OFFICIAL.value, Classification.Status.REVISED.value})
COUNTED = frozenset({"provisional", *FIRM})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """One round above its column.

    A round counts with the `version` of its result that stands; `left_out` has a result that the table does not
    count, since it is not official. `result_url` is the page of the result, `version_url` that of exactly this version;
    both are "" without a result.
    """

    number: int
    name: str
    short_name: str
    date: date | None
    state: RoundState
    version: int | None = None
    result_url: str = ""
    version_url: str = ""

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED

    @property
    def is_open(self) -> bool:
        """Whether the round is still to be held, or its result still to be published."""
        return self.state == "to_come"

    @property
    def version_name(self) -> str:
        """`official result, version 2`; "" without a result that counts."""
        return f"{self.state} result, version {self.version}" if self.is_counted else ""

    @property
    def date_text(self) -> str:
        """`4 Feb`; the pages of a season need no year."""
        return f"{self.date.day} {self.date:%b}" if self.date else "date to come"


def rounds_of(season: Season) -> list[Round]:
    """The rounds of a season by number, with event and race session, in one query."""
    return list(Round.objects.filter(season=season).select_related("event", "race_session").order_by("number"))


def newest_versions(season: Season) -> dict[int, Classification]:
    """The versions that stand now of the season's races, by the key of the session, in one query."""
    found = Classification.objects.newest().of_season(season).filter(session__round__isnull=False)
    return {one.session_id: one for one in found}


def counts(version: Classification, basis: str) -> bool:
    """Whether a table on that basis counts a round whose newest version is `version`."""
    return basis == StandingList.Basis.ALL or version.status in FIRM


def round_head(season: Season, row: Round, version: Classification | None, basis: str) -> RoundHead:
    """The head of one round in a table on that basis."""
    session, event = row.race_session, row.event
    state: RoundState = "to_come"
    if row.is_cancelled:
        state = "cancelled"
    elif version is not None:
        state = version.status if counts(version, basis) else "left_out"
    where = [season.slug, event.slug, session.slug]
    return RoundHead(
        number=row.number,
        name=f"{event.name}, {session.name}",
        short_name=place_of(event.slug),
        date=session.date,
        state=state,
        version=version.version if version else None,
        result_url=reverse("classification", args=where) if version else "",
        version_url=reverse("classification_version", args=[*where, version.version]) if version else "",
    )


def provisional_names(heads: Iterable[RoundHead]) -> str:
    """The rounds whose result is provisional, as a sentence lists them; "" when there are none."""
    return series([head.name for head in heads if head.state == "provisional"])


def rounds_ahead(heads: Sequence[RoundHead]) -> int:
    """How many rounds have no result yet and are not cancelled."""
    return sum(head.is_open for head in heads)
