"""One car of a season: what every published list says about it, and what it did."""

from dataclasses import dataclass

from django.db.models import F

from championship.models import EntryList, EntryListLine, Season
from championship.selectors.appearances import Appearance, appearance
from championship.selectors.entry_documents import CarDocument, car_decisions
from championship.selectors.entry_lines import EntryLine, classified_line
from championship.selectors.entry_results import EntryResults, entry_results
from championship.selectors.late_entries import rounds_in_words, rounds_of_events
from championship.selectors.pictures import LEAD, ShownPicture, shown_picture
from championship.selectors.published_results import published_cars
from championship.selectors.revisions import Revision, revision_head, scope_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCar:
    """The car on one list, in the newest revision that has it.

    `dropped_in` is the revision that no longer has the car, None while it is listed.
    """

    where: Appearance
    revision: Revision
    dropped_in: int | None

    @property
    def line(self) -> EntryLine:
        return self.where.line


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """A car; `line` is how the season's list shows it, or else the first event's, or else its newest result.

    `lists` is empty for a car that has a result and is on no published list.
    `results` is empty before the first result of a round that lists the car.
    `decisions` are those about the car on the notice boards, whether they count in a result or not.
    `joined` says where and when the car came in when it is not on the season's list: `4 Hours of Dubai, round 3`.
    """

    season: str
    season_label: str
    line: EntryLine
    lists: tuple[ListedCar, ...]
    joined: str
    results: EntryResults
    decisions: tuple[CarDocument, ...]
    livery: ShownPicture | None

    @property
    def withdrawals(self) -> tuple[ListedCar, ...]:
        """The lists on which the car stands as withdrawn."""
        return tuple(one for one in self.lists if one.line.withdrawal_text)


def entry_page(*, season: str, car_number: str) -> EntryPage | None:
    """The page of one car; None while neither a published list nor a published classification of the season has it."""
    lines = EntryListLine.objects.filter(entry__season__slug=season, entry__car_number=car_number)
    newest_first = (
        lines.published()
        .for_list()
        .select_related("entry__livery")
        .order_by(
            F("entry_list__event__starts_on").asc(nulls_first=True), "entry_list__event_id", "-entry_list__revision"
        )
    )
    by_list: dict[int | None, EntryListLine] = {}
    for row in newest_first:
        by_list.setdefault(row.entry_list.event_id, row)
    if not by_list:
        return _unlisted(season, car_number)
    rows = list(by_list.values())
    owner = rows[0].race_class.season
    newest = {one.event_id: one.revision for one in EntryList.objects.newest().filter(season=owner).order_by()}
    lists = tuple(_listed(owner, row, newest[row.entry_list.event_id]) for row in rows)
    listed_at = {
        row.entry_list.event_id
        for row, one in zip(rows, lists, strict=True)
        if one.line.is_counted and one.dropped_in is None
    }
    return EntryPage(
        season=owner.slug,
        season_label=owner.label,
        line=lists[0].line,
        lists=lists,
        joined=_joined(owner, rows) if None in newest and lists[0].where.is_event else "",
        results=entry_results(owner, rows[0].entry_id, listed_at),
        decisions=car_decisions(rows[0].entry_id),
        livery=shown_picture(rows[0].entry.livery, LEAD),
    )


def _unlisted(season: str, car_number: str) -> EntryPage | None:
    """The page of a car that only classifications know."""
    cars = published_cars().filter(race_class__season__slug=season, car_number=car_number)
    newest = (
        cars.select_related("race_class__season", "team", "car_model__manufacturer", "event_entry__entry__livery")
        .order_by("-classification__published_at", "-classification__version")
        .first()
    )
    if newest is None:
        return None
    owner = newest.race_class.season
    return EntryPage(
        season=owner.slug,
        season_label=owner.label,
        line=classified_line(newest),
        lists=(),
        joined="",
        results=entry_results(owner, newest.event_entry.entry_id, ()),
        decisions=car_decisions(newest.event_entry.entry_id),
        livery=shown_picture(newest.event_entry.entry.livery, LEAD),
    )


def _listed(season: Season, row: EntryListLine, newest: int) -> ListedCar:
    scope = scope_of(season, row.entry_list.event)
    return ListedCar(
        where=appearance(row),
        revision=revision_head(scope, row.entry_list),
        dropped_in=newest if row.entry_list.revision != newest else None,
    )


def _joined(season: Season, rows: list[EntryListLine]) -> str:
    event = rows[0].entry_list.event
    rounds = rounds_in_words(rounds_of_events(season).get(event.pk, []))
    return ", ".join(part for part in (event.name, rounds) if part)
