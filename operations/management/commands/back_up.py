from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from operations.backup import BackupError, making


class Command(BaseCommand):
    help = "Writes database and pictures into one file, encrypted if BACKUP_RECIPIENT is set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, help="where to (BACKUP_FOLDER)")
        parser.add_argument(
            "--keep", type=int, help="remove all but the newest so many (BACKUP_KEEP; 0: none)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or settings.BACKUP_FOLDER
        if not folder:
            raise CommandError("Where to? Set BACKUP_FOLDER, or name a folder by --folder.")
        keep = settings.BACKUP_KEEP if options["keep"] is None else options["keep"]
        try:
            made = making.back_up(
                Path(folder), timezone.now(), recipient=settings.BACKUP_RECIPIENT, keep=max(0, keep)
            )
        except BackupError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error.strerror}.") from None
        size = made.path.stat().st_size / 1_000_000
        self.stdout.write(
            f"{made.path.name}: {size:.1f} MB, {made.manifest.media_count} pictures, {made.seconds:.1f} s;"
            f" {made.removed} old ones removed."
        )
