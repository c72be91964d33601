import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from trail.forgetting import SHORTEST, strike


class Command(BaseCommand):
    help = "Strike a name or other words from the history of all entries. This cannot be undone."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("words", nargs="+", help='as they were written, "Erika Mustermann" for instance')

    def handle(self, *args: Any, **options: Any) -> None:
        if any(len(words) < SHORTEST for words in options["words"]):
            raise CommandError(f"At least {SHORTEST} characters each: shorter ones stand in other words.")
        count = strike(options["words"])
        text = ngettext("Struck from %(count)d change.", "Struck from %(count)d changes.", count)
        self.stdout.write(text % {"count": count})
