"""`manage.py check_results [SEASON]`: say what does not fit together in results, scores and tables."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from championship.models import Season
from championship.services.results_check import findings


class Command(BaseCommand):
    help = "Check that results, scores and tables fit together. Lists what does not, and ends with code 1 then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("season", nargs="?", help="Slug of one season: 2023-24. Without it all are checked.")

    def handle(self, *_args: Any, **options: Any) -> None:
        seasons = Season.objects.all()
        if options["season"]:
            seasons = seasons.filter(slug=options["season"])
            if not seasons:
                raise CommandError(f"There is no season “{options['season']}”.")
        found = [f"{season.label}: {finding}" for season in seasons for finding in findings(season)]
        for finding in found:
            self.stdout.write(finding)
        if found:
            raise CommandError(f"{len(found)} {'thing is' if len(found) == 1 else 'things are'} wrong.")
        self.stdout.write(self.style.SUCCESS("Results, scores and tables fit together."))
