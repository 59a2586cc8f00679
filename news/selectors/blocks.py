"""Data blocks as pages show them: the record as it stands now, and whether it was amended since the story appeared.

What a block names and nobody knows (any more) shows readers nothing; editors get a note in its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from django.db.models import OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe

from championship import clock
from championship.models import Classification, Entry, Event, Result, Session, Title
from championship.models.base import Precision
from championship.selectors.events import EventCard, card_rounds, event_card
from championship.selectors.pictures import Address, ShownPicture, public_address, shown_picture
from championship.selectors.podiums import SessionResult, first_cars, in_short
from championship.selectors.standing_chart import Chart
from championship.selectors.standing_lines import StandingLine
from championship.selectors.text import published_words
from news.markup import Block, Text, blocks_of, clean, split
from news.models import StoryLink
from news.models.block_rows import pictures_named, rows_of
from news.selectors.block_tables import BlockTable, tables_of
from news.selectors.links import Plate, plate_of, public_cars

# How many cars of a class a result shows when the text does not say, and how many lines a table.
TOP_OF_CLASS = 3
TOP_OF_TABLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """That what a block shows was changed since the story appeared: `text` is `9 December 2023, 19:10 UTC`."""

    at: datetime
    text: str
    cause: str = ""


_FRAME = '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """HTML that was cleaned again just now."""

    template: ClassVar[str] = "components/block_text.html"
    html: SafeString

    @property
    def framed(self) -> SafeString:
        """The same for a page: a table that is wider than a phone scrolls sideways by itself.

        Cleaned HTML writes `<table>` nowhere but where a table begins: in words and addresses the sign is escaped.
        """
        return mark_safe(self.html.replace("<table>", f"{_FRAME}<table>").replace("</table>", "</table></div>"))  # noqa: S308


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPart:
    template: ClassVar[str] = "components/block_result.html"
    result: SessionResult
    amended: Amended | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsPart:
    """The first `lines` of a table; `total` counts all."""

    template: ClassVar[str] = "components/block_standings.html"
    table: BlockTable
    lines: tuple[StandingLine, ...]
    amended: Amended | None

    @property
    def total(self) -> int:
        return len(self.table.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPart:
    """`prefix` makes the ids of the drawing its own on the page."""

    template: ClassVar[str] = "components/block_chart.html"
    table: BlockTable
    chart: Chart
    prefix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatePart:
    template: ClassVar[str] = "components/block_plate.html"
    plate: Plate
    team_name: str
    team_url: str
    car_model_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPart:
    template: ClassVar[str] = "components/block_event.html"
    card: EventCard


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePart:
    template: ClassVar[str] = "components/block_picture.html"
    picture: ShownPicture
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPart:
    """For editors only: a block that shows readers nothing, and why."""

    template: ClassVar[str] = "components/block_missing.html"
    note: str


Part = TextPart | ResultPart | StandingsPart | ChartPart | PlatePart | EventPart | PicturePart | MissingPart
MISSING = {
    "result": "No published result of {}. The block shows nothing until there is one.",
    "standings": "No published table of {}. The block shows nothing until there is one.",
    "chart": "No table of {} after at least two rounds. The block shows nothing until there is one.",
    "plate": "No car {} on a published list. The block shows nothing until there is one.",
    "event": "No event {}. The block shows nothing.",
    "picture": "No picture {} in the library. The block shows nothing.",
}


def parts_of(
    body: str,
    links: Iterable[StoryLink] = (),
    *,
    since: datetime | None = None,
    notes: bool = False,
    picture_address: Address = public_address,
) -> tuple[Part, ...]:
    """A text in its parts, each to be rendered with its template.

    `links` are the public links of the edition, which know most rows already. `since` is when the edition appeared:
    what changed later is said to be amended. With `notes` blocks of what is missing tell so, else they are left out.
    `picture_address` says where files of pictures are found.
    """
    cleaned = clean(body)
    shown = _shown(list(blocks_of(cleaned)), links, since, picture_address)
    return _assembled(cleaned, shown, notes=notes)


def parts_of_many(bodies: Iterable[str], links: Iterable[StoryLink]) -> tuple[tuple[Part, ...], ...]:
    """The same for several texts with as many queries as for one, as the record stands now."""
    cleaned = [clean(body) for body in bodies]
    shown = _shown([block for body in cleaned for block in blocks_of(body)], links, None)
    return tuple(_assembled(body, shown) for body in cleaned)


def _shown(
    blocks: Sequence[Block],
    links: Iterable[StoryLink],
    since: datetime | None,
    picture_address: Address = public_address,
) -> dict[Block, Part]:
    """What each block shows; blocks of what is missing are left out."""
    found = list(links)
    known = _rows(blocks, found)
    return {
        **_results(blocks, known, since),
        **_tables(blocks, known, since),
        **_plates(blocks, known),
        **_events(blocks, known),
        **_pictures(blocks, found, picture_address),
    }


def _assembled(cleaned: str, shown: Mapping[Block, Part], *, notes: bool = False) -> tuple[Part, ...]:
    parts: list[Part] = []
    for place, part in enumerate(split(cleaned)):
        if isinstance(part, Text):
            parts.append(TextPart(html=mark_safe(part.html)))  # noqa: S308 (cleaned by the caller)
        elif part in shown:
            one = shown[part]
            parts.append(replace(one, prefix=f"chart-{place}-") if isinstance(one, ChartPart) else one)
        elif notes:
            parts.append(MissingPart(note=MISSING[part.kind].format(part.reference)))
    return tuple(parts)


def missing_blocks(body: str) -> tuple[str, ...]:
    """What the blocks of a text name and readers cannot see, as notes for editors."""
    only_blocks = "".join(block.markup for block in blocks_of(clean(body)))
    return tuple(part.note for part in parts_of(only_blocks, notes=True) if isinstance(part, MissingPart))


Rows = Mapping[tuple[str, ...], Session | Title | Entry | Event]


def _rows(blocks: Sequence[Block], links: Iterable[StoryLink]) -> Rows:
    """The rows that the blocks name, by kind and reference: from the links, and what they lack from the database."""
    # No block is of a story, and links to stories are fetched without them.
    found = dict(_keyed({link.kind: link.subject} for link in links if link.related_id is None))
    lacking = [block for block in blocks if _key(block) not in found and block.kind != "picture"]
    rows = rows_of(lacking)
    cars = public_cars(row["entry"].pk for row in rows if "entry" in row)
    found |= _keyed(row for row in rows if "entry" not in row or row["entry"].pk in cars)
    return found


def _key(block: Block) -> tuple[str, ...]:
    return ("title" if block.kind in ("standings", "chart") else block.kind, *block.parts)


def _keyed(rows: Iterable[Mapping[str, object]]) -> Iterable[tuple[tuple[str, ...], Session | Title | Entry | Event]]:
    for row in rows:
        match row:
            case {"session": Session() as session}:
                yield ("result", session.event.season.slug, session.event.slug, session.slug), session
            case {"title": Title() as title}:
                yield ("title", title.race_class.season.slug, title.slug), title
            case {"entry": Entry() as entry}:
                yield ("plate", entry.season.slug, entry.car_number), entry
            case {"event": Event() as event}:
                yield ("event", event.season.slug, event.slug), event


def _asked(blocks: Iterable[Block], known: Rows, *kinds: str) -> list[tuple[Block, object]]:
    return [(block, known[_key(block)]) for block in blocks if block.kind in kinds and _key(block) in known]


# --- results ----------------------------------------------------------------------------------------------------


def _results(blocks: Sequence[Block], known: Rows, since: datetime | None) -> dict[Block, Part]:
    """Two queries for all of them."""
    asked = [(block, row) for block, row in _asked(blocks, known, "result") if isinstance(row, Session)]
    if not asked:
        return {}
    top = max(block.top or TOP_OF_CLASS for block, _ in asked)
    cars = first_cars(Q(classification__session__in=[row.pk for _, row in asked]), top=top)
    by_session: dict[int, list[Result]] = {}
    for car in _with_places_before(cars, since) if since else cars:
        by_session.setdefault(car.classification.session_id, []).append(car)
    found: dict[Block, Part] = {}
    for block, session in asked:
        shown = [
            car
            for car in by_session.get(session.pk, ())
            if car.class_position <= (block.top or TOP_OF_CLASS) and block.race_class in ("", car.race_class.slug)
        ]
        if shown:
            found[block] = ResultPart(result=in_short(shown), amended=_amended_result(shown, since) if since else None)
    return found


def _with_places_before(cars: QuerySet[Result], since: datetime) -> QuerySet[Result]:
    """The same with the place and the laps that each car had in the version that stood then, None where in none."""
    then = Result.objects.filter(
        classification__in=Classification.objects.newest(since).order_by(),
        classification__session=OuterRef("classification__session"),
        car_number=OuterRef("car_number"),
    )
    recalls = Classification.objects.filter(
        session=OuterRef("classification__session"), state__recalled_at__gt=since, state__recalled_at__lte=clock.now()
    )
    last = recalls.order_by("-state__recalled_at").values("state__recalled_at")[:1]
    return cars.annotate(
        place_then=Subquery(then.values("class_position")[:1]),
        laps_then=Subquery(then.values("laps")[:1]),
        recalled_since=Subquery(last),
    )


def _amended_result(shown: Sequence[Result], since: datetime) -> Amended | None:
    """When what is shown came to differ from what stood then; None while it is the same, or nothing stood."""
    if not any(car.laps_then is not None for car in shown):
        return None
    if all((car.place_then, car.laps_then) == (car.class_position, car.laps) for car in shown):
        return None
    version = shown[0].classification
    if version.published_at > since:
        return amended_at(version.published_at, version.cause)
    return amended_at(shown[0].recalled_since) if shown[0].recalled_since else None


# --- tables, plates, events -------------------------------------------------------------------------------------


def _tables(blocks: Sequence[Block], known: Rows, since: datetime | None) -> dict[Block, Part]:
    """One query for all of them."""
    asked = [(block, row) for block, row in _asked(blocks, known, "standings", "chart") if isinstance(row, Title)]
    tables = tables_of([title for _, title in asked])
    found: dict[Block, Part] = {}
    for block, title in asked:
        of_title = tables.get(title.pk)
        if of_title is None:
            continue
        if block.kind == "chart":
            chart = of_title.chart()
            if chart:
                found[block] = ChartPart(table=of_title.newest, chart=chart, prefix="")
            continue
        table = of_title.after(block.after)
        if table:
            is_new = since is not None and table.known_since <= since < table.head.published_at
            found[block] = StandingsPart(
                table=table,
                lines=table.lines[: block.top or TOP_OF_TABLE],
                amended=amended_at(table.head.published_at, table.head.cause) if is_new else None,
            )
    return found


def _plates(blocks: Sequence[Block], known: Rows) -> dict[Block, Part]:
    return {
        block: PlatePart(
            plate=plate_of(entry),
            team_name=entry.team.name,
            team_url=entry.team.get_absolute_url(),
            car_model_name=entry.car_model.name,
        )
        for block, entry in _asked(blocks, known, "plate")
        if isinstance(entry, Entry)
    }


def _events(blocks: Sequence[Block], known: Rows) -> dict[Block, Part]:
    """One query for all of them."""
    asked = [(block, row) for block, row in _asked(blocks, known, "event") if isinstance(row, Event)]
    prefetch_related_objects([event for _, event in asked], card_rounds())
    return {block: EventPart(card=event_card(event)) for block, event in asked}


def _pictures(blocks: Sequence[Block], links: Sequence[StoryLink], address: Address) -> dict[Block, Part]:
    """No query for pictures that a link knows by their present name."""
    asked = [block for block in blocks if block.kind == "picture"]
    known = {link.picture.name: link.picture for link in links if link.picture}
    known |= pictures_named(block.reference for block in asked if block.reference not in known)
    found: dict[Block, Part] = {}
    for block in asked:
        shown = shown_picture(known.get(block.reference), address=address)
        if shown:
            # The credit follows in the same line.
            stop = "." if block.caption and block.caption[-1] not in ".!?…" else ""
            found[block] = PicturePart(picture=shown, caption=f"{block.caption}{stop}")
    return found


def amended_at(at: datetime, cause: str = "") -> Amended:
    text, _ = published_words(at, Precision.MINUTE)
    return Amended(at=at, text=text.removeprefix("Published "), cause=cause)
