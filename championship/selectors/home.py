"""The front page: the current season, in the moment that the site's clock says."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from championship import clock
from championship.models import Event, Season
from championship.selectors.classes import EntrySummary, entry_summary
from championship.selectors.events import EventCard, event_card, for_cards
from championship.selectors.invitations import ClassStakes, class_stakes
from championship.selectors.podiums import SessionResult, latest_results
from championship.selectors.seasons import season_list
from championship.selectors.sessions import NextSession, next_session, phase_of
from championship.selectors.title_news import TitleNews, title_news

Moment = Literal["empty", "before", "between", "weekend", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The current season on the front page.

    `next_event` is the one that is on or comes next, None when the season is over or has no events; `days_ahead`
    counts the days to its first day at the track, 0 while it is on. `results` are those of the event whose result was
    published last.
    """

    season_slug: str
    season_label: str
    moment: Moment
    events: tuple[EventCard, ...]
    next_event: EventCard | None
    next_session: NextSession | None
    days_ahead: int
    results: tuple[SessionResult, ...]
    titles: tuple[TitleNews, ...]
    stakes: tuple[ClassStakes, ...]
    entries: EntrySummary | None

    @property
    def latest(self) -> SessionResult | None:
        """The last session of the latest event that has a result."""
        return self.results[-1] if self.results else None

    @property
    def earlier(self) -> tuple[SessionResult, ...]:
        """The other sessions of that event that have a result, the latest first."""
        return self.results[-2::-1]

    @property
    def champions_are_subject(self) -> bool:
        """Whether a title that is decided still waits for official results."""
        return not all(title.is_awarded for title in self.champions)

    @property
    def news_of_today(self) -> SessionResult | None:
        """The latest result while its event is on."""
        is_on = self.latest and self.moment == "weekend" and self.next_event.url == self.latest.event_url
        return self.latest if is_on else None

    @property
    def champions(self) -> tuple[TitleNews, ...]:
        """The titles of the teams that are won for good, or subject to official results, once nothing is to come."""
        won = (title for title in self.titles if title.is_for_teams and title.is_won)
        return tuple(won) if self.next_session is None else ()

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
        results=latest_results(season),
        titles=title_news(season),
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
