from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from championship.services import pictures


class Command(BaseCommand):
    help = (
        "Delete files that no picture of the library has: of uploads that nobody finished, and of pictures that were "
        "deleted or replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--kept-days",
            type=int,
            default=pictures.KEPT_FOR.days,
            help="How long they stay, so that a picture can come back from its history (default: %(default)s). "
            "0 deletes at once also what somebody is uploading right now.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        removed = pictures.remove_orphans(kept_for=timedelta(days=options["kept_days"]))
        for name in removed:
            self.stdout.write(name)
        self.stdout.write(f"{len(removed)} sets of files deleted.")
