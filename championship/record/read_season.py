"""The TOML files: the season with its classes and titles, the circuits, the events, the published lists."""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from functools import cache
from typing import get_args
from zoneinfo import available_timezones

from championship.record.draft import Draft, Placed
from championship.record.fields import shown
from championship.record.layout import CIRCUITS, ENTRY_LISTS, EVENTS, SEASON, SEASON_LIST
from championship.record.result_rows import Precision
from championship.record.schema import (
    CircuitRow,
    Contender,
    CountBack,
    EntryListRow,
    EntryListStatus,
    EventRow,
    InvitationKind,
    InvitationRow,
    PointsRow,
    RaceClassRow,
    SeasonRow,
    SessionKind,
    SessionRow,
    SessionState,
    StartStatus,
    TitleRow,
)
from championship.record.toml_file import TomlTable, read_toml
from championship.rules.names import (
    COLOUR,
    OUTLINE,
    RESERVED_EVENT_SLUGS,
    RESERVED_SESSION_SLUGS,
    SEASON_SLUG,
)

_URL = re.compile(r"https?://[^\s\"<>]+")
_MOST_METRES = 100_000
_MOST_POINTS = 999


def read_season_files(files: dict[str, bytes], draft: Draft) -> None:
    """Read those of the TOML files that are there into the draft."""
    if (top := _top(files, SEASON, ("season", "points", "race_class", "title", "invitation"), draft)) is not None:
        if (table := top.table("season")) is not None:
            draft.season = _season(table)
        if (table := top.table("points")) is not None:
            draft.points = _points(table)
        draft.race_classes = [_race_class(table) for table in top.tables("race_class")]
        draft.titles = [_title(table) for table in top.tables("title")]
        draft.invitations = [_invitation(table) for table in top.tables("invitation")]
    if (top := _top(files, CIRCUITS, ("circuit",), draft)) is not None:
        draft.circuits = [_circuit(table) for table in top.tables("circuit")]
    if (top := _top(files, EVENTS, ("event",), draft)) is not None:
        draft.events = [_event(table) for table in top.tables("event")]
    if (top := _top(files, ENTRY_LISTS, ("entry_list",), draft)) is not None:
        draft.entry_lists = [_entry_list(table) for table in top.tables("entry_list")]


def _top(files: dict[str, bytes], file: str, keys: tuple[str, ...], draft: Draft) -> TomlTable | None:
    return read_toml(file, files[file], keys, draft.problems) if file in files else None


def _season(table: TomlTable) -> SeasonRow:
    mend = 'Write the year, or both: "2023-24".'
    row = SeasonRow(
        slug=table.matching("slug", SEASON_SLUG, "the slug of a season", mend),
        label=table.text("label"),
        source=table.text("source", required=False),
    )
    table.close()
    return row


def _points(table: TomlTable) -> PointsRow:
    row = PointsRow(
        scale=table.decimals("scale", 0, _MOST_POINTS),
        pole_points=table.decimal("pole_points", 0, _MOST_POINTS),
        classified_share=table.decimal("classified_share", 0, 1),
        count_back=table.choice("count_back", get_args(CountBack)),
        late_joiners_score=table.flag("late_joiners_score"),
        dropped_scores=table.integer("dropped_scores", minimum=0, required=False) or 0,
        short_race_share=table.decimal_if_any("short_race_share", 0, 1),
        short_race_factor=table.decimal_if_any("short_race_factor", 0, 1),
        source=table.text("source", required=False),
    )
    table.close()
    for key, other in (("short_race_share", "short_race_factor"), ("short_race_factor", "short_race_share")):
        if table.value(key) is None and table.value(other) is not None:
            table.report(key, f"There is {other} without it.", "Fill in both, or neither.")
    return row


def _race_class(table: TomlTable) -> Placed[RaceClassRow]:
    colour_mend = 'Write # and six digits 0 to 9, A to F: "#0B4EA2".'
    row = RaceClassRow(
        slug=table.slug("slug"),
        name=table.text("name"),
        position=table.integer("position") or 0,
        for_overall_victory=table.flag("for_overall_victory"),
        plate_colour=table.matching("plate_colour", COLOUR, "a colour", colour_mend),
        plate_ink=table.matching("plate_ink", COLOUR, "a colour", colour_mend),
        accent_on_dark=table.matching("accent_on_dark", COLOUR, "a colour", colour_mend),
        source=table.text("source", required=False),
    )
    table.close()
    return Placed(row, table)


def _title(table: TomlTable) -> Placed[TitleRow]:
    row = TitleRow(
        race_class=table.slug("race_class"),
        contender=table.choice("contender", get_args(Contender)),
        group=table.text("group", required=False),
        source=table.text("source", required=False),
    )
    table.close()
    return Placed(row, table)


def _invitation(table: TomlTable) -> Placed[InvitationRow]:
    row = InvitationRow(
        title=table.text("title"),
        kind=table.choice("kind", get_args(InvitationKind)),
        race=table.text("race"),
        year=table.integer("year", minimum=1900, maximum=2999) or 0,
        source=table.text("source", required=False),
    )
    table.close()
    return Placed(row, table)


def _circuit(table: TomlTable) -> Placed[CircuitRow]:
    outline_mend = "Keep to the commands M L C Q S H V Z in capitals, numbers, spaces and commas."
    row = CircuitRow(
        slug=table.slug("slug"),
        name=table.text("name"),
        layout=table.text("layout", required=False),
        location=table.text("location"),
        country=table.country("country"),
        length_m=table.integer("length_m", maximum=_MOST_METRES) or 0,
        turns=table.integer("turns") or 0,
        latitude=table.decimal("latitude", -90, 90),
        longitude=table.decimal("longitude", -180, 180),
        time_zone=_time_zone(table),
        outline=table.matching("outline", OUTLINE, "SVG path data", outline_mend, required=False),
        source=table.text("source", required=False),
    )
    table.close()
    return Placed(row, table)


def _time_zone(table: TomlTable) -> str:
    name = table.text("time_zone")
    if name and name not in _time_zones():
        close = difflib.get_close_matches(name, _time_zones(), n=1)
        mend = f'Did you mean "{close[0]}"?' if close else 'Write an IANA name such as "Asia/Kuala_Lumpur".'
        table.report("time_zone", f"Found {shown(name)}, which is not a time zone.", mend)
    return name


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _event(table: TomlTable) -> Placed[EventRow]:
    slug = table.slug("slug")
    if slug in RESERVED_EVENT_SLUGS or slug == SEASON_LIST:
        table.report("slug", f"{shown(slug)} is an address of the season's pages.", "Choose another slug.")
    starts_on, ends_on = table.day("starts_on"), table.day("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        table.report("ends_on", f"{ends_on} is before the first day, {starts_on}.", "Correct one of the days.")
        ends_on = None
    sessions = [(_session(part, starts_on, ends_on), part) for part in table.tables("session")]
    row = EventRow(
        slug=slug,
        name=table.text("name"),
        circuit=table.slug("circuit"),
        starts_on=starts_on or date.min,
        ends_on=ends_on or date.min,
        is_cancelled=table.flag("is_cancelled"),
        live_timing_url=_url(table, "live_timing_url"),
        broadcast_url=_url(table, "broadcast_url"),
        tickets_url=_url(table, "tickets_url"),
        note=table.text("note", required=False, several_lines=True),
        source=table.text("source", required=False),
        sessions=tuple(session for session, _ in sessions),
    )
    table.close()
    return Placed(row, table, tuple(part for _, part in sessions))


def _url(table: TomlTable, key: str) -> str:
    return table.matching(key, _URL, "a web address", "Begin with https://.", required=False)


def _session(table: TomlTable, starts_on: date | None, ends_on: date | None) -> SessionRow:
    slug = table.slug("slug")
    if slug in RESERVED_SESSION_SLUGS:
        table.report("slug", f"{shown(slug)} is an address of the event's pages.", "Choose another slug.")
    row = SessionRow(
        slug=slug,
        name=table.text("name"),
        kind=table.choice("kind", get_args(SessionKind)),
        start_status=table.choice("start_status", get_args(StartStatus)),
        date=table.day("date", required=False),
        starts_at=table.local_moment("starts_at"),
        duration_minutes=table.integer("duration_minutes", required=False),
        state=table.choice("state", get_args(SessionState)),
        state_reason=table.text("state_reason", required=False),
        race_classes=table.slugs("race_classes"),
        round=table.integer("round", required=False),
        grid_from=table.slugs("grid_from"),
        distance_share=table.decimal_if_any("distance_share", 0, 1),
    )
    table.close()
    _check_session_times(row, table, starts_on, ends_on)
    if row.kind != "race" and row.round is not None:
        table.report("round", f"A {row.kind} session is no round.", "Only a race has the number of a round.")
    if row.round is None and row.grid_from:
        table.report("grid_from", "Only a round has a grid.", "Give the race its round, or leave this out.")
    if row.round is None and table.value("distance_share") is not None:
        mend = "Give the race its round, or leave this out."
        table.report("distance_share", "Only a round has a share of its distance.", mend)
    return row


def _check_session_times(row: SessionRow, table: TomlTable, starts_on: date | None, ends_on: date | None) -> None:
    if row.start_status == "confirmed" and table.value("starts_at") is None:
        mend = 'Fill it in, or write start_status = "to_be_confirmed".'
        table.report("starts_at", "The start is confirmed, but there is no time.", mend)
    is_expected = row.start_status == "to_be_confirmed" and row.state == "scheduled"
    if table.value("date") is None and (row.start_status == "confirmed" or is_expected):
        table.report("date", "There is no day.", "Fill it in, even if the time is still to be confirmed.")
    if row.start_status == "not_on_record" and row.starts_at is not None:
        table.report("starts_at", "The start is not on record, but there is a time.", "Correct one of the two.")
    if row.date and row.starts_at and row.date != row.starts_at.date():
        found = f"The day {row.date} is not the day of the start, {row.starts_at.date()}."
        table.report("date", found, "Correct one of the two.")
    for key, day in (("date", row.date), ("starts_at", _day_of(row.starts_at))):
        if day and starts_on and ends_on and not starts_on <= day <= ends_on:
            found = f"{day} is outside the event, {starts_on} to {ends_on}."
            table.report(key, found, "Correct the day, or the days of the event.")


def _day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _entry_list(table: TomlTable) -> Placed[EntryListRow]:
    row = EntryListRow(
        event=table.slug("event", required=False),
        revision=table.integer("revision") or 0,
        status=table.choice("status", get_args(EntryListStatus)),
        published_at=table.moment("published_at"),
        published_precision=table.choice("published_precision", get_args(Precision)),
        note=table.text("note", required=False, several_lines=True),
        source=table.text("source", required=False),
        lines=(),
    )
    table.close()
    return Placed(row, table)
