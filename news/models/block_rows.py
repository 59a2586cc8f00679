"""Which rows of the sport the data blocks of a text show: an edition keeps links to them, and pages look them up."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Model, Q

from championship.models import Entry, Event, Picture, Session, Title
from news.markup import Block, blocks_of


def shown_in(body: str) -> list[dict[str, Model]]:
    """What the blocks of a clean text show, once each, as `{"session": row}`. What is not there is left out."""
    return rows_of(list(blocks_of(body)))


def rows_of(blocks: Sequence[Block]) -> list[dict[str, Model]]:
    """The same of single blocks; a query for each kind that is among them."""
    found: list[dict[str, Model]] = []
    found += [{"session": row} for row in _sessions(blocks)]
    found += [{"title": row} for row in _titles(blocks)]
    found += [{"entry": row} for row in _entries(blocks)]
    found += [{"event": row} for row in _events(blocks)]
    pictures = pictures_named(block.reference for block in blocks if block.kind == "picture")
    found += [{"picture": row} for row in dict.fromkeys(pictures.values())]
    return found


def pictures_in(body: str) -> list[Picture]:
    """The pictures that a clean text shows, once each."""
    named = pictures_named(block.reference for block in blocks_of(body) if block.kind == "picture")
    return list(dict.fromkeys(named.values()))


def _sessions(blocks: Iterable[Block]) -> Iterable[Session]:
    asked = _parts(blocks, "result")
    if not asked:
        return ()
    rows = Session.objects.select_related("event__season", "event__circuit")
    return rows.filter(
        _any(Q(event__season__slug=season, event__slug=event, slug=session) for season, event, session in asked)
    )


def _titles(blocks: Iterable[Block]) -> list[Title]:
    """Titles have no column for their slug: those of the seasons are compared."""
    asked = _parts(blocks, "standings", "chart")
    if not asked:
        return []
    titles = Title.objects.filter(_any(Q(race_class__season__slug=season) for season, _ in asked))
    return [
        row for row in titles.select_related("race_class__season") if (row.race_class.season.slug, row.slug) in asked
    ]


def _entries(blocks: Iterable[Block]) -> Iterable[Entry]:
    asked = _parts(blocks, "plate")
    if not asked:
        return ()
    rows = Entry.objects.select_related("race_class__season", "season", "team", "car_model")
    return rows.filter(_any(Q(season__slug=season, car_number=number) for season, number in asked))


def _events(blocks: Iterable[Block]) -> Iterable[Event]:
    asked = _parts(blocks, "event")
    if not asked:
        return ()
    return Event.objects.select_related("season", "circuit").filter(
        _any(Q(season__slug=season, slug=event) for season, event in asked)
    )


def pictures_named(names: Iterable[str]) -> dict[str, Picture]:
    """The pictures that have these names, or had them once: another crop of a picture is another set of files."""
    asked = set(names)
    if not asked:
        return {}
    found = {row.name: row for row in Picture.objects.filter(name__in=asked)}
    former = asked - found.keys()
    if former:
        keys = dict(Picture.history.filter(name__in=former).values_list("name", "id"))
        rows = Picture.objects.in_bulk(set(keys.values()))
        found |= {name: rows[key] for name, key in keys.items() if key in rows}
    return found


def _parts(blocks: Iterable[Block], *kinds: str) -> set[tuple[str, ...]]:
    return {block.parts for block in blocks if block.kind in kinds}


def _any(conditions: Iterable[Q]) -> Q:
    """One of these conditions; nothing without any."""
    return reduce(or_, conditions, Q(pk__in=[]))
