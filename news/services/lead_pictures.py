"""Lead pictures of the first stories, drawn from the record as it was public at the moment of the story."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from championship.models import Entry, EntryListLine, Event, Invitation, StandingList
from championship.models.entry_lists import EntryList
from championship.rules.names import place_of
from championship.rules.text import series
from news.drawing.boards import Card, Prize, draw_cars, draw_entry_list, draw_prizes
from news.drawing.chart import Contender, Fight, draw_chart
from news.drawing.marks import Plate
from news.drawing.outlines import Venue, draw_calendar, draw_venue
from news.markup import Block
from news.models.block_rows import rows_of
from news.record import Drawing

# So many contenders of a chart are bright.
BRIGHT = 2
CENTRE, LEFT, RIGHT = (50, 50), (0, 50), (100, 50)


class NothingToDrawError(Exception):
    """The record had nothing public to draw at that moment, or does not know what is to be drawn."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(f"There was nothing public yet to draw of {', '.join(drawing.of)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture as PNG, and its point of interest in percent from left and top."""

    content: bytes
    focus: tuple[int, int]


def draw(drawing: Drawing, *, at: datetime) -> Drawn:
    """Draw what `drawing` says. Raises NothingToDrawError."""
    found = KINDS[drawing.kind](drawing, at)
    if found is None:
        raise NothingToDrawError(drawing)
    return found


def _outlines(drawing: Drawing, _at: datetime) -> Drawn | None:
    rows = Event.objects.select_related("circuit", "season").prefetch_related("rounds")
    events = [rows.filter(season__slug=season, slug=slug).first() for season, slug in _parts(drawing)]
    found = [event for event in events if event and event.circuit.outline]
    if len(found) > 1:
        return Drawn(content=draw_calendar([_venue(event) for event in found]), focus=LEFT)
    return Drawn(content=draw_venue(_venue(found[0], with_length=True)), focus=CENTRE) if found else None


def _venue(event: Event, *, with_length: bool = False) -> Venue:
    circuit = event.circuit
    length = f"{circuit.length_m / 1000:.3f} km" if circuit.length_m and with_length else ""
    facts = [length, days(event.starts_on, event.ends_on)]
    return Venue(
        name=event.slug.replace("-", " "),
        outline=circuit.outline,
        line=" · ".join(fact for fact in facts if fact),
        figure="+".join(str(one.number) for one in event.rounds.all()),
    )


def _plates(drawing: Drawing, _at: datetime) -> Drawn | None:
    rows = Entry.objects.select_related("race_class", "team", "car_model")
    entries = [rows.filter(season__slug=season, car_number=number).first() for season, number in _parts(drawing)]
    cards = [Card(plate=_plate(one), name=one.team.name, line=one.car_model.name) for one in entries if one]
    return Drawn(content=draw_cars(cards, heading=drawing.heading), focus=CENTRE) if cards else None


def _entry_list(drawing: Drawing, at: datetime) -> Drawn | None:
    lists = EntryList.objects.newest(at).filter(event=None, season__slug=drawing.of[0])
    lines = EntryListLine.objects.filter(entry_list__in=lists).select_related("entry__race_class")
    entries = [line.entry for line in lines if line.entry and line.status == "entered"]
    entries.sort(key=lambda one: (one.race_class.position, one.car_number_key))
    return Drawn(content=draw_entry_list([_plate(one) for one in entries]), focus=CENTRE) if entries else None


def _invitations(drawing: Drawing, _at: datetime) -> Drawn | None:
    rows = Invitation.objects.filter(title__race_class__season__slug=drawing.of[0])
    found = rows.select_related("title__race_class").order_by("title__race_class__position")
    prizes = [
        Prize(
            race_class_name=one.title.race_class.name,
            colour=one.title.race_class.plate_colour,
            ink=one.title.race_class.plate_ink,
            race=_in_two(one.race),
            year=str(one.year),
            line=one.get_kind_display(),
        )
        for one in found
    ]
    return Drawn(content=draw_prizes(prizes), focus=LEFT) if prizes else None


def _chart(drawing: Drawing, at: datetime) -> Drawn | None:
    """A teams' title; drivers have no plates of their own."""
    rows = rows_of([Block(kind="chart", reference=drawing.of[0])])
    if not rows:
        return None
    title = rows[0]["title"]
    lists = StandingList.objects.newest(at).filter(title=title, basis=StandingList.Basis.ALL, is_void=False)
    tables = [
        table
        for table in lists.select_related("round__event").order_by("round__number")
        if drawing.after is None or table.round.number <= drawing.after
    ]
    if not tables:
        return None
    totals = [{row.entry_id: row.points for row in table.standings.all()} for table in tables]
    standings = tables[-1].standings.filter(entry__isnull=False).select_related("entry__race_class__season")
    contenders = [
        Contender(
            plate=_plate(row.entry),
            accent=row.entry.race_class.accent_on_dark,
            totals=tuple(table.get(row.entry_id, Decimal(0)) for table in totals),
            is_bright=place < BRIGHT,
        )
        for place, row in enumerate(standings)
    ]
    fight = Fight(
        name=title.name,
        line="Points after each race",
        rounds=tuple(f"R{table.round.number} {place_of(table.round.event.slug)}" for table in tables),
        contenders=tuple(contenders),
    )
    return Drawn(content=draw_chart(fight), focus=RIGHT)


KINDS: Mapping[str, Callable[[Drawing, datetime], Drawn | None]] = {
    "outlines": _outlines,
    "plates": _plates,
    "entry_list": _entry_list,
    "invitations": _invitations,
    "chart": _chart,
}


def days(first: date, last: date) -> str:
    """The days of an event in words: 4 February 2024; 10 and 11 February 2024; 31 January to 2 February 2024."""
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) != (last.year, last.month):
        return f"{first.day} {first:%B}{f' {first.year}' if first.year != last.year else ''} to {end}"
    return f"{series([str(day) for day in range(first.day, last.day + 1)])} {last:%B %Y}"


def _parts(drawing: Drawing) -> Sequence[Sequence[str]]:
    return [name.split("/") for name in drawing.of]


def _plate(entry: Entry) -> Plate:
    of = entry.race_class
    return Plate(entry.car_number, of.name, of.plate_colour, of.plate_ink)


def _in_two(name: str) -> tuple[str, ...]:
    """The name of a race in two lines of nearly the same length, in one when it is a single word."""
    words = name.split()
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(splits, key=lambda split: max(map(len, split)), default=(name,))
