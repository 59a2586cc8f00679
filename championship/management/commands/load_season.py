"""`manage.py load_season DIR`: load the files of a season, after showing what that changes."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from championship.models import Season
from championship.record import RecordError, SeasonRecord, read_folder, read_season
from championship.record.compare import Difference
from championship.services.document_archive import archive_decisions
from championship.services.season_load import REASON, LoadError, differences, load_season


class Command(BaseCommand):
    help = "Load the files of a season (data/2023-24). Shows the changes before it touches what is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Folder with season.toml and its tables.")
        parser.add_argument("--dry-run", action="store_true", help="Try everything, show the changes, write nothing.")
        parser.add_argument("--yes", action="store_true", help="Change existing rows without asking.")
        parser.add_argument(
            "--if-missing",
            action="store_true",
            help="Do nothing when the database has this season already; refuse when loading it would change "
            "circuits, cars, teams or drivers that are there already.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            record = read_season(read_folder(options["folder"]))
        except (RecordError, OSError) as error:
            raise CommandError(str(error)) from error
        known = Season.objects.filter(slug=record.season.slug).exists()
        if known and options["if_missing"]:
            self.stdout.write(f"The season {record.season.label} is there already; nothing loaded.")
            return
        try:
            self._load(record, known=known, options=options)
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from error

    def _load(self, record: SeasonRecord, *, known: bool, options: dict[str, Any]) -> None:
        """Show every change to what is there, also to rows that a new season shares, before any of it is written."""
        changes = differences(record)
        changed = [change for change in changes if change.old is not None]
        if changed and options["if_missing"] and not (options["yes"] or options["dry_run"]):
            raise CommandError(_refusal(record, changed, options["folder"]))
        asks = known or bool(changed)
        if asks or options["dry_run"]:
            # What cannot be loaded is refused before anybody is asked about it.
            load_season(record, dry_run=True, expected=changes)
        self._show(changes if known or options["dry_run"] else changed)
        if not known:
            self._show_counts(changes)
        self.stdout.write(f"{len(changes)} changes")
        if options["dry_run"]:
            return
        if not changes:
            self._archive(record)
            return
        if asks and not options["yes"] and not self._confirmed():
            raise CommandError("Nothing was changed. Run it again with --yes to load these changes.")
        load_season(record, expected=changes)
        self.stdout.write(self.style.SUCCESS(f"Loaded the season {record.season.label}."))

    def _archive(self, record: SeasonRecord) -> None:
        """A database that has the season from before there were notice boards lacks the documents of its decisions."""
        added = archive_decisions(Season.objects.get(slug=record.season.slug), reason=REASON)
        if added:
            self.stdout.write(f"Put {len(added)} archived decisions on the notice boards of their events.")

    def _show(self, changes: list[Difference]) -> None:
        for change in changes:
            self.stdout.write(str(change))

    def _show_counts(self, changes: list[Difference]) -> None:
        """How many rows of each table are new (+) and how many change (~)."""
        marks = Counter(("+" if change.old is None else "~", change.table) for change in changes)
        for (mark, table), count in marks.items():
            self.stdout.write(f"{mark} {count} {table.replace('_', ' ')}")

    def _confirmed(self) -> bool:
        return sys.stdin.isatty() and input("Load these changes? [y/N] ").strip().lower() in {"y", "yes"}


def _refusal(record: SeasonRecord, changed: list[Difference], folder: Path) -> str:
    return "\n".join(
        [
            f"Nothing was changed. Loading the season {record.season.label} would change what is there already:",
            *(f"  {change}" for change in changed),
            f"“manage.py load_season {folder}” shows these changes and asks; with --yes it loads them.",
        ]
    )
