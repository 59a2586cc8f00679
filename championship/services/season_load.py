"""Loading the record of a season: through the same doors as an official's own changes, all or nothing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from championship.models import (
    CarModel,
    Circuit,
    Event,
    Invitation,
    Manufacturer,
    PointsScaleLine,
    PointsSettings,
    RaceClass,
    Round,
    Season,
    Session,
    Title,
)
from championship.record import schema
from championship.record.compare import Difference, compare
from championship.services import entry_lists, results_load
from championship.services.document_archive import archive_decisions
from championship.services.parking import make_way
from championship.services.rows import (
    LoadError,
    plain,
    save_driver,
    save_entry,
    save_event_entry,
    save_team,
    upsert,
)
from championship.services.season_export import tables_of

REASON = "Loaded from the season's files"
_upsert = partial(upsert, reason=REASON)


def differences(record: schema.SeasonRecord) -> list[Difference]:
    """What loading `record` would change, row by row. Nothing is written."""
    season = Season.objects.filter(slug=record.season.slug).first()
    return compare(tables_of(season, beside=record), record)


def load_season(
    record: schema.SeasonRecord, *, dry_run: bool = False, expected: list[Difference] | None = None
) -> list[Difference]:
    """Load what `record` says beyond the database, in one transaction, and return it.

    With `dry_run` everything is tried and then undone. `expected` is what somebody was shown: LoadError when the
    changes are others by now. Raises LoadError, and writes nothing, when a row breaks a rule or when a published
    entry list or classification would change.
    """
    with transaction.atomic():
        changes = differences(record)
        if expected is not None and changes != expected:
            raise LoadError("The database was changed in the meantime. Look at the changes again.")
        _make_way(record, changes)
        for change in changes:
            if change.table not in LOADERS:
                continue
            try:
                LOADERS[change.table](record, change)
            except ValidationError as error:
                raise LoadError(f"{change.file}, {change.table} {change.key}: {_words(error)}") from error
            except ProtectedError as error:
                raise LoadError(
                    f"{change.file}, {change.table} {change.key}: what it takes away is still needed by others: "
                    f"{', '.join(sorted({str(row) for row in error.protected_objects})[:3])}."
                ) from error
        _load_results(record, changes)
        if dry_run:
            transaction.set_rollback(True)
    return changes


def _load_results(record: schema.SeasonRecord, changes: list[Difference]) -> None:
    """Publish what is new last, when everything that its points follow from is as the files say."""
    season = _season(record)
    if changes:
        results_load.refresh_scores(season, reason=REASON)
    published = [change for change in changes if change.table == "classifications"]
    results_load.load_classifications(season, published, reason=REASON)
    archive_decisions(season, reason=REASON)


def _make_way(record: schema.SeasonRecord, changes: list[Difference]) -> None:
    season = Season.objects.filter(slug=record.season.slug).first()
    rows: dict[str, list[Any]] = {}
    for change in changes:
        if change.old is not None:
            rows.setdefault(change.table, []).append(change.new)
    for table, changed in rows.items():
        make_way(table, changed, season=season, reason=REASON)


def _words(error: ValidationError) -> str:
    if hasattr(error, "message_dict"):
        return " ".join(
            (message if field == "__all__" else f"{field}: {message}")
            for field, messages in error.message_dict.items()
            for message in messages
        )
    return " ".join(error.messages)


def _season(record: schema.SeasonRecord) -> Season:
    return Season.objects.get(slug=record.season.slug)


def _load_season(_record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.SeasonRow = change.new
    values = plain(row, "label", "source")
    if not Season.objects.filter(is_current=True).exists():
        values["is_current"] = True
    _upsert(Season, {"slug": row.slug}, values)


def _load_points(record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.PointsRow = change.new
    settings = _upsert(
        PointsSettings,
        {"season": _season(record)},
        plain(
            row,
            *("pole_points", "classified_share", "count_back", "late_joiners_score"),
            *("dropped_scores", "short_race_share", "short_race_factor", "source"),
        ),
    )
    settings.scale.filter(position__gt=len(row.scale)).delete()
    for position, points in enumerate(row.scale, start=1):
        _upsert(PointsScaleLine, {"settings": settings, "position": position}, {"points": points})


def _load_race_class(record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.RaceClassRow = change.new
    names = (
        "name",
        "position",
        "for_overall_victory",
        "plate_colour",
        "plate_ink",
        "accent_on_dark",
        "source",
    )
    _upsert(RaceClass, {"season": _season(record), "slug": row.slug}, plain(row, *names))


def _load_title(record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.TitleRow = change.new
    race_class = RaceClass.objects.get(season=_season(record), slug=row.race_class)
    key = {"race_class": race_class, "contender": row.contender, "group": row.group}
    _upsert(Title, key, {"source": row.source})


def _load_invitation(record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.InvitationRow = change.new
    titles = {title.slug: title for title in Title.objects.of_season(_season(record))}
    key = {"title": titles[row.title], "race": row.race, "year": row.year}
    _upsert(Invitation, key, plain(row, "kind", "source"))


def _load_plain(model: type[Any], names: Sequence[str], _record: schema.SeasonRecord, change: Difference) -> Any:
    return _upsert(model, {"slug": change.new.slug}, plain(change.new, *names))


def _load_car_model(_record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.CarModelRow = change.new
    maker = Manufacturer.objects.get(slug=row.manufacturer)
    _upsert(CarModel, {"slug": row.slug}, {"manufacturer": maker, **plain(row, "name", "source")})


def _load_team(_record: schema.SeasonRecord, change: Difference) -> None:
    save_team(change.new, reason=REASON)


def _load_driver(_record: schema.SeasonRecord, change: Difference) -> None:
    save_driver(change.new, reason=REASON)


def _load_event(record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.EventRow = change.new
    names = (
        "name",
        "starts_on",
        "ends_on",
        "is_cancelled",
        "live_timing_url",
        "broadcast_url",
        "tickets_url",
    )
    event = _upsert(
        Event,
        {"season": _season(record), "slug": row.slug},
        {"circuit": Circuit.objects.get(slug=row.circuit), **plain(row, *names, "note", "source")},
    )
    # Qualifying before races, so that a race finds the sessions that set its grid.
    for session in sorted(row.sessions, key=lambda session: session.kind == Session.Kind.RACE):
        _load_session(event, session)


def _load_session(event: Event, row: schema.SessionRow) -> None:
    names = ("name", "kind", "start_status", "date", "duration_minutes", "state", "state_reason")
    starts_at = row.starts_at.replace(tzinfo=event.zone) if row.starts_at else None
    session = _upsert(Session, {"event": event, "slug": row.slug}, {"starts_at": starts_at, **plain(row, *names)})
    session.race_classes.set(RaceClass.objects.filter(season=event.season, slug__in=row.race_classes))
    if row.round is None:
        Round.objects.filter(race_session=session).delete()
        return
    round_ = _upsert(
        Round,
        {"event": event, "race_session": session},
        {"season": event.season, "number": row.round, "distance_share": row.distance_share},
    )
    round_.grid_from.set(Session.objects.filter(event=event, slug__in=row.grid_from))


def _load_entry(record: schema.SeasonRecord, change: Difference) -> None:
    save_entry(change.new, season=_season(record), reason=REASON)


def _load_event_entry(record: schema.SeasonRecord, change: Difference) -> None:
    save_event_entry(change.new, season=_season(record), reason=REASON)


def _load_entry_list(record: schema.SeasonRecord, change: Difference) -> None:
    row: schema.EntryListRow = change.new
    if change.old is not None:
        raise LoadError(
            f"{change.file}: revision {change.key} is published and differs from the files "
            f"({', '.join(change.fields)}). A published revision never changes: publish a new one."
        )
    season = _season(record)
    entry_lists.freeze(
        season=season,
        event=Event.objects.get(season=season, slug=row.event) if row.event else None,
        lines=row.lines,
        **plain(row, "revision", "status", "published_at", "published_precision", "note", "source"),
    )


def _load_result_row(load: Callable[..., None], record: schema.SeasonRecord, change: Difference) -> None:
    load(_season(record), change.new, reason=REASON)


LOADERS: dict[str, Callable[[schema.SeasonRecord, Difference], Any]] = {
    "season": _load_season,
    "points": _load_points,
    "race_classes": _load_race_class,
    "titles": _load_title,
    "invitations": _load_invitation,
    "circuits": partial(
        _load_plain,
        Circuit,
        (
            "name",
            "layout",
            "location",
            "country",
            "length_m",
            "turns",
            "latitude",
            "longitude",
            "time_zone",
            "outline",
            "source",
        ),
    ),
    "manufacturers": partial(_load_plain, Manufacturer, ("name", "source")),
    "car_models": _load_car_model,
    "teams": _load_team,
    "drivers": _load_driver,
    "events": _load_event,
    "entries": _load_entry,
    "event_entries": _load_event_entry,
    "entry_lists": _load_entry_list,
    "poles": partial(_load_result_row, results_load.load_pole),
    "decisions": partial(_load_result_row, results_load.load_decision),
    "eligibility": partial(_load_result_row, results_load.load_eligibility),
    "adjustments": partial(_load_result_row, results_load.load_adjustment),
}
