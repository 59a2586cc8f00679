"""The record of a season as it stands in the database."""

from datetime import UTC
from typing import Any, cast

from championship.models import (
    CarModel,
    Circuit,
    Driver,
    Entry,
    EntryList,
    Event,
    EventEntry,
    Invitation,
    Manufacturer,
    PointsSettings,
    RaceClass,
    Season,
    Session,
    Team,
    Title,
)
from championship.record import in_order, schema
from championship.services.results_export import result_tables
from championship.services.rows import driver_row, entry_row, event_entry_row, exact, exact_if_any, team_row


class ExportError(Exception):
    """The season is not complete enough to be written down; the message says what is missing."""


def export_season(season: Season) -> schema.SeasonRecord:
    """Everything on record about `season`, in the order in which files are written.

    Circuits, teams, drivers and cars are those that the season refers to. Raises ExportError without points settings.
    """
    tables = tables_of(season, beside=None)
    if not tables["points"]:
        raise ExportError(f"The season {season.label} has no points settings. Add them in the admin.")
    record = {**tables, "season": tables["season"][0], "points": tables["points"][0]}
    return in_order(schema.SeasonRecord(**record))


def tables_of(season: Season | None, *, beside: schema.SeasonRecord | None) -> dict[str, Any]:
    """The tables of a record by name, each a tuple of rows; of a season that does not exist only the shared ones.

    With `beside` the shared tables (circuits, teams, drivers, cars) also hold the rows that `beside` names.
    """
    own = _own_tables(season) if season else {}
    entries, event_entries = own.get("entries", ()), own.get("event_entries", ())
    lines = [line for entry_list in own.get("entry_lists", ()) for line in entry_list.lines]
    slugs = {
        "circuits": {row.circuit for row in own.get("events", ())},
        "teams": {row.team for row in (*entries, *lines)},
        "car_models": {row.car_model for row in (*entries, *event_entries, *lines)},
        "drivers": {seat.driver for row in (*entries, *event_entries, *lines) for seat in row.crew} | _drivers(own),
        "manufacturers": set(),
    }
    if beside is not None:
        for table, known in slugs.items():
            known |= {row.slug for row in getattr(beside, table)}
    car_models = CarModel.objects.filter(slug__in=slugs["car_models"]).select_related("manufacturer")
    makers = slugs["manufacturers"] | {row.manufacturer.slug for row in car_models}
    teams = Team.objects.filter(slug__in=slugs["teams"]).prefetch_related("aliases")
    drivers = Driver.objects.filter(slug__in=slugs["drivers"]).prefetch_related("aliases")
    return own | {
        "circuits": tuple(_circuit(row) for row in Circuit.objects.filter(slug__in=slugs["circuits"])),
        "manufacturers": tuple(
            schema.ManufacturerRow(slug=row.slug, name=row.name, source=row.source)
            for row in Manufacturer.objects.filter(slug__in=makers)
        ),
        "car_models": tuple(
            schema.CarModelRow(slug=row.slug, manufacturer=row.manufacturer.slug, name=row.name, source=row.source)
            for row in car_models
        ),
        "teams": tuple(team_row(row) for row in teams),
        "drivers": tuple(driver_row(row) for row in drivers),
    }


def _drivers(own: dict[str, Any]) -> set[str]:
    """Who drove, took a pole position or lost points: maybe nobody of any crew."""
    classifications = own.get("classifications", ())
    drove = {driver for row in classifications for line in row.lines for driver in line.drivers}
    return drove | {row.driver for table in ("poles", "adjustments") for row in own.get(table, ())}


def _own_tables(season: Season) -> dict[str, Any]:
    events = season.events.select_related("circuit").prefetch_related(
        "sessions__race_classes", "sessions__round__grid_from"
    )
    return {
        "season": (schema.SeasonRow(slug=season.slug, label=season.label, source=season.source),),
        "points": tuple(_points(row) for row in PointsSettings.objects.filter(season=season)),
        "race_classes": tuple(_race_class(row) for row in season.race_classes.all()),
        "titles": tuple(_title(row) for row in Title.objects.of_season(season)),
        "invitations": tuple(
            _invitation(row)
            for row in Invitation.objects.filter(title__race_class__season=season).select_related("title__race_class")
        ),
        "events": tuple(_event(row) for row in events),
        "entries": tuple(entry_row(row) for row in Entry.objects.filter(season=season).for_list()),
        "event_entries": tuple(
            event_entry_row(row)
            for row in EventEntry.objects.filter(event__season=season).for_list().select_related("event")
        ),
        "entry_lists": tuple(
            _entry_list(row) for row in EntryList.objects.filter(season=season).select_related("event")
        ),
        **result_tables(season),
    }


def _race_class(row: RaceClass) -> schema.RaceClassRow:
    return schema.RaceClassRow(
        slug=row.slug,
        name=row.name,
        position=row.position,
        for_overall_victory=row.for_overall_victory,
        plate_colour=row.plate_colour,
        plate_ink=row.plate_ink,
        accent_on_dark=row.accent_on_dark,
        source=row.source,
    )


def _title(row: Title) -> schema.TitleRow:
    return schema.TitleRow(
        race_class=row.race_class.slug,
        contender=cast(schema.Contender, row.contender),
        group=row.group,
        source=row.source,
    )


def _invitation(row: Invitation) -> schema.InvitationRow:
    return schema.InvitationRow(
        title=row.title.slug,
        kind=cast(schema.InvitationKind, row.kind),
        race=row.race,
        year=row.year,
        source=row.source,
    )


def _points(settings: PointsSettings) -> schema.PointsRow:
    return schema.PointsRow(
        scale=tuple(exact(line.points) for line in settings.scale.all()),
        pole_points=exact(settings.pole_points),
        classified_share=exact(settings.classified_share),
        count_back=cast(schema.CountBack, settings.count_back),
        late_joiners_score=settings.late_joiners_score,
        dropped_scores=settings.dropped_scores,
        short_race_share=exact_if_any(settings.short_race_share),
        short_race_factor=exact_if_any(settings.short_race_factor),
        source=settings.source,
    )


def _circuit(row: Circuit) -> schema.CircuitRow:
    return schema.CircuitRow(
        slug=row.slug,
        name=row.name,
        layout=row.layout,
        location=row.location,
        country=str(row.country),
        length_m=row.length_m,
        turns=row.turns,
        latitude=exact(row.latitude),
        longitude=exact(row.longitude),
        time_zone=row.time_zone,
        outline=row.outline,
        source=row.source,
    )


def _event(row: Event) -> schema.EventRow:
    return schema.EventRow(
        slug=row.slug,
        name=row.name,
        circuit=row.circuit.slug,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_cancelled=row.is_cancelled,
        live_timing_url=row.live_timing_url,
        broadcast_url=row.broadcast_url,
        tickets_url=row.tickets_url,
        note=row.note,
        source=row.source,
        sessions=tuple(_session(session, row) for session in row.sessions.all()),
    )


def _session(row: Session, event: Event) -> schema.SessionRow:
    round_ = row.round_or_none
    return schema.SessionRow(
        slug=row.slug,
        name=row.name,
        kind=cast(schema.SessionKind, row.kind),
        start_status=cast(schema.StartStatus, row.start_status),
        date=row.date,
        starts_at=row.starts_at.astimezone(event.zone).replace(tzinfo=None) if row.starts_at else None,
        duration_minutes=row.duration_minutes,
        state=cast(schema.SessionState, row.state),
        state_reason=row.state_reason,
        race_classes=tuple(race_class.slug for race_class in row.race_classes.all()),
        round=round_.number if round_ else None,
        grid_from=tuple(session.slug for session in round_.grid_from.all()) if round_ else (),
        distance_share=exact_if_any(round_.distance_share) if round_ else None,
    )


def _entry_list(row: EntryList) -> schema.EntryListRow:
    return schema.EntryListRow(
        event=row.event.slug if row.event else "",
        revision=row.revision,
        status=cast(schema.EntryListStatus, row.status),
        published_at=row.published_at.astimezone(UTC),
        published_precision=cast(schema.Precision, row.published_precision),
        note=row.note,
        source=row.source,
        lines=tuple(line.as_list_line() for line in row.lines.for_list()),
    )
