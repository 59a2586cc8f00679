"""`manage.py export_season SLUG DIR`: write a season as the files that `load_season` reads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from championship.models import Season
from championship.record import write_season
from championship.services.season_export import ExportError, export_season


class Command(BaseCommand):
    help = "Write everything on record about a season as text files, ready for load_season."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("season", metavar="SEASON", help="Its slug: 2023-24.")
        parser.add_argument("folder", type=Path, metavar="DIR", help="Created when missing; files are overwritten.")

    def handle(self, *_args: Any, **options: Any) -> None:
        season = Season.objects.filter(slug=options["season"]).first()
        if season is None:
            known = ", ".join(Season.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no season {options['season']}. Known seasons: {known}.")
        try:
            files = write_season(export_season(season))
        except ExportError as error:
            raise CommandError(str(error)) from error
        folder: Path = options["folder"]
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.stdout.write(self.style.SUCCESS(f"Wrote {len(files)} files to {folder}."))
