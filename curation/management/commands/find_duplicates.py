from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from curation.duplicates import suspects
from curation.models import Examined


class Command(BaseCommand):
    help = "Looks for duplicates among all entries that have changed since the last time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="look at all entries, changed or not")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["anew"]:
            Examined.objects.all().delete()
        done = suspects.refresh_all()
        self.stdout.write(f"{done} entries looked at, {suspects.count()} pairs strongly suspected.")
