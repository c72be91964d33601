"""Making a backup: dumped, packed, encrypted, and only then given its name."""

import datetime as dt
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from operations.backup import BackupError, archive, digests, left_out, programs, sealing
from privacy import register

_NAME = "backup-%Y%m%dT%H%M%SZ.tar"
_PATTERN = "backup-*.tar*"
# What a killed run has left behind is removed after that long.
_LEFT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Made:
    path: Path
    manifest: archive.Manifest
    seconds: float
    removed: int


def back_up(folder: Path, at: dt.datetime, *, recipient: str = "", keep: int = 0) -> Made:
    """A file in `folder`, named by the moment; of all such files only the newest `keep` stay (0: all)."""
    begun = time.monotonic()
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise BackupError(f"{folder} is no folder that can be written to: make it, or set BACKUP_FOLDER.")
    # The age of files is told by the machine's clock, whatever the moment of the backup.
    _sweep(folder, time.time())
    moment = at.astimezone(dt.UTC)
    final = folder / (moment.strftime(_NAME) + (sealing.ENDING if recipient else ""))
    if final.exists():
        raise BackupError(f"{final} is there already.")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as part:
        dump, packed = Path(part) / archive.DATABASE, Path(part) / final.name
        told = _dump(dump)
        about = {
            "migrations": sorted("/".join(one) for one in MigrationRecorder(connection).applied_migrations())
        }
        with sealing.sealed(packed, recipient) as out:
            manifest = archive.write(out, dump, Path(settings.MEDIA_ROOT), moment.isoformat(), told, about)
        _settle(packed)
        packed.rename(final)
    _settle(folder)
    # Beside the backups lies who has been erased since: restoring one of them brings nobody back.
    register.write(folder)
    return Made(final, manifest, time.monotonic() - begun, _keep(folder, keep))


def backups(folder: Path) -> list[Path]:
    """All backups in the folder, the newest first."""
    return sorted(folder.glob(_PATTERN), key=lambda path: path.name, reverse=True)


def made_at(path: Path) -> dt.datetime:
    """The moment in its name."""
    return dt.datetime.strptime(path.name.removesuffix(sealing.ENDING), _NAME).replace(tzinfo=dt.UTC)


def _dump(into: Path) -> dict[str, str]:
    """The digests of exactly the state that has been dumped: both read the same snapshot."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        # Unlogged tables hold what may be lost in a crash, too.
        words = ["--format=custom", "--no-unlogged-table-data", f"--snapshot={snapshot}", f"--file={into}"]
        words += [f"--exclude-table-data={table}" for table in left_out()]
        programs.call("pg_dump", words, connection.settings_dict)
        return digests()


def _settle(path: Path) -> None:
    """On the disk, not only on the way there."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep(folder: Path, keep: int) -> int:
    old = backups(folder)[keep:] if keep else []
    for path in old:
        path.unlink()
    return len(old)


def _sweep(folder: Path, now: float) -> None:
    for left in folder.glob(".part-*"):
        if now - left.stat().st_mtime > _LEFT_SECONDS:
            for path in left.iterdir():
                path.unlink()
            left.rmdir()
