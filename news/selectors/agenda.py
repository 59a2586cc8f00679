"""What becomes public when, day by day, with the sport's sessions beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from championship import clock
from championship.models import Session
from championship.rules.times import letters_of
from news.models import Story
from news.selectors.newsroom import writing_url

# So many days before now and after it are shown, and further ahead as long as something is scheduled.
BEFORE = timedelta(days=7)
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """`kind` is published, updated, appears, embargo or session. `at` is in the zone of the agenda.

    `url` is where it is written, of a session its public page; `story` is the key of a story, None for a session.
    """

    kind: str
    at: datetime
    zone: str
    text: str
    note: str
    story: int | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDay:
    day: date
    is_today: bool
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The days with something in them, and today. `coming` counts what is still to become public."""

    now: datetime
    zone: str
    days: tuple[AgendaDay, ...]
    coming: int

    @property
    def is_empty(self) -> bool:
        return not any(day.items for day in self.days)


def agenda(zone: ZoneInfo, kinds: Sequence[str]) -> Agenda:
    """The agenda on the clocks of `zone`; four queries, with what this person may see: `kinds` of `Story.Kind`."""
    now = clock.now().astimezone(zone)
    coming = list(_coming(zone, kinds))
    last = max([now + AHEAD, *(item.at for item in coming)])
    items = [*_published(now - BEFORE, zone, kinds), *coming, *_sessions(now - BEFORE, last, zone)]
    items.sort(key=lambda item: (item.at, item.kind, item.text))
    by_day = {day: tuple(found) for day, found in groupby(items, key=lambda item: item.at.date())}
    by_day.setdefault(now.date(), ())
    return Agenda(
        now=now,
        zone=letters_of(now),
        days=tuple(
            AgendaDay(day=day, is_today=day == now.date(), items=found) for day, found in sorted(by_day.items())
        ),
        coming=sum(item.kind == "appears" for item in coming),
    )


def _item(kind: str, moment: datetime, zone: ZoneInfo, text: str, **more: object) -> AgendaItem:
    at = moment.astimezone(zone)
    values = {"note": "", "story": None, "url": ""} | more
    return AgendaItem(kind=kind, at=at, zone=letters_of(at), text=text, **values)  # type: ignore[arg-type]


def _coming(zone: ZoneInfo, kinds: Sequence[str]) -> Iterator[AgendaItem]:
    """What appears by itself, and embargoes that end while nothing is scheduled."""
    for story in Story.everything.scheduled().filter(kind__in=kinds).select_related("live"):
        held = story.embargo_until == story.public_from and story.publish_at != story.public_from
        note = "when its embargo ends" if held else ""
        yield _item(
            "appears", story.public_from, zone, story.live.headline, note=note, story=story.pk, url=writing_url(story)
        )
    held_drafts = Story.everything.filter(kind__in=kinds, embargo_until__gt=clock.now(), live__isnull=True)
    for story in held_drafts.order_by("embargo_until", "pk"):
        note = "still a draft: nothing appears by itself"
        yield _item(
            "embargo", story.embargo_until, zone, story.headline, note=note, story=story.pk, url=writing_url(story)
        )


def _published(since: datetime, zone: ZoneInfo, kinds: Sequence[str]) -> Iterator[AgendaItem]:
    for story in Story.everything.published().filter(kind__in=kinds, live__public_from__gte=since):
        edition, more = story.live, {"story": story.pk, "url": writing_url(story)}
        if story.public_from >= since:
            yield _item("published", story.public_from, zone, edition.headline, **more)
        if edition.public_from > story.public_from:
            yield _item("updated", edition.public_from, zone, edition.headline, note=edition.update_note, **more)


def _sessions(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[AgendaItem]:
    """Those whose start is known to the minute."""
    rows = Session.objects.filter(starts_at__gte=first, starts_at__lte=last, event__is_cancelled=False)
    for row in rows.select_related("event__season").order_by("starts_at"):
        if row.start_confirmed:
            yield _item(
                "session", row.starts_at, zone, f"{row.event.name}, {row.name}", url=row.event.get_absolute_url()
            )
