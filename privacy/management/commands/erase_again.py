import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from index.refresh import refresh_all
from privacy.register import Unreadable, erase_again, read
from privacy.remains import tidy


def moment(text: str) -> dt.datetime:
    """Without an offset: by the site's clocks."""
    told = dt.datetime.fromisoformat(text)
    return told if told.tzinfo else timezone.make_aware(told)


class Command(BaseCommand):
    help = (
        "Erases again whoever stands on the list of who was erased and has come back with an older backup."
        " restore_backup does so by itself where it can."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", type=Path, help="the file erased.json that lies beside the backups")
        parser.add_argument(
            "--since", type=moment, metavar="TIME", help="when the backup was made, as ISO 8601 writes it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = read(options["list"])
        except Unreadable as error:
            raise CommandError(str(error)) from None
        # An entry that the index has yet to read may have named somebody before.
        refresh_all()
        done = erase_again(entries, options["since"])
        for line in (line for one in done.values() for line in one.left):
            self.stdout.write(line)
        if any(one.count for one in done.values()):
            tidy()
        told = ", ".join(f"{subject}: {one.count}" for subject, one in done.items() if one.count)
        self.stdout.write(f"{len(entries)} on the list; erased again: {told or 'nobody'}.")
