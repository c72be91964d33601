from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.backup import BackupError, restoring
from operations.backup.targets import read_url
from privacy.register import FILE


class Command(BaseCommand):
    help = "Restores a backup into an empty database and an empty folder, and compares what is in them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="the file")
        parser.add_argument("--into", required=True, metavar="DATABASE_URL", help="the empty database")
        parser.add_argument("--media", required=True, type=Path, help="the folder for pictures")
        parser.add_argument(
            "--erased", type=Path, help=f"the list of who was erased since ({FILE} beside the backup)"
        )
        parser.add_argument(
            "--identity", type=Path, help="the file with the secret key of an encrypted backup"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restoring.restore(
                options["backup"],
                read_url(options["into"]),
                options["into"],
                options["media"],
                options["identity"],
            )
        except BackupError as error:
            raise CommandError(str(error)) from None
        told = f"Of {done.manifest.made_at}: {done.manifest.media_count} pictures, {done.seconds:.1f} s."
        if done.differing is None:
            told += " It is of another version of this software: run migrate; nothing was compared."
        elif done.differing:
            raise CommandError(f"{told} These differ from the backup: {', '.join(done.differing)}.")
        else:
            told += " The data are those that were backed up."
        self.stdout.write(told)
        self._erase_again(done, options["into"], options["erased"] or options["backup"].with_name(FILE))

    def _erase_again(self, done: restoring.Restored, url: str, erased: Path) -> None:
        """Whoever was erased after that moment is in the backup, and must not come back."""
        if not erased.exists():
            self.stdout.write(f"Anonymise again whoever was anonymised since: there is no list {erased}.")
        elif done.differing is None:
            self.stdout.write(f"After migrate call: erase_again {erased} --since {done.manifest.made_at}")
        else:
            try:
                self.stdout.write(restoring.erase_again(done.manifest, url, erased))
            except BackupError as error:
                raise CommandError(str(error)) from None
