"""What an editor may put into a text as a data block, and how a block that stands there is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Model, Q

from championship.models import Classification, Entry, Event, Picture, Round, Season, Session, Title
from championship.selectors.pictures import thumbnail_url
from news.markup import Block, blocks_of, clean
from news.models.block_rows import pictures_named, rows_of
from news.selectors.blocks import MissingPart, parts_of

KINDS = {
    "result": "Result",
    "standings": "Standings",
    "chart": "Points chart",
    "plate": "Car",
    "event": "Event",
    "picture": "Picture",
}
PICTURES_FOUND = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice: `value` is what stands in the block."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonChoices:
    """All that blocks of one season can name; `rounds` are their numbers.

    `newest_session` is the one among the sessions whose result was published last, "" before the first.
    """

    season: str
    seasons: tuple[Choice, ...]
    events: tuple[Choice, ...]
    sessions: tuple[Choice, ...]
    newest_session: str
    classes: tuple[Choice, ...]
    titles: tuple[Choice, ...]
    rounds: tuple[int, ...]
    cars: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChoice:
    value: str
    title: str
    alt: str
    credit: str
    thumb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockWords:
    """A block as editors see it. `note` says why readers see nothing of it, "" while they do; `thumb` is the address
    of a small picture, "" for other kinds."""

    markup: str
    kind: str
    label: str
    note: str
    thumb: str


def season_choices(slug: str = "") -> SeasonChoices | None:
    """What the season with this slug offers, or the current one, or the newest; None without any season."""
    seasons = list(Season.objects.order_by("-slug"))
    wanted = [season for season in seasons if season.slug == slug]
    current = [season for season in seasons if season.is_current]
    if not seasons:
        return None
    season = (wanted or current or seasons)[0]
    events = list(season.events.order_by("starts_on", "pk"))
    sessions = Session.objects.filter(event__season=season).select_related("event").order_by("event__starts_on", "pk")
    results = Classification.objects.newest().of_season(season).select_related("session__event")
    newest = results.order_by("-published_at", "-session__event__starts_on", "-pk").first()
    titles = Title.objects.filter(race_class__season=season).select_related("race_class")
    entries = Entry.objects.filter(season=season).select_related("team", "race_class")
    return SeasonChoices(
        season=season.slug,
        seasons=tuple(Choice(value=row.slug, label=row.label) for row in seasons),
        events=tuple(Choice(value=row.slug, label=row.name) for row in events),
        sessions=tuple(
            Choice(value=f"{row.event.slug}/{row.slug}", label=f"{row.event.name}, {row.name}") for row in sessions
        ),
        newest_session=f"{newest.session.event.slug}/{newest.session.slug}" if newest else "",
        classes=tuple(Choice(value=row.slug, label=row.name) for row in season.race_classes.all()),
        titles=tuple(Choice(value=row.slug, label=row.name) for row in titles),
        rounds=tuple(Round.objects.filter(event__season=season).order_by("number").values_list("number", flat=True)),
        cars=tuple(
            Choice(value=row.car_number, label=f"{row.car_number} · {row.team.name}, {row.race_class.name}")
            for row in sorted(entries, key=lambda row: (len(row.car_number), row.car_number))
        ),
    )


def picture_choices(words: str = "") -> tuple[PictureChoice, ...]:
    """Pictures of the library in whose title, description or credit all of the words stand, the newest first."""
    conditions = [
        Q(title__icontains=word) | Q(alt__icontains=word) | Q(credit__icontains=word) for word in words.split()[:8]
    ]
    found = Picture.objects.filter(reduce(and_, conditions, Q()))[:PICTURES_FOUND]
    return tuple(
        PictureChoice(value=row.name, title=row.title, alt=row.alt, credit=row.credit, thumb=thumbnail_url(row))
        for row in found
    )


def block_words(body: str) -> tuple[BlockWords, ...]:
    """How the blocks of a text are called, in their order, once each."""
    blocks = list(dict.fromkeys(blocks_of(clean(body))))
    if not blocks:
        return ()
    rows = _named(blocks)
    pictures = pictures_named(block.reference for block in blocks if block.kind == "picture")
    # With notes every block is one part, whether readers see it or not.
    parts = parts_of("".join(block.markup for block in blocks), notes=True)
    return tuple(
        BlockWords(
            markup=block.markup,
            kind=KINDS[block.kind],
            label=_label(block, pictures.get(block.reference) or rows.get((block.kind, *block.parts))),
            note=part.note if isinstance(part, MissingPart) else "",
            thumb=thumbnail_url(pictures[block.reference]) if block.reference in pictures else "",
        )
        for block, part in zip(blocks, parts, strict=True)
    )


def _named(blocks: Sequence[Block]) -> Mapping[tuple[str, ...], Model]:
    """The rows that blocks name, by kind and the parts of the reference."""
    found: dict[tuple[str, ...], Model] = {}
    for row in _each(rows_of([block for block in blocks if block.kind != "picture"])):
        match row:
            case Session():
                found["result", row.event.season.slug, row.event.slug, row.slug] = row
            case Title():
                for kind in ("standings", "chart"):
                    found[kind, row.race_class.season.slug, row.slug] = row
            case Entry():
                found["plate", row.season.slug, row.car_number] = row
            case Event():
                found["event", row.season.slug, row.slug] = row
    return found


def _each(rows: Iterable[Mapping[str, Model]]) -> Iterable[Model]:
    return (row for found in rows for row in found.values())


def _label(block: Block, row: Model | None) -> str:
    """In words, such as “Sepang race 1, GT, top 5”; the reference alone where nothing has it."""
    match row:
        case None:
            said = [block.reference]
        case Session():
            said = [f"{row.event.name} {row.event.season.label}, {row.name}"]
        case Entry():
            said = [f"{row.car_number} {row.team.name}, {row.race_class.name}, {row.season.label}"]
        case Event():
            said = [f"{row.name} {row.season.label}"]
        case _:
            said = [str(row)]
    if block.race_class:
        said.append(block.race_class.upper())
    if block.after:
        said.append(f"after round {block.after}")
    if block.top:
        said.append(f"top {block.top}")
    return ", ".join(said)
