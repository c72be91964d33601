"""Databases to restore into."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote, urlencode

import environ
from django.db import DatabaseError, connection

from operations.backup import BackupError
from operations.backup.programs import parameters


def read_url(url: str) -> dict[str, Any]:
    """As in DATABASES; the form of the address is that of DATABASE_URL."""
    try:
        told: dict[str, Any] = environ.Env.db_url_config(url)
    except (environ.ImproperlyConfigured, ValueError) as error:
        raise BackupError(f"The address of the database cannot be read: {error}") from None
    told["HOST"] = unquote(str(told.get("HOST") or ""))
    return told


@contextmanager
def scratch_database() -> Iterator[tuple[dict[str, Any], str]]:
    """A new database on the server of ours, as in DATABASES and as an address; removed afterwards."""
    name = f"restore_drill_{secrets.token_hex(6)}"
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            try:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
            except DatabaseError as error:
                raise BackupError(
                    f"No database could be made for the drill: {error} Give the role the right to"
                    " (ALTER ROLE … CREATEDB), or make one and use restore_backup."
                ) from None
            try:
                database = {**connection.settings_dict, "NAME": name}
                yield database, _url(database)
            finally:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        own.close()


def _url(database: Mapping[str, Any]) -> str:
    """The address of one of Django's DATABASES; all but its name stands among the parameters."""
    told = parameters(database)
    name = told.pop("dbname")
    account = ":".join(quote(told.pop(key), safe="") for key in ("user", "password") if key in told)
    return f"postgres://{account}@/{name}?{urlencode(told)}"
