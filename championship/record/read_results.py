"""The files of `results/`, all of which may be missing: timing lines, versions, decisions, poles, adjustments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from championship.record.csv_file import CsvRow, read_csv
from championship.record.draft import Draft, Placed
from championship.record.fields import shown
from championship.record.layout import (
    ADJUSTMENTS,
    CLASSIFICATIONS,
    COLUMNS,
    DECISIONS,
    ELIGIBILITY,
    POLES,
    TIMING_COLUMNS,
    is_timing_file,
)
from championship.record.limits import LARGEST_NUMBER
from championship.record.result_rows import (
    AdjustmentKind,
    AdjustmentRow,
    AppliedRow,
    ClassificationRow,
    ClassificationStatus,
    DecisionRow,
    DecisionStatus,
    EffectKind,
    EligibilityRow,
    Pending,
    PoleRow,
    Precision,
    SetBy,
    TimingRow,
    as_told,
)
from championship.record.toml_file import TomlTable, read_toml
from championship.rules.decisions import EFFECT_KEYS, Effect
from championship.rules.names import CURRENCY

_MOST_POINTS = 9999

_Known = Mapping[tuple[str, str, str], AppliedRow]


def read_results(files: dict[str, bytes], draft: Draft) -> None:
    """Read those of the files of results that are there into the draft."""
    for name in sorted(filter(is_timing_file, files)):
        rows = read_csv(name, files[name], TIMING_COLUMNS, ("driver",), draft.problems)
        draft.timing[name] = [_timing(row) for row in rows]
    draft.decisions = [_decision(table) for table in _tables(files, DECISIONS, draft)]
    known = {(placed.row.event, placed.row.session, placed.row.slug): as_told(placed.row) for placed in draft.decisions}
    draft.classifications = [_classification(table, known) for table in _tables(files, CLASSIFICATIONS, draft)]
    draft.poles = [_pole(row) for row in _rows(files, POLES, draft)]
    draft.eligibility = [_eligibility(row) for row in _rows(files, ELIGIBILITY, draft)]
    draft.adjustments = [_adjustment(row) for row in _rows(files, ADJUSTMENTS, draft)]


def _tables(files: dict[str, bytes], file: str, draft: Draft) -> list[TomlTable]:
    key = "classification" if file == CLASSIFICATIONS else "decision"
    top = read_toml(file, files[file], (key,), draft.problems) if file in files else None
    return top.tables(key) if top else []


def _rows(files: dict[str, bytes], file: str, draft: Draft) -> list[CsvRow]:
    return list(read_csv(file, files[file], COLUMNS[file], (), draft.problems)) if file in files else []


def _timing(row: CsvRow) -> Placed[TimingRow]:
    return Placed(
        TimingRow(
            position=row.integer("position") or 0,
            car_number=row.car_number("car_number"),
            status=row.text("status"),
            laps=row.integer("laps", minimum=0) or 0,
            total_time=row.duration("total_time"),
            best_lap_time=row.duration("best_lap_time"),
            best_lap_number=row.integer("best_lap_number", required=False),
            drivers=_drivers(row),
        ),
        row,
    )


def _drivers(row: CsvRow) -> tuple[str, ...]:
    """Who drove, from the first column on; an empty one between two of them is reported."""
    taken = [seat for seat in range(1, row.seats + 1) if row.value(f"driver_{seat}")]
    if taken and len(taken) < taken[-1]:
        empty = min(set(range(1, taken[-1])) - set(taken))
        row.report(f"driver_{empty}", f"Driver {empty} is empty, and driver {taken[-1]} is not.", "Move the others up.")
    return tuple(row.slug(f"driver_{seat}") for seat in taken)


def _classification(table: TomlTable, known: _Known) -> Placed[ClassificationRow]:
    event, session = table.slug("event"), table.slug("session")
    row = ClassificationRow(
        event=event,
        session=session,
        version=table.integer("version") or 0,
        status=table.choice("status", get_args(ClassificationStatus)),
        published_at=table.moment("published_at"),
        published_precision=table.choice("published_precision", get_args(Precision)),
        document_number=table.text("document_number", required=False),
        cause=table.text("cause", required=False),
        decisions=_applied(table, event, session, known),
        pending=_pending(table),
        recalled_at=table.moment_if_any("recalled_at"),
        recall_reason=table.text("recall_reason", required=False),
        source=table.text("source", required=False),
        lines=(),
    )
    table.integer("timing", maximum=row.version or 1, required=False)
    table.close()
    if row.version > 1 and table.value("cause") is None:
        table.report("cause", "Nothing says why there is another version.", "Write why it follows the one before.")
    if (row.recalled_at is None) != (not row.recall_reason):
        table.report("recall_reason", "A recall needs both its time and its reason.", "Add the other one.")
    if row.recalled_at and row.recalled_at < row.published_at:
        table.report("recalled_at", "It is before the publication.", "Correct one of the two.")
    return Placed(row, table)


def _applied(table: TomlTable, event: str, session: str, known: _Known) -> tuple[AppliedRow, ...]:
    """What the version says of its decisions: what they say themselves, unless it tells one otherwise."""
    slugs = table.slugs("decisions")
    told: dict[str, AppliedRow] = {}
    for part in table.tables("told"):
        row = AppliedRow(
            slug=part.slug("slug"),
            car_number=part.car_number("car_number"),
            number=part.text("number", required=False),
            reason=part.text("reason", required=False),
            effects=tuple(_effect(effect) for effect in part.tables("effect")),
        )
        part.close()
        if row.slug and row.slug not in slugs:
            part.report("slug", f"{shown(row.slug)} is not among the decisions of this version.", "Name one of them.")
        elif row.slug in told:
            part.report("slug", f"{shown(row.slug)} is told twice.", "Keep one.")
        told[row.slug] = row
    # A decision that is nowhere is reported with the other references.
    nowhere = AppliedRow(slug="", car_number="", number="", reason="", effects=())
    return tuple(told.get(slug) or known.get((event, session, slug)) or replace(nowhere, slug=slug) for slug in slugs)


def _pending(table: TomlTable) -> tuple[Pending, ...]:
    words = table.slugs("pending")
    known: tuple[Pending, ...] = get_args(Pending)
    for word in words:
        if word not in known:
            table.report("pending", f'Found "{word}".', f"Write some of: {', '.join(known)}.")
    return tuple(word for word in known if word in words)


def _decision(table: TomlTable) -> Placed[DecisionRow]:
    row = DecisionRow(
        event=table.slug("event"),
        session=table.slug("session"),
        slug=table.slug("slug"),
        car_number=table.car_number("car_number"),
        order=table.integer("order") or 0,
        status=table.choice("status", get_args(DecisionStatus)),
        is_contained=table.flag("is_contained"),
        number=table.text("number", required=False),
        fact_at=table.moment_if_any("fact_at"),
        fact=table.text("fact", required=False),
        offence=table.text("offence", required=False),
        reason=table.text("reason", required=False),
        source=table.text("source", required=False),
        effects=tuple(_effect(part) for part in table.tables("effect")),
    )
    table.close()
    return Placed(row, table)


def _effect(table: TomlTable) -> Effect:
    """One effect; a key that does not belong to its kind is not known."""
    kind = table.choice("kind", get_args(EffectKind))
    keys = EFFECT_KEYS[kind]
    effect = Effect(
        kind=kind,
        time=table.duration("time", required=True) if "time" in keys else None,
        laps=table.integer("laps") if "laps" in keys else None,
        positions=table.integer("positions") if "positions" in keys else None,
        best_lap_time=table.duration("best_lap_time") if "best_lap_time" in keys else None,
        best_lap_number=table.integer("best_lap_number", required=False) if "best_lap_number" in keys else None,
        status_before=table.text("status_before", required=kind == "reinstated") if "status_before" in keys else "",
        race=table.text("race") if "race" in keys else "",
        amount=table.integer("amount", maximum=LARGEST_NUMBER, required=False) if "amount" in keys else None,
        currency=_currency(table) if "currency" in keys else "",
    )
    if effect.time == 0:
        table.report("time", "Found a time of 0.", "Write how much time is added.")
    table.close()
    return effect


def _currency(table: TomlTable) -> str:
    """The currency of a fine, which has one exactly when its amount is on record."""
    currency = table.matching(
        "currency", CURRENCY, "a currency", "Write its code in capitals, for example EUR.", required=False
    )
    if (table.value("amount") is None) != (not table.value("currency")):
        table.report("currency", "A fine has both an amount and a currency, or neither.", "Add the other one.")
    return currency


def _pole(row: CsvRow) -> Placed[PoleRow]:
    return Placed(
        PoleRow(
            event=row.slug("event"),
            session=row.slug("session"),
            race_class=row.slug("race_class"),
            car_number=row.car_number("car_number"),
            driver=row.slug("driver", required=False),
            set_by=row.choice("set_by", get_args(SetBy)),
            lap_time=row.duration("lap_time"),
            source=row.text("source", required=False),
        ),
        row,
    )


def _eligibility(row: CsvRow) -> Placed[EligibilityRow]:
    event = row.slug("event", required=bool(row.value("session")))
    return Placed(
        EligibilityRow(
            car_number=row.car_number("car_number"),
            scores_points=row.choice("scores_points", ("no", "yes")) == "yes",
            event=event,
            session=row.slug("session", required=bool(event)),
            reason=row.text("reason"),
            source=row.text("source", required=False),
        ),
        row,
    )


def _adjustment(row: CsvRow) -> Placed[AdjustmentRow]:
    adjustment = AdjustmentRow(
        title=row.text("title"),
        car_number=row.car_number("car_number") if row.value("car_number") else "",
        driver=row.slug("driver", required=False),
        event=row.slug("event"),
        session=row.slug("session"),
        number=row.integer("number") or 0,
        kind=row.choice("kind", get_args(AdjustmentKind)),
        points=row.decimal_if_any("points", 0, _MOST_POINTS),
        reason=row.text("reason"),
        source=row.text("source", required=False),
    )
    # A number that was refused already is not held against the row a second time.
    if adjustment.kind == "deduction" and not row.value("points").strip("0."):
        row.report("points", "A deduction takes points away.", "Write how many.")
    if adjustment.kind == "exclusion" and adjustment.points is not None:
        row.report("points", "An exclusion has no points.", "Clear the cell, or write deduction.")
    return Placed(adjustment, row)
