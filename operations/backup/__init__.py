"""Backups: one file with the database and the pictures, complete or not there at all.

`archive` is the form of that file, `sealing` its encryption, `programs` calls PostgreSQL's own tools;
`making` and `restoring` put them together. What a backup holds is told by digests that apps offer, taken in
the very snapshot that is dumped: a restored database must tell the same.
"""

from collections.abc import Callable

# -> a text that is the same for the same data
Digest = Callable[[], str]

_digests: dict[str, Digest] = {}
_left_out: set[str] = set()


class BackupError(Exception):
    """Something to be told to who runs the command: what is wrong, and what to do."""


def offer_digest(name: str, digest: Digest) -> None:
    _digests[name] = digest


def leave_out(table: str) -> None:
    """Rows of this table are in no backup: what they hold is made anew when somebody asks for it."""
    _left_out.add(table)


def left_out() -> list[str]:
    return sorted(_left_out)


def digests() -> dict[str, str]:
    """{name: what the app says of the data as it is now}"""
    return {name: digest() for name, digest in sorted(_digests.items())}
