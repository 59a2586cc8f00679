"""Stories that are public or scheduled and whose facts changed since they were written: for editors, who decide whether
a word is wrong now.

What counts is what a story mentions: its sessions and events, and what its blocks show. A fact has changed when readers
knew another one when the live edition was frozen, or at the moment as of which it speaks (or when an editor looked
last); a first result is no change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.urls import reverse

from championship import clock
from championship.models import Classification, Event, Session, StandingList
from news.models import Story, StoryLink


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsALook:
    """A story, and what changed after `since`, the oldest first. `version` is that of its working copy.

    `url` is "" while it is scheduled.
    """

    story: int
    version: int
    headline: str
    url: str
    since: datetime
    changes: tuple["Change", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to a fact: readers knew it since `known_at`, and it is another as of `at`.

    `text` is a sentence; the page at `url` shows the fact.
    """

    known_at: datetime
    at: datetime
    text: str
    url: str


# What changed by the kind and key of what it happened to: ("session", 7). An event has the changes of its sessions.
Changes = Mapping[tuple[str, int], Sequence[Change]]


def needs_a_look() -> tuple[NeedsALook, ...]:
    """The stories to look at, scheduled ones before the public ones; eight queries."""
    stories = [*Story.objects.scheduled().select_related("live"), *Story.objects.published()]
    links: dict[int, list[StoryLink]] = defaultdict(list)
    for link in StoryLink.objects.filter(edition__in=[story.live_id for story in stories]):
        links[link.edition_id].append(link)
    happened = _happened([link for of_story in links.values() for link in of_story])
    found = (_look(story, links[story.live_id], happened) for story in stories)
    return tuple(one for one in found if one.changes)


def _look(story: Story, links: Iterable[StoryLink], happened: Changes) -> NeedsALook:
    # What is scheduled was written before it appears; a story of the archive speaks of an earlier moment.
    written = min(story.live.saved_at, story.live.public_from)
    since = max(written, story.looked_at or written)
    changes = [
        change
        for link in links
        for change in happened.get((link.kind, getattr(link, f"{link.kind}_id")), ())
        if change.known_at <= since < change.at
    ]
    in_order = sorted(changes, key=lambda one: one.at)
    return NeedsALook(
        story=story.pk,
        version=story.version,
        headline=story.live.headline,
        url=story.get_absolute_url() if story.is_public else "",
        since=since,
        changes=tuple({change.text: change for change in reversed(in_order)}.values())[::-1],
    )


def _happened(links: Sequence[StoryLink]) -> Changes:
    events = {link.event_id for link in links if link.event_id}
    where = Q(pk__in={link.session_id for link in links if link.session_id}) | Q(event__in=events)
    sessions = {row.pk: row for row in Session.objects.filter(where).select_related("event__season")}
    found: dict[tuple[str, int], list[Change]] = defaultdict(list)
    for key, change in (*_results(sessions), *_times(sessions)):
        found["session", key].append(change)
        found["event", sessions[key].event_id].append(change)
    for key, change in _days(events):
        found["event", key].append(change)
    for key, change in _tables({link.title_id for link in links if link.title_id}):
        found["title", key].append(change)
    return found


def _results(sessions: Mapping[int, Session]) -> Iterator[tuple[int, Change]]:
    """Later versions of results, and recalls."""
    now = clock.now()
    rows = Classification.objects.published(now).filter(session__in=sessions).select_related("state")
    for key, of_session in groupby(rows.order_by("session", "version"), key=attrgetter("session_id")):
        first = None
        for row in of_session:
            row.session = sessions[key]
            name, url = f"{row.session}: v{row.version}", row.get_absolute_url()
            if first is not None:
                cause = f": {row.cause}" if row.cause else ""
                text = f"{name} was published, {row.get_status_display().lower()}{cause}"
                yield key, Change(known_at=first, at=row.published_at, text=text, url=url)
            if row.state.recalled_at and row.state.recalled_at <= now:
                text = f"{name} was recalled: {row.state.recall_reason}"
                yield key, Change(known_at=row.published_at, at=row.state.recalled_at, text=text, url=url)
            first = first or row.published_at


def _tables(titles: Iterable[int]) -> Iterator[tuple[int, Change]]:
    """Later versions of the table after the same round."""
    rows = StandingList.objects.filter(
        title__in=titles, basis=StandingList.Basis.ALL, published_at__lte=clock.now()
    ).select_related("title__race_class__season", "round")
    in_order = rows.order_by("title", "round__number", "version")
    for (key, number), of_round in groupby(in_order, key=lambda row: (row.title_id, row.round.number)):
        first, *later = of_round
        for row in later:
            text = f"{row.title} after round {number}: the table was changed: {row.cause}"
            url = reverse("title_standings", args=[row.title.race_class.season.slug, row.title.slug])
            yield key, Change(known_at=first.published_at, at=row.published_at, text=text, url=url)


def _times(sessions: Mapping[int, Session]) -> Iterator[tuple[int, Change]]:
    rows = Session.history.filter(id__in=sessions).order_by("id", "history_id")
    for key, of_session in groupby(rows, key=attrgetter("id")):
        text, url = f"{sessions[key]}: its time or its state was changed", sessions[key].event.get_absolute_url()
        yield from ((key, change) for change in _moved(of_session, ("calendar_revision",), text, url))


def _days(events: Iterable[int]) -> Iterator[tuple[int, Change]]:
    rows = Event.history.filter(id__in=events).select_related("season")
    for key, of_event in groupby(rows.order_by("id", "history_id"), attrgetter("id")):
        records = list(of_event)
        text = f"{records[-1].name}: its days were changed, or it was called off"
        url = reverse("event", args=[records[-1].season.slug, records[-1].slug])
        yield from ((key, change) for change in _moved(records, ("starts_on", "ends_on", "is_cancelled"), text, url))


def _moved(records: Iterable[Any], names: Sequence[str], text: str, url: str) -> Iterator[Change]:
    """A change for each record of a history that differs from the one before in one of these fields."""
    facts = attrgetter(*names)
    known = list(records)
    for before, after in pairwise(known):
        if facts(before) != facts(after):
            yield Change(known_at=known[0].history_date, at=after.history_date, text=text, url=url)
