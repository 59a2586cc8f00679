"""`manage.py load_news DIR`: load the first stories and pages into a newsroom that has none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from championship.record import RecordError
from news.record import read_folder, read_news
from news.services.load_news import NewsroomNotEmptyError, is_empty, load_news


class Command(BaseCommand):
    help = "Load the stories and pages of a folder (data/news) into a newsroom that has none yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Folder with topics.toml, stories/ and pages/.")
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing when there are stories or pages already."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            self.stdout.write("The newsroom has stories or pages already; nothing loaded.")
            return
        try:
            record = read_news(read_folder(options["folder"]))
            load_news(record)
        except (RecordError, NewsroomNotEmptyError, OSError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(self.style.SUCCESS(f"Loaded {len(record.stories)} stories and {len(record.pages)} pages."))
