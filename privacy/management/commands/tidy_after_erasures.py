import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from privacy.models import Erasure
from privacy.places import empty_memories
from privacy.remains import StillSeen, settle, tidy

LATELY = dt.timedelta(days=2)


class Command(BaseCommand):
    help = (
        "Frees the room of rows that are gone, and makes the planner's statistics anew, if somebody was"
        " erased in the last two days. --thoroughly writes every table anew: editors have to wait meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--thoroughly", action="store_true", help="leave no bytes behind in the database's own files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        thoroughly = options["thoroughly"]
        if not thoroughly and not Erasure.objects.filter(at__gte=timezone.now() - LATELY).exists():
            self.stdout.write("Nobody was erased lately.")
            return
        # Whoever was making a page when somebody was erased may have left it afterwards.
        empty_memories()
        try:
            tables = tidy(thoroughly=thoroughly)
        except StillSeen as error:
            raise CommandError(
                f"Rows that are gone may still be seen by: {error}. End these, and call this command again."
            ) from None
        self.stdout.write(f"{tables} tables.")
        if thoroughly and (refused := settle()):
            self.stdout.write(f"A role with more rights has to do: {'; '.join(refused)}.")
