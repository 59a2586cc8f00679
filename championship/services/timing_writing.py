"""Writing what a timing file was shown to bring, in the transaction that compared it with what was shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from championship.models import (
    CarModel,
    CarModelAlias,
    ClassificationDraft,
    Driver,
    DriverAlias,
    Event,
    RaceClass,
    RaceClassAlias,
    Season,
    Session,
    Team,
    TeamAlias,
    TimingImport,
)
from championship.services import consequences
from championship.services.drafts import create_draft, save_draft
from championship.services.rows import save_entry, save_event_entry
from championship.services.saving import save
from championship.services.timing_entry_values import EntriesPreview
from championship.services.timing_matching import NewAlias
from championship.services.timing_results import ResultsPreview


def write_results(
    now: ResultsPreview, *, session: Session, by: AbstractBaseUser | None, cause: str | None
) -> ClassificationDraft:
    """The lines as the session's draft. Raises ValidationError or ResultsError when a rule refuses something."""
    reason = _reason(now.staged)
    _make_drivers(now.new_drivers, now.staged, reason)
    remember(now.aliases, season=session.event.season, reason=reason)
    written: dict[str, Any] = {
        "lines": now.lines,
        "by": by,
        "contained": now.contained,
        "source": f"Timing file {now.staged.file_name} (SHA-256 {now.staged.sha256[:12]})",
    }
    if now.draft is None:
        return create_draft(session=session, cause=cause or "", **written)
    return save_draft(now.draft, seen_version=now.draft.version, cause=cause, **written)


def write_entries(now: EntriesPreview, *, event: Event) -> None:
    """New teams and drivers, then the cars, then what follows. Raises ValidationError when a rule refuses something."""
    reason = _reason(now.staged)
    for slug, fields in now.new_teams.items():
        save(Team(slug=slug, source=_source(now.staged), **fields), reason=reason)
    _make_drivers(now.new_drivers, now.staged, reason)
    remember(now.aliases, season=event.season, reason=reason)
    for car in now.cars:
        if car.entry is not None:
            save_entry(car.entry, season=event.season, reason=reason)
        save_event_entry(car.after, season=event.season, reason=reason)
    consequences.follow_in(event.season, cause=f"Entries of {event.name} imported")


def remember(aliases: Iterable[NewAlias], *, season: Season, reason: str) -> None:
    """Write confirmed spellings as aliases of their rows. Raises ValidationError when one is taken meanwhile."""
    for alias in aliases:
        match alias.kind:
            case "driver":
                row: Any = DriverAlias(driver=Driver.objects.get(slug=alias.slug), name=alias.name)
            case "team":
                row = TeamAlias(team=Team.objects.get(slug=alias.slug), name=alias.name)
            case "car_model":
                row = CarModelAlias(car_model=CarModel.objects.get(slug=alias.slug), name=alias.name)
            case _:
                race_class = RaceClass.objects.get(season=season, slug=alias.slug)
                row = RaceClassAlias(race_class=race_class, season=season, name=alias.name)
        save(row, reason=reason)


def _make_drivers(new: Mapping[str, Mapping[str, str]], staged: TimingImport, reason: str) -> None:
    for slug, fields in new.items():
        save(Driver(slug=slug, source=_source(staged), **fields), reason=reason)


def _source(staged: TimingImport) -> str:
    return f"Timing file {staged.file_name}"


def _reason(staged: TimingImport) -> str:
    return _source(staged)[:100]
