"""Working on the next version of a classification, which two people sign."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from championship.models import Classification, ClassificationDraft, Session
from championship.rules.checks import retyping_problem
from championship.rules.classifications import TimingLine
from championship.services import history
from championship.services.decisions import marked_as_contained
from championship.services.results import DraftLine, ResultsError
from championship.services.saving import StaleVersionError, save


def create_draft(
    *,
    session: Session,
    lines: Sequence[DraftLine],
    by: AbstractBaseUser | None,
    source: str = "",
    cause: str = "",
    contained: Collection[str] | None = None,
) -> ClassificationDraft:
    """Begin the next version of the session's classification. ResultsError when somebody has begun it already.

    `contained` are the slugs of the decisions that the file with these lines has applied already; by default those
    that are marked so.
    """
    with transaction.atomic():
        session = locked(session)
        if (known := ClassificationDraft.objects.filter(session=session).first()) is not None:
            who = f" by {known.author}" if known.author else ""
            raise ResultsError(f"{session} has a draft already{who}. Go on with that one, or delete it first.")
        contained = marked_as_contained(session) if contained is None else contained
        draft = ClassificationDraft(
            session=session,
            lines=_as_text(lines),
            contained=",".join(contained),
            cause=cause.strip(),
            source=source,
            author=by,
        )
        return _saved(draft)


def save_draft(
    draft: ClassificationDraft,
    *,
    lines: Sequence[DraftLine],
    by: AbstractBaseUser | None,
    seen_version: int,
    cause: str | None = None,
    contained: Collection[str] | None = None,
    source: str | None = None,
) -> ClassificationDraft:
    """Write the draft with these lines; nobody has checked it then, or typed it a second time.

    `cause`, the decisions that the file contains (`contained`, their slugs) and `source` stay as they are when they
    are None.

    Raises StaleVersionError when somebody saved it after `seen_version`, ResultsError when it is gone.
    """
    with transaction.atomic():
        draft = _current(draft, seen_version)
        draft.lines, draft.author, draft.checker, draft.retyped_by = _as_text(lines), by, None, None
        if cause is not None:
            draft.cause = cause.strip()
        if contained is not None:
            draft.contained = ",".join(contained)
        if source is not None:
            draft.source = source
        return _saved(draft)


def check_draft(draft: ClassificationDraft, *, by: AbstractBaseUser, seen_version: int) -> ClassificationDraft:
    """Sign the draft as its checker, as it was seen. Raises ResultsError for its own author, else as `save_draft`."""
    with transaction.atomic():
        draft = _current(draft, seen_version)
        if draft.author == by:
            raise ResultsError("Nobody checks their own work. Ask somebody else to check this draft.")
        draft.checker = by
        return _saved(draft, "Checked")


def retype(
    draft: ClassificationDraft, *, order: Sequence[str], by: AbstractBaseUser, seen_version: int
) -> ClassificationDraft:
    """Sign the draft as who typed its finishing order a second time, blind: `order` are car numbers.

    That counts as a check. Raises ResultsError for its author, and where the orders differ, saying the first place but
    not what stands there; else as `save_draft`.
    """
    with transaction.atomic():
        draft = _current(draft, seen_version)
        if draft.author == by:
            raise ResultsError("The order is typed a second time by somebody else than its author. Ask somebody else.")
        lines = sorted(draft_lines(draft), key=lambda line: line.timing.position)
        if problem := retyping_problem([line.timing.car_number for line in lines], order):
            raise ResultsError(f"{problem} Look at the paper: mend what you typed, or tell the author of the draft.")
        draft.checker = draft.retyped_by = by
        return _saved(draft, "Typed a second time")


def revise(
    *,
    session: Session,
    by: AbstractBaseUser | None,
    cause: str,
    source: str = "",
    version: Classification | None = None,
) -> ClassificationDraft:
    """Begin the next version with the baseline of the one that stands, so that other decisions can be replayed.

    `version` goes back to another one instead, recalled or not. Raises ResultsError without a cause, without a
    published version, and when a draft exists already.
    """
    if not cause.strip():
        raise ResultsError("Say why there is another version.")
    with transaction.atomic():
        session = locked(session)
        begins_with = version or standing(session)
        if begins_with is None:
            raise ResultsError(f"{session} has no published version to revise. Begin with a draft of the timing file.")
        if problems := _class_problems(begins_with):
            raise ResultsError(" ".join(problems))
        lines = published_lines(begins_with)
        return create_draft(session=session, lines=lines, by=by, source=source, cause=cause, contained=())


def say_cause(
    draft: ClassificationDraft, *, cause: str, by: AbstractBaseUser, seen_version: int
) -> ClassificationDraft:
    """Say why there is another version; who signed the list has signed it still. Raises as `save_draft`."""
    with transaction.atomic():
        draft = _current(draft, seen_version)
        draft.cause = cause.strip()
        draft._history_user = by
        return _saved(draft, "Cause")


def delete_draft(draft: ClassificationDraft, *, by: AbstractBaseUser, reason: str, seen_version: int) -> None:
    """Throw the draft away; `bring_back` undoes it. Raises as `save_draft`."""
    with transaction.atomic():
        draft = _current(draft, seen_version)
        draft._history_user = by
        history.delete(draft, reason=reason.strip() or "Deleted")


def bring_back(*, session: Session, by: AbstractBaseUser) -> ClassificationDraft:
    """The draft that was deleted last, as it was. Raises ResultsError when there is none, or another one by now."""
    with transaction.atomic():
        session = locked(session)
        if ClassificationDraft.objects.filter(session=session).exists():
            raise ResultsError(f"{session} has another draft by now. Delete that one first.")
        record = ClassificationDraft.deleted(session)
        if record is None:
            raise ResultsError(f"{session} has no deleted draft that could come back.")
        try:
            return history.restore(record, reason="Brought back", seen_version=None)
        except ValidationError as error:
            raise ResultsError(" ".join(error.messages)) from error


def _class_problems(classification: Classification) -> list[str]:
    """Why the cars of a version cannot be published again in the classes of then, in words, with what to do."""
    moved = classification.results.exclude(race_class=F("event_entry__entry__race_class"))
    return [
        f"Car {row.car_number} was in the class {row.race_class.name} in v{classification.version} and is in "
        f"{row.event_entry.entry.race_class.name} by its entry now. Enter the class of then, publish the new version, "
        "and enter the class of now again: tables keep every round in the class in which it was published."
        for row in moved.select_related("race_class", "event_entry__entry__race_class")
    ]


def draft_lines(draft: ClassificationDraft) -> list[DraftLine]:
    """The lines of the draft in the order in which they were entered."""
    return lines_from_text(draft.lines)


def lines_from_text(text: str) -> list[DraftLine]:
    """The lines that a draft keeps as `text`, also one of its history."""
    return [
        DraftLine(drivers=tuple(drivers), missing=tuple(missing), timing=TimingLine(**timing))
        for drivers, missing, timing in (
            (line.pop("drivers"), line.pop("missing", ()), line) for line in json.loads(text)
        )
    ]


def contained_decisions(draft: ClassificationDraft) -> list[str]:
    """Slugs of the decisions that the draft's timing file has applied already."""
    return [slug for slug in draft.contained.split(",") if slug]


def published_lines(classification: Classification) -> list[DraftLine]:
    """The baseline behind a published version, by position, with who drove: these lines contain no decision."""
    rows = classification.results.select_related("race_class").prefetch_related("drivers__driver")
    return [
        DraftLine(timing=row.as_timing_line(), drivers=tuple(seat.driver.slug for seat in row.drivers.all()))
        for row in rows.order_by("timing_position")
    ]


def locked(session: Session) -> Session:
    """The session's row as it is now, held until the end of the transaction: one change of its versions at a time."""
    return Session.objects.select_for_update(of=("self",)).select_related("event__season").get(pk=session.pk)


def present(draft: ClassificationDraft) -> ClassificationDraft:
    found = ClassificationDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None:
        raise ResultsError("This draft is gone: it was published or deleted. Look at the session again.")
    return found


def _current(draft: ClassificationDraft, seen_version: int) -> ClassificationDraft:
    # The session before its draft, as whoever imports or publishes: two orders of locks wait for each other for ever.
    locked(draft.session)
    found = present(draft)
    if found.version != seen_version:
        raise StaleVersionError(found)
    return found


def _saved(draft: ClassificationDraft, reason: str = "") -> ClassificationDraft:
    try:
        return save(draft, reason=reason)
    except ValidationError as error:
        raise ResultsError(" ".join(error.messages)) from error


def standing(session: Session) -> Classification | None:
    return session.classifications.filter(state__is_current=True).first()


def _as_text(lines: Sequence[DraftLine]) -> str:
    return json.dumps([_as_values(line) for line in lines], ensure_ascii=False)


def _as_values(line: DraftLine) -> dict[str, object]:
    values = {**asdict(line.timing), "drivers": line.drivers}
    return {**values, "missing": line.missing} if line.missing else values
