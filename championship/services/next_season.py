"""Starting a season from the one before, and saying which season is the current one."""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from championship.models import (
    Entry,
    Event,
    Invitation,
    PointsScaleLine,
    PointsSettings,
    RaceClass,
    Round,
    Season,
    Session,
    Title,
)
from championship.rules.seasons import a_year_later
from championship.services.crews import NewSeat, set_crew
from championship.services.saving import save


def start_next_season(
    *,
    source: Season,
    slug: str,
    label: str,
    invitations: Collection[Invitation] = (),
    entries: Sequence[Entry] = (),
    with_crews: bool = False,
    events: Sequence[Event] = (),
) -> Season:
    """Make a season with the classes, titles and points settings of `source`, in one transaction.

    These invitations are for the next year's races. The entries come with the crews nominated for the season, or
    without; the events at the same circuits with their sessions and rounds, on the same weekday a year later, with
    every start to be confirmed. A session whose day is not on record is left out, and its round with it: nobody knows
    its day a year later either. What was published about `source` (links, notes, sources) is not copied.

    The new season is not the current one. Raises ValidationError when there is a season with this slug or label.
    """
    reason = f"Copied from the season {source.label}"
    with transaction.atomic():
        Season.objects.select_for_update().get(pk=source.pk)
        if Season.objects.filter(slug=slug).exists():
            raise ValidationError(
                {"slug": f"There is a season {slug} already. Change that one, or choose another slug."}
            )
        season = save(Season(slug=slug, label=label), reason=reason)
        classes = _copy_classes(source, season, reason)
        _copy_titles(source, classes, invitations, reason)
        _copy_points(source, season, reason)
        for entry in entries:
            _copy_entry(entry, season, classes, with_crews, reason)
        rounds = 0
        for event in sorted(events, key=lambda row: row.starts_on):
            rounds = _copy_event(event, season, classes, rounds, reason)
    return season


def make_current(season: Season, *, reason: str = "") -> Season:
    """Mark this season as the current one and unmark the other, in one transaction."""
    with transaction.atomic():
        seasons = {row.pk: row for row in Season.objects.select_for_update()}
        chosen = seasons[season.pk]
        for other in seasons.values():
            if other.is_current and other != chosen:
                other.is_current = False
                save(other, reason=reason)
        if not chosen.is_current:
            chosen.is_current = True
            save(chosen, reason=reason)
    return chosen


def _copy_classes(source: Season, season: Season, reason: str) -> dict[int, RaceClass]:
    """The new classes by the id of the old one."""
    copies = {}
    for row in source.race_classes.all():
        names = ("slug", "name", "position", "for_overall_victory", "plate_colour", "plate_ink", "accent_on_dark")
        values = {name: getattr(row, name) for name in names}
        copies[row.pk] = save(RaceClass(season=season, **values), reason=reason)
    return copies


def _copy_titles(
    source: Season, classes: dict[int, RaceClass], invitations: Collection[Invitation], reason: str
) -> None:
    for row in Title.objects.of_season(source):
        title = Title(race_class=classes[row.race_class_id], contender=row.contender, group=row.group)
        save(title, reason=reason)
        for invitation in (one for one in invitations if one.title_id == row.pk):
            copy = Invitation(title=title, kind=invitation.kind, race=invitation.race, year=invitation.year + 1)
            save(copy, reason=reason)


def _copy_points(source: Season, season: Season, reason: str) -> None:
    settings = PointsSettings.objects.filter(season=source).first()
    if settings is None:
        return
    names = (
        *("pole_points", "classified_share", "count_back", "late_joiners_score"),
        *("dropped_scores", "short_race_share", "short_race_factor"),
    )
    copy = PointsSettings(season=season, **{name: getattr(settings, name) for name in names})
    save(copy, reason=reason)
    for line in settings.scale.all():
        save(PointsScaleLine(settings=copy, position=line.position, points=line.points), reason=reason)


def _copy_entry(entry: Entry, season: Season, classes: dict[int, RaceClass], with_crew: bool, reason: str) -> None:
    copy = Entry(
        season=season,
        car_number=entry.car_number,
        race_class=classes[entry.race_class_id],
        team=entry.team,
        car_model=entry.car_model,
    )
    save(copy, reason=reason)
    if with_crew:
        seats = [
            NewSeat(seat=row.seat, driver=row.driver, rating=row.rating, nationality=str(row.nationality))
            for row in entry.crew.select_related("driver")
        ]
        set_crew(copy, seats, reason=reason)


def _copy_event(event: Event, season: Season, classes: dict[int, RaceClass], rounds: int, reason: str) -> int:
    """Copy an event with its dated sessions; its rounds are counted on from `rounds`. Returns the last number."""
    copy = Event(
        season=season,
        slug=event.slug,
        name=event.name,
        circuit=event.circuit,
        starts_on=a_year_later(event.starts_on),
        ends_on=a_year_later(event.ends_on),
    )
    save(copy, reason=reason)
    sessions = {
        row.pk: _copy_session(row, a_year_later(row.date), copy, classes, reason)
        for row in event.sessions.all()
        if row.date is not None
    }
    dated = event.rounds.exclude(race_session__date=None).order_by("number")
    for number, old in enumerate(dated, start=rounds + 1):
        new = Round(season=season, event=copy, number=number, race_session=sessions[old.race_session_id])
        save(new, reason=reason)
        new.grid_from.set([sessions[row.pk] for row in old.grid_from.all() if row.pk in sessions])
        rounds = number
    return rounds


def _copy_session(row: Session, day: date, event: Event, classes: dict[int, RaceClass], reason: str) -> Session:
    copy = Session(
        event=event,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        date=day,
        duration_minutes=row.duration_minutes,
    )
    save(copy, reason=reason)
    copy.race_classes.set([classes[race_class.pk] for race_class in row.race_classes.all()])
    return copy
