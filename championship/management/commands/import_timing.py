"""`manage.py import_timing FILE --session 2023-24/sepang/race-1`: the race desk's import, from the command line."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from simple_history.models import HistoricalRecords

from championship.models import Event, RaceClass, Session, TimingImport
from championship.selectors.timing_changes import CarChanges, car_changes
from championship.services import timing_imports, timing_words
from championship.services.timing_entry_values import EntriesPreview
from championship.services.timing_imports import AnyPreview, ImportMovedOnError, TimingImportError
from championship.services.timing_matching import Question
from championship.services.timing_results import ResultsPreview
from championship.timing.limits import MOST_BYTES
from championship.timing.tables import TimingFileError


class Command(BaseCommand):
    help = "Import a timing file: the results of a session as its draft, or with --entries the entries of an event."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="The CSV of the timing provider.")
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--session", metavar="SEASON/EVENT/SESSION", help="The session that these results are of.")
        place.add_argument("--entries", metavar="SEASON/EVENT", help="The event whose entries the file updates.")
        parser.add_argument("--by", metavar="USERNAME", help="Who imports it, for the history; author of the draft.")
        parser.add_argument(
            "--contains",
            action="append",
            metavar="DECISION",
            help="Slug of a decision that the file has applied already; give it once for each. By default those that "
            "are marked so.",
        )
        parser.add_argument("--cause", help="Why there is another version.")
        parser.add_argument("--dry-run", action="store_true", help="Show what it would change, write nothing.")
        parser.add_argument("--yes", action="store_true", help="Write it without asking.")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = _user(options["by"])
        place = _session(options["session"]) if options["session"] else _event(options["entries"])
        content = _content(options["file"])
        try:
            with _acting(by), transaction.atomic():
                staged = self._staged(content, place, by, options)
                now = timing_imports.preview(staged)
                self._show(now)
                is_written = now.can_be_applied and not options["dry_run"]
                if not is_written:
                    # A trial leaves nothing behind, not even a file that waits.
                    transaction.set_rollback(True)
            if is_written:
                self._write(staged, now, by, options)
        except TimingFileError as error:
            raise CommandError(f"Nothing was changed.\n{error}") from error
        except (TimingImportError, ImportMovedOnError) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        if not now.can_be_applied and not now.is_as_it_stands:
            raise CommandError(f"Nothing was changed. {timing_imports.why_not(now)}")

    def _staged(self, content: bytes, place: Session | Event, by: User | None, options: dict[str, Any]) -> TimingImport:
        where = {"session": place} if isinstance(place, Session) else {"event": place}
        staged = timing_imports.stage(content=content, file_name=options["file"].name, by=by, **where).staged
        if staged.state == TimingImport.State.APPLIED:
            raise TimingImportError(f"This very file is applied already, {staged.applied_at:%d %B, %H:%M} UTC.")
        if options["contains"] is None:
            return staged
        known = [decision.slug for decision in place.decisions.all()] if isinstance(place, Session) else []
        if unknown := sorted(set(options["contains"]) - set(known)):
            raise TimingImportError(
                f"There is no decision {', '.join(unknown)} at {place}. Write one of: {', '.join(known) or 'none'}."
            )
        matches = timing_imports.matches_of(staged) | {"contained": sorted(options["contains"])}
        return timing_imports.choose(staged, matches=matches, seen_version=staged.version)

    def _write(self, staged: TimingImport, now: AnyPreview, by: User | None, options: dict[str, Any]) -> None:
        label = timing_words.confirm_label(now)
        if not options["yes"] and not self._confirmed(label):
            raise CommandError("Nothing was changed; the file waits at the desk. Run it again with --yes to write it.")
        with _acting(by):
            timing_imports.apply(staged, seen=now.fingerprint, by=by, cause=options["cause"])
        self.stdout.write(self.style.SUCCESS(f"Done: {label}."))

    def _confirmed(self, label: str) -> bool:
        return sys.stdin.isatty() and input(f"{label}? [y/N] ").strip().lower() in {"y", "yes"}

    # What it would do

    def _show(self, now: AnyPreview) -> None:
        for question in now.questions:
            self._show_question(question)
        if isinstance(now, EntriesPreview):
            self._show_entries(now)
        else:
            self._show_results(now)
        for remark in now.remarks:
            self.stdout.write(f"look: {f'car {remark.car_number}: ' if remark.car_number else ''}{remark.text}")
        for alias in now.aliases:
            self.stdout.write(f"+ “{alias.name}” as another spelling of {alias.slug}")
        if now.can_be_applied:
            self.stdout.write(timing_words.confirm_label(now))
        elif now.is_as_it_stands:
            self.stdout.write("Everything reads just so already. There is nothing to write.")

    def _show_question(self, question: Question) -> None:
        if not question.is_open:
            return
        where = f"line {question.line}, car {', '.join(question.cars)}"
        self.stdout.write(f"unknown {question.noun} “{question.name}” ({where})")
        for one in question.suggestions:
            self.stdout.write(f"    {one.slug}: {one.name}, {one.reason}")
        self.stdout.write(f"    Say at the desk which {question.noun} is meant, or add the spelling in the admin.")

    def _show_results(self, now: ResultsPreview) -> None:
        for race_class, status, number in now.counts:
            self.stdout.write(f"{number} {race_class} {status}")
        for choice in now.decisions:
            contained = "contained in the file" if choice.is_contained else "not in the file"
            self.stdout.write(
                f"decision {choice.decision.slug}: {contained}{', which looks otherwise' if choice.is_doubtful else ''}"
            )
        for car in _changes(now):
            words = "; ".join(f"{change.what} {change.before} -> {change.after}" for change in car.changes)
            self.stdout.write(f"~ {car.car_number}: {words}")

    def _show_entries(self, now: EntriesPreview) -> None:
        for car in now.cars:
            words = "; ".join(f"{change.what} {change.before} -> {change.after}" for change in car.changes)
            self.stdout.write(f"{'~' if car.before else '+'} {car.car_number}: {words}")
        for listing in now.listings:
            self.stdout.write(f"listed: car {listing.car_number} is {listing.now}, in the file {listing.in_file}")
        if now.missing:
            self.stdout.write(f"not in the file, and left as they are: {', '.join(now.missing)}")


def _changes(now: ResultsPreview) -> tuple[CarChanges, ...]:
    names = dict(RaceClass.objects.filter(season=now.staged.event.season_id).values_list("slug", "name"))
    crews = {
        crew.car_number: (timing_words.people_words(now, crew.before), timing_words.people_words(now, crew.after))
        for crew in now.crews
    }
    return car_changes(now.changes, crews, names)


@contextmanager
def _acting(user: User | None) -> Iterator[None]:
    """Whatever is written meanwhile has this person in its history, as in a request of his or hers."""
    HistoricalRecords.context.request = SimpleNamespace(user=user) if user else None
    try:
        yield
    finally:
        del HistoricalRecords.context.request


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path.name} has more than {MOST_BYTES // 1_000} kB: this is no result file.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(str(error)) from error


def _user(username: str | None) -> User | None:
    if username is None:
        return None
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"There is no account “{username}”.")
    return found


def _session(path: str) -> Session:
    season, event, session = _parts(path, 3, "2023-24/sepang/race-1")
    rows = Session.objects.select_related("event__season")
    found = rows.filter(event__season__slug=season, event__slug=event, slug=session).first()
    if found is None:
        raise CommandError(f"There is no session {path}. Sessions are written like 2023-24/sepang/race-1.")
    return found


def _event(path: str) -> Event:
    season, event = _parts(path, 2, "2023-24/sepang")
    found = Event.objects.select_related("season").filter(season__slug=season, slug=event).first()
    if found is None:
        raise CommandError(f"There is no event {path}. Events are written like 2023-24/sepang.")
    return found


def _parts(path: str, number: int, example: str) -> list[str]:
    parts = path.strip("/").split("/")
    if len(parts) != number:
        raise CommandError(f"“{path}” is no such address: write it like {example}.")
    return parts
