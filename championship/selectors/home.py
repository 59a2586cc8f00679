"""The front page: the current season, in the moment that the site's clock says."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from championship import clock
from championship.models import Event, Season
from championship.selectors.classes import EntrySummary, entry_summary
from championship.selectors.events import EventCard, event_card, for_cards
from championship.selectors.invitations import ClassStakes, class_stakes
from championship.selectors.seasons import season_list
from championship.selectors.sessions import NextSession, next_session, phase_of

Moment = Literal["empty", "before", "between", "weekend", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The current season on the front page.

    `next_event` is the one that is on or comes next, None when the season is over or has no events; `days_ahead`
    counts the days to its first day at the track, 0 while it is on.
    """

    season_slug: str
    season_label: str
    moment: Moment
    events: tuple[EventCard, ...]
    next_event: EventCard | None
    next_session: NextSession | None
    days_ahead: int
    stakes: tuple[ClassStakes, ...]
    entries: EntrySummary | None

    @property
    def rounds(self) -> int:
        return sum(len(event.rounds) for event in self.events)

    @property
    def first_day(self) -> date:
        return min(event.starts_on for event in self.events)

    @property
    def last_day(self) -> date:
        return max(event.ends_on for event in self.events)


def home_page() -> HomePage | None:
    """The front page of the current season; None when no season is marked as the current one."""
    season = Season.objects.current()
    if season is None:
        return None
    events = list(for_cards(Event.objects.filter(season=season)))
    ahead = next((event for event in events if phase_of(event) != "after" and not event.is_cancelled), None)
    published = season_list(season)
    return HomePage(
        season_slug=season.slug,
        season_label=season.label,
        moment=_moment(events, ahead),
        events=tuple(event_card(event) for event in events),
        next_event=event_card(ahead) if ahead else None,
        next_session=next_session(ahead) if ahead else None,
        days_ahead=_days_ahead(ahead) if ahead else 0,
        stakes=class_stakes(season),
        entries=entry_summary(published) if published else None,
    )


def _moment(events: list[Event], ahead: Event | None) -> Moment:
    if not events:
        return "empty"
    if ahead is None:
        return "after"
    if phase_of(ahead) == "during":
        return "weekend"
    return "between" if any(phase_of(event) == "after" for event in events) else "before"


def _days_ahead(event: Event) -> int:
    return max((event.starts_on - clock.now().astimezone(event.zone).date()).days, 0)
