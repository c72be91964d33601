import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations.backup import BackupError, making, restoring
from operations.backup.targets import scratch_database


class Command(BaseCommand):
    help = "Restores a backup into a database made for it and removed afterwards: would it help if it had to?"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, nargs="?", help="the file (the newest in BACKUP_FOLDER)")
        parser.add_argument(
            "--identity", type=Path, help="the file with the secret key of an encrypted backup"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = options["backup"] or self._newest()
            with scratch_database() as (database, url), tempfile.TemporaryDirectory() as folder:
                media = Path(folder) / "media"
                done = restoring.restore(path, database, url, media, options["identity"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        if done.differing is None:
            raise CommandError(f"{path.name} is of another version of this software and cannot be compared.")
        if done.differing:
            raise CommandError(f"{path.name} differs from what was backed up: {', '.join(done.differing)}.")
        self.stdout.write(
            f"{path.name}: restored and equal ({', '.join(done.manifest.digests)}),"
            f" {done.manifest.media_count} pictures, {done.seconds:.1f} s."
        )

    def _newest(self) -> Path:
        found = making.backups(Path(settings.BACKUP_FOLDER)) if settings.BACKUP_FOLDER else []
        if not found:
            raise BackupError("There is no backup in BACKUP_FOLDER: name one.")
        return found[0]
