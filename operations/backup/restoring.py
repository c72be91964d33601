"""Restoring a backup into an empty database, and proving that it is what was backed up."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from operations.backup import BackupError, archive, programs, sealing


@dataclass(frozen=True)
class Restored:
    """`differing` are the digests that the restored data tell otherwise than the backup says.

    None where the backup is of another version of the tables, so that nothing could be compared.
    """

    manifest: archive.Manifest
    differing: list[str] | None
    seconds: float


def restore(
    path: Path, database: Mapping[str, Any], url: str, media: Path, identity: Path | None = None
) -> Restored:
    """`database` as in DATABASES, `url` as in DATABASE_URL: the same, empty; `media` is empty or missing."""
    begun = time.monotonic()
    if media.exists() and (not media.is_dir() or any(media.iterdir())):
        raise BackupError(f"{media} is not empty: name another folder, or move away what is there.")
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    must_be_empty(database)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent, prefix=".restore-") as part:
        with sealing.opened(path, identity) as source:
            manifest = archive.unpack(source, Path(part))
        words = ["--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={database['NAME']}"]
        programs.call("pg_restore", [*words, "--jobs=2", str(Path(part) / archive.DATABASE)], database)
        if (Path(part) / archive.MEDIA).is_dir():
            if media.exists():
                media.rmdir()
            (Path(part) / archive.MEDIA).rename(media)
    media.mkdir(exist_ok=True)
    differing = _differing(manifest, url)
    return Restored(manifest, differing, time.monotonic() - begun)


def must_be_empty(database: Mapping[str, Any]) -> None:
    connection = _connected(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            (tables,) = cursor.fetchone()
    finally:
        connection.close()
    if tables:
        raise BackupError("The database is not empty: restore into a new one, then change DATABASE_URL.")


def _connected(database: Mapping[str, Any]) -> Any:
    try:
        return psycopg2.connect(connect_timeout=10, **programs.parameters(database))
    except psycopg2.OperationalError as error:
        raise BackupError(f"The database cannot be reached: {error}") from None


def _differing(manifest: archive.Manifest, url: str) -> list[str] | None:
    """Asked in a process of its own: this one is bound to its database."""
    known = MigrationLoader(None).disk_migrations
    if manifest.about.get("migrations") != sorted("/".join(one) for one in known):
        return None
    told = json.loads(_asked(url, "tell_digests"))
    return sorted(
        name for name in manifest.digests.keys() | told.keys() if manifest.digests.get(name) != told.get(name)
    )


def erase_again(manifest: archive.Manifest, url: str, erased: Path) -> str:
    """Erases in the restored database whoever was erased since; returns what the command says."""
    return _asked(url, "erase_again", str(erased), "--since", manifest.made_at).strip()


def _asked(url: str, *words: str) -> str:
    """What a command of ours says of another database. BackupError if it fails."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
    return programs.run(command, os.environ | {"DATABASE_URL": url}, "The restored data cannot be read")
