"""PostgreSQL's own programs, called with the connection in their environment, where nobody else sees it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from operations.backup import BackupError

# {key in DATABASES: libpq's name}; the others stand under OPTIONS by that name.
_KEYS = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
# {libpq's name: the variable that says it}
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def call(name: str, arguments: list[str], database: Mapping[str, Any]) -> None:
    """`database` is one of Django's DATABASES. BackupError with what the program said if it fails."""
    run([_find(name), *arguments], environment(database), f"{name} failed")


def run(words: list[str], variables: Mapping[str, str], wrong: str) -> str:
    """What a program writes. BackupError, which begins with `wrong`, with what it said if it fails."""
    done = subprocess.run(
        words, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{wrong}: {done.stderr.strip()[-1_000:]}")
    return done.stdout


def parameters(database: Mapping[str, Any]) -> dict[str, str]:
    """How libpq is told of one of Django's DATABASES, without what a session sets for itself."""
    options = {name: value for name, value in database.get("OPTIONS", {}).items() if name in _VARIABLES}
    told = options | {name: database[key] for key, name in _KEYS.items() if database.get(key)}
    return {name: str(value) for name, value in told.items()}


def environment(database: Mapping[str, Any]) -> dict[str, str]:
    """Ours without what else steers PostgreSQL, and with the connection."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {_VARIABLES[name]: value for name, value in parameters(database).items()}


def _find(name: str) -> str:
    folder = settings.POSTGRES_PROGRAMS
    found = shutil.which(name, path=folder or None)
    if not found:
        where = f"in {folder}" if folder else "on the PATH"
        raise BackupError(
            f"{name} was not found {where}. Install PostgreSQL's client programs in the server's version, or"
            " name their folder in POSTGRES_PROGRAMS."
        )
    return str(Path(found))
