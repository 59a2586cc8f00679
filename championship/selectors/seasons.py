"""A season on one page."""

from dataclasses import dataclass
from datetime import date

from championship.models import EntryList, Event, PointsSettings, Season
from championship.selectors.classes import ClassField, EntrySummary, entry_summary, joined_later
from championship.selectors.events import EventCard, event_card, for_cards
from championship.selectors.invitations import ClassStakes, class_stakes
from championship.selectors.podiums import WinnersTable, season_winners
from championship.selectors.text import plain
from championship.selectors.title_news import TitleNews, title_news


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsTable:
    """How the season scores: `scale` are (scoring position, points); `classified_percent` is text such as "70"."""

    scale: tuple[tuple[int, str], ...]
    pole_points: str
    classified_percent: str
    count_back: str
    late_joiners_score: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonPage:
    """All that the page of a season says; `first_day` and `last_day` are None while there are no events.

    `entries` is the season's own list, `joined` are the cars that came later. `winners` is None and `titles` empty
    before the first result.
    """

    slug: str
    label: str
    first_day: date | None
    last_day: date | None
    events: tuple[EventCard, ...]
    stakes: tuple[ClassStakes, ...]
    points: PointsTable | None
    winners: WinnersTable | None
    titles: tuple[TitleNews, ...]
    entries: EntrySummary | None
    joined: tuple[ClassField, ...]

    @property
    def has_champions(self) -> bool:
        """Whether every title has its holder."""
        return all(title.is_awarded for title in self.titles)

    @property
    def rounds(self) -> int:
        return sum(len(event.rounds) for event in self.events)


def season_page(slug: str) -> SeasonPage | None:
    """The page of one season, or None when there is no such season."""
    season = Season.objects.filter(slug=slug).select_related("points_settings").first()
    if season is None:
        return None
    published = season_list(season)
    events = tuple(event_card(event) for event in for_cards(Event.objects.filter(season=season)))
    return SeasonPage(
        slug=season.slug,
        label=season.label,
        first_day=min((event.starts_on for event in events), default=None),
        last_day=max((event.ends_on for event in events), default=None),
        events=events,
        stakes=class_stakes(season),
        points=_points(season),
        winners=season_winners(season),
        titles=title_news(season),
        entries=entry_summary(published) if published else None,
        joined=joined_later(published) if published else (),
    )


def season_list(season: Season) -> EntryList | None:
    """The newest published revision of the season's own list, None before the first."""
    return EntryList.objects.of_season(season).published().select_related("season").first()


def _points(season: Season) -> PointsTable | None:
    settings: PointsSettings | None = getattr(season, "points_settings", None)
    if settings is None:
        return None
    return PointsTable(
        scale=tuple((line.position, plain(line.points)) for line in settings.scale.all()),
        pole_points=plain(settings.pole_points),
        classified_percent=plain(settings.classified_share * 100),
        count_back=settings.get_count_back_display(),
        late_joiners_score=settings.late_joiners_score,
    )
